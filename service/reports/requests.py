"""What to request from the supplier: the asks of open expectations and of flags, each once, the gravest first."""

from evidence.model import Report


def asks_of(report: Report) -> list[str]:
    """Sentences ready to send."""
    asks = [e.ask for e in report.expectations if e.ask and e.status != "living"]
    asks += [flag.ask for flag in report.flags if flag.ask]
    return list(dict.fromkeys(asks))
