"""The pages that belong to no room: keys, signing in, and the files that pages share."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from service.errors import NotSignedIn
from service.web import words
from service.web.dependencies import Parts
from service.web.frame import PageRoute, go_to, html, shown
from service.web.guard import COOKIE, Guard
from service.web.rendering import REPORT_STYLE, keys, page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/keys", response_class=HTMLResponse)
def show_keys() -> HTMLResponse:
    """The map of keys."""
    return html(page("keys.html", section="keys", keys=keys()))


@router.get("/login", response_class=HTMLResponse)
def ask_for_token(next: str = "/") -> HTMLResponse:
    """Where a token is set, a browser gives it once."""
    return html(page("login.html", target=_own(next), problem=None))


@router.post("/login")
def sign_in(
    parts: Parts, request: Request, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Keeps the token in a cookie that scripts cannot read and foreign pages cannot send."""
    if parts.settings.api_token is not None and not Guard(request.app, parts.settings).knows(token):
        problem = NotSignedIn("This is not the access token of the service.", "Type it again.")
        return html(page("login.html", target=_own(next), problem=shown(problem)), problem.status)
    answer = go_to(_own(next))
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


def _own(address: str) -> str:
    """An address of this service; anything else leads to the first page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


@router.get("/static/report.css")
def report_style() -> FileResponse:
    """The style of the report, which the pages share."""
    return FileResponse(REPORT_STYLE, media_type="text/css")


@router.get("/static/words.json")
def shown_words() -> JSONResponse:
    """The words for states and stages, for the scripts."""
    return JSONResponse({"states": words.STATES, "stages": words.STAGES, "bundles": words.BUNDLE_STATES})
