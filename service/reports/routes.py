"""Reports over HTTP."""

import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from evidence.model import Report
from service.reports.formats import MEDIA_TYPES, SUFFIXES, render
from service.web.dependencies import Parts, Who

router = APIRouter(prefix="/suppliers/{supplier}/report", tags=["reports"])

# The report is one file without scripts; its own styles stand inside it.
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"

Day = Annotated[datetime.date | None, Query(description="The day as of which the papers are judged; today if empty.")]


@router.get("", summary="Read a supplier's report")
def get_report(parts: Parts, who: Who, supplier: str, reference_date: Day = None) -> Report:
    """Headline, expectations, red flags and documents with every passage and fact, as the reviewers decided."""
    return parts.reports.report(who, supplier, reference_date)


@router.get(
    "/export",
    summary="Take a report away",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in MEDIA_TYPES.values()}, "description": "The report."}},
)
def export_report(
    parts: Parts,
    who: Who,
    supplier: str,
    format: Annotated[Literal["text", "json", "html", "pdf", "xlsx"], Query()] = "html",
    reference_date: Day = None,
    download: Annotated[bool, Query(description="Save it instead of showing it.")] = False,
) -> Response:
    """The report as one file."""
    report = parts.reports.report(who, supplier, reference_date)
    content = render(report, format)
    name = quote(f"{report.supplier} {report.reference_date}.{SUFFIXES[format]}")
    headers = {
        "Content-Security-Policy": REPORT_POLICY,
        "Content-Disposition": f"{'attachment' if download else 'inline'}; filename*=UTF-8''{name}",
    }
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)
