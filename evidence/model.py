"""The words of the report: everything the evidence room hands on, in the shape of the published JSON.

A number a person sees counts from 1, a probability lies between 0 and 1, a date is ISO 8601.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from evidence.settings import AssessmentSettings
from extractors.locators import Locator, merged


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def as_day(value: str) -> date | None:
    """A normal form as a day; None for anything else."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


Mode = Literal["record", "prescription", "template", "claim", "credential", "other"]
MODES: tuple[Mode, ...] = ("record", "prescription", "template", "claim", "credential", "other")

Criterion = Literal[
    "process_ownership",
    "corrective_action",
    "internal_audit",
    "management_review",
    "quality_metrics",
    "traceability",
    "supplier_control",
    "calibration",
    "competence",
    "risk",
    "change_control",
    "certification",
]
CRITERIA: tuple[Criterion, ...] = (
    "process_ownership",
    "corrective_action",
    "internal_audit",
    "management_review",
    "quality_metrics",
    "traceability",
    "supplier_control",
    "calibration",
    "competence",
    "risk",
    "change_control",
    "certification",
)

Kind = Literal[
    "manual",
    "procedure",
    "blank_form",
    "certificate",
    "corrective_action_record",
    "internal_audit_record",
    "management_review_record",
    "metrics_record",
    "traceability_record",
    "calibration_record",
    "supplier_evaluation_record",
    "training_record",
    "other",
]
KINDS: tuple[Kind, ...] = (
    "manual",
    "procedure",
    "blank_form",
    "certificate",
    "corrective_action_record",
    "internal_audit_record",
    "management_review_record",
    "metrics_record",
    "traceability_record",
    "calibration_record",
    "supplier_evaluation_record",
    "training_record",
    "other",
)

Reading = Literal["living", "static", "mixed", "undetermined"]
READINGS: tuple[Reading, ...] = ("living", "static", "mixed")  # between which the classifier decides, or does not
Status = Literal["living", "stale", "partial", "static_only", "missing", "undetermined"]
Headline = Literal["living", "partly living", "audit-only", "not enough evidence"]
Severity = Literal["high", "medium", "low"]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class Error(_Frozen):
    """Why a file could not be read: a stable code, one sentence, and what to do about it."""

    code: str
    message: str
    remedy: str

    @classmethod
    def of(cls, problem: "Told") -> "Error":
        """What an exception of the house says to people."""
        return cls(code=problem.code, message=problem.message, remedy=problem.remedy)


class Told(Protocol):
    """An exception that people can act on: those of ``extractors.errors`` and of the service."""

    code: str
    message: str
    remedy: str


class Reason(_Frozen):
    """What moved a verdict: the words it saw, in plain English, how much they pulled, and where they stand."""

    feature: str
    sentence: str
    quote: str | None = None
    weight: float = 0.0
    locators: tuple[Locator, ...] = ()


class PlacedText(_Frozen):
    """A stretch of a passage, characters ``start`` to ``end``, with the places of its own."""

    start: int
    end: int
    locators: tuple[Locator, ...]


class Passage(_Frozen):
    """A piece of text of about 60 to 500 characters with its places and, once classified, its verdict.

    ``locators`` are all places of the passage; ``places`` says which stretch stands where, and is empty where the
    whole stands in one place.
    """

    id: str
    text: str
    locators: tuple[Locator, ...]
    part: int = 1
    heading: tuple[str, ...] = ()
    language: str = "en"
    source: Literal["text", "ocr"] = "text"
    confidence: float | None = None
    hidden: bool = False
    mode: Mode = "other"
    modes: dict[str, Probability] = {}
    criteria: dict[str, Probability] = {}
    reasons: tuple[Reason, ...] = ()
    places: tuple[PlacedText, ...] = ()

    def locators_of(self, start: int, end: int) -> tuple[Locator, ...]:
        """The places of the characters ``start`` to ``end`` of the text."""
        own = [place for span in self.places if span.start < end and start < span.end for place in span.locators]
        return merged(own) if own else self.locators


class Fact(_Frozen):
    """Something said in the document that can be checked: its kind, the words, the normal form, the place.

    ``kind`` is one of ``date``, ``period``, ``identifier``, ``person``, ``organisation``, ``certificate_field``, whose value is the
    normal form, or of ``measure``, ``series``, ``rates``, ``case``, ``action``, ``readings``, ``checklist``,
    ``evaluation``, whose value is a compact JSON object described in its module of ``evidence/facts``. ``role`` says
    which: ``evidence``, ``issue``, ``revision``, ``expiry``, ``due``, ``opened``, ``closed``, ``verified``, ``next`` of
    dates; ``lot``, ``ncr``, ``capa``, ``audit``, ``certificate`` and their kin of identifiers; the measure of
    figures.
    """

    kind: str
    role: str
    value: str
    quote: str
    passage: str
    locators: tuple[Locator, ...] = ()
    unit: str | None = None
    confidence: Probability = 1.0

    @property
    def day(self) -> date | None:
        """The whole day that a date tells; None for a month or a year, and for a fact of another kind."""
        return as_day(self.value) if self.kind == "date" else None


