"""Errors over HTTP: every one has the same three fields, and nothing of the inside ever gets out."""

import logging
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from python_multipart.exceptions import FormParserError
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.errors import (
    Malformed,
    NoRoom,
    NotFound,
    NotReady,
    NotSignedIn,
    ServiceError,
    TooLarge,
    TooOften,
    TooSlow,
    WrongUse,
    is_of_a_full_disk,
)

logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """Why a request did not succeed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "not_found",
                    "message": "There is no such supplier.",
                    "remedy": "Go back to the list and choose from it.",
                }
            ]
        }
    )

    code: str = Field(description="A stable word for programs.")
    message: str = Field(description="One sentence for people.")
    remedy: str = Field(description="What can be done about it.")


# The errors that any route may answer with, for the description of the interface.
RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request is not well formed."},
    401: {"model": Problem, "description": "The access token is missing or wrong."},
    403: {"model": Problem, "description": "Not allowed, or sent from a foreign page."},
    404: {"model": Problem, "description": "There is no such thing in this workspace."},
    409: {"model": Problem, "description": "The present state does not allow it."},
    408: {"model": Problem, "description": "The body did not come in time."},
    413: {"model": Problem, "description": "More than the set limits allow."},
    422: {"model": Problem, "description": "The request makes no sense as it stands."},
    429: {"model": Problem, "description": "Too many tries or uploads at once; Retry-After says when again."},
    503: {"model": Problem, "description": "A part of the service cannot be reached."},
    507: {"model": Problem, "description": "There is no room left on the disk of the service."},
}


def problem_response(problem: ServiceError) -> JSONResponse:
    """An error as an answer."""
    body = Problem(code=problem.code, message=problem.message, remedy=problem.remedy)
    return JSONResponse(body.model_dump(), status_code=problem.status, headers=headers_of(problem))


def headers_of(problem: ServiceError) -> dict[str, str]:
    """What the answer to an error says besides its words."""
    if isinstance(problem, TooOften):
        return {"Retry-After": str(problem.retry_seconds)}
    return {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}


def problem_of(trouble: Exception, request: Request) -> ServiceError:
    """What people hear of an exception. What nobody foresaw, and parts out of reach, go to the log with all they say."""
    if isinstance(trouble, RequestValidationError):
        first = trouble.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        said = f"The field {place} is not right: {first['msg']}." if place else f"{first['msg']}."
        return WrongUse(said, "Correct it and send again.")
    if isinstance(trouble, HTTPException):
        return _of_status(trouble.status_code)
    if isinstance(trouble, FormParserError):
        return Malformed()
    problem = trouble if isinstance(trouble, ServiceError) else ServiceError()
    if isinstance(trouble, SQLAlchemyError | RedisError):
        problem = NotReady()
    if is_of_a_full_disk(trouble):
        problem = NoRoom()
    if problem.status >= 500:
        # Quoted: a line end in an address would write a line of the log by itself.
        logger.error("%s %s failed", request.method, quote(request.scope["path"]), exc_info=trouble)
    return problem


def install(app: FastAPI) -> None:
    """Turn every exception of the application into a problem. What nobody foresaw is left to the guard, which is outermost."""

    async def answer(request: Request, trouble: Exception) -> Response:
        said = for_whom(request, problem_of(trouble, request))
        said.headers.update(getattr(trouble, "headers", None) or {})
        return said

    for kind in (ServiceError, RequestValidationError, HTTPException, SQLAlchemyError, RedisError, FormParserError):
        app.add_exception_handler(kind, answer)


def wants_page(request: Request) -> bool:
    """Whether a person asks, at an address outside the interface."""
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


def for_whom(request: Request, problem: ServiceError) -> Response:
    """A page for a person, the usual answer for everybody else."""
    if not wants_page(request):
        return problem_response(problem)
    from service.web.frame import error_page

    return error_page(problem, request)


def _of_status(status: int) -> ServiceError:
    known: dict[int, ServiceError] = {
        400: Malformed(),
        401: NotSignedIn(),
        404: NotFound(),
        408: TooSlow(),
        413: TooLarge(),
    }
    if status in known:
        return known[status]
    if status == 405:
        problem: ServiceError = WrongUse("This address does not know this method.", "Look at the description.")
        problem.status = 405
        return problem
    if 400 <= status < 500:
        problem = WrongUse()
        problem.status = status
        return problem
    return ServiceError()
