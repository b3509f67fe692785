"""Search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.search.schemas import SearchAnswer, SearchQuery
from service.web.dependencies import Parts, Who

router = APIRouter(prefix="/search", tags=["search"])


@router.get("", summary="Find evidence")
def search(parts: Parts, who: Who, asked: Annotated[SearchQuery, Query()]) -> SearchAnswer:
    """Passages by meaning and by words at once, best first, each with its exact place."""
    return parts.search.search(who, asked.q, asked.only, asked.limit)
