"""Dated evidence of each process over the last two years: whether it keeps happening is seen at a glance."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from evidence.bundle import Bundle, as_day, months_before
from evidence.data import table
from evidence.facts.periods import bounds
from evidence.model import Report
from evidence.quality_series import is_real_series
from evidence.statuses import held
from service.reports import drawing as d
from service.web.words import CRITERIA

# Two yearly audits and reviews, and two years of monthly figures, fit into it.
MONTHS = 24
# The process whose records are figures: each month that was measured is a day of it.
FIGURES = "quality_metrics"
# A certificate is no process of the supplier.
LEFT_OUT = ("certification",)
# Who owns a process shows in the records of the others: an empty lane would say that nobody does.
SHOWN_ELSEWHERE = ("process_ownership",)
# Meetings that are told of by papers of their kind and by those that name them, as their expectation counts them.
OF_KIND = {"internal_audit": "internal_audit_record", "management_review": "management_review_record"}
# Measures of the drawing, in pixels.
WIDTH, LEFT, RIGHT, ROW, TOP, SIZE = 1000, 190, 130, 30, 34, 12.5
EARLIER = 72
"""Pixels that the number of earlier days takes at the left end of a lane."""
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Lane:
    """One process: its days with evidence and how many records each has, the newest day, and how many lie before the window."""

    id: str
    title: str
    days: tuple[tuple[date, int], ...]
    doubtful: frozenset[date]
    newest: date | None
    earlier: int
    undated: int


def lanes_of(bundle: Bundle, report: Report) -> tuple[Lane, ...]:
    """A lane for each process, those with evidence first in the order of the criteria.

    A day counts as doubtful where all that is dated so stands in files under a red flag that takes their worth.
    """
    since = months_before(bundle.today, MONTHS)
    doubted = _doubted(report)
    lanes = []
    months = _measured(bundle)
    for criterion, title in CRITERIA.items():
        if criterion in LEFT_OUT:
            continue
        sure: Counter[date] = Counter()
        weak: Counter[date] = Counter()
        undated = 0
        kind = OF_KIND.get(criterion)
        for item in held(bundle, criterion, kind) if kind else bundle.records((criterion,)):
            days = set(bundle.days_in(item.document, item.passage))
            if criterion == FIGURES:
                days |= months.get((item.document.path, item.passage.id), set())
            days = days or ({item.day} if item.day else set())
            undated += not days
            (weak if item.document.path in doubted else sure).update(days)
        everything = sure + weak
        if not everything and criterion in SHOWN_ELSEWHERE:
            continue
        inside = tuple(sorted((day, count) for day, count in everything.items() if day >= since))
        lanes.append(
            Lane(
                criterion, title[:1].upper() + title[1:], inside, frozenset(weak.keys() - sure.keys()),
                max(everything, default=None), sum(day < since for day in everything), undated,
            )
        )  # fmt: skip
    return tuple(sorted(lanes, key=lambda lane: lane.newest is None))


def _measured(bundle: Bundle) -> dict[tuple[str, str], set[date]]:
    """The first days of the months and weeks for which a passage holds measured figures: each was written down then or soon after."""
    found: dict[tuple[str, str], set[date]] = {}
    for item in bundle.items("series"):
        if is_real_series(bundle, item) and item.value.get("dated", True):
            begun = (as_day(bounds(str(period))[0]) for period in item.value["periods"] if str(period)[:4].isdigit())
            found.setdefault((item.document.path, item.passage.id), set()).update(
                day for day in begun if day is not None and day <= bundle.today
            )
    return found


def _doubted(report: Report) -> set[str]:
    """Files that a flag shows to be copies, constants or empty."""
    return {
        citation.document
        for flag in report.flags
        if table("flags").get(flag.id, {}).get("discounts")
        for citation in flag.citations
    }


def draw_timeline(lanes: tuple[Lane, ...], today: date) -> str:
    """The lanes as a picture: months from left to right, a dot for each dated day, the last twelve months lit."""
    since = months_before(today, MONTHS)
    across = WIDTH - LEFT - RIGHT
    span = max(1, (today - since).days)
    height = TOP + ROW * len(lanes) + 26

    def at(day: date) -> float:
        return LEFT + across * (day - since).days / span

    year_ago = months_before(today, 12)
    bottom = TOP + ROW * len(lanes)
    drawn = [
        d.shape("rect", x=at(year_ago), y=TOP, width=LEFT + across - at(year_ago), height=bottom - TOP, fill="#eef4fb")
    ]
    for month in _months(since, today):
        january = month.month == 1
        drawn.append(d.line(at(month), TOP, at(month), bottom, "#c3ccd6" if january else "#e6ebf0"))
        if month.month % 3 == 1:
            words = str(month.year) if january else _MONTH_NAMES[month.month - 1]
            drawn.append(d.label(at(month), TOP - 9, words, 11, d.INK if january else d.SOFT, text_anchor="middle"))
    for number, lane in enumerate(lanes):
        drawn += _lane(lane, TOP + ROW * number, at, today)
    drawn.append(d.line(LEFT, bottom, LEFT + across, bottom, "#c3ccd6"))
    drawn.append(
        d.label(
            LEFT + across,
            bottom + 17,
            f"{today.day} {_MONTH_NAMES[today.month - 1]} {today.year}",
            11,
            d.SOFT,
            text_anchor="end",
        )
    )
    drawn.append(
        d.label(
            (at(year_ago) + LEFT + across) / 2, bottom + 17, "the last twelve months", 11, d.SOFT, text_anchor="middle"
        )
    )
    told = "Dated evidence per process over two years: " + "; ".join(
        f"{lane.title} {len(lane.days)} days, newest {lane.newest.isoformat()}" if lane.newest else f"{lane.title} none"
        for lane in lanes
    )
    return d.drawing(WIDTH, height, told, drawn)


def _lane(lane: Lane, top: float, at, today: date) -> list[str]:  # type: ignore[no-untyped-def]
    middle = top + ROW / 2
    strong = lane.newest is not None
    drawn = [
        d.line(LEFT, top, WIDTH - RIGHT, top, "#e6ebf0"),
        d.label(
            LEFT - 14,
            middle + 4.5,
            d.shortened(lane.title, SIZE, LEFT - 16),
            SIZE,
            d.INK if strong else d.SOFT,
            text_anchor="end",
        ),
    ]
    for day, count in lane.days:
        radius = min(7.0, 3.2 + 1.1 * count**0.5)
        hollow = day in lane.doubtful
        dot = d.shape(
            "circle", cx=at(day), cy=middle, r=radius, fill=d.PAPER if hollow else d.ACCENT,
            fill_opacity=1 if hollow else 0.62, stroke=d.BAD if hollow else d.ACCENT, stroke_width=1.2,
        )  # fmt: skip
        doubt = ", in files under a red flag" if hollow else ""
        drawn.append(d.titled(f"{day.isoformat()}: {count} record{'s' if count > 1 else ''}{doubt}", [dot]))
    if lane.newest is None:
        words, colour = ("undated records" if lane.undated else "no dated record"), d.SOFT
    else:
        old = lane.newest < months_before(today, 12)
        words, colour = f"newest {lane.newest.isoformat()}", d.WARN if old else d.INK
    drawn.append(d.label(WIDTH - RIGHT + 12, middle + 4, words, 11, colour))
    if lane.earlier:
        beside = all(at(day) > LEFT + EARLIER for day, _ in lane.days)  # else above the dots that stand there
        drawn.append(d.label(LEFT + 4, middle + 4 if beside else top + 9, f"‹ {lane.earlier} earlier", 10.5, d.SOFT))
    return drawn


def _months(since: date, today: date) -> list[date]:
    first = date(since.year + since.month // 12, since.month % 12 + 1, 1)
    months = []
    while first <= today:
        months.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return months
