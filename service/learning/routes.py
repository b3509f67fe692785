"""Models and trainings over HTTP."""

from fastapi import APIRouter

from service.learning.schemas import ModelList, ModelOut, Rejudged, TrainingIn
from service.web.dependencies import Limit, Offset, Parts, Who

router = APIRouter(prefix="/models", tags=["learning"])


@router.get("", summary="List models")
def list_models(parts: Parts, who: Who, offset: Offset = 0, limit: Limit = 50) -> ModelList:
    """Trainings and models of this workspace, the newest first, and which one is in use."""
    return parts.learning.list(who, offset, limit)


@router.post("", summary="Train from reviewers' decisions", status_code=202)
def start_training(parts: Parts, who: Who, body: TrainingIn) -> ModelOut:
    """A worker trains in the background. With `promote` the model is used at once where it is better by the rule."""
    return parts.learning.start(who, body.promote)


@router.post("/roll-back", summary="Use the model before")
def roll_back(parts: Parts, who: Who) -> ModelList:
    """The model in use is retired; the one before it is used from the next document on."""
    return parts.learning.roll_back(who)


@router.post("/rejudge", summary="Judge documents again", status_code=202)
def rejudge(parts: Parts, who: Who) -> Rejudged:
    """Documents that another model judged are judged again in the background, from their kept text."""
    return parts.learning.rejudge(who)


@router.get("/{model}", summary="Look at a model")
def get_model(parts: Parts, who: Who, model: str) -> ModelOut:
    """One training or model, with the figures it was judged by."""
    return parts.learning.get(who, model)


@router.post("/{model}/promote", summary="Use a model")
def promote(parts: Parts, who: Who, model: str) -> ModelOut:
    """Answers 409 with the reason where it is not better by the rule."""
    return parts.learning.promote(who, model)
