"""Whether the service lives, is ready and is well; and signing in where a token is set."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from service.doctor import Health, examine
from service.errors import NotReady
from service.web.dependencies import Parts
from service.web.guard import COOKIE, address_of, keep_signed_in

router = APIRouter(tags=["service"])


class Alive(BaseModel):
    """The service answers."""

    status: str = "alive"


class Ready(BaseModel):
    """All parts answer."""

    status: str = "ready"
    waiting: dict[str, int] = Field({}, description="Work that waits in the queue.")


class SignIn(BaseModel):
    """The access token, once, for a browser."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=500)


@router.get("/health", summary="Is the service alive?")
def health() -> Alive:
    """Answers as long as the process lives."""
    return Alive()


@router.get("/ready", summary="Is the service ready?")
def ready(parts: Parts) -> Ready:
    """Answers when database and queue answer; else with what cannot be reached."""
    for name, part in (("database", parts.database), ("queue", parts.queue)):
        try:
            part.check()
        except Exception as problem:
            raise NotReady(f"The {name} cannot be reached.") from problem
    return Ready(waiting={kind: len(parts.queue.waiting(kind)) for kind in ("bundle", "document", "assessment")})


@router.get("/doctor", summary="What is missing?")
async def doctor(parts: Parts) -> Health:
    """Every check of `livingproof doctor`, with what to do."""
    return await run_in_threadpool(examine, parts.settings)


@router.post("/session", summary="Sign in with the token", status_code=204)
def sign_in(parts: Parts, body: SignIn, request: Request, response: Response) -> None:
    """Keeps a seal in a cookie that scripts cannot read and foreign pages cannot send.

    Answers 429 after too many different wrong tokens from one address, for at most a minute.
    """
    parts.access.check(address_of(request), body.token)
    keep_signed_in(response, request, parts.access)


@router.delete("/session", summary="Sign out", status_code=204)
def sign_out(response: Response) -> None:
    """Forgets the cookie."""
    response.delete_cookie(COOKIE, path="/")
