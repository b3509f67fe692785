"""The search page: a box, filters, and hits grouped by document."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from service.errors import ServiceError, WrongUse
from service.search.schemas import SearchFilter, SearchHit
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, html, shown
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# Hits on the page.
MOST_HITS = 50
# Suppliers offered in the filter.
MOST_SUPPLIERS = 1_000


@dataclass(frozen=True)
class Chosen:
    """The filters as they were typed."""

    supplier: str = ""
    criterion: str = ""
    mode: str = ""
    kind: str = ""
    from_date: str = ""
    to_date: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one document, in the order of the search."""

    document: str
    path: str
    supplier: str
    supplier_name: str
    hits: tuple[SearchHit, ...]


@router.get("/search", response_class=HTMLResponse)
def search_page(
    parts: Parts,
    scope: Who,
    q: str = "",
    supplier: str = "",
    criterion: str = "",
    mode: str = "",
    kind: str = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
) -> HTMLResponse:
    """Hits by document, or a plain word that there are none."""
    query = " ".join(q.split())
    hits: list[SearchHit] = []
    problem: ServiceError | None = None
    complete = True
    if query:
        try:
            only = SearchFilter(
                supplier=supplier or None,
                criterion=criterion or None,
                mode=mode or None,
                kind=kind or None,
                since=_day(since),
                until=_day(until),
            )
            answer = parts.search.search(scope, query, only, MOST_HITS)
            hits, complete = answer.hits, answer.complete
        except ServiceError as trouble:
            problem = trouble
    text = page(
        "search.html",
        section="search",
        query=query,
        chosen=Chosen(supplier, criterion, mode, kind, since, until),
        suppliers=parts.suppliers.list(scope, limit=MOST_SUPPLIERS).items,
        groups=grouped(hits),
        hits=len(hits),
        complete=complete,
        problem=shown(problem) if problem else None,
    )
    return html(text, problem.status if problem else 200)


def grouped(hits: Sequence[SearchHit]) -> list[Group]:
    """Hits by document; the documents stand in the order of their best hit."""
    found: dict[str, list[SearchHit]] = {}
    for hit in hits:
        found.setdefault(hit.document, []).append(hit)
    return [Group(d, some[0].path, some[0].supplier, some[0].supplier_name, tuple(some)) for d, some in found.items()]


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise WrongUse("This is no date.", "Write it as year, month and day: 2025-03-31.") from problem
