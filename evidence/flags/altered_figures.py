"""Figures of a signed record that were put in the place of others after the signature, in whatever words a line of it tells so.

A line tells it that has a word for a change, a day after all signatures, and a figure that stands in the record itself, where the one
it took the place of does not. The order of the words, and whether both figures are told, differ from hand to hand.
"""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from evidence.bundle import Bundle, cite
from evidence.facts.text import late, phrases
from evidence.flags.dated_lines import (
    BAD,
    BESIDE,
    NO_CHANGE,
    OF_ORDERS,
    WAS_BEFORE,
    Changed,
    DatedLine,
    dated_lines,
    days_signed,
    signs_words,
)
from evidence.flags.signatures import AFTER, BEFORE, ends_in_name
from evidence.model import DocumentReport

_NOT_RESULT, _VALUES = (phrases("papers_flags", name) for name in ("not_result", "values"))
SPECIFIED = late(rf"[±≤≥<>]|\d ?~ ?\d|{phrases('papers_flags', 'limiting').pattern}")
_GOOD = phrases("readings_flags", "judged")
_REACTION = phrases("papers_flags", "redone")
_PUT_IN = late(
    rf"(?:{phrases('papers_flags', 'replaced').pattern}|{phrases('papers_flags', 'put_in').pattern})\W{{0,3}}$"
)
"""What stands right before the figure that was put in."""
_FORMER = late(rf"[(（] ?(?:{phrases('papers_flags', 'was').pattern})\W{{0,3}}$")
_WAS_BEHIND = late(rf"\W{{0,2}}(?:[^\W\d_]{{1,3}}\W{{0,2}})?(?:{phrases('papers_flags', 'was_behind').pattern})")


def tells_of_order(folded: str) -> bool:
    """Whether a line says that an order, a drawing, a limit or a setting was changed, and no result."""
    return OF_ORDERS.search(folded) is not None


def altered(bundle: Bundle, document: DocumentReport, below: bool = False) -> Changed | None:
    """What a signed record says of a figure changed later; None where it says nothing of the kind.

    With ``below`` only a line under the last signature counts, outside of tables, that says that what was written was wrong and tells
    both figures: in a paper on a corrective action the settings that are changed are its work.
    """
    told = list(dated_lines(bundle, document))
    changes = [line for line in told if line.days and line.changes and not BEFORE.search(line.folded)]
    if below:
        changes = [line for line in changes if _is_below_signatures(line, told)]
    if not changes:
        return None
    signing = signs_words()
    changes = [line for line in changes if not _is_approval(line, signing)]
    if not changes:
        return None
    apart = set(map(id, changes))  # a log has thousands: to compare each with each takes minutes
    rest = [line for line in told if line.days and id(line) not in apart]
    signed = days_signed(bundle, document, rest, {first for line in changes for _, _, first, _ in line.days})
    if not signed:
        return None
    last = max(signed)
    others = [first for line in rest if not line.signs for _, _, first, _ in line.days]
    if others and min(others) > last:
        return None  # a running sheet under the signature of its form
    read = Counter(figure for line in told for figure in {found[0] for found in _readings(line)})
    for line in changes:
        days = [first for _, _, first, _ in line.days]
        after = min((day for day in days if day > last), default=None)
        if after is None or any(day > after for day in others):
            continue
        if _is_of_number(line) or _is_signed_again(line, signing) or not (below or _tells_figure(line, told, read)):
            continue
        return Changed(last, after, cite(document, line.passage, line.text.strip()))
    return None


def _is_below_signatures(line: DatedLine, told: Sequence[DatedLine]) -> bool:
    """Whether a line stands under all that bear a signature and a day, and says that one figure was written for another."""
    signing = signs_words()
    rest = {figure[0] for other in told if other is not line for figure in other.figures}
    last = max((at for at, other in enumerate(told) if other is not line and other.days and signing.search(other.folded)), default=-1)  # fmt: skip
    return (
        0 <= last < told.index(line)
        and "|" not in line.text
        and _WRITTEN_ANEW.search(line.undated) is not None
        and any(
            _decimals(match["before"]) == _decimals(match["after"])
            and _alike(match["before"], match["after"])
            and match["after"] in rest
            and match["before"] not in rest
            for match in _ONE_FOR_OTHER.finditer(line.undated)
        )
    )


