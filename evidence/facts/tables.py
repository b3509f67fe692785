"""What tables of inspection, audit and evaluation hold: readings beside their limits, answered questions, suppliers
with results.

Facts: kind ``readings`` (role ``inspection``) ``{"rows": [{"label", "spec", "low", "high", "values"}], "specs": n,
"read": m}``;
kind ``checklist`` (role ``audit``) ``{"questions", "answered", "findings", "answers"}`` with the distinct answers;
kind ``evaluation`` (role ``suppliers``) ``{"suppliers", "with_result", "has_column"}``. One fact a table.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from evidence.facts.control_charts import control_charts
from evidence.facts.evaluations import evaluation_of, form_of, names_beside, unrated_forms
from evidence.facts.grids import Grid, GridCell, lying, upright
from evidence.facts.permitted_errors import permitted_errors
from evidence.facts.row_readings import table_readings
from evidence.facts.sources import Source, cell_fact
from evidence.facts.supplier_heads import (
    heads_partners,
    heads_rated,
    is_name_head,
    is_provider_head,
    is_supplier_head,
    names_at,
    own_heads,
    rates_suppliers,
    says_list,
    says_supplied,
    unscored,
)
from evidence.facts.text import KEPT_TEXTS, fold, phrases, plain, table_words
from evidence.facts.told_suppliers import LEAST_ENTRIES, PHONE, find_told_suppliers
from evidence.facts.unanswered import LEAST_QUESTIONS, choices, gives, is_blank, left_unanswered, loses_points
from evidence.model import Fact

BLOCKS = 3
"""Tables above one that can hold the fields of its head: each line of a form may be a table of its own."""


def find_tables(source: Source) -> Iterator[Fact]:
    """Readings, checklists and evaluations, one fact a table."""
    yield from find_told_suppliers(source)
    shown = [grid for grid in source.grids if not grid.hidden]
    scored = any(True for grid in shown for _ in grid.tables(_heads_scores))
    empty = [] if scored else list(unrated_forms(source, shown))
    yield from empty
    for grid in source.stacked:
        if not scored and not empty and _heads_evaluation(grid.heads):
            yield from evaluation_of(source, grid)
    charts = control_charts(source)
    yield from charts.values()
    before: list[Grid] = []  # the blocks of fields above a table
    for grid in source.grids:
        if grid.hidden or not grid.rows:  # a line of fields may be a table of its own
            before = [] if grid.hidden else [*before[1 - BLOCKS :], grid]
            continue
        if grid.part not in charts:
            yield from list(permitted_errors(grid)) or table_readings(source, grid)
        listed = list(grid.tables(_heads_checklist))
        choosing = [] if listed else list(grid.tables(_heads_choices))
        checklists = [found for part in listed or choosing or [grid] for found in _checklist(part)]
        yield from checklists or left_unanswered(source, grid)
        listing = says_list(fold(grid.context))
        if (listing and _lies(grid)) or names_beside(grid):
            yield from evaluation_of(source, upright(grid), listing, named_at=0)
            continue
        sides = [
            part
            for part in lying(replace(grid, heads=own_heads(grid.heads)), _is_told_of_supplier)
            if _heads_lying(part, listing)
        ]
        if sides and not any(True for _ in grid.tables(_heads_scores)):  # a form of criteria and marks stands upright
            for part in sides:
                yield from evaluation_of(source, part, listing or rates_suppliers(grid.context))
            continue
        parts = list(grid.tables(_heads_listed if listing else _heads_evaluation))
        if not parts and rates_suppliers(grid.context):
            parts = list(replace(grid, heads=own_heads(grid.heads)).tables(heads_rated))
        for part in parts or ([grid] if unscored(grid) else []):
            yield from evaluation_of(source, part, listing or rates_suppliers(grid.context))
        for part in grid.tables(heads_partners) if listing and not parts else ():
            if (at := names_at(part)) is not None:
                yield from evaluation_of(source, part, listing, named_at=at)
        for part in list(grid.tables(_heads_scores)) or filter(_lies_scored, lying(grid, _is_told_of_score)):
            yield from form_of(source, (*(above for above in before if above.part == grid.part), grid), part)
        before = [*before[1 - BLOCKS :], grid]


def _heads_checklist(heads: Sequence[str]) -> bool:
    asked = [i for i, head in enumerate(heads) if head and _is_question_head(head)]
    return bool(asked) and any(head and i != asked[0] and _is_answer_head(head) for i, head in enumerate(heads))


@lru_cache(KEPT_TEXTS)
def _is_question_head(head: str) -> bool:
    return table_words("checklist", "question").search(fold(head)) is not None


@lru_cache(KEPT_TEXTS)
def _is_answer_head(head: str) -> bool:
    folded = fold(head)
    answers = table_words("checklist", "answer").search(folded) is not None
    return answers and table_words("evaluation", "greatest").search(folded) is None


def _heads_choices(heads: Sequence[str]) -> bool:
    words_of = {fold(head).strip(" .()") for head in heads if head}
    return bool(words_of & choices("yes")) and bool(words_of & choices("no"))


def _heads_evaluation(heads: Sequence[str]) -> bool:
    named = [head for head in heads if head]
    if len(named) >= 3 and says_supplied(named):
        return True
    if len(named) < 3 or not any(is_supplier_head(head) for head in named):
        return False
    known = sum(
        any(
            table_words("evaluation", group).search(fold(head))
            for group in ("supplier", "result", "part_score", "beside")
        )
        for head in named
    )
    rated = any(table_words("evaluation", "result").search(fold(head)) for head in named)
    return known * 2 > len(named) or (rated and known * 2 == len(named))


def _heads_listed(heads: Sequence[str]) -> bool:
    """The heads of a list that says of itself that it lists suppliers: a column for their names is enough. A row that is numbered or
    holds a firm is one of those listed, though it says of it that it is a subcontractor.
    """
    named = [head for head in heads if head]
    return (
        len(named) >= LEAST_ENTRIES
        and any(is_supplier_head(head) or is_name_head(head) or is_provider_head(head) for head in named)
        and not any(head.strip(" .").isdigit() or _is_listed_firm(head) for head in named)
    )


def _is_listed_firm(text: str) -> bool:
    """Whether a text is the name of a firm with its legal form, and no head for firms."""
    return (
        phrases("papers_flags", "firm").search(fold(text)) is not None
        and len(text.split()) > 1
        and not (is_supplier_head(text) or is_name_head(text) or is_provider_head(text))
    )


@lru_cache(KEPT_TEXTS)
def _is_told_of_supplier(head: str) -> bool:
    """Whether a head stands over suppliers or over what is told of each of them."""
    groups = ("supplier", "result", "part_score", "measured", "beside", "supplied", "reached")
    folded = fold(head)
    return (
        0 < len(head) < LONGEST_HEAD
        and (
            is_name_head(head)
            or is_provider_head(head)
            or _WITH_MOST.search(head) is not None
            or any(table_words("evaluation", group).search(folded) for group in groups)
        )
        and not _is_listed_firm(head)
    )


LONGEST_HEAD = 40

_WITH_MOST = re.compile(r"[^\W\d_]{2} ?[/(（] ?\d{1,3} ?[^\W\d_]{0,3}[)）]?$")
"""The most that can be given, behind a head: ``Papers (20)``, ``Papers /20``."""


def _heads_lying(grid: Grid, listing: bool) -> bool:
    """Whether a table that was turned upright is one of suppliers: one column of them, and words in it."""
    about = listing or rates_suppliers(grid.context)
    named = [
        at
        for at, head in enumerate(grid.heads)
        if is_supplier_head(head) or (about and (is_name_head(head) or is_provider_head(head)))
    ]
    worded = [cell.text for at in named[:1] for cell in grid.column(at) if sum(map(str.isalpha, cell.text)) > 1]
    fields = sum(map(_is_told_of_supplier, worded))  # ``Supplier | its name | We buy | wire``
    return (
        len(grid.heads) >= LEAST_ENTRIES
        and len(named) == 1
        and 2 * len(set(worded)) > len(grid.rows)
        and 3 * fields < len(worded)
    )


def _lies(grid: Grid) -> bool:
    """Whether firms stand beside each other: below them a row of their telephone numbers or addresses of mail."""
    across = [[cell.text for cell in row[1:]] for row in grid.rows]
    return len(grid.heads) > LEAST_ENTRIES and any(all(map(_REACHED.search, texts)) for texts in across)


def _heads_scores(heads: Sequence[str]) -> bool:
    return any(table_words("evaluation", "criterion").search(fold(head)) for head in heads if head) and any(
        table_words("evaluation", "score").search(fold(head)) for head in heads if head
    )


def _lies_scored(grid: Grid) -> bool:
    return _heads_scores(grid.heads)


def _is_told_of_score(head: str) -> bool:
    """Whether a head stands over criteria, or over the marks for them."""
    folded = fold(head)
    return any(table_words("evaluation", group).search(folded) for group in ("criterion", "score", "greatest"))


def _checklist(grid: Grid) -> Iterator[Fact]:
    asking = [i for i, head in enumerate(grid.heads) if head and _is_question_head(head)]
    letters = {i: sum(char.isalpha() for cell in grid.column(i) for char in cell.text) for i in asking}
    question_at = max(asking, key=lambda i: letters[i], default=None)  # beside a number that is called a question
    if question_at is None or not _heads_checklist(grid.heads):
        question_at = _asking_column(grid)
    if question_at is None:
        question_at = _column_before_choices(grid)
    if question_at is None:
        return
    answers_at = [i for i, head in enumerate(grid.heads) if i != question_at and _is_answer_head(head)]
    answers_at = answers_at or [i for i in range(question_at + 1, len(grid.heads)) if not gives(grid.heads[i])]
    if not answers_at:
        return
    questions = answered = findings = 0
    answers: dict[str, int] = {}
    anchor: GridCell | None = None
    for row in grid.rows:
        asked = row[question_at].text
        if len(asked) < (8 if asked[:1].isascii() else 4):
            continue
        questions += 1
        anchor = anchor or (row[question_at] if row[question_at].passage is not None else None)
        told = [row[i].text for i in answers_at if row[i].text and row[i] is not row[question_at]]
        if all(is_blank(text) or text.strip() in ("0", "0.0") for text in told):
            continue
        answered += 1
        joined = plain(" | ".join(told))[:80]
        answers[joined] = answers.get(joined, 0) + 1
        findings += is_finding(" | ".join(told)) or loses_points(grid.heads, row)
    if questions >= LEAST_QUESTIONS and anchor is not None:
        value = {
            "questions": questions,
            "answered": answered,
            "findings": findings,
            "answers": dict(sorted(answers.items(), key=lambda item: (-item[1], item[0]))[:20]),
        }
        yield cell_fact("checklist", "audit", _dump(value), anchor, confidence=0.85)


def _asking_column(grid: Grid) -> int | None:
    """The column most of whose cells are questions, with columns behind it for the answers: a checklist whatever its heads say."""
    for index in range(len(grid.heads) - 1):
        texts = [cell.text.strip() for cell in grid.column(index) if cell.text.strip()]
        asked = sum(text.endswith(("?", "？")) for text in texts)
        if asked >= LEAST_QUESTIONS and asked * 3 >= len(texts) * 2:
            return index
    return None


def _column_before_choices(grid: Grid) -> int | None:
    """The column of points before two columns to choose from, yes and no or good and bad: a checklist whatever else its heads say."""
    chosen = [
        index
        for index, head in enumerate(grid.heads)
        if head and any(fold(head).strip(" .()") in choices(name) for name in ("yes", "no"))
    ]
    sides = {
        name for index in chosen for name in ("yes", "no") if fold(grid.heads[index]).strip(" .()") in choices(name)
    }
    if len(sides) < 2:
        return None
    before = range(min(chosen))
    letters = {at: sum(char.isalpha() for cell in grid.column(at) for char in cell.text) for at in before}
    return max(letters, key=lambda at: letters[at], default=None)


def is_finding(text: str) -> bool:
    """Whether an answer or sentence reports a nonconformity or a point to improve, not the absence of one."""
    folded = fold(text)
    cleaned = table_words("checklist", "no_finding").sub(" ", _nothing_wrong().sub(" ", _denies().sub(" ", folded)))
    return table_words("checklist", "finding").search(cleaned) is not None


@cache
def _nothing_wrong() -> re.Pattern[str]:
    """A word for none before one for something wrong: ``没有超差`` is praise, though both words alone tell of a finding."""
    before, between, bad = (phrases("audits_flags", name).pattern for name in ("none_before", "between", "bad"))
    return re.compile(rf"(?:{before}|(?<![^\W_])no(?![^\W_])) ?(?:(?:{between}) ?){{0,2}}(?:{bad})")


@cache
def _denies() -> re.Pattern[str]:
    """A word for none with a word for a finding: before it, or right behind it with endings and particles between."""
    names = ("found", "none_before", "none_behind", "between", "joined")
    found, before, behind, between, joined = (phrases("audits_flags", name).pattern for name in names)
    year = r"(?:20|25)\d\d ?[:=–-]? ?0(?![.,]?\d)"  # one count after the other: ``NC 2024: 0 / 2025: 0``
    return re.compile(
        rf"(?:{before}) ?(?:(?:{between}) ?){{0,2}}(?:{found})|(?:{found})(?: (?:{between}))?"
        rf"(?: ?(?:{phrases('audits_flags', 'number').pattern}))?\W{{0,3}}0(?![\d.,/-]\d|\d)|(?:{found})s?(?:\W{{0,3}}{year})++(?!\W{{0,3}}(?:20|25)\d\d)|(?:{found})s? ?[:|] ?(?:{before}|none|nil|no|yok|無|无)(?![^\W_])|(?:{found})(?:할|될|된|되는|사항|점|은|는|이|가|도|は|が|事項|a|e|ye|ya| )*(?:(?:{joined}) [^\W\d_]+ )?(?:{behind})"
    )


def says_no_finding(text: str) -> bool:
    """Whether a text says in words that nothing was found."""
    folded = fold(text)
    return table_words("checklist", "no_finding").search(folded) is not None or _denies().search(folded) is not None


_REACHED = re.compile(rf"{PHONE.pattern}|[^\s@]@[^\s@]+\.\w")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
