"""Codes that papers know each other by: lots, heats, complaints, audits, actions, gauges, purchase orders."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from evidence.data import table
from evidence.facts.grids import LATE_HEADS, Grid
from evidence.facts.pairs import Pair, labels, pairs
from evidence.facts.sources import Source, cell_fact, fact
from evidence.facts.text import CELL, Lexicon, Span, filled, fold, is_nameless, lines, words
from evidence.model import Fact, Passage

MAX_CODES = 3
"""Codes taken from one field: a field with more is a list of something else."""

_CODE = re.compile(
    r"#?[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9_\-/.#]{0,38}[A-Za-z0-9]|(?<![A-Za-z0-9])\d{1,2}(?![A-Za-z0-9])|[A-Z]\d"
)
_NOT_A_CODE = re.compile(
    r"\d{1,3}(?:[.,]\d+)?\s?(?:%|pcs?|nos?|kg|mm|µm|um|g|m|h|hrs?|min|ppm|°c|cái|buah|ชิ้น|件|개)|n/?a|nil|none|tbd|x+|(?:[01]?\d|2[0-4]):[0-5]\d",
    re.IGNORECASE,
)
_SIZE = ("size", "qty", "quantity", "status", "date", "acceptance", "weight", "name", "description", "tracking",
"traceability", "control",
         "số lượng", "cỡ", "jumlah", "ukuran", "nama", "จำนวน", "ชื่อ", "数量", "数", "名称", "수량", "품명", "adi",
         "miktari", "tracking")  # fmt: skip
_PROSE_ROLES = ("lot", "batch", "heat", "serial")


@cache
def _prose() -> re.Pattern[str]:
    """A code behind the word for a lot, batch, heat or serial number in running text."""
    named = "|".join(f"({words(tuple(table('labels')['prose'][role])).pattern})" for role in _PROSE_ROLES)
    return re.compile(
        rf"(?:{named})\s{{0,2}}(?:no\.?|nos?\.?|number|số|번호|号|號|第|ที่|เลขที่|#|:)?\s{{0,2}}[:：#]?\s{{0,2}}"
        r"([a-z0-9][a-z0-9\-/.]{0,30}\d[a-z0-9\-/]{0,12}|\d{2,12})(?![\d批個个件次箱袋台개건대])"
    )


_ENDS = re.compile(r"^[^\W\d_]{3,12}[ -](?:(lot|lô|parti)|(batch|mẻ)|(heat|melt))(?: ?(?:no\.?|number|#))?$")
"""A lot that is told by its process: ``Cast lot``, ``Charge lot no``, ``Dye batch``."""


@cache
def lexicon() -> Lexicon:
    """The labels of identifier fields."""
    return labels("identifiers")


@cache
def _shapes() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {prefix: role for role, prefixes in table("labels")["identifier_shapes"].items() for prefix in prefixes}
    names = "|".join(re.escape(name) for name in sorted(roles, key=len, reverse=True) if len(name) > 1)
    return re.compile(
        rf"(?<![a-z0-9\-])(?:[a-z]{{2,5}}[-/])?({names})([-/#: "
        rf".]{{0,2}})((?:[a-z]{{1,4}}[-/])?\d[a-z0-9\-/]{{1,16}})(?![a-z0-9])"
    ), roles


def find_identifiers(source: Source) -> Iterator[Fact]:
    """Identifiers by their label, by the head of their column, and by their shape; one fact for each place."""
    seen: set[tuple[str, str, int]] = set()
    for passage in source.passages:
        for role, code, start in _of_passage(passage):
            if (passage.id, role, start) not in seen:
                seen.add((passage.id, role, start))
                yield fact("identifier", role, normal(code), passage, start, start + len(code))
    for grid in source.grids:
        grid = _headed(grid)
        for index in range(len(grid.heads)):
            head = _own_words(grid.heads, index)
            named = role_of_head(head)
            if named is None or _about_size(head):
                continue
            for cell in grid.column(index):
                if cell.passage is not None and named in _PROSE_ROLES and (several := _listed(cell.text)):
                    for code, at in several:
                        if (cell.passage.id, named, cell.start + at) not in seen:
                            seen.add((cell.passage.id, named, cell.start + at))
                            one = replace(cell, text=code, start=cell.start + at)
                            yield cell_fact("identifier", named, normal(code), one, confidence=0.9)
                    continue
                if cell.passage is None or not is_code(cell.text) or source.dates(cell.text):
                    continue
                if (cell.passage.id, named, cell.start) not in seen:
                    seen.add((cell.passage.id, named, cell.start))
                    yield cell_fact("identifier", named, normal(cell.text), cell, confidence=0.9)


def _headed(grid: Grid) -> Grid:
    """The table under its own heads, where a title or a rule stands in their place: the first rows below are looked at."""
    # A field above the table, `Order PO-88120`, tells and heads nothing.
    if any(role_of_head(head) and not any(map(str.isdigit, head)) for head in grid.heads):
        return grid
    for index, row in enumerate(grid.rows[:LATE_HEADS]):
        texts = [cell.text for cell in row]
        named = [text for text in texts if text and not any(map(str.isdigit, text))]
        if len(named) > 1 and any(role_of_head(text) in _PROSE_ROLES for text in named):
            return replace(grid, heads=tuple(texts), rows=grid.rows[index + 1 :])
    return grid


def _own_words(heads: Sequence[str], index: int) -> str:
    """The words of a head that it does not share with the head beside it: a field filled over two columns stands before the names of
    both, ``Order PO-88120 Lot`` and ``Order PO-88120 Date``.
    """
    own = heads[index].split()
    if len(own) < LEAST_SHARED or is_nameless(heads[index]):
        return heads[index]
    shared = 0
    for other in (*heads[max(index - 1, 0) : index], *heads[index + 1 : index + 2]):
        alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(own, other.split(), strict=False))
        shared = max(shared, sum(1 for _ in alike))
    told = any(map(str.isdigit, " ".join(own[:shared])))
    return " ".join(own[shared:]) if told else heads[index]


LEAST_SHARED = 3
"""Words of a head that holds a field, its value and the name of the column."""


def _listed(text: str) -> list[tuple[str, int]]:
    """The numbers of a cell that lists several, or one with its count: ``GL26-0803 (210), GL26-0807 (168)``; with their places."""
    if not _COUNTED.search(text) and not _BETWEEN.search(text):
        return []
    found = [(match[1], match.start(1)) for match in _LISTED.finditer(text)]
    rest = _LISTED.sub("", text).strip(" ,;、，；/")
    alike = len({len(_built(code)) for code, _ in found}) == 1
    return found if found and not rest and alike and all(is_code(code) for code, _ in found) else []


_COUNTED = re.compile(r"\d\s?\(\d[\d.,]*[^()]{0,12}\)")
_BETWEEN = re.compile(r"\d\s?[,;、，；]\s?[A-Za-z]{1,4}[-\d]")
_LISTED = re.compile(
    r"([A-Za-z]{1,5}[A-Za-z0-9]{0,6}[-/]?\d[A-Za-z0-9\-/]{2,20})(?:\s?\(\d[\d.,]*[^()]{0,12}\))?(?:\s?[,;、，；]\s?)?"
)


def normal(code: str) -> str:
    """A code as it is compared: upper case, no blanks, one kind of dash."""
    return re.sub(r"\s+", "", fold(code)).upper().strip("#.-/")[:60]


def is_code(text: str) -> bool:
    """Whether a text is one code: short, with a digit, not a quantity."""
    text = text.strip()
    return (
        2 <= len(text) <= 40
        and any(char.isdigit() for char in text)
        and len(text.split()) <= LONGEST_CODE_WORDS
        and _NOT_A_CODE.fullmatch(text) is None
    )


def _of_passage(passage: Passage) -> Iterator[tuple[str, str, int]]:
    if is_nameless(passage.text):
        return  # figures that nothing names
    told: set[int] = set()
    for line in lines(passage.text):
        if is_nameless(line.text):
            continue
        yield from _of_row(line)
        for pair in (part for both in pairs(line) for part in _parted(both)):
            role = role_of_head(pair.label.text)
            if role is None or _about_size(pair.label.text) or _tells_of(pair.label.text, pair.value.text):
                continue
            if role not in _PROSE_ROLES and _AMOUNT.fullmatch(pair.value.text):
                continue
            for code, start in _codes(pair.value.text):
                told.add(pair.value.start + start)
                yield role, code, pair.value.start + start
    folded = fold(passage.text)
    yield from ((role, code, start) for role, code, start in _told(passage.text, folded) if start not in told)
    pattern, roles = _shapes()
    for match in pattern.finditer(folded):
        if not _YEAR.fullmatch(match[3]):
            role, parts = roles[match[1]], match[2]
            # The word is a label where a colon parts it from the number, and that for a lot where a blank does.
            labelled = set(parts) & set(":#") or (role == "lot" and parts.strip("-/") != "")
            start = match.start(3) if labelled else match.start()
            yield role, passage.text[start : match.end()], start
    for match in _prose().finditer(folded):
        role = next(name for index, name in enumerate(_PROSE_ROLES, 1) if match[index])
        if not _NOT_A_CODE.fullmatch(match[5]) and not _over_rows(match):
            yield role, passage.text[match.start(5) : match.end(5)], match.start(5)
            yield from (
                (role, passage.text[at:end], at) for at, end in _named_with(folded, match.start(5), match.end(5))
            )


def _told(text: str, folded: str) -> Iterator[tuple[str, str, int]]:
    """The numbers that a sentence gives behind their label: ``complaint no. KP-25-008``, ``on machine CNC-07``."""
    for label in lexicon().pattern.finditer(folded):
        role, match = lexicon().role_of(label[0]), _BEHIND.match(folded, label.end())
        if match is None or role in (None, "document", "certificate") or _over_rows(match):
            continue
        code = match["code"]
        parted = match.start("code") > label.end() or not label[0].isascii()
        numbered = match["no"] or _NUMBERED.search(label[0])
        strong = parted and role not in _BARE_ROLES and _STRONG.fullmatch(code)
        long = len(code) >= LEAST_TOLD or role == "machine"
        if (numbered or strong) and long and sum(map(str.isdigit, code)) > 1 and not _NO_NUMBER.fullmatch(code):
            yield str(role), text[match.start("code") : match.end("code")], match.start("code")


LEAST_TOLD = 3
"""Signs of a number in a sentence; machines are counted up, and have two."""


def _over_rows(match: re.Match[str]) -> bool:
    """Whether a number stands in the row below its label: in a table that is another column's."""
    return "\n" in match[0] and CELL in match.string


