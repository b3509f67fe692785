"""The lines of a record that are shown, each with the days it tells, also those written without their year, and the word in it for a
change that was made to the record.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evidence.bundle import Bundle
from evidence.data import table
from evidence.facts.days import short_days
from evidence.facts.text import fold, late, phrases, words
from evidence.flags.signatures import is_signature, signed_on
from evidence.model import Citation, DocumentReport, Passage


@dataclass(frozen=True)
class Changed:
    """What a paper tells of a change to itself: the day of the last signature before it, where that is known, its own day, and its line."""

    signed: date | None
    changed: date
    place: Citation | None


@dataclass(frozen=True)
class DatedLine:
    """A line of a record, with the days it tells as ``(begin, end, first, last)``: one written without its year and in figures may be
    two.
    """

    passage: Passage
    text: str
    days: Sequence[tuple[int, int, date, date]]

    @cached_property
    def folded(self) -> str:
        """The line, folded."""
        return fold(self.text)

    @cached_property
    def undated(self) -> str:
        """The folded line with its days blanked out: of the same length."""
        text = self.folded
        for begin, end, _, _ in self.days:
            text = text[:begin] + " " * (end - begin) + text[end:]
        return text

    @cached_property
    def figures(self) -> list[re.Match[str]]:
        """The figures of the line that are no days and no part of a number or name."""
        return list(FIGURE.finditer(self.undated))

    @cached_property
    def changes(self) -> re.Match[str] | None:
        """The word of the line for a change that was made to the record."""
        if tells_of_pieces(self.undated):
            return None
        return next((found for found in CHANGED.finditer(self.undated) if not self._is_denied(found)), None)

    def _is_denied(self, word: re.Match[str]) -> bool:
        """Whether the clause of a word says that nothing was changed, what is to be done where something is, or that an order, a drawing
        or a limit was.
        """
        begin = max((found.end() for found in _PARTS.finditer(self.undated, 0, word.start())), default=0)
        parted = _PARTS.search(self.undated, word.end())
        clause = self.undated[begin : parted.start() if parted else len(self.undated)]
        near = BAD.sub(" ", clause[: word.end() - begin + BESIDE])
        before = [found.end() for found in _PARTS.finditer(self.undated, 0, max(0, begin - 1))]
        whole = self.undated[
            before[-1] if before else 0 : begin
        ]  # an order changed in one clause changes figures in the next
        return (
            any(said.search(near) for said in (NO_CHANGE, RULED))
            or OF_ORDERS.search(clause[: word.end() - begin + BEHIND]) is not None
            or (OF_ORDERS.search(whole) is not None and CHANGED.search(whole) is not None)
        )

    @property
    def signs(self) -> bool:
        """Whether the line bears a signature: a day with a word for whoever signs, or with nothing but a name before it."""
        return bool(self.days) and (signs_words().search(self.folded) is not None or self._is_name())

    def _is_name(self) -> bool:
        begin, end, _, _ = self.days[0]
        return len(self.days) == 1 and is_signature(self.text[:begin]) and not self.text[end:].strip(" .)")

    @property
    def cells(self) -> Iterator["DatedCell"]:
        """Its cells, each with what stands in the one to its left; of a line outside of tables the whole of it."""
        bars = [-1, *(found.start() for found in re.finditer(r"\|", self.text)), len(self.text)]
        label = ""
        for before, after in itertools.pairwise(bars):
            cell = DatedCell(self, before + 1, after, label)
            yield cell
            label = cell.text.strip(" .:")


@dataclass(frozen=True)
class DatedCell:
    """A cell of a line, or a line outside of tables, with the cell to its left."""

    line: DatedLine
    begin: int
    end: int
    label: str

    @property
    def text(self) -> str:
        """What stands in it, folded and without its days: of the same length."""
        return self.line.undated[self.begin : self.end]

    @property
    def days(self) -> list[tuple[int, int, date, date]]:
        """The days in it, at their places in its text."""
        return [
            (begin - self.begin, end - self.begin, first, last)
            for begin, end, first, last in self.line.days
            if self.begin <= begin and end <= self.end
        ]

    @property
    def signs(self) -> bool:
        """Whether it bears a signature: a name or a word for signing with a day, or a day alone in the row of who signs."""
        if not self.days:
            return False
        told = [self.text, self.label] if any(map(str.isalpha, self.text)) else [self.line.undated[: self.end]]
        alone = is_signature(self.line.text[self.begin : self.begin + self.days[0][0]])
        return alone or any(signs_words().search(text) for text in told)


def days_signed(
    bundle: Bundle,
    document: DocumentReport,
    pieces: Iterable[DatedLine | DatedCell],
    but: Collection[date] = (),
) -> list[date]:
    """The days on which a paper was signed: by those of its lines or cells that are looked at, and those known of it as a whole ``but``
    the ones of a change, which may be read as a signature.
    """
    told = [last for piece in pieces if piece.signs for *_, last in piece.days]
    return [*told, *(day for day in signed_on(bundle, document) if day not in but)]


BESIDE = 10
"""Letters behind the word for a change in which languages that end in their verb deny it."""

BEHIND = 20
"""Letters behind the word for a change in which stands what was changed."""

FIGURE = re.compile(r"(?<![A-Za-z0-9.,/:#])(?<![A-Za-z0-9]-)\d{1,9}(?:[.,]\d{1,6}){0,2}(?![\d/:-]|[.,]\d|[A-Z]\d)")
_PARTS = re.compile(r"[,.](?!\d)|[;|；。、|]")
NO_CHANGE, RULED, OF_ORDERS = (phrases("papers_flags", name) for name in ("no_change", "ruled", "of_orders"))
CHANGED = late(
    "|".join(
        phrases("papers_flags", name).pattern for name in ("amended", "replaced", "changes", "rewritten", "formerly")
    )
    + "|->|=>"
)
BAD = phrases("accepted_counts", "not_passed")
WAS_BEFORE = late(rf"(?:{phrases('papers_flags', 'was').pattern})\W{{0,3}}$")


def tells_of_pieces(folded: str) -> bool:
    """Whether a line tells that the pieces which failed passed later, by their count: ``not passed 23 | 23 passed, changed 30 May``. What
    was changed are the pieces, and no figure of the record.
    """
    failed = BAD.search(folded)
    if failed is None:
        return False
    counts = [figure[0] for figure in FIGURE.finditer(folded, failed.end()) if figure[0].isdigit()]
    return len(counts) > 1 and counts[0] == counts[1] and _GOOD.search(BAD.sub(" ", folded)) is not None


_GOOD = phrases("readings_flags", "judged")


def signs_words() -> re.Pattern[str]:
    """The words of whoever signs: prepared, checked, approved."""
    labels = table("labels")
    people = labels["people"]
    told = (
        *people["approved"],
        *people["checked"],
        *people["prepared"],
        *people["inspector"],
        *labels["dates"]["signature"],
    )
    return words((*told, *table("words")["papers_flags"]["signs"]))


def dated_lines(bundle: Bundle, document: DocumentReport) -> Iterator[DatedLine]:
    """The lines of a record that are shown, with their days."""
    known = bundle.days_of(document)
    year = max(known).year if known else bundle.today.year
    for passage in document.shown:
        facts = [f for f in bundle.facts_in(document, passage) if f.kind == "date" and f.quote]
        for text in passage.text.splitlines():
            days = [
                (found.start(), found.end(), day, day)
                for quote, day in {f.quote: f.day for f in facts if f.day and f.quote in text}.items()
                for found in re.finditer(re.escape(quote), text)
                if day <= bundle.today
            ]
            for begin, end, pairs in short_days(text):
                if "." in text[begin:end] and WAS_BEFORE.search(fold(text), 0, begin):
                    continue
                if any(begin < other_end and other_begin < end for other_begin, other_end, _, _ in days):
                    continue
                read = []
                for month, number in pairs:
                    with suppress(ValueError):
                        read.append(date(year, month, number))
                read = [day for day in read if day <= bundle.today]
                if read:
                    days.append((begin, end, min(read), max(read)))
            yield DatedLine(passage, text, sorted(days))
