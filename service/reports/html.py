"""The report as one HTML file that opens anywhere and prints well: no script, no other file, no network."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from service.reports.drawing import clean
from service.reports.graph import MOST_IDENTIFIERS
from service.reports.layout import blocks_of
from service.reports.requests import letter_of
from service.reports.view import LINKS_NOTE, QUOTES_SHOWN, ReportView, tone_of
from service.reports.words import STATUS_MEANING, STATUS_WORDS, day_words, kind_words, period_words
from service.web.words import KINDS


def _spoken(name: object) -> str:
    return str(name).replace("_", " ")


def _kind(kind: str) -> str:
    return KINDS.get(kind, _spoken(kind))


def unbroken(text: str) -> Markup:
    """The text, escaped, with days that stay on one line."""
    pieces = _DAY.split(clean(text))
    return Markup("").join(
        Markup('<span class="day">{}</span>').format(piece) if n % 2 else escape(piece)
        for n, piece in enumerate(pieces)
    )


_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
# What the sections of a report need; the pages of the service show the same sections.
FILTERS: dict[str, Callable[..., Any]] = {
    "words": _spoken, "unbroken": unbroken, "kind": _kind, "document_kind": kind_words, "day": day_words, "period": period_words,
    "blocks": blocks_of, "tone": tone_of,
}  # fmt: skip
GLOBALS: dict[str, Any] = {
    "status_words": STATUS_WORDS, "status_meaning": STATUS_MEANING, "links_note": LINKS_NOTE, "shared_shown": MOST_IDENTIFIERS,
    "quotes_shown": QUOTES_SHOWN,
}  # fmt: skip


def shown(value: object) -> object:
    """What a page prints for a value: text without signs that break a page or turn the direction of its words."""
    return clean(value) if type(value) is str else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("service.reports", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment


def render_html(view: ReportView) -> str:
    """The report as a page. Deterministic: the same view gives the same bytes."""
    return _environment().get_template("report.html").render(view=view, letter=letter_of(view.report))
