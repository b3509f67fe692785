"""What every page is made with: answers in HTML, and errors shown as pages."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute

from evidence.model import Error
from service.errors import ServiceError, WrongUse
from service.web.rendering import page

logger = logging.getLogger(__name__)
SEE_OTHER = 303
API = "/api/v1"


def shown(error: ServiceError) -> Error:
    """The part of an error that people see."""
    return Error(code=error.code, message=error.message, remedy=error.remedy)


def html(text: str, status: int = 200) -> HTMLResponse:
    """A page as an answer. What it may load is said by the guard: only what the service itself serves."""
    return HTMLResponse(text, status)


def error_page(error: ServiceError, request: Request | None = None) -> HTMLResponse:
    """An error as a page: one sentence, a remedy, the code, and the way back where the person came from."""
    back = _came_from(request) if request else ""
    return html(page("error.html", error=shown(error), back=back), error.status)


def _came_from(request: Request) -> str:
    """The page of this service on which a form was; empty for a foreign page or none."""
    referrer = urlsplit(request.headers.get("referer", ""))
    if referrer.netloc != request.headers.get("host") or request.method == "GET" or not referrer.path.startswith("/"):
        return ""
    path = "/" + referrer.path.lstrip("/")
    return f"{path}?{referrer.query}" if referrer.query else path


def go_to(address: str) -> RedirectResponse:
    """After a form: look at the result with a request that can be repeated."""
    return RedirectResponse(quote(address, safe="/?=&#%"), SEE_OTHER)


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """The handler with errors turned into pages; internals go to the log."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except ServiceError as problem:
                return error_page(problem, request)
            except RequestValidationError as problem:
                names = ", ".join(str(error["loc"][-1]) for error in problem.errors())
                said = WrongUse(f"This cannot be used: {names}.", "Go back, correct it and send it again.")
                return error_page(said, request)
            except Exception:
                logger.exception("the page %s failed", request.url.path)
                return error_page(ServiceError())

        return answer
