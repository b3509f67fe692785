"""One document from extraction to evidence: passages, verdicts, facts. The one way, for the command line and the workers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evidence.alike import Most, within
from evidence.bundle import evidence_period
from evidence.classifier import Classifier
from evidence.context import Outside
from evidence.facts import find_facts
from evidence.heads import Vectors
from evidence.language import NOT_SERVED, not_served
from evidence.model import DocumentReport, Fact, Passage
from evidence.named_kinds import settled
from evidence.passages import in_their_languages, without_languages
from extractors.document import Document, NotRead
from extractors.locators import ImageLocator, describe

# Places named of the parts that were not read for one reason.
PLACES_NAMED = 3

FactFinder = Callable[[Document, Sequence[Passage]], tuple[Fact, ...]]


@dataclass(frozen=True)
class ReadEvidence:
    """The report of one document, and the vectors of its passages for the index (None where there are no passages); with them the
    probabilities of its kinds as the model has them, before what it is called was heard.
    """

    report: DocumentReport
    vectors: Vectors | None
    kinds: Mapping[str, float]


class DocumentReader:
    """Turns extracted documents into document reports."""

    def __init__(self, classifier: Classifier, facts: FactFinder = find_facts, most: Most = Most()) -> None:
        self.classifier = classifier
        self._facts = facts
        self._most = most

    def read(self, document: Document) -> ReadEvidence:
        """Judge a document. Pure: the same document and model give the same report."""
        found = without_languages(document)
        drafts = in_their_languages(within(found, self._most))
        left = [_left_out(len(found) - len(drafts), len(found))] if len(drafts) < len(found) else []
        judged, vectors = self.classifier.judge(
            drafts, Outside(document.path, document.media_type, len(document.parts)), document.parts
        )
        facts = self._facts(document, judged.passages)
        whole = all(part.read for part in document.parts) and bool(document.parts)
        languages = [p.language for p in judged.passages for _ in range(max(1, len(p.text) // 100))]
        foreign = not_served(p.text for p in judged.passages)
        strange = [_STRANGE.format(language=NOT_SERVED[foreign])] if foreign else []
        report = DocumentReport(
            path=document.path,
            sha256=document.sha256,
            status="read" if whole and not left and (drafts or not document.not_read) else "partial",
            media_type=document.media_type,
            kind=judged.document.kind,
            kinds=judged.document.kinds,
            reading=judged.document.reading,
            readings=judged.document.readings,
            parts=judged.parts,
            language=foreign or max(set(languages), key=lambda code: (languages.count(code), code), default=""),
            pages=len(document.parts),
            pages_read=document.parts_read,
            not_read=(*told(document.not_read), *left, *strange),
            evidence_period=evidence_period(judged.passages, facts),
            metadata={k: v for k, v in document.metadata.model_dump(exclude={"extra"}).items() if v},
            passages=judged.passages,
            facts=facts,
            model=self.classifier.version,
        )
        return ReadEvidence(settled(report), vectors, judged.document.kinds)


_STRANGE = (
    "It seems to be written in {language}, which is not among the languages that are judged: verdicts and red flags on it may be wrong "
    "or missing. Have someone read it who knows the language, or ask for a copy in English."
)


def told(left: Sequence[NotRead]) -> tuple[str, ...]:
    """What was not read as sentences, each once, with its first places where it does not name them itself."""
    places: dict[str, dict[str, None]] = {}
    for item in left:
        named = places.setdefault(item.sentence, {})
        for locator in item.locators[:1]:
            place = describe(locator)
            if place.casefold() not in item.sentence.casefold() and not isinstance(locator, ImageLocator):
                named[place] = None
    sentences = []
    for sentence, found in places.items():
        shown, more = "; ".join(list(found)[:PLACES_NAMED]), len(found) - PLACES_NAMED
        sentences.append(f"{sentence} ({shown}{f' and {more} more' if more > 0 else ''})" if shown else sentence)
    return tuple(sentences)


def _left_out(left: int, count: int) -> str:
    return (
        f"The file holds more text than is judged of one file: {left:,} of its {count:,} passages, spread evenly over it, were "
        "left out."
    )
