"""What every request passes before a route sees it: the right host, a known sender, no foreign page, not too much.

The local service has no sign-in: whoever uses the machine is its administrator. So the dangers are web pages in the same
person's browser: one that posts to the service from elsewhere (refused by Origin and Sec-Fetch-Site), and one whose name is
made to point to this machine (refused by the list of hosts).
"""

import asyncio
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.accounts.access import SESSION_SECONDS, Access
from service.errors import NotAllowed, NotSignedIn, TooOften
from service.settings import Settings
from service.web.frame import came_from
from service.web.problems import for_whom, problem_of, problem_response, wants_page

COOKIE = "livingproof_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Open without a token: whether the service lives, and what is needed to sign in.
OPEN = frozenset({"/api/v1/health", "/api/v1/ready", "/api/v1/session", "/login"})
OPEN_FILES = "/static/"
# The upload counts its bytes and its time itself, against its own limits.
UPLOADS = "/bundles"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings, access: Access) -> None:
        self._app = app
        self._access = access
        self._hosts = {*LOCAL_HOSTS, settings.host.lower(), *(host.lower() for host in settings.allowed_hosts)}
        self._limits = settings.limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        if not (scope["method"] == "POST" and scope["path"].endswith(UPLOADS)):
            receive = _counted(receive, self._limits.request_bytes, self._limits.request_seconds)
        request = Request(scope)
        try:
            refusal = await self._refusal(request)
            await (refusal or self._app)(scope, receive, answer.send)
        except ClientDisconnect:
            return  # whoever asked is gone
        except Exception as trouble:
            problem = problem_of(trouble, request)
            if answer.begun:
                raise
            await for_whom(request, problem)(scope, receive, answer.send)

    async def _refusal(self, request: Request) -> Response | None:
        if _host(request.headers.get("host", "")) not in self._hosts:
            said = NotAllowed(
                "The service is not known by this name.", "Add the name to LIVINGPROOF_ALLOWED_HOSTS, or use 127.0.0.1."
            )
            return for_whom(request, said)
        if request.method not in SAFE and not _same_origin(request.headers):
            said = NotAllowed("The request comes from a foreign page.", "Open the service's own page and try there.")
            return for_whom(request, said)
        path = request.scope["path"]
        if self._access.needed and path not in OPEN and not path.startswith(OPEN_FILES):
            return await self._without_token(request)
        return None

    async def _without_token(self, request: Request) -> Response | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            try:
                await run_in_threadpool(self._access.check, address_of(request), token.strip())
            except (NotSignedIn, TooOften) as problem:
                return problem_response(problem)
            return None
        if self._access.is_sealed(_cookie(request.headers)):
            return None
        if request.method in ("GET", "POST") and wants_page(request):
            return RedirectResponse(f"/login?next={quote(_wanted(request), safe='/')}", status_code=303)
        return problem_response(NotSignedIn())


def address_of(request: Request) -> str:
    """The address a request comes from; behind a proxy that is trusted (``FORWARDED_ALLOW_IPS``) the one it names."""
    return request.client.host if request.client else ""


def keep_signed_in(answer: Response, request: Request, access: Access) -> None:
    """Put the seal of who gave the right token into an answer."""
    if access.needed:
        secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, access.seal(), SESSION_SECONDS, httponly=True, samesite="strict", secure=secure, path="/"
        )


def _wanted(request: Request) -> str:
    """The page that a person wanted: the one asked for with its question, or the one on which a form was."""
    if request.method == "POST":
        return came_from(request) or "/"
    asked = request.scope["query_string"].decode("latin-1")
    return f"{request.scope['path']}?{asked}" if asked else str(request.scope["path"])


def _cookie(headers: Headers) -> str:
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookie[COOKIE].value if COOKIE in cookie else ""


def _host(header: str) -> str:
    """The host without its port."""
    if header.startswith("["):
        return header.partition("]")[0].lower() + "]"
    return header.partition(":")[0].lower()


def _same_origin(headers: Headers) -> bool:
    """Whether a changing request comes from the service's own pages, or from no browser at all.

    Browsers set Sec-Fetch-Site (https://w3c.github.io/webappsec-fetch-metadata/) and, older ones, Origin; programs set none.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        # Without both no current browser sends a changing request; a cookie would still mean that one did.
        return "cookie" not in headers
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    except ValueError:
        return False


def _counted(receive: Receive, most: int, seconds: float) -> Receive:
    """Bodies are measured as they come in, in bytes and time; what the header declares is not believed."""
    seen, ended, deadline = 0, False, time.monotonic() + seconds

    async def counted() -> Message:
        nonlocal seen, ended
        if ended:
            return await receive()  # what comes now is only that the sender went away
        try:
            async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if seen > most:
                raise HTTPException(413)
        return message

    return counted


class _Answer:
    """An answer on its way, with the headers that protect it; ``begun`` once nothing else can be answered."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
