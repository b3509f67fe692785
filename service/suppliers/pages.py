"""The pages of suppliers: the list, one supplier, and sending files without a script."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from redis import RedisError

from evidence.model import Report
from evidence.settings import MOST_ALIASES
from service.accounts.scope import Scope
from service.bootstrap import Services
from service.documents.schemas import BundleProgress, DocumentOut
from service.errors import NotFound, ServiceError, WrongUse
from service.reports.printing import Printing
from service.reports.view import view_of
from service.suppliers.links import documents_of, link_to
from service.suppliers.schemas import SupplierOut
from service.web.dependencies import Parts, Who
from service.web.frame import API, PageRoute, go_to, html, shown
from service.web.rendering import page
from service.web.upload import receive_files

router = APIRouter(route_class=PageRoute, include_in_schema=False)
# Suppliers on one page: as many as a person looks through.
ON_A_PAGE = 50
FINAL = ("done", "failed")
LONGEST_NAME = 300
# Bundles to choose from for deletion, the newest first, and the files by which each is known again.
BUNDLES, NAMES = 100, 3


@router.get("/", response_class=HTMLResponse)
def list_suppliers(parts: Parts, scope: Who, offset: int = 0, named: str = "") -> HTMLResponse:
    """All suppliers with their headlines, or those whose name contains ``named``."""
    return _list(parts, scope, max(0, offset), named=" ".join(named.split())[:LONGEST_NAME])


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
    parts: Services,
    scope: Scope,
    offset: int,
    problem: ServiceError | None = None,
    typed: str = "",
    named: str = "",
) -> HTMLResponse:
    found = parts.suppliers.list(scope, named, offset, ON_A_PAGE)
    newest = {s.id: parts.documents.bundles(scope, s.id, limit=1).items for s in found.items if s.bundles}
    text = page(
        "suppliers.html",
        section="suppliers",
        suppliers=found.items,
        assessed_soon=_assess_soon(
            parts, [s.id for s in found.items if s.documents and not s.documents_open and not s.headline]
        ),
        last_bundles={supplier: bundles[0].created_at for supplier, bundles in newest.items() if bundles},
        problem=shown(problem) if problem else None,
        typed=typed,
        named=named,
        first=offset,
        total=found.total,
        page_size=ON_A_PAGE,
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
    return _supplier(parts, scope, parts.suppliers.get(scope, supplier))


def _supplier(
    parts: Services,
    scope: Scope,
    about: SupplierOut,
    wrong: ServiceError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The page of a supplier; with what was ``typed`` about it, where something of that is ``wrong``."""
    newest = parts.documents.bundles(scope, about.id, limit=1).items
    bundle = parts.documents.bundle(scope, newest[0].id) if newest else None
    documents = documents_of(parts, scope, about.id)
    report, problem = _report(parts, scope, about.id, bundle, documents, about.headline is not None)
    working = bundle is not None and bundle.state not in FINAL
    text = page(
        "supplier.html",
        section="suppliers",
        supplier=about,
        view=view_of(report, Printing(link=link_to(documents))) if report else None,
        problem=shown(problem) if problem else None,
        wrong=shown(wrong) if wrong else None,
        typed=typed or {"name": about.name, "product": about.product, "aliases": "\n".join(about.aliases)},
        longest=LONGEST_NAME,
        bundle=bundle,
        working=working,
        ahead=parts.documents.ahead(scope, bundle.id) if bundle and working else 0,
        documents=documents,
        may_delete=scope.role == "administrator",
        report_address=f"{API}/suppliers/{about.id}/report/export",
        upload_address=f"{API}/suppliers/{about.id}/bundles",
        stream_address=f"{API}/bundles/{bundle.id}/events" if bundle else "",
        poll_address=f"{API}/bundles/{bundle.id}" if bundle else "",
    )
    return html(text, wrong.status if wrong else 200)


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
    name: Annotated[str, Form()] = "",
    product: Annotated[str, Form()] = "",
    aliases: Annotated[str, Form()] = "",
) -> Response:
    """A supplier's name, what is bought from it, and its other names. Where one cannot be used, all stand there again."""
    about = parts.suppliers.get(scope, supplier)
    called, bought = " ".join(name.split()), " ".join(product.split())
    names = [found for text in aliases.splitlines() if (found := " ".join(text.split()))]
    try:
        if any(len(text) > LONGEST_NAME for text in (called, bought, *names)):
            raise WrongUse(f"A name or product has at most {LONGEST_NAME} characters.", "Shorten it.")
        if len(names) > MOST_ALIASES:
            raise WrongUse(f"A supplier has at most {MOST_ALIASES} other names.", "Keep those that stand on papers.")
        parts.suppliers.change(scope, supplier, bought, names, called or None)
    except ServiceError as problem:
        return _supplier(parts, scope, about, problem, {"name": name, "product": product, "aliases": aliases})
    return go_to(f"/suppliers/{supplier}")


@router.get("/suppliers/{supplier}/delete", response_class=HTMLResponse)
def ask_what_to_delete(parts: Parts, scope: Who, supplier: str) -> HTMLResponse:
    """The bundles of a supplier and itself, to choose what goes."""
    scope.need("administrator")
    return _deletion(parts, scope, parts.suppliers.get(scope, supplier))


@router.post("/suppliers/{supplier}/delete")
def delete(
    parts: Parts,
    scope: Who,
    supplier: str,
    what: Annotated[str, Form()] = "",
    sure: Annotated[bool, Form()] = False,
) -> Response:
    """Remove a bundle, or the supplier with all that it sent (``what`` is its id), for good."""
    about = parts.suppliers.get(scope, supplier)
    if not what or not sure:
        missing = WrongUse("Nothing was deleted.", "Choose what is to go, and say that you are sure.")
        return _deletion(parts, scope, about, missing, what)
    if what == supplier:
        parts.suppliers.delete(scope, supplier)
        return go_to("/")
    if parts.documents.bundle(scope, what).supplier != supplier:
        raise NotFound("This supplier sent no such bundle.")
    parts.documents.delete_bundle(scope, what)
    return go_to(f"/suppliers/{supplier}")


def _deletion(
    parts: Services, scope: Scope, about: SupplierOut, problem: ServiceError | None = None, chosen: str = ""
) -> HTMLResponse:
    bundles = parts.documents.bundles(scope, about.id, limit=BUNDLES)
    text = page(
        "delete.html",
        section="suppliers",
        supplier=about,
        bundles=[(bundle, _some_names(parts, scope, bundle.id)) for bundle in bundles.items],
        more=bundles.total - len(bundles.items),
        decisions=parts.reviews.history(scope, supplier=about.id, limit=1).total,
        problem=shown(problem) if problem else None,
        chosen=chosen,
    )
    return html(text, problem.status if problem else 200)


def _some_names(parts: Services, scope: Scope, bundle: str) -> list[str]:
    """By what a person knows a bundle again: the names of its first files."""
    return [document.path for document in parts.documents.list(scope, bundle=bundle, limit=NAMES).items]


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
