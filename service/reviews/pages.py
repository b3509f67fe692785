"""Decisions sent by forms: confirm, override, take back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from service.reviews.schemas import ReviewIn
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Action = Annotated[Literal["confirm", "override"], Form()]
Words = Annotated[str, Form()]


@router.post("/documents/{document}/verdict")
def decide_document(
    parts: Parts,
    scope: Who,
    document: str,
    field: Annotated[Literal["kind", "reading"], Form()],
    action: Action,
    value: Words,
    reason: Words = "",
    seen: Words = "",
) -> Response:
    """Confirm or override the kind or the reading of a document."""
    chosen = value if action == "override" else None
    verdict = ReviewIn(document=document, field=field, action=action, value=chosen, reason=reason, seen=seen or None)
    parts.reviews.decide(scope, verdict)
    return go_to(f"/documents/{document}")


@router.post("/documents/{document}/passages/{passage}/verdict")
def decide_passage(
    parts: Parts,
    scope: Who,
    document: str,
    passage: str,
    action: Action,
    value: Words,
    reason: Words = "",
    seen: Words = "",
    back: Words = "",
) -> Response:
    """Confirm or override the mode of a passage."""
    chosen = value if action == "override" else None
    verdict = ReviewIn(
        document=document, passage=passage, field="mode", action=action, value=chosen, reason=reason, seen=seen or None
    )
    parts.reviews.decide(scope, verdict)
    return go_to(_way_back(document, back, passage))


@router.post("/documents/{document}/verdicts/{verdict}/undo")
def undo(parts: Parts, scope: Who, document: str, verdict: str, back: Words = "") -> Response:
    """Take a decision back."""
    taken = parts.reviews.undo(scope, verdict)
    return go_to(_way_back(document, back, taken.passage))


def _way_back(document: str, back: str, passage: str | None) -> str:
    """Where the form was; only pages of the document are believed."""
    here = f"/documents/{document}"
    address = back if back.startswith((f"{here}?", f"{here}/passages/")) else here
    return f"{address}#passage-{passage}" if passage else address
