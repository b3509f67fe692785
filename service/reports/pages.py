"""The pages of request lists, comparisons, and the rules of a workspace."""

from collections.abc import Collection, Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from evidence.data import table
from evidence.settings import LONGEST_AGE, MOST, ages, threshold_words, thresholds
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.errors import WrongUse
from service.reports.requests import letter_of, letters
from service.reports.routes import Day, comparison_of, history_of, set_rules_of
from service.reports.rules import WorkspaceRules
from service.reports.schemas import LanguageCode, shown_letter
from service.texts import FIRST_DAY, LAST_DAY
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html, shown
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# What stands before the id of an expectation or the name of a threshold in the names of fields.
AGE, THRESHOLD = "age.", "threshold."
# Fields of the form of rules: one for each flag, threshold and expectation, with room for more of them.
MOST_FIELDS = 500
# Characters of a value that cannot be used, as they are said again.
MOST_SAID = 40


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
    rules = parts.rules.get(who)
    values = {"reference_date": str(rules.reference_date or "")}
    values |= {f"{AGE}{name}": str(months) for name, months in rules.max_age_months.items()}
    values |= {f"{THRESHOLD}{name}": f"{value:g}" for name, value in rules.thresholds.items()}
    return html(_rules(values, set(table("flags")).difference(rules.silenced), saved))


@router.post("/rules")
async def save_rules(parts: Parts, who: Who, request: Request) -> Response:
    """Judge by other rules from now on."""
    fields = await request.form(max_fields=MOST_FIELDS)
    given = [(name, str(value).strip()) for name, value in fields.multi_items()]
    return await run_in_threadpool(_saved, parts, who, given)


def _saved(parts: Services, who: Scope, fields: list[tuple[str, str]]) -> Response:
    """What was typed becomes the rules; where something of it cannot be, all of it is shown again with what is wrong."""
    values = {name: value for name, value in fields if value and name != "on"}
    on = {value for name, value in fields if name == "on"}
    wrong = ""
    try:
        rules = WorkspaceRules.model_validate(
            {
                "reference_date": values.get("reference_date"),
                "max_age_months": _behind(AGE, values),
                "thresholds": _behind(THRESHOLD, values),
                "silenced": [identity for identity in table("flags") if identity not in on],
            }
        )
        set_rules_of(parts, who, rules)
        return go_to("/rules?saved=true")
    except ValidationError as trouble:
        wrong, problem = _wrong([str(part) for part in trouble.errors()[0]["loc"]], values)
    except WrongUse as trouble:
        problem = trouble
    return html(_rules(values, on, False, problem, wrong), problem.status)


def _behind(prefix: str, values: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def _wrong(place: list[str], values: Mapping[str, str]) -> tuple[str, WrongUse]:
    """The field that cannot be used, by the place of its value in the rules, and what to say of it."""
    if place[0] == "reference_date":
        field, remedy = place[0], f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}, or leave it empty."
    elif place[0] == "max_age_months":
        field, remedy = AGE + place[1], f"Give whole months from 1 to {LONGEST_AGE}, or leave it empty."
    else:
        field, remedy = THRESHOLD + place[1], f"Give a number from 0 to {MOST:,}, or leave it empty."
    titles = {AGE + item["id"]: item["title"] for item in table("expectations")["expectation"]}
    titles |= {THRESHOLD + name: table("flags")[name.partition(".")[0]]["title"] for name in thresholds()}
    of = titles.get(field, "the reference date" if field == place[0] else place[1])
    return field, WrongUse(f"'{values.get(field, '')[:MOST_SAID]}' cannot be used for {of}. Nothing was saved.", remedy)


def _rules(
    values: Mapping[str, str], on: Collection[str], saved: bool, problem: WrongUse | None = None, wrong: str = ""
) -> str:
    """The page with ``values`` in its fields, by their names, and the flags that are ``on``; ``wrong`` is one that cannot be used."""
    titles = {item["id"]: item["title"] for item in table("expectations")["expectation"]}
    known = thresholds()
    return page(
        "rules.html",
        section="rules",
        values=values,
        wrong=wrong,
        on=on,
        saved=saved,
        longest=LONGEST_AGE,
        most=MOST,
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        problem=shown(problem) if problem else None,
        ages=[(f"{AGE}{name}", titles[name], str(months)) for name, months in ages().items()],
        flags=[
            {
                "id": identity,
                "title": data["title"],
                "thresholds": [
                    (f"{THRESHOLD}{name}", threshold_words(name), f"{value:g}")
                    for name, value in known.items()
                    if name.startswith(f"{identity}.")
                ],
            }
            for identity, data in table("flags").items()
        ],
    )
