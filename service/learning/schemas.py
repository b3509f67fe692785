"""Models and trainings as the interface shows them."""

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["waiting", "training", "failed", "refused", "candidate", "active", "retired"]


class TrainingIn(BaseModel):
    """A training to start."""

    model_config = ConfigDict(extra="forbid")

    promote: bool = Field(False, description="Use the new model at once where it is better by the rule.")


class ModelOut(BaseModel):
    """A training and what came out of it."""

    id: str
    state: State
    stage: str = Field(description="What is done now, while it is being trained.")
    version: str = Field(description="The name that stands beside the verdicts of this model.")
    training_hash: str
    learnt: dict[str, Any] = Field(description="Documents, passages and suppliers it learnt from.")
    figures: dict[str, Any] = Field(description="Both models on the frozen test and on the labels kept apart.")
    why: str = Field(description="Why it may be used, was refused, or failed.")
    started_by: str
    created_at: datetime.datetime
    finished_at: datetime.datetime | None
    promoted_by: str | None
    promoted_at: datetime.datetime | None
    retired_at: datetime.datetime | None


class ModelList(BaseModel):
    """The models of a workspace, the newest first, and what is in use."""

    items: list[ModelOut]
    in_use: str = Field(description="Version of the model in use.")
    shipped: bool = Field(description="Whether that is the one that ships with the program.")
    judged_before: int = Field(
        description="Documents that another model judged; they keep its name until judged again."
    )
    decided: int = Field(0, description="Passages that reviewers decided so far, to learn from or to be held against.")
    decided_suppliers: int = Field(0, description="Suppliers whose passages those are.")


class Rejudged(BaseModel):
    """Documents that will be judged again."""

    documents: int
