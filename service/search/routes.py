"""Search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.search.export import FORMATS, export
from service.search.schemas import (
    Looked,
    NewsOut,
    SavedSearchIn,
    SavedSearchOut,
    SearchAnswer,
    SearchFilter,
    SearchQuery,
)
from service.web.dependencies import Parts, Who

router = APIRouter(prefix="/search", tags=["search"])


class ExportQuery(SearchQuery):
    """A search whose hits are wanted as a file."""

    format: str = "csv"


@router.get("", summary="Find evidence")
def search(parts: Parts, who: Who, asked: Annotated[SearchQuery, Query()]) -> SearchAnswer:
    """Passages by meaning and by words at once, best first, each with its exact place."""
    return parts.search.search(who, asked.q, asked.only, asked.limit)


@router.get("/export", summary="Hits as a file", response_class=Response)
def export_hits(parts: Parts, who: Who, asked: Annotated[ExportQuery, Query()]) -> Response:
    """The same hits as CSV, XLSX or JSON, a row a passage."""
    only = SearchFilter(**asked.model_dump(exclude={"q", "limit", "format"}))
    content = export(parts.search.search(who, asked.q, only, asked.limit), asked.format)
    name = f"search.{asked.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=FORMATS[asked.format], headers=headers)


@router.get("/like/{document}/{passage}", summary="Passages like this one")
def like(
    parts: Parts,
    who: Who,
    document: str,
    passage: str,
    only: Annotated[SearchFilter, Query()],
) -> SearchAnswer:
    """Passages that say nearly the same, in any document that passes the filter."""
    return parts.search.like(who, document, passage, only)


@router.get("/questions", summary="Standard questions")
def questions(parts: Parts, who: Who) -> list[Looked]:
    """The questions that a buyer would ask for each expectation, without their answers."""
    return parts.questions.standard()


@router.get("/questions/{supplier}", summary="Standard questions, answered")
def answered(parts: Parts, who: Who, supplier: str, expectation: str | None = None, limit: int = 3) -> list[Looked]:
    """For each standard question the nearest passages of a supplier, and plainly where there are none."""
    return parts.questions.look(who, supplier, expectation, max(1, min(limit, 20)))


@router.get("/saved", summary="Saved searches")
def saved(parts: Parts, who: Who) -> list[SavedSearchOut]:
    """The searches that the person keeps."""
    return parts.saved.kept(who)


@router.post("/saved", summary="Save a search", status_code=201)
def save(parts: Parts, who: Who, body: SavedSearchIn) -> SavedSearchOut:
    """It runs on each bundle that is finished from now on."""
    return parts.saved.save(who, body)


@router.delete("/saved/{search}", summary="Forget a saved search", status_code=204)
def forget(parts: Parts, who: Who, search: str) -> None:
    """The search and what it found go."""
    parts.saved.delete(who, search)


@router.post("/saved/{search}/seen", summary="Mark as looked at", status_code=204)
def seen(parts: Parts, who: Who, search: str) -> None:
    """What the search found is no longer news."""
    parts.saved.seen(who, search)


@router.get("/news", summary="What saved searches found")
def news(parts: Parts, who: Who, unseen: bool = False) -> list[NewsOut]:
    """Newest first; only what the person has not looked at where ``unseen`` is set."""
    return parts.saved.news(who, unseen)