_WRITTEN_ANEW = phrases("papers_flags", "written_anew")
_ONE_FOR_OTHER = late(
    rf"(?<![\d.,])(?P<before>\d{{1,9}}(?:[.,]\d{{1,6}})?)(?: ?[^\W\d_]{{1,4}})? ?(?:{phrases('papers_flags', 'replaced').pattern}|→|->|=>|에서|から) ?(?P<after>\d{{1,9}}(?:[.,]\d{{1,6}})?)"
)


def _is_of_number(line: DatedLine) -> bool:
    """Whether a line tells of a gauge, a mould or an order by whole numbers: one took the place of another, and no result was touched."""
    return _NOT_RESULT.search(line.undated) is not None and not any(_decimals(figure[0]) for figure in line.figures)


def _is_signed_again(line: DatedLine, signing: re.Pattern[str]) -> bool:
    """Whether a line says that the change was approved in its turn."""
    return AFTER.search(line.folded) is None and any(
        not NO_CHANGE.search(line.undated[max(0, word.start() - BESIDE * 2) : word.end() + BESIDE])
        and phrases("papers_flags", "signed_again").search(line.undated)
        for word in signing.finditer(line.undated)
    )


def _is_approval(line: DatedLine, signing: re.Pattern[str]) -> bool:
    """Whether a line is the signature under a change: no figure, and a word for signing with a name and a day behind it."""
    begin = line.days[0][0]
    named = re.split(r"[:：|]", line.text[:begin])[-1].strip(" ,")
    return (
        not line.figures
        and AFTER.search(line.folded) is None
        and signing.search(line.folded) is not None
        and ends_in_name(named)
        and not line.text[line.days[0][1] :].strip(" .)")
    )


def _tells_figure(line: DatedLine, told: Sequence[DatedLine], read: Mapping[str, int]) -> bool:
    """Whether a line that tells of a change tells which figure of the record was put in, or that one of its values was changed. ``read``
    counts the lines in which each figure is read.
    """
    if BAD.search(line.undated) and _GOOD.search(BAD.sub(" ", line.undated)):
        return _REACTION.search(line.undated) is None  # a verdict was turned, and nothing done to the pieces
    if _keeps_bare(line) or _puts_share(line, told):
        return True
    here = {figure[0] for figure in _readings(line)}
    known = {figure[0] for figure in line.figures if read.get(figure[0], 0) > (figure[0] in here)}  # in other lines
    cells = _cells(line)
    for figure in line.figures:
        in_row = {other[0] for other in line.figures if _cell_at(cells, other) != _cell_at(cells, figure)}
        if _is_old(line, figure) and _puts_for(figure[0], in_row) and figure[0] not in known:
            return True  # a remark beside the value
    own = [
        figure for figure in line.figures if _is_telling(figure[0]) or _is_old(line, figure) or _is_new(line, figure)
    ]
    for first, second in itertools.pairwise(own):
        old, new = (second, first) if _is_old(line, second) and not _is_old(line, first) else (first, second)
        alike = _alike(old[0], new[0]) or (new[0] == "0" and _is_old(line, old) and _is_new(line, new))
        if old[0] != new[0] and new[0] in known and old[0] not in known and alike:
            return True
    if not own and _VALUES.search(line.undated) and any(_keeps_old(other) for other in told if other is not line):
        return True
    if len(own) == 1 and _is_old(line, own[0]) and own[0][0] not in known:
        said = _VALUES.search(line.undated)
        return said is not None and (_is_telling(own[0][0]) or said.end() <= own[0].start() <= said.end() + BESIDE)
    return any(_is_new(line, figure) and _is_telling(figure[0]) and figure[0] in known for figure in own)


def _keeps_old(line: DatedLine) -> bool:
    """Whether a cell tells the figure that its value took the place of: ``4,180 (was 3,720)``."""
    cells = _cells(line)
    return any(
        _FORMER.search(line.undated, 0, old.start())
        and any(
            new[0] != old[0] and _alike(old[0], new[0]) and _cell_at(cells, new) == _cell_at(cells, old)
            for new in line.figures
        )
        for old in line.figures
    )


