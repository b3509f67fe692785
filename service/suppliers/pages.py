"""The pages of suppliers: the list, one supplier, and sending files without a script."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from redis import RedisError

from evidence.model import Report
from evidence.settings import MOST_ALIASES
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.documents.schemas import BundleProgress, DocumentOut
from service.errors import ServiceError, WrongUse
from service.reports.printing import Printing
from service.reports.view import view_of
from service.suppliers.links import documents_of, link_to
from service.web.dependencies import Parts, Who
from service.web.frame import API, PageRoute, go_to, html, shown
from service.web.rendering import page
from service.web.upload import receive_files

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# Suppliers on one page: as many as a person looks through.
ON_A_PAGE = 50
FINAL = ("done", "failed")
LONGEST_NAME = 300


@router.get("/", response_class=HTMLResponse)
def list_suppliers(parts: Parts, scope: Who, offset: int = 0) -> HTMLResponse:
    """All suppliers with their headlines."""
    return _list(parts, scope, max(0, offset))


@router.get("/suppliers", response_class=HTMLResponse)
def list_again() -> Response:
    """The list has one address."""
    return go_to("/")


@router.post("/suppliers")
def add(parts: Parts, scope: Who, name: Annotated[str, Form()] = "") -> Response:
    """A new supplier; its page is shown."""
    name = " ".join(name.split())
    try:
        if not name or len(name) > LONGEST_NAME:
            raise WrongUse("A supplier needs a name of at most 300 characters.", "Type the company's name.")
        return go_to(f"/suppliers/{parts.suppliers.create(scope, name).id}")
    except ServiceError as problem:
        return _list(parts, scope, 0, problem, name)


def _list(
    parts: Services, scope: Scope, offset: int, problem: ServiceError | None = None, typed: str = ""
) -> HTMLResponse:
    found = parts.suppliers.list(scope, offset=offset, limit=ON_A_PAGE)
    newest = {s.id: parts.documents.bundles(scope, s.id, limit=1).items for s in found.items if s.bundles}
    text = page(
        "suppliers.html",
        section="suppliers",
        suppliers=found.items,
        assessed_soon=_assess_soon(
            parts, [s.id for s in found.items if s.documents and not s.documents_open and not s.headline]
        ),
        last_bundles={supplier: bundles[0].created_at for supplier, bundles in newest.items() if bundles},
        more=offset + ON_A_PAGE if found.total > offset + ON_A_PAGE else 0,
        problem=shown(problem) if problem else None,
        typed=typed,
    )
    return html(text, problem.status if problem else 200)


def _assess_soon(parts: Services, suppliers: list[str]) -> list[str]:
    """Suppliers that a worker is asked to assess: after an update of the program, or a review, no kept headline holds. Empty
    where the queue is away: opening the page assesses too."""
    if not suppliers:
        return []
    try:
        waiting = parts.queue.waiting("supplier")
        for supplier in suppliers:
            if supplier not in waiting:
                parts.queue.put("supplier", supplier)
    except RedisError:
        return []
    return suppliers


@router.get("/suppliers/{supplier}", response_class=HTMLResponse)
def supplier_page(parts: Parts, scope: Who, supplier: str) -> HTMLResponse:
    """Headline, expectations, marks, flags and documents of a supplier."""
    about = parts.suppliers.get(scope, supplier)
    newest = parts.documents.bundles(scope, supplier, limit=1).items
    bundle = parts.documents.bundle(scope, newest[0].id) if newest else None
    documents = documents_of(parts, scope, supplier)
    report, problem = _report(parts, scope, supplier, bundle, documents, about.headline is not None)
    text = page(
        "supplier.html",
        section="suppliers",
        supplier=about,
        view=view_of(report, Printing(link=link_to(documents))) if report else None,
        problem=shown(problem) if problem else None,
        bundle=bundle,
        working=bundle is not None and bundle.state not in FINAL,
        ahead=parts.documents.ahead(scope, bundle.id) if bundle and bundle.state not in FINAL else 0,
        documents=documents,
        report_address=f"{API}/suppliers/{supplier}/report/export",
        upload_address=f"{API}/suppliers/{supplier}/bundles",
        stream_address=f"{API}/bundles/{bundle.id}/events" if bundle else "",
        poll_address=f"{API}/bundles/{bundle.id}" if bundle else "",
    )
    return html(text)


def _report(
    parts: Services,
    scope: Scope,
    supplier: str,
    bundle: BundleProgress | None,
    documents: list[DocumentOut],
    kept: bool,
) -> tuple[Report | None, ServiceError | None]:
    """The report, where there is something to judge. While files are read only one that is kept already is shown."""
    if not any(document.state in ("read", "partial", "failed") for document in documents):
        return None, None
    if bundle is not None and bundle.state not in FINAL and not kept:
        return None, None
    try:
        return parts.reports.report(scope, supplier), None
    except ServiceError as problem:
        return None, problem


@router.post("/suppliers/{supplier}/about")
def save_about(
    parts: Parts,
    scope: Who,
    supplier: str,
    product: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    aliases: Annotated[str, Form(max_length=LONGEST_NAME * MOST_ALIASES)] = "",
) -> Response:
    """What is bought from a supplier, and its other names."""
    names = [name for line in aliases.splitlines() if (name := " ".join(line.split()))]
    if len(names) > MOST_ALIASES or any(len(name) > LONGEST_NAME for name in names):
        raise WrongUse(
            f"A supplier has at most {MOST_ALIASES} other names of {LONGEST_NAME} characters.",
            "Keep those that stand on papers.",
        )
    parts.suppliers.change(scope, supplier, " ".join(product.split()), names)
    return go_to(f"/suppliers/{supplier}")


@router.post("/suppliers/{supplier}/bundles")
async def send(request: Request, parts: Parts, scope: Who, supplier: str) -> Response:
    """Files sent by the plain form; with a script they go to the interface instead, with a bar for each."""
    await receive_files(
        request,
        scope,
        parts.uploads,
        lambda files, fields: parts.intake.receive(scope, supplier, files, fields.passwords),
    )
    return go_to(f"/suppliers/{supplier}")


@router.post("/bundles/{bundle}/retry")
def retry(parts: Parts, scope: Who, bundle: str) -> Response:
    """Try what failed in a bundle again."""
    supplier = parts.documents.bundle(scope, bundle).supplier
    parts.documents.retry_bundle(scope, bundle)
    return go_to(f"/suppliers/{supplier}")
