"""The parts of ``benchmarks/report.py``, one module a figure."""
