"""The days of a certificate by place: at which labels point, or behind words that say what they are."""

import itertools
import re
from operator import attrgetter

from evidence.facts.calendar import Found
from evidence.facts.certificate_days import is_cycle, is_earlier, is_visit
from evidence.facts.certificate_marks import DAYS, SURE, Marks, Value, day_role
from evidence.facts.certificate_pieces import Piece

_MORE = re.compile(r"[\s.]*(?:[~～〜–—-]|부터|から|至|to\s|until\s|đến|hingga|sampai|s/d)\s*\S{0,12}\d")
"""Behind the first day of a period."""

_UNTIL = re.compile(r"[\s.]*(?:까지|まで|止|tarihine kadar)")
_RANGE = re.compile(r"[\s.]*(?:[^\w\s]{0,3}|至|to|부터|から|s/d|s\.d\.)\s*")
"""What stands between the first and the last day of a period."""

LONGEST_RANGE = 12
"""Letters between the two days of a period: ``until``, ``부터``, a dash."""


class PlacedDays:
    """The days of a certificate by place."""

    def __init__(self, marks: Marks) -> None:
        self.source, self.marks, self.pieces = marks.source, marks, marks.pieces
        self.text = marks.pieces.text

    def fields(self) -> dict[str, Value]:
        """Days at which labels point, or that stand behind words that say what they are."""
        found: dict[str, list[Value]] = {role: [] for role in DAYS}
        pointed: set[int] = set()
        for label in self.marks.labels:
            if label.value is not None or label.role not in (*DAYS, "none"):
                continue
            piece = next(self.marks.values(label, lambda piece: bool(self.within(piece.text))), None)
            if piece is None or piece.start in pointed:
                continue
            pointed.add(piece.start)
            self._take(label.role, piece.start, self.within(piece.text), found)
        for piece in self.pieces.all:
            if piece.start not in pointed:
                self._of_sentence(piece, found)
        return self._told_apart(found)

    def _told_apart(self, found: dict[str, list[Value]]) -> dict[str, Value]:
        """One day a field: of several issues the one a cycle before the expiry, an earlier one is the first certification."""
        days = {
            role: min(values, key=attrgetter("words"))
            for role, values in found.items()
            if len({v.words for v in values}) == 1
        }
        if "expiry" not in days and found["expiry"]:  # that of the cycle before is told too
            last = max(found["expiry"], key=attrgetter("words"))
            if any(is_cycle(value.words, last.words) for value in found["issue"]):
                days["expiry"] = last
        expiry = days.get("expiry")
        if "issue" not in days and found["issue"] and expiry:
            cycle = [value for value in found["issue"] if is_cycle(value.words, expiry.words)]
            if len({value.words for value in cycle}) == 1:
                days["issue"] = cycle[0]
                first = min(found["issue"], key=attrgetter("words"))
                if "original" not in days and is_earlier(first.words, cycle[0].words):
                    days["original"] = first
        return days

    def within(self, written: str) -> list[Found]:
        """The days in words, months and years left out."""
        return [day for day in self.source.dates(written) if day.precision == "day"]

    def _take(self, role: str, start: int, days: list[Found], found: dict[str, list[Value]]) -> None:
        if role == "none":
            return
        if len(days) > 2 or (
            len(days) == 2 and role == "original"
        ):  # what stands in brackets behind a day is of other days
            days = [day for day in days if not _in_brackets(self.text.written, start, start + day.start)]
        if len(days) == 2 and is_visit(days[0].value, days[1].value):
            return  # an audit was held from the first to the last
        if len(days) == 2 and role in ("issue", "expiry") and days[0].value < days[1].value:
            for kind, day in zip(("issue", "expiry"), days, strict=True):
                found[kind].append(Value(start + day.start, start + day.end, day.value, SURE))
        elif len(days) == 1:
            if role == "expiry" and _MORE.match(self.text.written, start + days[0].end):
                role = "issue"  # a period whose last day could not be read
            found[role].append(Value(start + days[0].start, start + days[0].end, days[0].value, SURE))

    def _of_sentence(self, piece: Piece, found: dict[str, list[Value]]) -> None:
        days, last = self.within(piece.text), 0
        for day, following in itertools.zip_longest(days, days[1:]):
            if day.start < last:
                continue  # the end of a period
            role = day_role(piece.text[last : day.start])
            last = day.end
            if following and role in (None, "issue", "expiry") and self._is_period(piece.text, day, following):
                self._take("issue", piece.start, [day, following], found)
                last = following.end
                continue
            if _UNTIL.match(piece.text, day.end):
                role = "expiry"
            if role in DAYS:
                value = Value(piece.start + day.start, piece.start + day.end, day.value, SURE)
                found[role].append(value)

    def _is_period(self, written: str, first: Found, last: Found) -> bool:
        between = written[first.end : last.start]
        until = day_role(between) == "expiry" or _RANGE.fullmatch(between) or _UNTIL.match(written, last.end)
        return len(between) <= LONGEST_RANGE and bool(until) and first.value < last.value


def _in_brackets(written: str, start: int, at: int) -> bool:
    before = written[start:at]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")
