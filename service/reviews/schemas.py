"""Decisions of reviewers as the interface takes and shows them."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
                    "reason": "The form is empty except for its head.",
                },
                {"document": "0c9d3e2f7a8b4c1d9e0f1a2b3c4d5e6f", "field": "reading", "action": "confirm"},
            ]
        },
    )

    document: str
    passage: str | None = Field(None, description="The passage's id in the report; empty for the document itself.")
    field: Target
    action: Action
    value: str | list[str] | None = Field(None, description="The new value of an override; a list for criteria.")
    reason: str = Field("", description="Why; asked for where the value changes.")


class ReviewOut(BaseModel):
    """A decision with who, when, and what it replaced."""

    id: str
    document: str
    passage: str | None
    field: Target
    action: Action
    earlier: str | list[str]
    value: str | list[str]
    reason: str
    reviewer: str
    model: str = Field(description="The model whose answer was decided on.")
    created_at: datetime.datetime
    undone_at: datetime.datetime | None = None


class ReviewList(BaseModel):
    """Decisions, the newest first."""

    items: list[ReviewOut]
    total: int
