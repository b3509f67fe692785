"""One figure or table each, with the peer measured in the same run: ``python -m benchmarks.NAME``."""