_BARE_ROLES = ("part", "drawing", "lot", "batch")
"""What may be told by its name alone, ``part M10``, or is looked for with all that may follow it."""
_NUMBER_WORDS = r"no\.?|nos\.?|number|nr\.?|số|nomor|nombor|เลขที่|หมายเลข|编号|編號|号|號|번호|番号|#"
_BEHIND = re.compile(
    rf"\.?\s{{0,2}}(?P<no>{_NUMBER_WORDS})?\s{{0,2}}[:：]?\s{{0,2}}(?P<code>[a-z0-9][a-z0-9\-/._]{{0,28}}[a-z0-9])(?![a-z0-9])"
)
_NUMBERED = re.compile(
    r"(?:(?<![a-z])(?:id|ref|code)|(?<![a-z])no\.?|number|numarası|số|nomor|เลขที่|หมายเลข|编号|編號|号|號|번호|番号)$|^(?:số|mã|no\.|nomor|nombor|kode|kod|หมายเลข|เลขที่|รหัส)"
)
"""A label that asks for a number: ``machine no``, ``หมายเลขเครื่อง``."""
_STRONG = re.compile(r"[a-z]{1,5}[-/]\d{2}[a-z0-9\-/]*|\d{7,12}")
"""What is a number of its thing even where no word for a number stands before it."""
_YEAR = re.compile(r"(?:20|25)\d\d")
_NO_NUMBER = re.compile(
    rf"(?:20|25)\d\d(?:[-/.]\d{{1,2}}){{0,2}}|\d{{1,2}}/(?:20|25)\d\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d\d){{1,2}}|{_NOT_A_CODE.pattern}",
    re.IGNORECASE,
)
"""A year, a month, a day or a quantity."""
_AMOUNT = re.compile(r"[\d.,]{1,9}\s?[^\W\d_]{1,4}(?:/[^\W\d_]{1,3})?\.?")
"""A figure with its unit in the field of a machine or an order: ``120 rpm``."""


