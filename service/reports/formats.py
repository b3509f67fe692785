"""The formats of a report: one function turns a report and the name of a format into what is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from evidence.model import Report
from service.errors import FormatNotAvailable
from service.reports.cuts import no_cuts
from service.reports.printing import Printing

Format = Literal["text", "json", "html", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("text", "json", "html", "pdf", "xlsx")
MEDIA_TYPES: dict[str, str] = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUFFIXES = {"text": "txt", "json": "json", "html": "html", "pdf": "pdf", "xlsx": "xlsx"}


def _text(report: Report, printing: Printing) -> bytes:
    from service.reports.text import render_text

    return render_text(report).encode()


def _json(report: Report, printing: Printing) -> bytes:
    return (report.model_dump_json() + "\n").encode()


def _html(report: Report, printing: Printing) -> bytes:
    from service.reports.html import render_html
    from service.reports.view import view_of

    return render_html(view_of(report, printing)).encode()


def _pdf(report: Report, printing: Printing) -> bytes:
    from service.reports.pdf import render_pdf
    from service.reports.view import view_of

    return render_pdf(view_of(report, printing))


def _xlsx(report: Report, printing: Printing) -> bytes:
    from service.reports.view import view_of
    from service.reports.xlsx import render_xlsx

    return render_xlsx(view_of(report, replace(printing, cutter=no_cuts)))


_WRITERS: dict[str, Callable[[Report, Printing], bytes]] = {
    "text": _text, "json": _json, "html": _html, "pdf": _pdf, "xlsx": _xlsx,
}  # fmt: skip
# Formats that show strips of pages.
PICTURED = ("html", "pdf")


def render(report: Report, form: str, printing: Printing | None = None) -> bytes:
    """The report as bytes. Raises FormatNotAvailable for a format that has no writer."""
    check(form)
    return _WRITERS[form](report, printing or Printing())


def check(form: str) -> None:
    """Raises FormatNotAvailable, so that nobody waits for an analysis that cannot be written."""
    if form not in _WRITERS:
        raise FormatNotAvailable(f"A report cannot be written as {form}.", f"Choose one of {', '.join(FORMATS)}.")
