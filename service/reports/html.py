"""The report as one HTML file that opens anywhere and prints well: no script, no other file, no network."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from service.reports.requests import letter_of
from service.reports.view import LINKS_NOTE, ReportView, kind_words
from service.reports.words import STATUS_MEANING, STATUS_WORDS, day_words, period_words


def _spoken(name: object) -> str:
    return str(name).replace("_", " ")


# What the sections of a report need; the pages of the service show the same sections.
FILTERS: dict[str, Callable[..., str]] = {
    "words": _spoken, "kind": kind_words, "day": day_words, "period": period_words,
}  # fmt: skip
GLOBALS: dict[str, Any] = {"status_words": STATUS_WORDS, "status_meaning": STATUS_MEANING, "links_note": LINKS_NOTE}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("service.reports", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment


def render_html(view: ReportView) -> str:
    """The report as a page. Deterministic: the same view gives the same bytes."""
    return _environment().get_template("report.html").render(view=view, letter=letter_of(view.report))
