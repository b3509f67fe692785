"""Decisions sent by forms: confirm, override, take back."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from evidence.model import MODES, Mode
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.errors import NotFound
from service.reviews.queue import MOST_TWINS
from service.reviews.schemas import Decide, ReviewIn, ReviewOut, Twin
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html
from service.web.rendering import page

# Items on one page: some minutes of work, then what was learnt may change the order.
ON_A_PAGE = 20

router = APIRouter(route_class=PageRoute, include_in_schema=False)

Action = Annotated[Literal["confirm", "override"], Form()]
Words = Annotated[str, Form()]


@router.get("/review", response_class=HTMLResponse)
def queue_page(
    parts: Parts, scope: Who, supplier: str | None = None, done: Annotated[list[str] | None, Query()] = None
) -> HTMLResponse:
    """What to decide next, and what was just decided (``done``), which can be taken back."""
    chosen = parts.suppliers.get(scope, supplier) if supplier else None
    found = parts.review_queue.next(scope, chosen.id if chosen else None, ON_A_PAGE)
    text = page("queue.html", section="review", queue=found, supplier=chosen, done=_done(parts, scope, done or []))
    return html(text)


def _done(parts: Services, scope: Scope, verdicts: Sequence[str]) -> list[ReviewOut]:
    """The decisions that still stand; an old address of the page may name others."""
    found = []
    for verdict in verdicts[: MOST_TWINS + 1]:
        with suppress(NotFound):
            found.append(parts.reviews.get(scope, verdict))
    return [review for review in found if review.standing]


@router.post("/review")
def decide_next(
    parts: Parts,
    scope: Who,
    document: Words,
    passage: Words,
    value: Annotated[Mode, Form()],
    reason: Words = "",
    drawn: Annotated[bool, Form()] = False,
    twin: Annotated[list[str] | None, Form()] = None,
    along: Annotated[bool, Form()] = False,
    supplier: Words = "",
    action: Words = "",
    seen: Words = "",
) -> Response:
    """Decide on an item, and show what comes next."""
    if action == "confirm" and seen in MODES:
        value = seen  # whatever the choice was moved to before
    pairs = [item.partition(" ") for item in twin or []] if along else []
    decision = Decide(
        document=document, passage=passage, value=value, reason=reason, drawn=drawn,
        twins=[Twin(document=one, passage=other) for one, _, other in pairs],
    )  # fmt: skip
    given = [("done", review.id) for review in parts.review_queue.decide(scope, decision)]
    return go_to(_queue_address(supplier, given))


@router.post("/review/undo")
def undo_last(parts: Parts, scope: Who, verdict: Annotated[list[str], Form()], supplier: Words = "") -> Response:
    """Take back what was decided last, with its look-alikes, and show it again."""
    taken = parts.review_queue.undo(scope, verdict)
    return go_to(f"{_queue_address(supplier, [])}#passage-{taken.document}-{taken.passage}")


def _queue_address(supplier: str, given: list[tuple[str, str]]) -> str:
    asked = urlencode([("supplier", supplier), *given] if supplier else given)
    return f"/review?{asked}" if asked else "/review"


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
