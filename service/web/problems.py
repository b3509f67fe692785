"""Errors over HTTP: every one has the same three fields, and nothing of the inside ever gets out."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.errors import NotFound, NotReady, NotSignedIn, ServiceError, TooLarge, WrongUse

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
    401: {"model": Problem, "description": "The access token is missing or wrong."},
    403: {"model": Problem, "description": "Not allowed, or sent from a foreign page."},
    404: {"model": Problem, "description": "There is no such thing in this workspace."},
    409: {"model": Problem, "description": "The present state does not allow it."},
    413: {"model": Problem, "description": "More than the set limits allow."},
    422: {"model": Problem, "description": "The request makes no sense as it stands."},
    503: {"model": Problem, "description": "A part of the service cannot be reached."},
}


def problem_response(problem: ServiceError) -> JSONResponse:
    """An error as an answer."""
    body = Problem(code=problem.code, message=problem.message, remedy=problem.remedy)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
    return JSONResponse(body.model_dump(), status_code=problem.status, headers=headers)


def install(app: FastAPI) -> None:
    """Turn every exception of the application into a problem."""

    @app.exception_handler(ServiceError)
    async def _known(request: Request, problem: ServiceError) -> Response:
        if problem.status >= 500:
            logger.error("%s %s: %s", request.method, request.url.path, problem.message, exc_info=problem)
        return problem_response(problem)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, problem: RequestValidationError) -> Response:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        said = f"The field {place} is not right: {first['msg']}." if place else f"{first['msg']}."
        return problem_response(WrongUse(said, "Correct it and send again."))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, problem: HTTPException) -> Response:
        answer = _for_whom(request, _of_status(problem.status_code))
        answer.headers.update(problem.headers or {})
        return answer

    @app.exception_handler(SQLAlchemyError)
    @app.exception_handler(RedisError)
    async def _out_of_reach(request: Request, problem: Exception) -> Response:
        logger.error("%s %s: a part is out of reach", request.method, request.url.path, exc_info=problem)
        return problem_response(NotReady())

    @app.exception_handler(Exception)
    async def _unknown(request: Request, problem: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=problem)
        return problem_response(ServiceError())


def _for_whom(request: Request, problem: ServiceError) -> Response:
    """A page for a person at an address outside the interface, the usual answer for everybody else."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return problem_response(problem)
    from service.web.frame import error_page

    return error_page(problem)


def _of_status(status: int) -> ServiceError:
    known: dict[int, ServiceError] = {
        401: NotSignedIn(),
        404: NotFound(),
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
