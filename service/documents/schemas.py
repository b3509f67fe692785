"""Bundles, documents and passages as the interface shows them."""

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from evidence.model import Error, Fact, PartReading, Passage

State = Literal["waiting", "working", "read", "partial", "failed"]
Stage = Literal["waiting", "extract", "judge", "store", "done"]
BundleState = Literal["receiving", "waiting", "unpacking", "reading", "assessing", "done", "failed"]


class FileProgress(BaseModel):
    """How far one file is."""

    id: str
    path: str
    state: State
    stage: Stage = Field(
        description="Where the file is: extract reads its pages, judge reads their meaning, store keeps it."
    )
    done: int = Field(description="Pages, sheets or slides done in this stage.")
    total: int = Field(description="Pages, sheets or slides of the file; 0 while not known.")
    attempts: int
    error: Error | None = None


class BundleOut(BaseModel):
    """A submission and how far it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0c9d3e2f7a8b4c1d9e0f1a2b3c4d5e6f",
                    "supplier": "7f0e1d2c3b4a59687f0e1d2c3b4a5968",
                    "state": "reading",
                    "created_at": "2026-03-01T08:30:00Z",
                    "changes": 14,
                    "files": 12,
                    "files_done": 5,
                    "files_failed": 1,
                    "error": None,
                }
            ]
        }
    )

    id: str
    supplier: str
    state: BundleState
    created_at: datetime.datetime
    finished_at: datetime.datetime | None = None
    changes: int = Field(description="Grows with every step; the number to resume a progress stream from.")
    files: int = Field(description="Files known so far; archives are opened first.")
    files_done: int = Field(description="Files that are read, read in part, or failed.")
    files_failed: int
    error: Error | None = None


class BundleProgress(BundleOut):
    """A submission with every file of it."""

    documents: list[FileProgress] = []


class BundleList(BaseModel):
    """Submissions, the newest first."""

    items: list[BundleOut]
    total: int


class DocumentOut(BaseModel):
    """A file and what was found in it, without its text."""

    id: str
    supplier: str
    bundle: str
    path: str
    sha256: str
    size: int
    state: State
    stage: Stage
    error: Error | None = None
    media_type: str
    kind: str
    kinds: dict[str, float]
    reading: str
    readings: dict[str, float]
    language: str
    pages: int
    pages_read: int
    not_read: list[str]
    evidence_period: tuple[str, str] | None = None
    metadata: dict[str, Any]
    model: str
    created_at: datetime.datetime
    finished_at: datetime.datetime | None = None
    duplicate_of: str | None = Field(None, description="The first document of the supplier with the same bytes.")
    read_elsewhere: bool = Field(
        False,
        description="In lists: it could not be read, and its bytes could when they were sent once more; no report counts it.",
    )


class DocumentDetail(DocumentOut):
    """A file with its parts and facts."""

    parts: list[PartReading] = []
    facts: list[Fact] = []
    passages: int = 0


class DocumentList(BaseModel):
    """A page of documents."""

    items: list[DocumentOut]
    total: int


class PassageOut(Passage):
    """A passage, and the reviewer's decision where there is one."""

    number: int = Field(description="The number under which search knows the passage.")
    document: str
    decided: dict[str, str] = Field({}, description="Fields that a reviewer decided, with the id of the decision.")


class PassageList(BaseModel):
    """A page of passages in reading order."""

    items: list[PassageOut]
    total: int


class Sheet(BaseModel):
    """A sheet, slide or run of paragraphs as it was read, to show a citation in its surroundings."""

    part: int
    name: str
    kind: str
    blocks: list[dict[str, Any]] = Field(
        description="Blocks as extraction gives them: text, tables with cells, places."
    )
