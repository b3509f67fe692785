"""What stands first in a report, for whoever reads one page: what to ask for before all else."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.data import table
from evidence.model import Report
from service.reports.requests import Request, covering
from service.reports.words import title_of

# As many as a buyer puts into one mail before a talk; the request list holds all of them.
MOST_FIRST = 3
# How much an expectation's status leaves open, the most first.
_OPEN = ("missing", "static_only", "undetermined", "stale", "partial")
_SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class First:
    """One thing to ask for first: what it is about, the ask, and the anchor of where it comes from."""

    title: str
    ask: str
    anchor: str


def _about(request: Request) -> str:
    """The ask, with the first papers that a question is about."""
    named = ", ".join(f"'{name}'" for name in request.files[:MOST_NAMED])
    more = len(request.files) - MOST_NAMED
    return f"{request.ask} ({named}{f' and {more} more' if more > 0 else ''})" if named else request.ask


MOST_NAMED = 2
"""Papers named on the first page with a question."""


def pages_of(report: Report) -> tuple[int, int]:
    """Pages, sheets and slides of all files, one at least of a file of which nothing could be read; and those that were read."""
    pages = sum(max(document.pages, document.status == "failed") for document in report.documents)
    return pages, sum(document.pages_read for document in report.documents)


def first_asks(report: Report, requests: Sequence[Request]) -> tuple[First, ...]:
    """The requests to begin with, of different files where there are enough.

    Red flags of high severity come first, since nothing else counts before they are answered, and expectations whose ask answers one; then what the headline hangs on
    (the core of ``expectations.toml``), then the rest by how much it leaves open; other flags last.
    """
    statuses = {item.id: item.status for item in report.expectations}
    flags = {flag.id: flag for flag in report.flags}
    core = table("expectations")["headline"]["core"]
    own = {request.id for request in requests}
    silent = [flag for flag in report.flags if flag.severity == "high" and flag.id not in own]
    answers_grave = {name for flag in silent for name in covering(flag)}

    def rank(request: Request) -> tuple[int, int, int]:
        if request.kind == "flag":
            grave = _SEVERITIES.index(flags[request.id].severity)
            return (0 if grave == 0 else 2, grave, 0)
        return (0 if request.id in answers_grave else 1, request.id not in core, _OPEN.index(statuses[request.id]))

    ordered = sorted(requests, key=rank)
    about: set[str] = set()
    chosen: list[Request] = []
    others: list[Request] = []
    for request in ordered:
        known = bool(request.files) and about.issuperset(request.files)
        (others if known else chosen).append(request)
        about.update(request.files)
    first = sorted([*chosen, *others][:MOST_FIRST], key=rank)
    return tuple(
        First(
            flags[one.id].title if one.kind == "flag" else title_of(one.id), _about(one),
            f"flag-{one.id}" if one.kind == "flag" else f"expectation-{one.id}",
        )
        for one in first
    )  # fmt: skip
