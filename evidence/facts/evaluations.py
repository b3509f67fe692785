"""Evaluations of suppliers: tables with a row each, and forms for one of them.

Fact: kind ``evaluation``, role ``suppliers``, value ``{"suppliers", "with_result", "has_column", "names"}``; a form is marked ``form``.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.data import table
from evidence.facts import people
from evidence.facts.case_heads import meaning
from evidence.facts.dates import lexicon as roles_of_days
from evidence.facts.grids import Grid, GridCell
from evidence.facts.sources import Source, cell_fact
from evidence.facts.supplier_heads import (
    is_name_head,
    is_provider_head,
    is_supplier_head,
    rates_suppliers,
    says_supplied,
)
from evidence.facts.supplier_marks import rating_columns, supplier_column
from evidence.facts.text import fold, is_nameless, phrases, plain, spellings, table_words, words
from evidence.model import Fact


def evaluation_of(source: Source, grid: Grid, listing: bool = False, named_at: int | None = None) -> Iterator[Fact]:
    """A table of suppliers; ``named_at`` is the column of their names where no head tells it. ``last_empty`` holds, of the rows without a result, the newest day on which each says it was evaluated."""
    supplied = says_supplied([head for head in grid.heads if head])
    supplier_at = supplier_column(grid)
    if supplier_at is None and (supplied or listing):
        supplier_at = next(
            (i for i, head in enumerate(grid.heads) if is_name_head(head) or (listing and is_provider_head(head))), None
        )
    supplier_at = named_at if supplier_at is None else supplier_at
    if supplier_at is None:
        return
    result_at = rating_columns(grid, supplier_at)
    suppliers = with_result = 0
    evaluated: list[str] = []
    anchor: GridCell | None = None
    for row in grid.rows:
        name = row[supplier_at].text
        if sum(char.isalpha() for char in name) < 3 or len(name) > 120:
            continue
        suppliers += 1
        anchor = anchor or (row[supplier_at] if row[supplier_at].passage is not None else None)
        values = [row[i].text.strip() for i in result_at]
        if any(_is_result(value) for value in values):
            with_result += 1
        elif day := _day_of_evaluation(source, grid, row):
            evaluated.append(day)
    if suppliers >= 2 and anchor is not None:
        names = sorted({plain(row[supplier_at].text)[:40] for row in grid.rows if row[supplier_at].text})[:60]
        value = {"suppliers": suppliers, "with_result": with_result, "has_column": bool(result_at), "names": names}
        if supplied:
            value["supplied"] = True
        if evaluated:
            value["last_empty"] = evaluated
        yield cell_fact("evaluation", "suppliers", _dump(value), anchor, confidence=0.85)


def _day_of_evaluation(source: Source, grid: Grid, row: Sequence[GridCell]) -> str:
    """The day on which a row says its supplier was evaluated; empty where it stands under no head that says so, or for the next time."""
    for head, cell in zip(grid.heads, row, strict=False):
        folded = fold(head)
        if _EVALUATES.search(folded) and not _NEXT.search(folded):
            for found in source.dates(cell.text):
                if found.precision == "day":
                    return found.value
    return ""


_EVALUATES = phrases("suppliers_flags", "evaluates")
_NEXT = words(
    (*table("labels")["dates"]["next"], *table("labels")["dates"]["due"], *table("labels")["dates"]["expiry"])
)


def unrated_forms(source: Source, grids: Sequence[Grid]) -> Iterator[Fact]:
    """Forms of fields, each for one supplier named in its head with a day, in which every field for a score or result is empty."""
    rows = [row for grid in grids for row in (tuple(GridCell(head) for head in grid.heads if head), *grid.rows) if row]
    name: GridCell | None = None
    dated, empty, filled = False, 0, 0
    for row in (*rows, None):
        texts = [cell for cell in row or () if cell.text]
        named = next(
            (cell for label, cell in _told_fields(texts) if is_supplier_head(label) or _names_firm(label)), None
        )
        if row is None or named is not None:
            if name is not None and name.passage is not None and dated and empty >= LEAST_FIELDS and not filled:
                value = {"suppliers": 1, "with_result": 0, "has_column": True, "names": [plain(name.text)[:40]]}
                yield cell_fact("evaluation", "suppliers", _dump({**value, "form": True}), name, confidence=0.75)
            name, dated, empty, filled = named, False, 0, 0
        if not texts:
            continue
        dated = dated or any(source.dates(cell.text) for cell in texts[1:])
        for told in _fields(row or ()):
            if not any(source.dates(text) for text in told):
                empty += not told
                filled += bool(told)


def _told_fields(row: Sequence[GridCell]) -> Iterator[tuple[str, GridCell]]:
    """The filled fields of a row of a form: a head in one cell and what was filled in beside it, or both in one cell, ``Supplier: Bach
    Long``.
    """
    places = [at for at, cell in enumerate(row) if cell.text]
    for at, behind in itertools.pairwise(places):
        label, cell = row[at].text, row[behind]
        if len(label) < LONGEST_LABEL and behind - at <= MOST_APART and (behind == at + 1 or not _is_label(cell.text)):
            yield label, cell
    for cell in row:
        head, colon, rest = cell.text.replace("\uff1a", ":").partition(":")
        if colon and rest.strip() and len(head) < LONGEST_LABEL:
            told = rest.strip()
            yield head, replace(cell, text=told, start=cell.start + len(head) + 1 + rest.index(told))


LONGEST_LABEL = 30
"""Letters of the head of a field."""

MOST_APART = 3
"""Places from a head to what was filled in, where a page leaves cells empty between them."""


def _is_label(text: str) -> bool:
    """Whether a cell is the head of another field."""
    known = people.lexicon().label(text) or roles_of_days().label(text)
    return bool(known) or text.endswith((":", "\uff1a")) or is_supplier_head(text) or _heads_column(text)


def names_beside(grid: Grid) -> bool:
    """Whether names stand beside each other above rows that ask for scores, in a table that says that it rates suppliers: these are they,
    though the corner names the criteria. Periods, persons and heads are no names of firms.
    """
    corner, *names = grid.heads
    worded = all(sum(map(str.isalpha, name)) > 1 and not any(map(str.isdigit, name)) for name in names)
    if len(names) < LEAST_BESIDE or len(set(names)) < len(names) or not worded or not rates_suppliers(grid.context):
        return False
    asked = [row[0].text for row in grid.rows if row[0].text]
    heads = any(
        is_name_head(name) or is_supplier_head(name) or _asks_score(name) or _heads_column(name) for name in names
    )
    return not heads and (corner == "" or _heads_column(corner)) and sum(map(_asks_score, asked)) >= LEAST_FIELDS


def _heads_column(head: str) -> bool:
    """Whether a head stands over criteria, scores or remarks, or names somebody's part."""
    groups = (
        ("evaluation", "criterion"),
        ("evaluation", "score"),
        ("evaluation", "greatest"),
        ("checklist", "remarks"),
    )
    return people.lexicon().label(head) is not None or any(table_words(*group).search(fold(head)) for group in groups)


