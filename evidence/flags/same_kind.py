"""Later cases of one kind on one part: the same crack, leak or pore on a piece that is called by the same number, in other words or in
another language.
"""

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from evidence.bundle import Bundle, Item, as_day
from evidence.defects import akin_to, same_defect, telling
from evidence.facts.case_heads import meaning
from evidence.facts.text import fold, phrases
from evidence.flags.case_items import row_of
from evidence.flags.registry import name_of
from evidence.restated import kinds_of, loose_kinds_of

_CODE = re.compile(
    r"(?<![^\W_])(?<![^\W_]-)(?!(?:sus|ss|sts|adc|al|pa|pp|abs|scm|sk[dh]|ansi|cnc|imm?|op|mc|rev|line)-?\d)[a-z]{1,6}-?\d{1,5}[a-z]?(?![^\W_]|[-/]\d)"
)
"""The number of a part or a model: ``FB-24``, ``WL-12``; a lot or an order mostly runs longer."""

_CELLS = re.compile(r"[|\n]")

LEAST_CODE = 4
"""Signs of a number that tells parts apart."""

LEAST_PART = 8
"""Letters of a cell that names a piece and stands alike in two rows."""

KEPT_FORMS = 1_000
"""Forms whose piece is remembered."""

LONGEST_ROW = 3
"""Cells of a line of a slip, whose other lines tell the rest of the case."""


def of_one_kind(first: Item, second: Item) -> bool:
    """Whether a later case tells of the same kind of defect on the same part as an earlier one, and at the same place as far as the two
    are in one language.
    """
    left, right = (kinds_of(_what_was_wrong(item)) for item in (first, second))
    shared = left.keys() & right.keys()
    if not shared and _is_loosely_one(first, second):
        return _same_part(first, second)
    if not shared or not (_same_part(first, second) or _same_piece(first, second, [left[kind] for kind in shared])):
        return False
    if first.passage.language != second.passage.language and first.document.path != second.document.path:
        return True
    return any(_same_place(left[kind], right[kind]) for kind in shared)


def _is_loosely_one(first: Item, second: Item) -> bool:
    """Whether two problems say of the same thing that it is missing, wrong or too big: most of the words beside are the same."""
    left, right = (loose_kinds_of(head_clause(str(item.value.get("problem", "")))) for item in (first, second))
    for kind in left.keys() & right.keys():
        shorter, longer = sorted((telling(left[kind]), telling(right[kind])), key=len)
        shared = sum(akin_to(word, longer) for word in shorter)
        if shared and shared * 2 > len(shorter):
            return True
    return False


def head_clause(problem: str) -> str:
    """What a problem says before it counts or tells of lots and days."""
    return _BEHIND_HEAD.split(problem, maxsplit=1)[0]


_BEHIND_HEAD = re.compile(r"[,;(，；（。]\s*(?=\D{0,24}\d)|\s\d[\d.,]*\s?(?:of|/|dari|trên)\s")
"""Where the first clause of a problem ends and a count or a lot follows: ``Label missing, 14 of 200``."""


def same_at_first(first: str, second: str) -> bool:
    """Whether the first clauses of two problems name one kind of defect and tell the same of it, however it goes on: how many there were,
    of which lot, how it was found.
    """
    left, right = head_clause(first), head_clause(second)
    return bool(kinds_of(left).keys() & kinds_of(right).keys()) and same_defect(left, right)


def _what_was_wrong(item: Item) -> str:
    """The problem of a case; of a mail also what was read as its cause: its sentences come in no order."""
    told = str(item.value.get("problem", ""))
    return f"{told} {item.value.get('root_cause', '')}" if _is_mail(item) else told


def _is_mail(item: Item) -> bool:
    return item.fact.role != "row" and item.document.is_mail


def _same_place(first: str, second: str) -> bool:
    """Whether what is told beside the defect has a word in common that is no number of a part."""
    left, right = (telling(_CODE.sub(" ", text)) for text in (first, second))
    return any(akin_to(word, right) for word in left) or not left or not right


def _same_part(first: Item, second: Item) -> bool:
    left, right = _codes(first), _codes(second)
    if left & right:
        return True
    one, other = _cells(first), _cells(second)
    if bool(one & other) and first.document.path == second.document.path:
        return True
    pieces = [_piece(item) for item in (first, second)]
    return bool(pieces[0]) and pieces[0] == pieces[1]


def _piece(item: Item) -> str:
    """What a row or a form says, under a head for it, which product or part the case is about, folded."""
    if item.fact.role != "form":
        return fold(str(item.value.get("piece", ""))).strip()
    part = item.passage.part
    return _piece_in(tuple(p.text for p in item.document.passages if not p.hidden and p.part == part))


@lru_cache(KEPT_FORMS)
def _piece_in(texts: tuple[str, ...]) -> str:
    """The same of the texts of a form, read once: each case is held against each one closed before."""
    for text in texts:
        for line in text.splitlines():
            cells = [fold(cell).strip(" .:") for cell in line.split("|")]
            for head, cell in itertools.pairwise(cells):
                if cell and _PIECE.fullmatch(head):
                    return cell
    return ""


_PIECE = phrases("columns", "piece")


