"""What every request passes before a route sees it: the right host, a known sender, no foreign page, not too much.

The local service has no sign-in: whoever uses the machine is its administrator. So the dangers are web pages in the same
person's browser: one that posts to the service from elsewhere (refused by Origin and Sec-Fetch-Site), and one whose name is
made to point to this machine (refused by the list of hosts).
"""

import hmac
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import NotAllowed, NotSignedIn
from service.settings import Settings
from service.web.problems import problem_response

COOKIE = "livingproof_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Open without a token: whether the service lives, and what is needed to sign in.
OPEN = ("/api/v1/health", "/api/v1/ready", "/api/v1/session", "/static/", "/login")
# The upload counts its bytes itself, against its own limit.
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

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._hosts = {*LOCAL_HOSTS, settings.host.lower(), *(host.lower() for host in settings.allowed_hosts)}
        self._request_bytes = settings.limits.request_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        if not (scope["method"] == "POST" and scope["path"].endswith(UPLOADS)):
            receive = _counted(receive, self._request_bytes)
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if _host(headers.get("host", "")) not in self._hosts:
            said = NotAllowed(
                "The service is not known by this name.", "Add the name to LIVINGPROOF_ALLOWED_HOSTS, or use 127.0.0.1."
            )
            return problem_response(said)
        if scope["method"] not in SAFE and not _same_origin(headers):
            said = NotAllowed("The request comes from a foreign page.", "Open the service's own page and try there.")
            return problem_response(said)
        if self._token and not scope["path"].startswith(OPEN):
            return self._without_token(scope, headers)
        return None

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        if self.knows(sent_token(headers)):
            return None
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            return RedirectResponse(f"/login?next={quote(scope['path'])}", status_code=303)
        return problem_response(NotSignedIn())

    def knows(self, token: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return hmac.compare_digest(token.encode(), self._token.encode())


def sent_token(headers: Headers) -> str:
    """The token of a request: in its own header for programs, in a cookie for browsers."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except Exception:
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
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _counted(receive: Receive, limit: int) -> Receive:
    """Bodies are measured as they come in; what the header declares is not believed."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return with_headers
