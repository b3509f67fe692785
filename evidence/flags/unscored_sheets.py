"""Sheets that say they evaluate one supplier on a day, and whose places for a score are empty from first to last.

What must hold is told by any place: that a supplier is evaluated by the name of the file, the heading or the first lines; that it took place by a
day that has passed and by whom it names; the places for a score by the head of a column, by columns to tick, or by blanks behind words. Where one
of them is filled, or a line tells what came of it, nothing is said.
"""

import re
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, is_example
from evidence.data import table
from evidence.facts.pairs import pairs
from evidence.facts.supplier_heads import is_supplier_head
from evidence.facts.text import Span, fold, lines, phrases, table_words, words
from evidence.model import DocumentReport, Passage

LEAST_PLACES = 3
"""Empty places for a score from which a sheet was not filled in."""

LONGEST_HEAD, LONGEST_TITLE = 40, 120
"""Letters of the head of a column, and of a line of a title."""

TITLES = 2
"""Lines at the beginning of a paper that can be its title."""

_SUPPLIER, _EVALUATES, _ASSESSOR = (phrases("suppliers_flags", name) for name in ("supplier", "evaluates", "assessor"))
_SCORE = words((*table("tables")["evaluation"]["score"], *table("tables")["evaluation"]["result"]))
_GREATEST, _MARK = (table_words("evaluation", name) for name in ("greatest", "mark"))
_CRITERION = table_words("evaluation", "criterion")
_DECIDED = phrases("unscored_sheets", "decided")
LEAST_SAID = 45
"""Bytes of a line that is a sentence and no field."""
_SPAN = re.compile(r"[1-9]\s?[-–~/]\s?(?:5|10|100)(?!\d)|[1-5](?:\s?[/,]\s?[1-5]){2,4}")
"""From the least score to the most: ``Rating 1-5``."""
_BLANK = re.compile(r"[^\W\d_][^:：|_]{2,80}[:：]?\s{0,3}(?:_{3,}|[.…]{4,})")
_TICKED = re.compile(r"\[\s?[xXvV✓✔]\s?\]|\(\s?[xX✓✔]\s?\)|[☑☒■✓✔]")
_CHOICES = re.compile(r"\s[/・·|、]\s|[□☐○◻]|[^\s/]/[^\s/]")


def unscored_sheets(bundle: Bundle) -> Iterator[tuple[DocumentReport, Passage]]:
    """The sheets, each with the passage in which the empty places begin."""
    for document in bundle.read:
        if document.kind in ("certificate", "manual") or is_example(document) or not _says_it_evaluates(document):
            continue
        days = _days(bundle, document)
        shown = [(passage, line) for passage in document.shown for line in lines(passage.text)]
        places = _places([line for _, line in shown])
        if not days or not places or not _tells_who([line for _, line in shown[: places[0] + 1]], days):
            continue
        beside = (line for at, (_, line) in enumerate(shown) if at not in places)
        if not any(_tells_result(line, days) for line in beside):
            yield document, shown[places[0]][0]