def _same_piece(first: Item, second: Item, beside: Sequence[str]) -> bool:
    """Whether two rows of one register name the same place of the same piece in words, whatever their order: most of the words that the
    first has beside the defect, and no fewer than three.
    """
    if first.document.path != second.document.path or not first.fact.role == second.fact.role == "row":
        return False
    told = str(second.value.get("problem", ""))
    later = telling(told)
    if _sizes(str(first.value.get("problem", ""))) & _sizes(told):
        return any(sum(akin_to(word, later) for word in telling(_SIZE.sub(" ", text))) >= OF_A_SIZE for text in beside)
    for text in beside:
        named = telling(_COUNTED.split(text)[0])
        shared = sum(akin_to(word, later) for word in named)
        if shared >= LEAST_NAMED and shared * 4 >= 3 * len(named):
            return True
    return False


def _sizes(text: str) -> set[str]:
    return {re.sub(r"\s", "", size) for size in _SIZE.findall(fold(text))}


_SIZE = re.compile(r"(?<![\w.])(?<!\d,)\d{2,4}\s?(?:mm|ml|cc|cm|inch|毫米|毫升)(?![^\W_\u3040-\u9fff\uac00-\ud7a3])")
"""The size by which a cap, a tube or a bottle is called; a figure with a decimal is mostly measured."""

OF_A_SIZE = 2
"""Words of the piece in common, in two rows that name one size: ``28 mm, seal ring``."""

LEAST_NAMED = 3
"""Words that tell a place of a piece: ``seam, shoulder, shirt``."""

_COUNTED = re.compile(r"[,;(，；（]|\d")
"""What ends the naming of a piece: how many there were, and of which lot."""


def _codes(item: Item) -> set[str]:
    """Numbers of parts that stand in the problem of a case, in its row or slip, or in the title of its paper; not its own number."""
    own = fold(str(item.value.get("reference") or ""))
    text = " ".join((_told(item), str(item.value.get("problem", ""))))
    if item.fact.role != "row" and not item.value.get("paragraph"):
        text = " ".join((text, name_of(item.document.path), *item.passage.heading[:1]))
        text += " ".join(
            fact.value for fact in item.document.facts if fact.kind == "identifier" and fact.role in ("part", "drawing")
        )
    return {code for code in codes_in(text) if code not in own}


def codes_in(text: str) -> set[str]:
    """The numbers of parts or models that a text names."""
    return {code for code in _CODE.findall(fold(text)) if len(code) >= LEAST_CODE}


def _told(item: Item) -> str:
    """The row of a case; of a slip the whole of it."""
    if item.fact.role != "row":
        return ""
    row = row_of(item) or ""
    return item.passage.text if row.count("|") < LONGEST_ROW else row


def _cells(item: Item) -> set[str]:
    """Cells of a row with a figure in them that name a piece and are none of the known parts: ``size label 12 mm``."""
    told = {str(value) for value in item.value.values() if isinstance(value, str)}
    return {
        fold(cell)
        for cell in map(str.strip, _CELLS.split(_told(item)))
        if meaning(cell)
        and cell not in told
        and any(map(str.isdigit, cell))
        and sum(map(str.isalpha, cell)) >= LEAST_PART
    }


def opened_on(bundle: Bundle, item: Item) -> tuple[date | None, timedelta]:
    """The day a case came up, or one that its problem names where no day is told apart, and how long after a closing it may still be about the case that was closed: nothing for a day that is
    told; of a mail that tells none its own day, which is that of an answer.
    """
    day = as_day(str(item.value.get("opened") or item.value.get("arose") or ""))
    if day or not _is_mail(item):
        return day, timedelta(0)
    return bundle.document_day(item.document), AFTER


AFTER = timedelta(days=30)
"""Days within which a mail may still be about the case that was closed."""


def other_part(first: Item, second: Item) -> bool:
    """Whether two cases name parts, and not one in common: a scratch on another part is another defect. A letter may tell of several."""
    if "letter" in (first.fact.role, second.fact.role):
        return False
    left, right = _parts_of(first), _parts_of(second)
    return (bool(left and right) and left.isdisjoint(right)) or _other_piece(first, second)


def _other_piece(first: Item, second: Item) -> bool:
    """Whether two rows say in a column of its own which product they are about, and the two names have no word and no number in common."""
    pieces = [_piece(item) for item in (first, second)]
    left, right = (set(_WORDS.findall(piece)) for piece in pieces)
    return bool(left and right) and (not any(akin_to(word, right) for word in left) or _other_model(*pieces))


def _other_model(first: str, second: str) -> bool:
    """Whether two names before their lots differ in codes alone: ``Valve K / 2601`` and ``Valve P / 2606``."""
    names = [_BESIDE.split(piece)[0].split() for piece in (first, second) if _BESIDE.search(piece)]
    if len(names) < len((first, second)) or len(names[0]) != len(names[1]):
        return False
    differ = [pair for pair in zip(*names, strict=True) if pair[0] != pair[1]]
    return 0 < len(differ) < len(names[0]) and all(_MODEL.fullmatch(word) for pair in differ for word in pair)


_MODEL = re.compile(r"[^\W\d_]|[\w.-]*\d[\w.-]*")


_WORDS = re.compile(r"[^\W_]{2,}")
_BESIDE = re.compile(r"\s/\s|／")
"""Between the name of a part and that of its lot; a slash without blanks is of a name."""


def _parts_of(item: Item) -> set[str]:
    """Numbers of parts that a form names, or that stand in cells of their own in the row of a case."""
    parts = [f for f in item.document.facts if f.kind == "identifier" and f.role in ("part", "drawing")]
    if item.fact.role != "row":
        return {fact.value for fact in parts}
    cells = {cell.strip() for cell in (row_of(item) or "").split("|")}
    # ``2C-88 / H602-11`` under ``Part / lot``: the part stands first
    return {fold(_BESIDE.split(fact.quote)[0]) for fact in parts if fact.quote in cells}
