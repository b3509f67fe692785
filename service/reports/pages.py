"""The pages of request lists, comparisons, and the rules of a workspace."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from evidence.data import table
from evidence.settings import LONGEST_AGE, ages, threshold_words, thresholds
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.errors import ServiceError, WrongUse
from service.reports.requests import letter_of, letters
from service.reports.routes import Day, comparison_of, history_of, set_rules_of
from service.reports.rules import WorkspaceRules
from service.reports.schemas import LanguageCode, shown_letter
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html, shown
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


@router.get("/rules", response_class=HTMLResponse)
def rules_page(parts: Parts, who: Who, saved: bool = False) -> HTMLResponse:
    """By what this workspace judges."""
    return _rules(parts.rules.get(who), saved)


@router.post("/rules")
async def save_rules(parts: Parts, who: Who, request: Request) -> Response:
    """Judge by other rules from now on."""
    fields = await request.form(max_fields=MOST_FIELDS)
    given = [(name, str(value).strip()) for name, value in fields.multi_items()]
    return await run_in_threadpool(_saved, parts, who, given)


MOST_FIELDS = 500
"""Fields of the form of rules: one for each flag, threshold and expectation, with room for more of them."""


def _saved(parts: Services, who: Scope, fields: list[tuple[str, str]]) -> Response:
    given = {name: value for name, value in fields if value and name != "on"}
    on = {value for name, value in fields if name == "on"}
    try:
        rules = WorkspaceRules.model_validate(
            {
                "reference_date": given.get("reference_date"),
                "max_age_months": _behind("age.", given),
                "thresholds": _behind("threshold.", given),
                "silenced": [identity for identity in table("flags") if identity not in on],
            }
        )
        set_rules_of(parts, who, rules)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        wrong = WrongUse(f"The field {name} cannot be used: {first['msg']}.", "Correct it and save again.")
        return _rules(parts.rules.get(who), False, wrong)
    except WrongUse as problem:
        return _rules(parts.rules.get(who), False, problem)
    return go_to("/rules?saved=true")


def _behind(prefix: str, given: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in given.items() if name.startswith(prefix)}


def _rules(rules: WorkspaceRules, saved: bool, problem: ServiceError | None = None) -> HTMLResponse:
    titles = {item["id"]: item["title"] for item in table("expectations")["expectation"]}
    known = thresholds()
    text = page(
        "rules.html",
        section="rules",
        rules=rules,
        saved=saved,
        longest=LONGEST_AGE,
        problem=shown(problem) if problem else None,
        ages=[{"id": name, "title": titles[name], "shipped": months} for name, months in ages().items()],
        flags=[
            {
                "id": identity,
                "title": data["title"],
                "thresholds": [
                    (name, threshold_words(name), f"{value:g}")
                    for name, value in known.items()
                    if name.startswith(f"{identity}.")
                ],
            }
            for identity, data in table("flags").items()
        ],
    )
    return html(text, problem.status if problem else 200)
