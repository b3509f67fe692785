"""Searches and their answers."""

import datetime

from pydantic import BaseModel, ConfigDict, Field

from extractors.locators import Locator


class SearchFilter(BaseModel):
    """What the hits must be; an empty filter lets everything through."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supplier: str | None = Field(None, description="Id of a supplier.")
    bundle: str | None = Field(None, description="Id of a bundle.")
    document: str | None = Field(None, description="Id of a document.")
    kind: str | None = Field(None, description="Kind of the document.")
    criterion: str | None = Field(None, description="What the passage is about.")
    mode: str | None = Field(None, description="What the passage does: record, prescription, template ...")
    language: str | None = Field(None, description="Language of the passage, such as en or vi.")
    since: datetime.date | None = Field(None, description="The document's evidence reaches to this day or later.")
    until: datetime.date | None = Field(None, description="The document's evidence begins on this day or earlier.")

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return not any(value for value in self.model_dump().values())


class SearchHit(BaseModel):
    """A passage that answers, with the exact place."""

    passage: str = Field(description="The passage's id in reports.")
    number: int
    text: str
    score: float = Field(description="0 to 1, for the order only; it is no probability.")
    matched_terms: list[str]
    document: str
    path: str
    kind: str
    supplier: str
    supplier_name: str
    place: str = Field(description="The place in words.")
    locators: list[Locator]
    heading: list[str]
    mode: str
    criteria: dict[str, float]
    language: str


class SearchAnswer(BaseModel):
    """The hits, best first; none where nothing is relevant."""

    query: str
    hits: list[SearchHit]
    complete: bool = Field(True, description="False while the index is still catching up with new documents.")