def tells_what_came(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a line outside the tables of an evaluation tells what came of it: its total with the most that can be reached, its decision."""
    days = _days(bundle, document)
    told = (line for passage in document.shown for line in lines(passage.text))
    return any("|" not in line.text and _tells_result(line, days) for line in told)


def _days(bundle: Bundle, document: DocumentReport) -> set[str]:
    """The days of a paper that have passed, as it writes them."""
    return {fact.quote for fact in document.facts if len(fact.value) == DAY and bundle.happened(fact)}


DAY = 10
"""Letters of a whole day in normal form."""


def _says_it_evaluates(document: DocumentReport) -> bool:
    first = document.passages[0] if document.passages else None
    if first is None:
        return False
    titles = (document.path.rsplit("/", 1)[-1], *first.heading[:1], *first.text.split("\n")[:TITLES])
    return any(
        len(title) <= LONGEST_TITLE and _SUPPLIER.search(fold(title)) and _EVALUATES.search(fold(title))
        for title in titles
    )


def _places(shown: Sequence[Span]) -> list[int]:
    """The lines with places for scores, the one that heads them first; none where one is filled, or there are too few."""
    found: list[int] = []
    columns: list[int] = []
    count = width = 0
    for at, line in enumerate(shown):
        cells = [cell.strip() for cell in line.text.split("|")]
        if (heads := _score_columns(cells)) and not (columns and len(cells) < width):
            columns, width = heads, len(cells)
        elif columns and not _ends_table(cells):
            if any(column < len(cells) and any(map(str.isalnum, cells[column])) for column in columns):
                return []
            count += 1
        elif len(cells) == 1 and _BLANK.search(line.text):
            columns = []
            count += 1
        else:
            columns = []
            continue
        found.append(at)
    return found if count >= LEAST_PLACES else []


def _score_columns(cells: Sequence[str]) -> list[int]:
    """The columns for a score, where the cells of a row are heads: of those for the score given, not the greatest one; or those to tick."""
    if len(cells) < 2 or not all(0 < len(cell) <= LONGEST_HEAD and not cell[0].isdigit() for cell in cells):
        return []
    folded = [fold(cell) for cell in cells]
    if any(map(is_supplier_head, cells)):
        return []  # a table of suppliers, which is read as one
    scored = [at for at, cell in enumerate(folded) if at and (_SCORE.search(cell) or _SPAN.search(cell))]
    given = [at for at in scored if not _GREATEST.search(folded[at])]
    if given or scored:
        return (given or scored)[-1:]
    ticked = [at for at, cell in enumerate(folded) if at and _MARK.fullmatch(cell)]
    return ticked if len(ticked) >= LEAST_MARKS else []


LEAST_MARKS = 2
"""Columns to tick."""


def _ends_table(cells: Sequence[str]) -> bool:
    """Whether a line is no row of scores: a field or a sentence below them."""
    return len(cells) == 1 and (len(cells[0]) > LONGEST_HEAD or ":" in cells[0] or "：" in cells[0])


def _tells_who(above: Sequence[Span], days: set[str]) -> bool:
    """Whether what stands above the places tells of one evaluation: a field for the supplier or for who evaluated is filled, a line tells of it
    with its day, or the title says of whom it is.
    """
    for at, line in enumerate(above):
        said = "|" not in line.text
        if any(
            (is_supplier_head(pair.label.text) or _ASSESSOR.search(fold(pair.label.text)))
            and any(map(str.isalpha, pair.value.text))
            and not _is_place(pair.value.text)
            for pair in pairs(line)
        ):
            return True
        if at and said and _EVALUATES.search(fold(line.text)) and any(day in line.text for day in days):
            return True
        if at < TITLES and said and _names_firm(line.text):
            return True
    return False


def _is_place(text: str) -> bool:
    """Whether what stands beside a head is the head of the next field."""
    return is_supplier_head(text) or _ASSESSOR.search(fold(text)) is not None


def _names_firm(title: str) -> bool:
    """Whether a title says whom it evaluates behind a comma, a colon or a dash: ``Vendor evaluation, Borneo Kiln Services``."""
    head, *rest = _BEHIND.split(title, maxsplit=1)
    return bool(rest) and _EVALUATES.search(fold(head)) is not None and _FIRM.match(rest[0]) is not None


_BEHIND = re.compile(r"\s?[,:：，]\s?|\s[-–—]\s|\u3000")
_FIRM = re.compile(r"(?:[^\W\d_a-z]\w{0,30}[ .&'-]{1,2}){1,5}\w|[\u0e00-\u0e7f\u3040-\ud7a3]{3}")


def _tells_result(line: Span, days: set[str]) -> bool:
    """Whether a line tells what came of it: behind a head for a result, by a box that is ticked, or in a sentence that judges or decides."""
    if _TICKED.search(line.text):
        return True
    folded = fold(line.text)
    said = "|" not in line.text and len(folded.encode()) >= LEAST_SAID and not _CHOICES.search(line.text)
    if said and (_MARK.search(folded) or _DECIDED.search(folded)):
        return True
    for pair in pairs(line):
        label, value = fold(pair.label.text), pair.value.text.strip()
        if not _SCORE.search(label) or any(other.search(label) for other in (_ASSESSOR, _CRITERION, _SUPPLIER)):
            continue
        if any(day in value for day in days) or _CHOICES.search(value) or _SCORE.search(fold(value)):
            continue
        if any(map(str.isalnum, value)) and not _BLANK.search(line.text):
            return True
    return (
        "|" not in line.text and _SCORE.search(fold(line.text)) is not None and _REACHED.search(line.text) is not None
    )


_REACHED = re.compile(
    r"(?<![\w/.-])\d{1,3}(?:[.,]\d)?\s?(?:/\s?\d{2,3}(?!\d)|%|points|pts|điểm|poin|markah|คะแนน|分|점|点|puan)"
)
"""A score with the most that can be reached, or with a word for points."""
