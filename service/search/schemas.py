"""Searches and their answers."""

import datetime

from pydantic import BaseModel, ConfigDict, Field

from evidence.model import CRITERIA, KINDS, MODES
from extractors.locators import Locator


class SearchFilter(BaseModel):
    """What the hits must be; an empty filter lets everything through."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supplier: str | None = Field(None, description="Id of a supplier.")
    bundle: str | None = Field(None, description="Id of a bundle.")
    document: str | None = Field(None, description="Id of a document.")
    kind: str | None = Field(
        None, description=f"Kind of the document or of the sheet the passage stands on: {', '.join(KINDS)}."
    )
    criterion: str | None = Field(None, description=f"What the passage is about: {', '.join(CRITERIA)}.")
    mode: str | None = Field(None, description=f"What the passage does: {', '.join(MODES)}.")
    language: str | None = Field(None, description="Language of the passage, such as en or vi.")
    flag: str | None = Field(None, description="Cited by this red flag in the newest assessment.")
    since: datetime.date | None = Field(None, description="The document's evidence reaches to this day or later.")
    until: datetime.date | None = Field(None, description="The document's evidence begins on this day or earlier.")

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return not any(value for value in self.model_dump().values())


class SearchQuery(SearchFilter):
    """A search as it comes over HTTP."""

    q: str = Field(description='Plain words, "exact phrases", numbers; a minus before a word leaves it out.')
    limit: int = Field(20, ge=1, le=200, description="Hits in the answer.")

    @property
    def only(self) -> SearchFilter:
        """The filter in it."""
        return SearchFilter(**self.model_dump(exclude={"q", "limit"}))


class SearchHit(BaseModel):
    """A passage that answers, with the exact place."""

    passage: str = Field(description="The passage's id in reports.")
    number: int = Field(description="The number under which the index knows the passage.")
    quote: str = Field(description="The words of the passage around what matched, verbatim.")
    text: str = Field(description="The whole passage.")
    score: float = Field(description="0 to 1, for the order only; it is no probability.")
    matched_terms: list[str] = Field(description="The words of the passage that matched, as they stand there.")
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
    decided: list[str] = Field([], description="Fields of the passage that a reviewer decided.")
    language: str


class DocumentHits(BaseModel):
    """The hits in one document, best first."""

    document: str
    path: str
    kind: str
    reading: str
    supplier: str
    supplier_name: str
    evidence_period: tuple[str, str] | None = None
    hits: list[SearchHit]


class Facet(BaseModel):
    """A value of a field and how many of the relevant passages have it."""

    value: str
    label: str = Field(description="The value in words; the name of a supplier.")
    count: int


class SearchAnswer(BaseModel):
    """The hits by document, the document with the best hit first; none where nothing is relevant."""

    query: str
    documents: list[DocumentHits]
    count: int = Field(description="Hits in all documents together.")
    relevant: int = Field(0, description="Relevant passages counted, shown or not.")
    more: bool = Field(False, description="Whether there may be more relevant passages than were counted.")
    facets: dict[str, list[Facet]] = Field(
        {}, description="The relevant passages by supplier, kind, criterion, mode, language and year of evidence."
    )
    searched: int = Field(description="Passages that were looked through, after the filter.")
    nothing_relevant: str | None = Field(
        None, description="A sentence where nothing was found: no passage is near enough to the question."
    )
    unknown: list[str] = Field(
        [],
        description="Words and numbers of the query that stand in no paper of the workspace, under no other name and in no other "
        "spelling: what was found was found by the rest and by meaning.",
    )
    renewing: int = Field(
        0,
        description="Suppliers whose flags are being worked out by newer rules: asked for a flag, theirs are not among the hits.",
    )
    complete: bool = Field(True, description="False while the index is still catching up with new documents.")

    @property
    def hits(self) -> list[SearchHit]:
        """All hits, best first."""
        return sorted((hit for found in self.documents for hit in found.hits), key=lambda hit: (-hit.score, hit.number))


class SavedSearchIn(BaseModel):
    """A search to be kept."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=300, description="What the person calls it; the query where it is empty.")
    q: str = Field(description="The query.")
    only: SearchFilter = SearchFilter()


class SavedSearchOut(BaseModel):
    """A kept search."""

    id: str
    name: str
    q: str
    only: SearchFilter
    created_at: datetime.datetime
    unseen: int = Field(description="Bundles in which it found something that the person has not looked at.")


class NewsOut(BaseModel):
    """What a kept search found in a new bundle."""

    id: str
    search: str
    name: str
    q: str
    only: SearchFilter
    bundle: str
    supplier: str
    supplier_name: str
    count: int = Field(description="Passages found, at most 20.")
    passages: list[tuple[str, str]] = Field(description="Document and passage of each, best first.")
    created_at: datetime.datetime
    seen: bool


class Looked(BaseModel):
    """A standard question for an expectation, and what answers it."""

    expectation: str
    question: str
    only: SearchFilter = SearchFilter()
    answer: SearchAnswer | None = Field(None, description="None where the question was not asked.")
