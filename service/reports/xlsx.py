"""The report as a workbook: one sheet a table, with filters, frozen heads and links between them.

Cells hold text, numbers and days, never formulas: what begins with ``=``, ``+``, ``-`` or ``@`` in a supplier's file stays the text it is.
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evidence.model import Fact
from extractors.locators import describe
from service.reports.drawing import clean
from service.reports.requests import LANGUAGES, letter_of, letters
from service.reports.view import Quote, ReportView
from service.reports.words import kind_words

# What a cell holds at most (Excel specifications and limits): the rest of a longer text is cut with a sign.
CELL_CHARACTERS = 32_767
# Facts and passages beyond this make a workbook that no office program opens gladly; the JSON holds all of them.
MOST_ROWS = 20_000
COLOURS = {
    "living": "#E4F3EA", "stale": "#FDF1DC", "partial": "#FDF1DC", "static_only": "#FBE7E5", "missing": "#FBE7E5",
    "high": "#FBE7E5", "medium": "#FDF1DC",
}  # fmt: skip
# Kinds of facts that are listed; series have a sheet of their own, and the other ones are data for rules.
LISTED_FACTS = ("date", "period", "identifier", "person", "organisation", "certificate_field")

Row = Sequence[object]


def render_xlsx(view: ReportView) -> bytes:
    """The report as an Excel workbook. Deterministic: the same view gives the same bytes."""
    stream = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(
            {
                "title": clean(f"{view.report.supplier}: {view.report.headline}")[:250], "author": "Livingproof",
                "created": datetime.datetime.combine(view.printed, datetime.time()),
            }
        )  # fmt: skip
        _Writer(book, view).write()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, view: ReportView) -> None:
        self._book, self._view = book, view
        self._names: list[str] = []
        plain = {"valign": "top", "text_wrap": True, "font_size": 10}
        self._plain = book.add_format(plain)
        self._bold = book.add_format({**plain, "bold": True})
        self._head = book.add_format(
            {**plain, "bold": True, "bg_color": "#1D4F8F", "font_color": "#FFFFFF", "valign": "vcenter"}
        )
        self._title = book.add_format({"bold": True, "font_size": 18})
        self._note = book.add_format({"font_color": "#556273", "italic": True})
        self._link = book.add_format({**plain, "font_color": "#1D4F8F", "underline": 1})
        self._day = book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"})
        self._number = book.add_format({**plain, "num_format": "General"})
        self._chips = {
            name: book.add_format({**plain, "bg_color": colour, "bold": True}) for name, colour in COLOURS.items()
        }

    def write(self) -> None:
        """All sheets, in the order in which they are read. The summary stands first and is written last: it names them."""
        view, report = self._view, self._view.report
        summary = self._book.add_worksheet("Summary")
        evidence: list[tuple[str, str, Quote]] = [
            ("expectation", row.title, quote) for row in view.expectations for quote in row.quotes
        ]
        evidence += [("red flag", flag.item.title, quote) for flag in view.flags for quote in flag.quotes]
        evidence += [("mark", mark.item.title, quote) for mark in view.marks for quote in mark.quotes]
        self._sheet(
            "Expectations", (("What buyers expect", 44), ("Status", 14), ("What the supplier provided", 60), ("Gap", 40), ("Why", 60), ("Ask", 60), ("Rule", 24)),
            ((f"{r.title}: {r.item.expects}", r.word, r.item.provided, r.item.gap, r.item.explanation, r.item.ask, r.item.rule) for r in view.expectations),
            {1: {row.word: row.item.status for row in view.expectations}},
        )  # fmt: skip
        self._sheet(
            "Red flags", (("Severity", 11), ("Red flag", 32), ("What was seen", 70), ("Could innocently mean", 46), ("Ask", 56), ("Files", 40)),
            ((f.item.severity, f.item.title, f.item.explanation, f.item.innocent, f.item.ask, "\n".join(dict.fromkeys(q.document for q in f.quotes))) for f in view.flags),
            {0: {"high": "high", "medium": "medium"}}, none="No red flag was raised.",
        )  # fmt: skip
        self._sheet(
            "Evidence", (("Speaks to", 13), ("Which", 34), ("Quote", 90), ("File", 44), ("Place", 26)),
            ((kind, title, quote.text, quote.document, quote.place) for kind, title, quote in evidence),
            links=[quote.link for _, _, quote in evidence], none="No passage was found that speaks to an expectation.",
        )  # fmt: skip
        self._requests()
        self._sheet(
            "Timeline", (("Process", 26), ("Day", 13), ("Records", 10), ("Under a red flag", 16)),
            ((lane.title, day, count, "yes" if day in lane.doubtful else "") for lane in view.lanes for day, count in lane.days),
            none="No dated record was found in the time shown.",
        )  # fmt: skip
        self._sheet(
            "Quality figures", (("Measure", 40), ("Period", 12), ("Value", 12), ("Target", 12), ("Unit", 9), ("Better", 10), ("File", 50)),
            (
                (f.title, period, value, target, f.unit, f.better, f.where)
                for f in view.figures
                for period, value, target in zip(f.periods, f.values, (*f.targets, *[None] * len(f.values)), strict=False)
            ),
            none=view.no_charts,
        )  # fmt: skip
        if view.shared:
            self._sheet(
                "Links", (("Number", 28), ("What it is", 22), ("Named in", 60), ("Place", 30)),
                (
                    (one.code, one.role, path, place)
                    for one in view.shared
                    for path, (place, _) in zip(one.documents, one.places, strict=True)
                ),
            )  # fmt: skip
        if view.decisions:
            self._sheet("Decisions", (("File", 50), ("Words", 60), ("Decided by a reviewer", 70)), view.decisions)
        self._sheet(
            "Certificates", (("File", 46), ("Field", 20), ("Value", 80)),
            ((one.document, words, _dated(value)) for one in view.certificates for words, value in one.fields),
            none="No certificate was found that could be read.",
        )  # fmt: skip
        self._sheet(
            "Documents", (("File", 56), ("State", 10), ("Kind", 28), ("Reading", 14), ("Evidence from", 13), ("Evidence to", 13), ("Pages", 8), ("Read", 8), ("Not read, and why", 60), ("Language", 10), ("SHA-256", 20)),
            (
                (
                    d.path, d.status, kind_words(d), d.reading, *map(_dated, d.evidence_period or ("", "")), d.pages, d.pages_read,
                    f"{d.error.message} {d.error.remedy}" if d.error else "\n".join(d.not_read), d.language, d.sha256,
                )
                for d in report.documents
            ),
        )  # fmt: skip
        self._sheet(
            "Facts", (("File", 46), ("Kind", 18), ("What", 18), ("Value", 34), ("As written", 40), ("Place", 26)),
            ((path, fact.kind.replace("_", " "), fact.role.replace("_", " "), _dated(fact.value), fact.quote, place) for path, fact, place in self._facts()),
        )  # fmt: skip
        self._summary(summary)

    def _facts(self) -> Iterable[tuple[str, Fact, str]]:
        listed = 0
        for document in self._view.report.documents:
            places = {passage.id: passage.locators for passage in document.passages}
            for fact in document.facts:
                if fact.kind in LISTED_FACTS and listed < MOST_ROWS:
                    listed += 1
                    at = fact.locators or places.get(fact.passage, ())
                    yield document.path, fact, describe(at[0]) if at else ""

    def _summary(self, sheet: Worksheet) -> None:
        view, report = self._view, self._view.report
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        self._put(sheet, 0, 0, report.supplier, self._title)
        rows: list[tuple[str, object]] = [
            ("The evidence shows", report.headline), ("Why", report.headline_reason), ("Judged as of", view.day),
            ("Printed", view.printed),
            *((f"Expectations {word}", count) for _, word, count in view.statuses),
            *((f"Red flags, {severity}", len(flags)) for severity, flags in view.severities),
            *((mark.item.title, f"{'seen' if mark.item.seen else 'not seen'}: {mark.item.explanation}") for mark in view.marks),
            *((f"Ask for first: {one.title}", one.ask) for one in view.first),
            ("Files", len(report.documents)), ("Files not readable", view.failed), ("Gaps in what was read", len(view.unread)),
            ("Pages, sheets and slides read", f"{view.pages_read} of {view.pages}"), ("Method", view.method[0]), ("Limits", view.method[1]),
        ]  # fmt: skip
        for number, (words, value) in enumerate(rows, 2):
            self._put(sheet, number, 0, words, self._bold)
            self._put(sheet, number, 1, value, self._plain)
        line = len(rows) + 3
        for name in self._names:
            sheet.write_url(line, 0, f"internal:'{name}'!A1", self._link, name)
            line += 1

    def _requests(self) -> None:
        written = {language: letter_of(self._view.report, language) for language in LANGUAGES}
        rows = []
        for language, letter in written.items():
            lines = [*letter.records, *letter.questions]
            name = letters()[language]["language"]
            rows += [(name, n, line.title, line.ask, "\n".join(line.notes)) for n, line in enumerate(lines, 1)]
        self._sheet(
            "Requests", (("Language", 18), ("No.", 7), ("About", 32), ("Please send", 90), ("Why and which", 60)), rows
        )

    def _sheet(
        self, name: str, heads: Sequence[tuple[str, int]], rows: Iterable[Row],
        chips: dict[int, dict[str, str]] | None = None, links: Sequence[str] = (), none: str = "",
    ) -> None:  # fmt: skip
        sheet = self._book.add_worksheet(name)
        self._names.append(name)
        for column, (words, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self._head)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                chip = (chips or {}).get(column, {}).get(str(value), "")
                self._put(sheet, count, column, value, self._chips.get(chip, self._plain))
            if count <= len(links) and links[count - 1]:
                self._reach(sheet, count, len(heads) - 1, links[count - 1], str(row[-1]))
        sheet.freeze_panes(1, 0)
        if count:
            sheet.autofilter(0, 0, count, len(heads) - 1)
        elif none:
            sheet.write_string(1, 0, _cell(none), self._note)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _reach(self, sheet: Worksheet, row: int, column: int, address: str, words: str) -> None:
        if address.startswith(("http://", "https://")):
            sheet.write_url(row, column, address, self._link, _cell(words)[:250])

    def _put(self, sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
        """A value in its cell: numbers and days as such, anything else as text and nothing but text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool) or not isinstance(value, int | float | datetime.date):
            sheet.write_string(row, column, _cell(str(value)), look)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, column, datetime.datetime.combine(value, datetime.time()), self._day)
        else:
            sheet.write_number(row, column, value, self._number if look is self._plain else look)


def _dated(text: str) -> object:
    """A day as a day, so that a column of days sorts and filters; anything else as it is."""
    if not _DAY.fullmatch(text):
        return text
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def _cell(text: str) -> str:
    text = clean(text)
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
