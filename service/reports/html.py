"""The report as one HTML file that opens anywhere: no script, no other file, no network."""

from collections.abc import Callable
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from evidence.model import Citation, Report
from extractors.locators import describe
from service.reports.requests import asks_of
from service.reports.text import STATUS_WORDS

Link = Callable[[Citation], str]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("service.reports", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["place"] = describe
    environment.filters["words"] = lambda identifier: str(identifier).replace("_", " ")
    environment.globals["status_words"] = STATUS_WORDS
    return environment


def _no_link(citation: Citation) -> str:
    return ""


def render_html(report: Report, link: Link = _no_link) -> str:
    """The report as a page. ``link`` gives the address of a citation where a service can show it; without one the page stands alone.

    Deterministic: the same report gives the same bytes.
    """
    return _environment().get_template("report.html").render(
        report=report, link=link, asks=asks_of(report), pages=sum(d.pages for d in report.documents),
        pages_read=sum(d.pages_read for d in report.documents),
    )  # fmt: skip
