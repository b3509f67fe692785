"""The page of models: train, use, take back, judge again."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from service.web.dependencies import Parts, Who
from service.web.frame import PageRoute, go_to, html
from service.web.rendering import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/models", response_class=HTMLResponse)
def models_page(parts: Parts, scope: Who) -> HTMLResponse:
    """Which model judges, what was trained, and what came of it."""
    found = parts.learning.list(scope)
    busy = any(model.state in ("waiting", "training") for model in found.items)
    text = page(
        "models.html",
        section="models",
        found=found,
        busy=busy,
        may=scope.role == "administrator",
        fewest=parts.settings.limits.fewest_labels,
        fewest_apart=parts.settings.limits.fewest_labels_apart,
    )
    return html(text)


@router.post("/models/train")
def train(parts: Parts, scope: Who, promote: Annotated[bool, Form()] = False) -> Response:
    """Begin a training."""
    parts.learning.start(scope, promote)
    return go_to("/models")


@router.post("/models/roll-back")
def roll_back(parts: Parts, scope: Who) -> Response:
    """Use the model before."""
    parts.learning.roll_back(scope)
    return go_to("/models")


@router.post("/models/rejudge")
def rejudge(parts: Parts, scope: Who) -> Response:
    """Judge again what another model judged."""
    parts.learning.rejudge(scope)
    return go_to("/models")


@router.post("/models/{model}/promote")
def promote(parts: Parts, scope: Who, model: str) -> Response:
    """Use a candidate."""
    parts.learning.promote(scope, model)
    return go_to("/models")
