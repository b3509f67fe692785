"""The web application: interface, pages and their protection put together."""

import importlib
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.staticfiles import StaticFiles

from service.bootstrap import Services
from service.web import problems, system
from service.web.guard import Guard

VERSION = "1"
PREFIX = f"/api/v{VERSION}"
# The rooms that machines talk to, in the order of the description.
ROOMS = ("suppliers", "documents", "search", "reviews", "learning", "reports", "accounts", "audit")
STATIC = Path(__file__).parent / "static"
DESCRIPTION = """
Reads the quality papers of a supplier and shows which of them come from a living quality system.

Make a supplier, send its papers as a bundle, follow the progress, read the report. Every answer other than success has the same
three fields: a stable `code`, a `message` for people, and a `remedy`.
"""


def create_app(services: Services) -> FastAPI:
    """The application on top of the services; it closes them when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services.index.start()
        yield
        services.close()

    app = FastAPI(
        title="Livingproof",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_name_of,
    )
    app.state.services = services
    problems.install(app)
    api = APIRouter(prefix=PREFIX, responses=problems.RESPONSES)
    api.include_router(system.router)
    for room in ROOMS:
        _include(api, f"service.{room}.routes")
    app.include_router(api)
    for room in (*ROOMS, "web"):
        _include(app, f"service.{room}.pages")
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guard, settings=services.settings, access=services.access)
    return app


def _include(target: Any, module: str) -> None:
    """Add the router of a room where it has one of this kind."""
    if importlib.util.find_spec(module) is not None:
        target.include_router(importlib.import_module(module).router)


def _name_of(route: APIRoute) -> str:
    """The name of an operation for generated clients: that of its function."""
    return route.name
