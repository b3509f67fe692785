"""Decisions of reviewers as the interface takes and shows them."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evidence.model import Mode
from service.documents.schemas import PassageOut

Target = Literal["mode", "criteria", "kind", "reading"]
Action = Literal["confirm", "override"]


class ReviewIn(BaseModel):
    """A decision about one field of a passage (mode, criteria) or of a document (kind, reading)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": "0c9d3e2f7a8b4c1d9e0f1a2b3c4d5e6f",
                    "passage": "a1b2c3d4e5f6-0007",
                    "field": "mode",
                    "action": "override",
                    "value": "template",
                    "seen": "record",
                    "reason": "The form is empty except for its head.",
                },
                {"document": "0c9d3e2f7a8b4c1d9e0f1a2b3c4d5e6f", "field": "reading", "action": "confirm"},
            ]
        },
    )

    document: str
    passage: str | None = Field(None, description="The passage's id in the report; empty for the document itself.")
    field: Target
    action: Action = Field(description="confirm keeps what stands there, override puts another value in its place.")
    value: str | list[str] | None = Field(None, description="The new value of an override; a list for criteria.")
    seen: str | list[str] | None = Field(
        None, description="The value the reviewer looked at; refused where another one stands there by now."
    )
    reason: str = Field("", description="Why; asked for where the value changes.")


class ReviewOut(BaseModel):
    """A decision with who, when, and what it replaced."""

    id: str
    supplier: str
    document: str
    path: str = Field(description="The document's name in its bundle.")
    passage: str | None
    field: Target
    action: Action
    earlier: str | list[str] = Field(description="What stood there before.")
    earlier_by: str = Field(description="Who had said that: model, or a reviewer's name.")
    value: str | list[str]
    reason: str
    reviewer: str
    model: str = Field(description="The model whose answer was decided on.")
    created_at: datetime.datetime
    undone_at: datetime.datetime | None = None
    undone_by: str | None = None
    standing: bool = Field(description="Whether reports follow this decision now.")


class ReviewList(BaseModel):
    """Decisions, the newest first."""

    items: list[ReviewOut]
    total: int


class Twin(BaseModel):
    """A passage that differs from another one only in figures."""

    document: str
    passage: str


class QueueItem(BaseModel):
    """A passage that waits for a decision on its mode."""

    document: str
    path: str
    supplier: str
    supplier_name: str
    passage: PassageOut
    drawn: bool = Field(description="Drawn by chance: to be judged without looking at the model's answer.")
    twins: list[Twin] = Field(description="Undecided look-alikes that the same decision may take along.")


class Accuracy(BaseModel):
    """How often a model was right among passages drawn by chance, with its 95 % interval."""

    model: str
    right: int
    of: int
    low: float
    high: float


class QueueOut(BaseModel):
    """What to decide next, the most useful first."""

    items: list[QueueItem]
    waiting: int = Field(description="Undecided passages that were chosen from.")
    accuracy: list[Accuracy]


class Decide(BaseModel):
    """A decision on an item of the queue."""

    model_config = ConfigDict(extra="forbid")

    document: str
    passage: str
    value: Mode
    reason: str = Field("", description="Why; asked for where the value differs from the model's and it was shown.")
    drawn: bool = Field(False, description="As it stood with the item.")
    twins: list[Twin] = Field([], description="Look-alikes to decide in the same way.")


class Decided(BaseModel):
    """Decisions that were given."""

    decisions: int
