"""The pages that belong to no room: keys, the interface, the service itself, signing in, and the files that pages share."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from service.doctor import examine
from service.errors import NotSignedIn, TooOften
from service.web import words
from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html, own_address, shown
from service.web.guard import COOKIE, address_of, keep_signed_in
from service.web.problems import headers_of
from service.web.rendering import REPORT_STYLE, keys, page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/keys", response_class=HTMLResponse)
def show_keys() -> HTMLResponse:
    """The map of keys."""
    return html(page("keys.html", section="keys", keys=keys()))


@router.get("/docs", response_class=HTMLResponse)
def describe_interface(request: Request) -> HTMLResponse:
    """What programs can ask for, out of the description that they read themselves; without a script from elsewhere."""
    described = request.app.openapi()
    rooms: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            rooms.setdefault(about["tags"][0], []).append({"path": path, "method": method.upper(), **about})
    address = request.app.openapi_url
    return html(page("docs.html", section="docs", rooms=rooms, about=described["info"], address=address))


@router.get("/service", response_class=HTMLResponse)
def service_page(parts: Parts, scope: Who, check: bool = False) -> HTMLResponse:
    """What an administrator looks after: what is installed and reachable (asked for by ``check``, it takes seconds), copies, access."""
    scope.need("administrator")
    text = page(
        "service.html",
        section="service",
        health=examine(parts.settings) if check else None,
        folder=parts.settings.data,
        signed_in=parts.access.needed,
    )
    return html(text)


@router.post("/logout")
def sign_out() -> Response:
    """Forget the seal of this browser."""
    answer = go_to("/login")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/login", response_class=HTMLResponse)
def ask_for_token(next: str = "/") -> HTMLResponse:
    """Where a token is set, a browser gives it once."""
    return html(page("login.html", target=own_address(next), problem=None))


@router.post("/login")
def sign_in(
    parts: Parts, request: Request, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Keeps a seal in a cookie that scripts cannot read and foreign pages cannot send."""
    try:
        parts.access.check(address_of(request), token)
    except (NotSignedIn, TooOften) as problem:
        text = page("login.html", target=own_address(next), problem=shown(problem))
        return html(text, problem.status, headers_of(problem))
    answer = go_to(own_address(next))
    keep_signed_in(answer, request, parts.access)
    return answer


@router.get("/static/report.css")
def report_style() -> FileResponse:
    """The style of the report, which the pages share."""
    return FileResponse(REPORT_STYLE, media_type="text/css")


@router.get("/static/words.json")
def shown_words() -> JSONResponse:
    """The words for states and stages, for the scripts."""
    return JSONResponse({"states": words.STATES, "stages": words.STAGES, "bundles": words.BUNDLE_STATES})
