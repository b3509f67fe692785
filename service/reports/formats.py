"""The formats of a report: one function turns a report and the name of a format into what is written."""

from collections.abc import Callable
from typing import Literal

from evidence.model import Report
from service.errors import FormatNotAvailable

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


def _text(report: Report) -> bytes:
    from service.reports.text import render_text

    return render_text(report).encode()


def _json(report: Report) -> bytes:
    return (report.model_dump_json() + "\n").encode()


def _html(report: Report) -> bytes:
    from service.reports.html import render_html

    return render_html(report).encode()


_WRITERS: dict[str, Callable[[Report], bytes]] = {"text": _text, "json": _json, "html": _html}


def render(report: Report, form: str) -> bytes:
    """The report as bytes. Raises FormatNotAvailable for a format that has no writer."""
    check(form)
    return _WRITERS[form](report)


def check(form: str) -> None:
    """Raises FormatNotAvailable, so that nobody waits for an analysis that cannot be written."""
    if form not in _WRITERS:
        raise FormatNotAvailable(f"A report cannot be written as {form} yet.")
