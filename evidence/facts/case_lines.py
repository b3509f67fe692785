"""Lines of a report: those in which several parts stand, each behind its head, the halves of a cause, rows of figures."""

import re
from collections.abc import Sequence
from functools import lru_cache

from evidence.facts.case_heads import DAY_IN_HEAD, DISCIPLINE, NARRATIVE, Case, field_of, head_of
from evidence.facts.run_together import run_together
from evidence.facts.text import Span, any_of, cells, filled, fold, is_nameless, late, phrases

_NEXT_LABEL = re.compile(
    r"(?<=[.;。；])\s+(?=[^\W\d_][^:\uff1a.;|\n]{1,28}[:\uff1a]\s*\S)|(?<=[。；])(?=[^\W\d_][^:\uff1a。；|\n]{1,12}[:\uff1a]\s*\S)"
)


_NUMBERED = re.compile(r"\s*\(?[^\W_]{1,2}[.)。]")
"""The number of a line: ``3.`` before its label is no sentence of its own."""


def labelled(line: Span) -> list[Span]:
    """A line of prose, cut where a sentence of it begins with a head of its own: ``Cause: cold mould. Action: heater fitted.``"""
    if "|" in line.text:
        return [line]
    if parted := _emphasised(line) or _run_in(line) or run_together(line):
        return parted
    starts = [
        0,
        *(
            match.end()
            for match in _NEXT_LABEL.finditer(line.text)
            if not _NUMBERED.fullmatch(line.text[: match.start()])
        ),
    ]
    ends = [*starts[1:], len(line.text)]
    return [
        Span(line.start + begin, line.start + end, line.text[begin:end])
        for begin, end in zip(starts, ends, strict=True)
    ]


def _emphasised(line: Span) -> list[Span]:
    """A line of prose whose heads are set apart by marks of emphasis, cut at each of them: ``**D4 Cause** cold mould. **D5** heater fitted``;
    empty where its first words are no such head.
    """
    heads = [
        match for match in _EMPHASIS.finditer(line.text) if _is_head(match[1]) and _begins(line.text, match.start())
    ]
    if not heads:
        return []
    before = line.text[: heads[0].start()]
    ends = [*(match.start() for match in heads[1:]), len(line.text)]
    told = [line.text[match.end() : end].strip(_AROUND) for match, end in zip(heads, ends, strict=True)]
    return [
        *([Span(line.start, line.start + len(before), before.rstrip())] if before.strip() else []),
        *(
            Span(line.start + match.start(), line.start + end, f"{match[1].strip(_AROUND)}: {text}".rstrip(": "))
            for match, end, text in zip(heads, ends, told, strict=True)
        ),
    ]


def _run_in(line: Span) -> list[Span]:
    """A paragraph that begins with its head as a sentence of its own, in bold print that reading does not keep: ``Root cause. Die worn at
    the gate``, ``D7. FMEA changed. D8. 120 batches good``, cut at each discipline; empty where its first words name no part that is told.
    """
    heads = list(_DISCIPLINE_HEAD.finditer(line.text))
    if not heads or heads[0].start() or (len(heads) == 1 and _BARE.fullmatch(heads[0][1])):
        match = _RUN_IN.match(line.text)
        asks = match is not None and match[2] in "?？"  # ``Why bars?`` is asked in the midst of an answer as well
        if match is None or (head_of if asks else field_of)(match[1]) not in (_LOOKS if asks else NARRATIVE):
            return []
        heads = [match]
    ends = [*(match.start() for match in heads[1:]), len(line.text)]
    return [
        Span(line.start + match.start(), line.start + end, f"{match[1]}: {line.text[match.end() : end].rstrip()}")
        for match, end in zip(heads, ends, strict=True)
    ]


_RUN_IN = re.compile(r"([^\W\d_][^\d.:：;；,，?？|\n。]{1,40})([.。?？])\s*(?=[^|\n]{20})")
_DISCIPLINE_HEAD = re.compile(
    r"(?:^|(?<=[.;。；!?])\s{1,3})(D[0-8](?:\s?[,&/-]\s?D?[0-8])?(?: [^\W\d_][^.:：;|\n。]{1,40})?)[.。]\s+(?=[^|\n]{12})"
)

