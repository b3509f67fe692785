"""What every page is made with: answers in HTML, and errors shown as pages."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from evidence.model import Error
from service.errors import ServiceError, WrongUse
from service.web.problems import headers_of, problem_of
from service.web.rendering import page

SEE_OTHER = 303
API = "/api/v1"
# Signs of an address that stay as they are (RFC 3986: gen-delims, sub-delims, the percent of what is quoted already).
PARTING = "/?=&#%+:,;@!$'()*[]~"
# Letters of an address to come back to: our own are shorter, even with every filter of a search.
LONGEST_ADDRESS = 4_000


def shown(error: ServiceError) -> Error:
    """The part of an error that people see."""
    return Error(code=error.code, message=error.message, remedy=error.remedy)


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """A page as an answer. What it may load is said by the guard: only what the service itself serves."""
    return HTMLResponse(text, status, headers)


def error_page(error: ServiceError, request: Request | None = None, typed: str = "") -> HTMLResponse:
    """An error as a page: one sentence, a remedy, the code, the way back where the person came from, and the sentences that
    were ``typed`` there and not kept."""
    back = came_from(request) if request else ""
    return html(page("error.html", error=shown(error), back=back, typed=typed), error.status, headers_of(error))


def came_from(request: Request) -> str:
    """The page of this service on which a form was; empty for a foreign page or none."""
    try:
        referrer = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    if referrer.netloc != request.headers.get("host") or request.method == "GET" or not referrer.path.startswith("/"):
        return ""
    path = "/" + referrer.path.lstrip("/")
    return f"{path}?{referrer.query}" if referrer.query else path


def go_to(address: str) -> RedirectResponse:
    """After a form: look at the result with a request that can be repeated."""
    return RedirectResponse(quote(address, safe=PARTING), SEE_OTHER)


def own_address(address: str) -> str:
    """An address of this service, as ``next`` of signing in may name it; anything else leads to the first page.

    Browsers take ``//host`` and ``/\\host`` for another host, and leave out tabs and line ends before they look.
    """
    own = address.startswith("/") and address[1:2] not in ("/", "\\") and len(address) <= LONGEST_ADDRESS
    return address if own and address.isprintable() else "/"


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """The handler with errors turned into pages; internals go to the log."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except ClientDisconnect:
                raise  # nobody is there to read a page
            except RequestValidationError as trouble:
                names = ", ".join(str(error["loc"][-1]) for error in trouble.errors())
                problem: ServiceError = WrongUse(
                    f"This cannot be used: {names}.", "Go back, correct it and send it again."
                )
            except Exception as trouble:
                problem = problem_of(trouble, request)
            return error_page(problem, request, _typed(request))

        return answer


def _typed(request: Request) -> str:
    """A reviewer's reason, where a form brought one: a decision that cannot be given must not cost the words. Only a form that
    was parsed for the route is looked at: to parse it here would read what a refused request goes on to send."""
    form = getattr(request, "_form", None)  # where Starlette keeps it; there is no other way to ask
    return str(form.get("reason", "")) if form else ""
