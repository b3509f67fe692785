"""Decisions of reviewers over HTTP."""

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from service.documents.jobs import text_name
from service.reviews.labels import LabelService, kept_text
from service.reviews.schemas import Decide, Decided, QueueOut, ReviewIn, ReviewList, ReviewOut
from service.web.dependencies import Limit, Offset, Parts, Who

router = APIRouter(prefix="/reviews", tags=["reviews"])
Id = Annotated[str | None, Query(max_length=40)]


@router.post("", summary="Confirm or override a verdict", status_code=201)
def decide(parts: Parts, who: Who, body: ReviewIn) -> ReviewOut:
    """Who, when, the value before and the version of the model are kept; the supplier's report follows the decision.

    Answers 409 where another value stands there than was `seen`, where the file is not read, and to a reviewer who
    confirms an own decision.
    """
    return parts.reviews.decide(who, body)


@router.get("", summary="List decisions")
def history(
    parts: Parts,
    who: Who,
    supplier: Id = None,
    document: Id = None,
    passage: Id = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> ReviewList:
    """Decisions, the newest first, those taken back included."""
    return parts.reviews.history(who, supplier, document, passage, offset, limit)


@router.get(
    "/labels",
    summary="Take decisions out as labels",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {}}, "description": "A line of JSON for each document."}},
)
def labels(parts: Parts, who: Who, supplier: Id = None) -> StreamingResponse:
    """Every document with a decision, as `livingproof train` and `livingproof evaluate` take it."""
    who.need("reviewer")
    service = LabelService(
        parts.database, lambda workspace, sha256: kept_text(parts.blobs.get(workspace, text_name(sha256)))
    )

    def lines() -> Iterator[str]:
        for line in service.export(who, supplier):
            yield json.dumps(line, ensure_ascii=False) + "\n"

    headers = {"Content-Disposition": 'attachment; filename="labels.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


@router.get("/queue", summary="What to decide next")
def queue(parts: Parts, who: Who, supplier: Id = None, count: Annotated[int, Query(ge=1, le=100)] = 20) -> QueueOut:
    """Undecided passages by doubt, difference and impact; every fifth drawn by chance, for the accuracy that is told."""
    return parts.review_queue.next(who, supplier, count)


@router.post("/queue", summary="Decide on an item of the queue", status_code=201)
def decide_next(parts: Parts, who: Who, body: Decide) -> Decided:
    """Confirms the model's mode or overrides it; look-alikes may be decided along with it."""
    return Decided(decisions=len(parts.review_queue.decide(who, body)))


@router.get("/{review}", summary="Look at a decision")
def get_review(parts: Parts, who: Who, review: str) -> ReviewOut:
    """One decision."""
    return parts.reviews.get(who, review)


@router.post("/{review}/undo", summary="Take a decision back")
def undo(parts: Parts, who: Who, review: str) -> ReviewOut:
    """What stood there before stands again. Reviewers take back their own decisions, administrators all."""
    return parts.reviews.undo(who, review)