_LOOKS = ("effectiveness", "verification")
_BARE = re.compile(r"[D\d\s,&/-]{2,8}")
"""A discipline without a name: alone in its line it stands as its number does in a list."""


def _begins(text: str, at: int) -> bool:
    """Whether a line or a sentence of it begins at a place."""
    return text[:at].rstrip()[-1:] in ("", *".;!?)。；！？）")


_AROUND = " .:?\uff1a\uff1f"


def _is_head(text: str) -> bool:
    return (
        text.rstrip()[-1:] in ".:?\uff1a\uff1f"
        or DISCIPLINE.match(fold(text)) is not None
        or field_of(text) is not None
    )


_EMPHASIS = re.compile(r"\*\*([^*\n|]{1,60})\*\*")


def half_of_cause(section: str | None, label: str, rest: str) -> str | None:
    """What a head within the part of the cause names: why it came about (``Occurrence:``) or why nobody saw it (``Escape:``)."""
    if section not in ("root_cause", "outflow") or not rest:
        return None
    head = fold(label).strip(" .-*")
    if phrases("case_forms", "escapes").fullmatch(head):
        return "outflow"
    return "root_cause" if phrases("case_forms", "occurs").fullmatch(head) else None


def is_of_figures(row: Sequence[Span]) -> bool:
    """Whether a line is a row of a table of figures, whose head and remark are no fields of a report."""
    return len(row) >= LEAST_FIGURES and sum(is_nameless(cell.text) for cell in row) * 2 > len(row)


LEAST_FIGURES = 4
"""Cells of a row of figures."""


def without_number(row: list[Span]) -> list[Span]:
    """A line of a report without the running number before the name of its part: ``4 | D4 Root cause | Die worn``."""
    if len(row) < LEAST_HEADS or not _RUNNING.fullmatch(row[0].text) or field_of(row[1].text) is None:
        return row
    return row[1:]


_RUNNING = re.compile(r"\(?\d{1,2}[.)]?")


def is_head_row(row: Sequence[Span]) -> bool:
    """A row of column heads: three cells or more, all short, without digits or colons, and at least two that name a part. One of them may
    tell as of when it was filled in: ``Status (updated 16/11/2026)``.
    """
    heads = [_as_of_none(cell.text) for cell in row]
    if len(heads) < LEAST_HEADS or sum(head != cell.text for head, cell in zip(heads, row, strict=True)) > 1:
        return False
    if any(
        len(_IN_BRACKETS.sub("", head)) > LONGEST_HEAD or any(char.isdigit() or char == ":" for char in head)
        for head in heads
    ):
        return False
    labels = [field_of(head) is not None for head in heads]
    fields = (
        len(heads) % 2 == 0 and all(labels[::2]) and not any(labels[1::2])
    )  # Cause | worn die | Action | die changed
    return sum(labels) >= 2 and not fields


def _as_of_none(head: str) -> str:
    """A head without the day as of which its column was filled in, in brackets or bare; whatever else holds a digit stays."""
    if not any(map(str.isdigit, head)):
        return head
    bare = _IN_BRACKETS.sub("", head) if _IN_BRACKETS.search(head) else DAY_IN_HEAD.sub("", head)
    return bare.strip() if any(map(str.isalpha, bare)) else head


_IN_BRACKETS = re.compile(r"\s{0,2}[(（\[][^()（）\[\]]{1,60}[)）\]]\s{0,2}$")

LEAST_HEADS = 3
"""Cells of a row of column heads."""

LONGEST_HEAD = 30
"""Letters of the head of a column."""


