"""Reports, request lists and comparisons over HTTP."""

import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError

from evidence.model import Citation, Report
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.errors import WrongUse
from service.reports.comparison import Comparison, compare
from service.reports.cuts import Cutter
from service.reports.formats import MEDIA_TYPES, PICTURED, SUFFIXES, render
from service.reports.printing import Printing
from service.reports.requests import letter_of
from service.reports.rules import WorkspaceRules
from service.reports.schema import report_schema
from service.reports.schemas import LanguageCode, RequestList, shown_letter
from service.suppliers.links import citation_links
from service.texts import JudgingDay
from service.web.dependencies import Parts, Who

router = APIRouter(tags=["reports"])

# The report is one file without scripts; its own styles stand inside it.
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
# Suppliers side by side: as many as stand readably on one page.
MOST_COMPARED = 6

Day = Annotated[
    JudgingDay | None,
    Query(description="The day as of which the papers are judged; that of the rules or today if empty."),
]


@router.get("/suppliers/{supplier}/report", summary="Read a supplier's report")
def get_report(parts: Parts, who: Who, supplier: str, reference_date: Day = None) -> Report:
    """Headline, expectations, red flags and documents with every passage and fact, as the reviewers decided."""
    return parts.reports.report(who, supplier, reference_date)


@router.get(
    "/suppliers/{supplier}/report/export",
    summary="Take a report away",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in MEDIA_TYPES.values()}, "description": "The report."}},
)
def export_report(
    parts: Parts,
    who: Who,
    request: Request,
    supplier: str,
    format: Annotated[Literal["text", "json", "html", "pdf", "xlsx"], Query()] = "html",
    reference_date: Day = None,
    download: Annotated[bool, Query(description="Save it instead of showing it.")] = False,
) -> Response:
    """The report as one file. Its citations lead back to the service; HTML and PDF show the quoted passages on their pages."""
    report = parts.reports.report(who, supplier, reference_date)
    link = citation_links(parts, who, supplier)
    base = str(request.base_url).rstrip("/")

    def reach(citation: Citation) -> str:
        path = link(citation)
        return f"{base}{path}" if path else ""

    printing = Printing(link=reach, cutter=_cutter(parts, who)) if format in PICTURED else Printing(link=reach)
    content = render(report, format, printing)
    name = quote(f"{report.supplier} {report.reference_date}.{SUFFIXES[format]}", safe="")
    headers = {
        "Content-Security-Policy": REPORT_POLICY,
        "Content-Disposition": f"{'attachment' if download else 'inline'}; filename*=UTF-8''{name}",
    }
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)


def _cutter(parts: Services, who: Scope) -> Cutter:
    return lambda sha256, media_type, part, boxes: parts.pictures.cut(who, sha256, media_type, part, boxes)


@router.get("/suppliers/{supplier}/request", summary="What to request from a supplier")
def get_request(
    parts: Parts,
    who: Who,
    supplier: str,
    language: Annotated[LanguageCode, Query(description="English, Vietnamese, Indonesian, Thai or Chinese.")] = "en",
    reference_date: Day = None,
) -> RequestList:
    """Exactly which records would close each gap, and a question for each red flag, as a letter ready to send."""
    return shown_letter(letter_of(parts.reports.report(who, supplier, reference_date), language))


@router.get("/suppliers/{supplier}/history", summary="Compare a supplier's bundles over time")
def get_history(parts: Parts, who: Who, supplier: str) -> Comparison:
    """The assessment after each bundle, as of the day it came, and today: what improved, what went stale."""
    return history_of(parts, who, supplier)


@router.get("/comparison", summary="Compare suppliers side by side")
def get_comparison(
    parts: Parts,
    who: Who,
    supplier: Annotated[list[str], Query(description="Ids of two to six suppliers.")],
    reference_date: Day = None,
) -> Comparison:
    """Statuses of the expectations, red flags and counts of several suppliers as of one day."""
    return comparison_of(parts, who, supplier, reference_date)


@router.get("/rules", summary="By what this workspace judges")
def get_rules(parts: Parts, who: Who) -> WorkspaceRules:
    """Maximum ages, thresholds, flags switched off and the reference date, where they differ from the defaults."""
    return parts.rules.get(who)


@router.put("/rules", summary="Judge by other rules")
def set_rules(parts: Parts, who: Who, body: WorkspaceRules) -> WorkspaceRules:
    """Holds for every supplier of the workspace from now on; what is left out goes back to its default."""
    return set_rules_of(parts, who, body)


@router.get("/report.schema.json", summary="The shape of a report")
def get_schema() -> dict[str, Any]:
    """JSON Schema of the JSON form of a report."""
    return report_schema()


def set_rules_of(parts: Services, who: Scope, rules: WorkspaceRules) -> WorkspaceRules:
    """Other rules from now on. Raises WrongUse that names what does not exist."""
    try:
        return parts.rules.set(who, rules)
    except ValidationError as problem:
        said = str(problem.errors()[0]["msg"]).removeprefix("Value error, ")
        raise WrongUse(f"These rules cannot be used: {said}.", "Take the ids from the page of the rules.") from problem


def comparison_of(parts: Services, who: Scope, suppliers: list[str], day: datetime.date | None) -> Comparison:
    """Suppliers side by side, each once. Raises WrongUse, NotFound."""
    chosen = list(dict.fromkeys(suppliers))
    if not 2 <= len(chosen) <= MOST_COMPARED:
        raise WrongUse(
            f"Two to {MOST_COMPARED} suppliers can be compared, not {len(chosen)}.", "Choose others from the list of suppliers."
        )  # fmt: skip
    made = compare([parts.reports.report(who, supplier, day) for supplier in chosen])
    columns = [c.model_copy(update={"supplier": supplier}) for c, supplier in zip(made.columns, chosen, strict=True)]
    return made.model_copy(update={"columns": tuple(columns)})


def history_of(parts: Services, who: Scope, supplier: str) -> Comparison:
    """A supplier's bundles over time. Raises NotFound."""
    found = parts.reports.history(who, supplier)
    names = [f"bundle {number}" if bundle else "today" for bundle, number, _ in found]
    made = compare([report for *_, report in found], names, over_time=True)
    columns = [
        column.model_copy(update={"supplier": supplier, "bundle": bundle})
        for column, (bundle, *_) in zip(made.columns, found, strict=True)
    ]
    return made.model_copy(update={"columns": tuple(columns)})