LEAST_BESIDE = 2
"""Names beside each other in the head of a table."""


def _fields(row: Sequence[GridCell]) -> Iterator[list[str]]:
    """What was filled in, field by field, in the fields for scores or results of a row of a form, one or two beside each other."""
    texts = [cell.text for cell in row]
    paired = len(texts) > PAIR and all(_asks_score(label) for label in texts[::PAIR] if label)
    fields = [(texts[at], texts[at + 1 : at + PAIR]) for at in range(0, len(texts), PAIR)] if paired else []
    filled = [text for text in texts if text]
    for label, told in fields or ([(filled[0], _up_to_person(filled[1:]))] if filled else []):
        if label and _asks_score(label):  # who gave the marks is no mark
            yield [text for text in told if meaning(text)]


def _up_to_person(texts: Sequence[str]) -> list[str]:
    """Texts of a row up to the head of a field for somebody: who decided is another field than what was decided."""
    return list(itertools.takewhile(lambda text: people.lexicon().label(text) is None, texts))


def _names_firm(label: str) -> bool:
    """Whether a field names a firm: in a form that asks for scores it is the one that is scored."""
    return fold(label).strip(" .:") in _FIRMS


_FIRMS = spellings(table("tables")["evaluation"]["firm"])


PAIR = 2
"""Cells of a field of a form: its head and its place."""


