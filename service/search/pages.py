"""The search page: a box, filters, and hits grouped by document."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from evidence.data import table
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.documents.schemas import BundleOut
from service.errors import ServiceError, WrongUse
from service.search.export import FORMATS, export
from service.search.questions import EXPECTATIONS
from service.search.schemas import Facet, SavedSearchIn, SavedSearchOut, SearchAnswer, SearchFilter, SearchHit
from service.texts import line
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html, shown
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# Hits on the page.
MOST_HITS = 50
# Suppliers offered in the filter.
MOST_SUPPLIERS = 1_000
# Bundles of a supplier offered in the filter, the newest.
MOST_BUNDLES = 100


# Names of the filters in the address of the page.
FILTERS = ("supplier", "bundle", "criterion", "mode", "kind", "language", "flag", "from", "to")
# Facets on the page, and the filter that each sets.
FACETS = {"supplier": "supplier", "kind": "kind", "criterion": "criterion", "mode": "mode", "language": "language"}
FLAGS: dict[str, str] = {name: entry["title"] for name, entry in table("flags").items()}


@dataclass(frozen=True)
class Chosen:
    """The filters as they were typed, by their name in the address."""

    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def chosen(self) -> dict[str, str]:
        """Those that are set."""
        return {name: value for name, value in self.values.items() if value}

    def address(self, query: str, path: str = "/search", **changes: str) -> str:
        """The same search with some filters changed; an empty value takes a filter away."""
        values = {"q": query, **self.values, **changes}
        return f"{path}?{urlencode({name: value for name, value in values.items() if value})}"

    def bare(self, query: str) -> str:
        """The same words without filters."""
        return f"/search?{urlencode({'q': query})}"

    def only(self) -> SearchFilter:
        """The filter. Raises WrongUse for a date that is none."""
        values = {name: value or None for name, value in self.values.items() if name not in ("from", "to")}
        return SearchFilter(**values, since=_day(self["from"]), until=_day(self["to"]))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Group:
    """The hits of one document, in the order of the search."""

    document: str
    path: str
    supplier: str
    supplier_name: str
    hits: tuple[SearchHit, ...]


@router.get("/search", response_class=HTMLResponse)
def search_page(parts: Parts, scope: Who, request: Request, q: str = "", like: str = "") -> HTMLResponse:
    """Hits by document, or a plain word that there are none; with ``like`` passages like one (document/passage)."""
    query = " ".join(q.split())
    chosen = Chosen({name: request.query_params.get(name, "").strip() for name in FILTERS})
    answer: SearchAnswer | None = None
    problem: ServiceError | None = None
    if query or like:
        try:
            if like:
                document, _, passage = like.partition("/")
                answer = parts.search.like(scope, document, passage, chosen.only(), MOST_HITS)
            else:
                answer = parts.search.search(scope, query, chosen.only(), MOST_HITS)
        except ServiceError as trouble:
            problem = trouble
    saved = parts.saved.kept(scope)
    text = page(
        "search.html",
        section="search",
        query=query,
        like=like,
        chosen=chosen,
        suppliers=parts.suppliers.list(scope, limit=MOST_SUPPLIERS).items,
        bundles=_bundles(parts, scope, chosen["supplier"]),
        flags=FLAGS,
        facets=_facets(answer, chosen),
        answer=answer,
        groups=grouped(answer.hits if answer else []),
        saved=saved,
        kept=_same(saved, query, chosen),
        news=parts.saved.news(scope, unseen=True),
        questions=parts.questions.standard(),
        expectations=EXPECTATIONS,
        formats=tuple(FORMATS),
        problem=shown(problem) if problem else None,
    )
    return html(text, problem.status if problem else 200)


@router.get("/search/export")
def export_page(parts: Parts, scope: Who, request: Request, q: str = "", format: str = "csv") -> Response:
    """The hits as a file, as many as a search gives."""
    chosen = Chosen({name: request.query_params.get(name, "").strip() for name in FILTERS})
    content = export(parts.search.search(scope, q, chosen.only(), parts.settings.limits.search_hits), format)
    headers = {"Content-Disposition": f'attachment; filename="search.{format}"'}
    return Response(content, media_type=FORMATS[format], headers=headers)


@router.post("/search/saved")
async def save(parts: Parts, scope: Who, request: Request) -> Response:
    """Keep the search that is shown."""
    form = await request.form()
    values = {name: str(form.get(name, "")).strip() for name in (*FILTERS, "q", "name")}
    chosen = Chosen({name: values[name] for name in FILTERS})
    query = line(values["q"])
    given = SavedSearchIn(name=values["name"][:300], q=query, only=chosen.only())
    await run_in_threadpool(parts.saved.save, scope, given)
    return go_to(chosen.address(query))


@router.post("/search/saved/{search}/forget")
def forget(parts: Parts, scope: Who, search: str) -> Response:
    """Forget a kept search."""
    parts.saved.delete(scope, search)
    return go_to("/search")


@router.post("/search/saved/{search}/seen")
def seen(parts: Parts, scope: Who, search: str) -> Response:
    """What the search found was looked at: show it."""
    parts.saved.seen(scope, search)
    kept = next((one for one in parts.saved.kept(scope) if one.id == search), None)
    return go_to(_of(kept.only).address(kept.q) if kept else "/search")


@router.get("/suppliers/{supplier}/questions", response_class=HTMLResponse)
def questions_page(parts: Parts, scope: Who, supplier: str, expectation: str = "") -> HTMLResponse:
    """The standard questions asked of a supplier's papers, with the nearest passages."""
    about = parts.suppliers.get(scope, supplier)
    looked = parts.questions.look(scope, supplier, expectation or None)
    text = page(
        "questions.html",
        section="suppliers",
        supplier=about,
        expectation=expectation,
        expectations=EXPECTATIONS,
        looked=[(one, grouped(one.answer.hits if one.answer else [])) for one in looked],
        address=lambda one: _of(one.only).address(one.question),
    )
    return html(text)


def _same(saved: Sequence[SavedSearchOut], query: str, chosen: Chosen) -> SavedSearchOut | None:
    """The kept search that is the one shown; a date may be written in several ways."""
    try:
        only = chosen.only()
    except ServiceError:
        return None
    return next((one for one in saved if one.q == query and one.only == only), None)


def _of(only: SearchFilter) -> Chosen:
    named = {"since": "from", "until": "to"}
    values = only.model_dump(mode="json", exclude_none=True)
    return Chosen({named.get(name, name): value for name, value in values.items() if named.get(name, name) in FILTERS})


def _bundles(parts: Services, scope: Scope, supplier: str) -> list[BundleOut]:
    """The bundles of the chosen supplier; none where no supplier is chosen or it is gone."""
    try:
        return parts.documents.bundles(scope, supplier, limit=MOST_BUNDLES).items if supplier else []
    except ServiceError:
        return []


def _facets(answer: SearchAnswer | None, chosen: Chosen) -> dict[str, list[Facet]]:
    """The facets that would narrow the search: those with at least two values, or one that is chosen."""
    if answer is None:
        return {}
    found = {name: answer.facets.get(name, []) for name in FACETS}
    return {name: values for name, values in found.items() if len(values) > 1 or (values and chosen[FACETS[name]])}


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