def heads_left(line: Span) -> list[Span]:
    """The heads of a line of fields beside each other behind which nothing was filled in, from the first that names a part of the case:
    ``Checked on |  | Lot |  | By``. What stands last in a line is left empty where the one before it is.
    """
    told = cells(line)
    if (
        len(told) > 1
        and all(_is_short_head(cell.text) for cell in told[::FIELD])
        and not any(cell.text for cell in told[1::FIELD])
    ):
        return told[::FIELD]  # not one of its fields is filled, whatever they are called
    left: list[Span] = []
    for at in range(0, len(told), FIELD):
        head = told[at].text.rstrip(" :\uff1a")
        last = at + 1 == len(told) and at >= FIELD and told[at - FIELD] in left
        empty = at + 1 < len(told) and not told[at + 1].text
        if _is_short_head(told[at].text) and (empty or last) and (left or field_of(head) is not None):
            left.append(told[at])
    return left


def _is_short_head(text: str) -> bool:
    head = text.rstrip(" :\uff1a")
    return 0 < len(head) <= LONGEST_GAPPED and not any(map(str.isdigit, head))


FIELD = 2
"""Cells of a field: its head and its place."""

_GAP = re.compile(r"\t+ *| {2,}")
LONGEST_GAPPED = 40
"""Letters of the head of a field that a gap sets apart from what stands beside it."""

KEPT_GAPPED = 8
"""Passages whose gaps are remembered: the lines of one are looked at one after the other."""

LEAST_GAPPED = 3
"""Lines of a passage with such a gap, from which they are fields: as a mail writes a table."""


def fields_of(line: Span, text: str) -> list[Span]:
    """The cells of a line; of a passage whose lines are fields with gaps between head and text, the two halves of it."""
    match = _GAP.search(line.text) if "|" not in line.text else None
    if match is None or not 0 < match.start() <= LONGEST_GAPPED or not line.text[match.end() :].strip():
        return filled(line)
    if _gaps_in(text) < LEAST_GAPPED:
        return filled(line)
    return [
        Span(line.start, line.start + match.start(), line.text[: match.start()].rstrip()),
        Span(line.start + match.end(), line.end, line.text[match.end() :]),
    ]


@lru_cache(KEPT_GAPPED)
def _gaps_in(text: str) -> int:
    """The lines of a passage with a gap, counted once for all of them."""
    return sum(_GAP.search(other.strip()) is not None for other in text.splitlines())


_WHY = "why|tại sao|vì sao|mengapa|kenapa|ทำไม|为什么|為什麼|为何|為何|왜|neden|niçin|なぜ"
_NEXT_WHY = late(
    rf"(?:{_WHY})\W{{0,3}}[2-9]|(?<!\d)[2-9]\W{{0,2}}(?:nd|rd|th)?\W{{0,2}}(?:{_WHY})|第?[二三四五](?:次)?(?:{_WHY})"
)


def asks_further(label: str) -> bool:
    """Whether a head is a later one of several that ask why: its answer lies deeper than the one before."""
    return _NEXT_WHY.search(fold(label)) is not None


def looks_in_step(case: Case, label: str, beside: str) -> bool:
    """Whether the sixth step of a report, bare of a name, tells with figures what was looked at behind an action that a step told before."""
    step = DISCIPLINE.match(fold(label))
    if step is None or step[1] != SIXTH or label[step.end() :].strip() or "action" not in case.parts:
        return False
    folded = fold(beside)
    return any(map(str.isdigit, folded)) and _LOOKED.search(folded) is not None


SIXTH = "6"
_LOOKED = late(
    r"(?<![\d.,/-])0 [^\W\d_]{2}|"
    + any_of(
        ("corrective_flags", "seen_later"),
        ("corrective_flags", "none_found"),
        ("audits_flags", "none_before"),
        ("audits_flags", "in_order"),
    ).pattern
)


def says_good(text: str) -> bool:
    """Whether a few words say that nothing was found or all is well."""
    return _GOOD.search(fold(text)) is not None


_GOOD = any_of(
    ("corrective_flags", "none_found"),
    ("corrective_flags", "all_well"),
    ("audits_flags", "none_before"),
    ("audits_flags", "none_behind"),
    ("audits_flags", "in_order"),
)