def _asks_score(label: str) -> bool:
    """Whether a head asks for a score: by its words, or by the most that can be given, ``Documents (20)``."""
    folded = fold(label)
    if len(folded) > LONGEST_FIELD or is_nameless(folded) or people.lexicon().label(folded):
        return False
    return _MOST_GIVEN.search(folded) is not None or any(
        table_words("evaluation", group).search(folded) for group in ("part_score", "result", "score")
    )


_MOST_GIVEN = re.compile(r"[^\W\d_]{3,}[^|:]*[(\uFF08]\s?(?:max\.? ?)?\d{1,3}\s?[)\uFF09]$")


LEAST_FIELDS = 3
"""Empty fields for scores or results from which a form for a supplier was not filled in."""

LONGEST_FIELD = 40
"""Letters of the head of a field for a score."""


def form_of(source: Source, whole: Sequence[Grid], grid: Grid) -> Iterator[Fact]:
    """A form for one supplier: criteria with scores. It counts once the supplier's name and a day stand in its head, above the
    scores or in the table before them.
    """
    name: GridCell | None = None
    dated = False
    placed = next((cell for row in grid.rows for cell in row if cell.passage is not None and cell.text), None)
    for row in (row for part in whole for row in (tuple(GridCell(head) for head in part.heads), *part.rows)):
        name = name or next((cell for label, cell in _told_fields(row) if is_supplier_head(label)), None)
        dated = dated or any(cell.text and source.dates(cell.text) for cell in row)
    if name is None or not dated or placed is None:
        return
    score_at = [
        i
        for i, head in enumerate(grid.heads)
        if table_words("evaluation", "score").search(fold(head))
        and not table_words("evaluation", "greatest").search(fold(head))
        and "x" not in fold(head).split()
    ]
    if len(score_at) > 1:  # one may say how points are given: ``4 points off for each late lot``
        score_at = [i for i in score_at if not _tells_rule(grid, i)] or score_at
    scored = [
        row
        for row in grid.rows
        if any(_is_result(row[i].text) and any(c.isdigit() for c in row[i].text) for i in score_at)
    ]
    told = int(len(scored) >= 2)
    value = {"suppliers": 1, "with_result": told, "has_column": True, "names": [plain(name.text)[:40]], "form": True}
    yield cell_fact(
        "evaluation", "suppliers", _dump(value), name if name.passage is not None else placed, confidence=0.8
    )


def _tells_rule(grid: Grid, index: int) -> bool:
    """Whether the cells of a column say in words how points are given, and hold none."""
    texts = [cell.text.strip() for cell in grid.column(index) if cell.text.strip()]
    return bool(texts) and sum(_MARK.match(fold(text)) is not None for text in texts) * 2 < len(texts)


_MARK = re.compile(
    r"[<>≤≥~]?\s?\d+(?:[.,]\d+)?(?![^\W\d_]{2,}\s[^\W\d_])|[a-e][+-]?(?![^\W_]|\s?[≥>≤<=:])|[*★☆✓✔○◎△×-]"
)
"""A figure, a grade or a sign at the beginning of a cell."""


def _is_result(value: str) -> bool:
    folded = fold(value)
    if (
        not folded.strip(" .…-–—_/?")
        or folded.startswith("#")
        or folded in ("-", "--", "n/a", "0", "0.0", "0%", "0.00")
    ):
        return False
    if table_words("evaluation", "not_yet").fullmatch(folded.strip(" .…")):
        return False
    return any(char.isdigit() for char in folded) or len(folded) <= 40


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
