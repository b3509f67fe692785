"""The pages of request lists and comparisons."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from service.reports.requests import letter_of, letters
from service.reports.routes import Day, comparison_of, history_of
from service.reports.schemas import LanguageCode, shown_letter
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/suppliers/{supplier}/request", response_class=HTMLResponse)
def request_page(
    parts: Parts, who: Who, supplier: str, language: LanguageCode = "en", reference_date: Day = None
) -> HTMLResponse:
    """The request list in a language, ready to copy."""
    about = parts.suppliers.get(who, supplier)
    letter = letter_of(parts.reports.report(who, supplier, reference_date), language)
    text = page(
        "request.html",
        section="suppliers",
        supplier=about,
        letter=letter,
        plain=shown_letter(letter).text,
        languages={code: texts["language"] for code, texts in letters().items()},
        day=reference_date.isoformat() if reference_date else "",
    )
    return html(text)


@router.get("/suppliers/{supplier}/history", response_class=HTMLResponse)
def history_page(parts: Parts, who: Who, supplier: str) -> HTMLResponse:
    """A supplier's bundles over time."""
    about = parts.suppliers.get(who, supplier)
    text = page("history.html", section="suppliers", supplier=about, comparison=history_of(parts, who, supplier))
    return html(text)


@router.get("/compare", response_class=HTMLResponse)
def compare_page(
    parts: Parts,
    who: Who,
    supplier: Annotated[list[str] | None, Query()] = None,
    reference_date: Day = None,
) -> Response:
    """Suppliers side by side; without a choice back to the list, where they are chosen."""
    if not supplier:
        return go_to("/")
    return html(
        page("compare.html", section="suppliers", comparison=comparison_of(parts, who, supplier, reference_date))
    )
