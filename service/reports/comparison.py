"""Reports side by side: several suppliers on one day, or one supplier after each of its bundles."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field

from evidence.bundle import Bundle
from evidence.model import Headline, Report, Severity, Status
from service.reports.brief import pages_of
from service.reports.figures import figures_of
from service.reports.words import SEVERITIES, STATUS_WORDS, title_of

# How much a status shows, from nothing to a system at work. What could not be judged stands apart from all of them.
RANK: dict[str, int] = {"missing": 0, "static_only": 1, "partial": 2, "stale": 2, "living": 3}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Column(_Frozen):
    """One report: whose it is, of which day, and its counts."""

    name: str
    supplier: str = Field("", description="Id of the supplier, where the service keeps it.")
    bundle: str = Field("", description="Id of the bundle up to which documents count; empty for all of them.")
    reference_date: str
    headline: Headline
    living: int = Field(description="Expectations with the status living.")
    expectations: int
    marks_seen: int
    flags: dict[str, int] = Field(description="Red flags by severity.")
    documents: int
    pages: int
    pages_read: int
    figure: str = Field("", description="The measured quality figure that speaks most for the factory, in a sentence.")


class Cell(_Frozen):
    """What one report says of an expectation."""

    status: Status
    word: str
    provided: str
    explanation: str


class Row(_Frozen):
    """An expectation across all reports; a cell is null where a report does not have it."""

    id: str
    title: str
    cells: tuple[Cell | None, ...]


class FlagRow(_Frozen):
    """A red flag across all reports: whether each of them raises it."""

    id: str
    severity: Severity
    title: str
    raised: tuple[bool, ...]


class Change(_Frozen):
    """What became different from one report to the next.

    ``kind``: ``improved``, ``worse``, ``stale`` (there were records, and they grew too old), ``judged`` (from or to
    undetermined), ``flag_gone``, ``flag_new``.
    """

    kind: str
    id: str
    title: str
    before: str
    after: str
    explanation: str


class Comparison(_Frozen):
    """Reports side by side. ``changes`` has an entry for each step between neighbours where they are of one supplier."""

    columns: tuple[Column, ...]
    expectations: tuple[Row, ...]
    flags: tuple[FlagRow, ...]
    changes: tuple[tuple[Change, ...], ...] = ()


def compare(reports: Sequence[Report], names: Sequence[str] = (), over_time: bool = False) -> Comparison:
    """Reports beside each other in the order given; ``over_time`` adds what changed from each to the next."""
    names = names or [report.supplier for report in reports]
    ids = dict.fromkeys(item.id for report in reports for item in report.expectations)
    known: dict[str, FlagRow] = {}
    for report in reports:
        for flag in report.flags:
            raised = tuple(any(other.id == flag.id for other in one.flags) for one in reports)
            known.setdefault(flag.id, FlagRow(id=flag.id, severity=flag.severity, title=flag.title, raised=raised))
    return Comparison(
        columns=tuple(_column(report, name) for report, name in zip(reports, names, strict=True)),
        expectations=tuple(
            Row(id=identity, title=title_of(identity), cells=tuple(_cell(report, identity) for report in reports))
            for identity in ids
        ),
        flags=tuple(
            sorted(known.values(), key=lambda row: (SEVERITIES.index(row.severity), -sum(row.raised), row.title))
        ),
        changes=tuple(changes(a, b) for a, b in pairwise(reports)) if over_time else (),
    )


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """What improved, what went stale or got worse, which red flags went and came: the bad news first."""
    found = []
    earlier = {item.id: item for item in before.expectations}
    for item in after.expectations:
        old = earlier.get(item.id)
        if old is None or old.status == item.status:
            continue
        kind = _kind(old.status, item.status)
        found.append(
            Change(
                kind=kind, id=item.id, title=title_of(item.id), before=STATUS_WORDS[old.status],
                after=STATUS_WORDS[item.status], explanation=item.explanation,
            )
        )  # fmt: skip
    old_flags, new_flags = ({flag.id: flag for flag in report.flags} for report in (before, after))
    for identity, flag in new_flags.items():
        if identity not in old_flags:
            found.append(
                Change(
                    kind="flag_new",
                    id=identity,
                    title=flag.title,
                    before="",
                    after=flag.severity,
                    explanation=flag.explanation,
                )
            )
    for identity, flag in old_flags.items():
        if identity not in new_flags:
            found.append(
                Change(kind="flag_gone", id=identity, title=flag.title, before=flag.severity, after="", explanation="")
            )
    order = ("worse", "stale", "flag_new", "judged", "improved", "flag_gone")
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _kind(before: str, after: str) -> str:
    if after == "stale":
        return "stale"
    if before not in RANK or after not in RANK:
        return "judged"
    return "improved" if RANK[after] > RANK[before] else "worse" if RANK[after] < RANK[before] else "improved"


def _column(report: Report, name: str) -> Column:
    figures = figures_of(
        Bundle(report.supplier, date.fromisoformat(report.reference_date), report.documents, report.settings)
    )
    return Column(
        name=name, reference_date=report.reference_date, headline=report.headline,
        living=sum(item.status == "living" for item in report.expectations), expectations=len(report.expectations),
        marks_seen=sum(mark.seen for mark in report.marks),
        flags={severity: sum(flag.severity == severity for flag in report.flags) for severity in SEVERITIES},
        documents=len(report.documents), pages=pages_of(report)[0],
        pages_read=pages_of(report)[1], figure=figures[0].sentence if figures else "",
    )  # fmt: skip


def _cell(report: Report, identity: str) -> Cell | None:
    item = next((item for item in report.expectations if item.id == identity), None)
    if item is None:
        return None
    return Cell(
        status=item.status, word=STATUS_WORDS[item.status], provided=item.provided, explanation=item.explanation
    )