def _keeps_bare(line: DatedLine) -> bool:
    """Whether a cell of the line that tells of a change holds a value with the one it took the place of in brackets: ``1.46 (1.06)``."""
    return any(
        match["new"] != match["old"]
        and _decimals(match["new"]) == _decimals(match["old"])
        and _is_telling(match["new"])
        and _alike(match["old"], match["new"])
        for match in _BRACKETED.finditer(line.undated)
    )


_BRACKETED = re.compile(
    r"(?<![\w.,/±~-])(?P<new>\d{1,6}(?:[.,]\d{1,4})?)\s?[^\W\d_]{0,3}\s?[(（\[]\s?(?P<old>\d{1,6}(?:[.,]\d{1,4})?)\s?[)）\]]"
)


def _puts_share(line: DatedLine, told: Sequence[DatedLine]) -> bool:
    """Whether a line that tells of a change tells two counts of the same whole, one of which stands in the record: ``2 / 20 to 0 / 20``.
    Nothing was done to the pieces: it says so otherwise.
    """
    shares = _shares(line)
    pairs = [(one, other) for one, other in itertools.combinations(shares, 2) if one[1] == other[1] and one != other]
    if not pairs or _REACTION.search(line.undated):
        return False
    rest = {share for other in told if other is not line for share in _shares(other)}
    return any((one in rest) != (other in rest) for one, other in pairs)


def _shares(line: DatedLine) -> list[tuple[int, int]]:
    """The counts that a line tells with the whole of them."""
    told = [(int(match[1]), int(match[2])) for match in _COUNTED_OF.finditer(line.folded)]
    return [share for share in told if share[0] <= share[1]]


_COUNTED_OF = re.compile(
    r"(?<![\d.,/-])(\d{1,6})\s?(?:/|of|out of|trên|dari|daripada|จาก|中)\s?(\d{1,6})(?![\d/-]|[.,]\d(?!\d{3}))"
)


def _readings(line: DatedLine) -> list[re.Match[str]]:
    """The figures of a line that stand in no cell with a limit."""
    cells = _cells(line)
    parts = [0, *cells, len(line.undated)]
    return [
        figure
        for figure in line.figures
        if not SPECIFIED.search(line.undated[parts[(at := _cell_at(cells, figure))] : parts[at + 1]])
    ]


def _cells(line: DatedLine) -> list[int]:
    return [match.start() for match in re.finditer(r"\|", line.text)]


def _cell_at(cells: Sequence[int], figure: re.Match[str]) -> int:
    return sum(bar < figure.start() for bar in cells)


def _is_old(line: DatedLine, figure: re.Match[str]) -> bool:
    return (
        WAS_BEFORE.search(line.undated, 0, figure.start()) is not None
        or _WAS_BEHIND.match(line.undated, figure.end()) is not None
    )


def _is_new(line: DatedLine, figure: re.Match[str]) -> bool:
    return _PUT_IN.search(line.undated, 0, figure.start()) is not None


def _puts_for(old: str, values: set[str]) -> bool:
    return any(value != old and _alike(old, value) and _decimals(value) for value in values)


def _is_telling(figure: str) -> bool:
    """Whether a figure is no count of samples or columns that stands in every paper."""
    return _decimals(figure) > 0 or len(figure) >= LEAST_TELLING


LEAST_TELLING = 3
"""Figures of a whole number that does not stand in a paper by chance."""


def _decimals(figure: str) -> int:
    return len(re.split(r"[.,]", figure, maxsplit=1)[-1]) if re.search(r"[.,]", figure) else 0


def _alike(one: str, other: str) -> bool:
    """Whether one figure can stand in the place of the other: not many times as large."""
    values = []
    for figure in (one, other):
        plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", figure) if not figure.startswith("0") else figure
        with suppress(ValueError):
            values.append(float(plain.replace(",", ".")))
    return len(values) == len((one, other)) and max(values) < MOST_TIMES * max(min(values), 1e-9)


MOST_TIMES = 4
"""Times by which a figure put in the place of another may exceed it."""
