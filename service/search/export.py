"""The hits of a search as a file: CSV, XLSX or JSON, a row a passage with its exact place."""

import csv
import io
import re
from collections.abc import Iterator

from service.errors import WrongUse
from service.reports.drawing import clean
from service.reports.xlsx import CELL_CHARACTERS
from service.search.schemas import SearchAnswer

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
COLUMNS = (
    "rank",
    "supplier",
    "document",
    "place",
    "heading",
    "passage",
    "what it does",
    "about",
    "kind of document",
    "language",
    "evidence from",
    "evidence to",
    "matched",
    "score",
)
# Signs with which a cell begins that a spreadsheet takes for a formula, their full-width twins too; a supplier's text must not run
# in the buyer's program. Where lists are parted by semicolons or tabs, a program begins a new cell at one, and at a line end,
# whatever quotation marks stand around (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"(^|[;\t\r\n])([\s\"']*)(?=[=+\-@＝＋－＠\t\r])")
# Widths of the columns in characters.
_WIDTHS = (6, 24, 36, 18, 28, 80, 14, 24, 24, 9, 12, 12, 28, 8)


def export(answer: SearchAnswer, form: str) -> bytes:
    """The answer in one of FORMATS. Raises WrongUse for another."""
    match form:
        case "json":
            return answer.model_dump_json(indent=2).encode()
        case "csv":
            return _csv(answer)
        case "xlsx":
            return _xlsx(answer)
    raise WrongUse(f"Hits cannot be written as {form[:20]!r}.", f"Choose from {', '.join(FORMATS)}.")


def _rows(answer: SearchAnswer) -> Iterator[tuple[str | float, ...]]:
    groups = {group.document: group for group in answer.documents}
    for rank, hit in enumerate(answer.hits, start=1):
        period = groups[hit.document].evidence_period or ("", "")
        about = ", ".join(name for name, share in hit.criteria.items() if share >= 0.5)
        yield (
            rank,
            hit.supplier_name,
            hit.path,
            hit.place,
            " › ".join(hit.heading),
            hit.text,
            hit.mode,
            about,
            hit.kind,
            hit.language,
            *period,
            ", ".join(hit.matched_terms),
            hit.score,
        )


def _csv(answer: SearchAnswer) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for row in _rows(answer):
        writer.writerow([_harmless(value) if isinstance(value, str) else value for value in row])
    # The mark at the beginning tells Excel that it is UTF-8.
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def _harmless(value: str) -> str:
    return _FORMULA.sub(r"\1\2'", clean(value))


def _xlsx(answer: SearchAnswer) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    # Nothing of the text is read as a formula, a number or an address.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Hits")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, name, bold)
        row_number = 0
        for row_number, row in enumerate(_rows(answer), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(row_number, column, _cell(value), wrapped)
                else:
                    sheet.write_number(row_number, column, value, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, row_number, len(COLUMNS) - 1)
        about = book.add_worksheet("Search")
        for place, (name, value) in enumerate(
            (("query", answer.query), ("passages looked through", str(answer.searched)), ("hits", str(answer.count)))
        ):
            about.write_string(place, 0, name, bold)
            about.write_string(place, 1, _cell(value))
    return stream.getvalue()


def _cell(value: str) -> str:
    """What a cell of a workbook can hold, no longer than one."""
    return clean(value)[:CELL_CHARACTERS]