class PartReading(_Frozen):
    """Kind and reading of one sheet, page range or slide."""

    name: str
    number: int
    kind: Kind
    reading: Reading
    hidden: bool = False


class DocumentReport(_Frozen):
    """One file of the bundle as the report states it."""

    path: str
    sha256: str
    status: Literal["read", "partial", "failed"]
    error: Error | None = None
    media_type: str = ""
    kind: Kind = "other"
    kinds: dict[str, Probability] = {}
    reading: Reading = "undetermined"
    readings: dict[str, Probability] = {}
    parts: tuple[PartReading, ...] = ()
    language: str = ""
    pages: int = 0
    pages_read: int = 0
    not_read: tuple[str, ...] = ()
    evidence_period: tuple[str, str] | None = None
    metadata: dict[str, str] = {}
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    model: str = ""

    @property
    def is_mail(self) -> bool:
        """Whether it is a mail, by the ending of its name."""
        return self.path.lower().endswith((".eml", ".msg"))

    @property
    def is_book(self) -> bool:
        """Whether it is a file in which registers are kept, by the ending of its name."""
        return self.path.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods", ".csv"))

    @property
    def shown(self) -> list[Passage]:
        """The passages that a reader of the paper sees."""
        return [passage for passage in self.passages if not passage.hidden]

    @property
    def told(self) -> list[Passage]:
        """The passages that a reader sees and that tell something: no form waits there to be filled in."""
        return [passage for passage in self.shown if passage.mode != "template"]

    @property
    def text(self) -> str:
        """What a reader of the paper sees, passage below passage."""
        return "\n".join(passage.text for passage in self.shown)

    def lines(self, part: int | None = None) -> Iterator[tuple[Passage, str]]:
        """The lines that a reader of the paper, or of one sheet or page of it, sees, each with its passage."""
        for passage in self.shown:
            if part is None or passage.part == part:
                yield from ((passage, line) for line in passage.text.splitlines())

    @classmethod
    def unreadable(cls, path: str, sha256: str, problem: Told) -> "DocumentReport":
        """A file that could not be read: it stands there with the reason, never silently left out."""
        return cls(path=path, sha256=sha256, status="failed", error=Error.of(problem))


class Citation(_Frozen):
    """A quote found verbatim at its locators in a document of the bundle.

    ``locator`` is where it begins; ``locators`` are all its places in reading order, the first of them the same, where
    it runs on over pages, rows or paragraphs.
    """

    document: str
    locator: Locator
    quote: str
    passage: str | None = None
    locators: tuple[Locator, ...] = ()


class Expectation(_Frozen):
    """What buyers expect, what was found, and what to ask for; ``questions`` are the standard ones it is looked for with."""

    id: str
    expects: str
    status: Status
    rule: str
    explanation: str
    provided: str = ""
    gap: str = ""
    evidence: tuple[Citation, ...] = ()
    ask: str = ""
    questions: tuple[str, ...] = ()


class Flag(_Frozen):
    """A rule that fired, with what it saw, what it could innocently mean, and what to ask."""

    id: str
    severity: Severity
    title: str
    explanation: str
    innocent: str = ""
    citations: tuple[Citation, ...] = ()
    ask: str = ""


class Mark(_Frozen):
    """One of the four marks of a living system: seen or not, and where."""

    id: str
    title: str
    seen: bool
    explanation: str
    evidence: tuple[Citation, ...] = ()


class Link(_Frozen):
    """A number of a case, a lot, an order or a gauge that documents of different kinds name: one place in each of them."""

    code: str
    role: str
    mentions: tuple[Citation, ...]


class ReviewerDecision(_Frozen):
    """What a reviewer decided, laid over what the model said: the report follows the reviewer.

    ``passage`` is None where the decision is about the document. ``field`` is ``mode`` or ``criteria`` of a passage,
    ``kind`` or ``reading`` of a document; ``value`` what holds now, ``earlier`` what stood there before.
    """

    document: str
    passage: str | None = None
    field: str
    action: str
    value: str
    earlier: str = ""
    reviewer: str
    day: str
    reason: str = ""
    quote: str = ""


class Report(_Frozen):
    """All of it for one supplier at one reference date."""

    supplier: str
    reference_date: str
    headline: Headline
    headline_reason: str = ""
    counts: dict[str, int] = {}
    model: str = ""
    documents: tuple[DocumentReport, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    marks: tuple[Mark, ...] = ()
    flags: tuple[Flag, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[ReviewerDecision, ...] = ()
    coverage: dict[str, int] = {}
    settings: AssessmentSettings = AssessmentSettings()
