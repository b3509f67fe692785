"""The pages of the service, put into an application: ``add_pages(app, parts)``."""

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from service.documents.pages import router as documents
from service.errors import NotFound
from service.reviews.pages import router as reviews
from service.search.pages import router as search
from service.suppliers.pages import router as suppliers
from service.web import words
from service.web.frame import PageRoute, error_page, html
from service.web.problems import problem_response
from service.web.rendering import REPORT_STYLE, STATIC, keys, page

__all__ = ["add_pages", "error_page"]

router = APIRouter(route_class=PageRoute, include_in_schema=False)
rest = APIRouter(route_class=PageRoute, include_in_schema=False)


@rest.get("/{path:path}")
def nothing_here(path: str) -> Response:
    """An address without a page: people get a page, programs the usual answer."""
    if path.startswith("api/"):
        return problem_response(NotFound())
    raise NotFound


@router.get("/keys", response_class=HTMLResponse)
def show_keys() -> HTMLResponse:
    """The map of keys."""
    return html(page("keys.html", section="keys", keys=keys()))


@router.get("/static/report.css")
def report_style() -> FileResponse:
    """The style of the report, which the pages share."""
    return FileResponse(REPORT_STYLE, media_type="text/css")


@router.get("/static/words.json")
def shown_words() -> JSONResponse:
    """The words for states and stages, for the scripts."""
    return JSONResponse({"states": words.STATES, "stages": words.STAGES, "bundles": words.BUNDLE_STATES})


def add_pages(app: FastAPI) -> None:
    """Put all pages and their files into the application; after everything else, because what is left is answered here.

    The pages ask ``app.state.services``, like the routes of the interface.
    """
    for room in (router, suppliers, documents, reviews, search):
        app.include_router(room)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(rest)