def _named_with(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbers that follow one of a sentence, built as it is: ``lots G26-0883, G26-0886 and G26-0889``."""
    form = _built(folded[start:end])
    for _ in range(MOST_NAMED):
        match = _next_code().match(folded, end)
        if match is None or _built(match[1]) != form or sum(map(str.isdigit, form)) < LEAST_FIGURES:
            return
        yield match.start(1), match.end(1)
        end = match.end(1)


@cache
def _next_code() -> re.Pattern[str]:
    joining = words((*table("words")["trends"]["joining"], *table("tables")["inspection"]["and"], "&", "+")).pattern
    return re.compile(
        rf"(?:\s?[(（][^()（）]{{1,24}}[)）])?\s{{0,2}}(?:[,、;/]\s{{0,2}}(?:{joining})?|{joining})\s{{0,2}}([a-z0-9][a-z0-9\-/.]{{0,30}}\d)(?![^\W_])"
    )


MOST_NAMED, LEAST_FIGURES = 12, 3
"""Numbers that a sentence names one behind the other, and figures of each: fewer are counts."""


def _parted(pair: Pair) -> Iterator[Pair]:
    """The fields of one that names several things and tells as many: ``Job / reel lot | 260311 / R-60288``; else the field itself."""
    labels = _SLASH.split(pair.label.text)
    values = list(_BETWEEN_SLASHES.finditer(pair.value.text))
    if len(labels) == 1 or len(labels) != len(values):
        yield pair
        return
    for label, value in zip(labels, values, strict=True):
        start = pair.value.start + value.start()
        yield Pair(replace(pair.label, text=label.strip()), Span(start, start + len(value[0]), value[0]))


_SLASH = re.compile(r"\s/\s")
_BETWEEN_SLASHES = re.compile(r"\S(?:(?!\s/\s).)*")


def _tells_of(label: str, value: str) -> bool:
    """Whether a label names one thing and what follows tells of it: ``Lot 26C07: 0 of 400 rejected``, but not ``Lot 1: 26C07``."""
    return any(char.isdigit() for char in label) and len(value.split()) > LONGEST_CODE_WORDS


LONGEST_CODE_WORDS = 3
"""Words of a code, as ``is_code`` has it; more of them are a sentence."""


def _of_row(line: Span) -> Iterator[tuple[str, str, int]]:
    """The numbers of a row that runs across the page behind one head: ``Lot | K-0907 | K-0908 | K-0909``."""
    row = filled(line)
    role = role_of_head(row[0].text) if len(row) >= LEAST_ACROSS else None
    if role not in _PROSE_ROLES or _about_size(row[0].text):
        return
    codes = row[1:]
    if all(map(is_code, (code.text for code in codes))) and len({_built(code.text) for code in codes}) == 1:
        yield from ((role, code.text, code.start) for code in codes)


LEAST_ACROSS = 4
"""Cells of a row with a head and numbers alike in build; a head with two numbers may be two fields."""


def _built(code: str) -> str:
    """A code with its figures put out: numbers that are counted on are built alike."""
    return re.sub(r"\d", "0", code)


def role_of_head(label: str) -> str | None:
    """Role of a label;

    a short label that begins or ends with the word for a lot counts too, as ``Lot kiln`` and ``Cast lot`` do.
    """
    if role := lexicon().label(label):
        return role
    if len(label) > 30 or is_nameless(label):
        return None
    folded = fold(label)
    first = lexicon().pattern.match(folded)
    role = lexicon().role_of(first[0]) if first else None
    if role is None and (last := _ENDS.search(folded)):
        role = _PROSE_ROLES[next(index for index, name in enumerate(last.groups()) if name)]
    return role if role in ("lot", "batch", "heat", "serial", "order") else None


def _codes(value: str) -> Iterator[tuple[str, int]]:
    count = 0
    end = 0
    for match in _CODE.finditer(value[:200]):
        if count and lexicon().pattern.search(fold(value[end : match.start()])):
            return  # what follows is of another label: ``DC-118, S/N 20191187``
        if any(char.isdigit() for char in match[0]) and _NOT_A_CODE.fullmatch(match[0]) is None:
            yield match[0], match.start()
            count += 1
            end = match.end()
        elif count == 0 and match.start() > 30:
            return
        if count >= MAX_CODES:
            return


def _about_size(label: str) -> bool:
    folded = fold(label)
    return any(word in folded for word in _SIZE)
