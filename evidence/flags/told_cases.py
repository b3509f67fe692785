"""Corrective actions told in running text, with no heads for their parts: what their sentences say of cause, action and repeats."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from evidence.bundle import Bundle, Item, as_day, cite, is_example
from evidence.case_reading import blames_person, case_words
from evidence.defects import came_back
from evidence.facts.case_heads import loosely
from evidence.facts.text import fold, phrases, plain
from evidence.flags.registry import Finding, name_of
from evidence.model import Citation, DocumentReport, Passage

_ENDS = re.compile(r"(?<=[^\W\d_]{2})[.!?] +|(?<=\d{4})[.!?] +|[。！？]|\n")

LONGEST_SENTENCE = 400
"""Letters of a sentence that is looked at."""


def _sentences(document: DocumentReport) -> Iterator[tuple[Passage, str]]:
    for passage in document.passages:
        for sentence in _ENDS.split(passage.text) if not passage.hidden else ():
            if 0 < len(sentence.strip()) <= LONGEST_SENTENCE:
                yield passage, sentence.strip(" .")


def _letters(bundle: Bundle) -> Iterator[DocumentReport]:
    """Living papers on a problem in which no form or row of a case was read."""
    for document in bundle.read:
        read = any(fact.kind == "case" for fact in document.facts)
        if (
            not read
            and document.kind == "corrective_action_record"
            and document.reading == "living"
            and not is_example(document)
        ):
            yield document


def told_blame(bundle: Bundle) -> Iterator[tuple[DocumentReport, str, str, tuple[Citation | None, ...]]]:
    """Letters whose sentence on the cause blames a person, and whose sentence on the action tells of training or warning alone."""
    for document in _letters(bundle):
        told = list(_sentences(document))
        named = [loosely(sentence) for _, sentence in told]
        causes = [at for at, name in enumerate(named) if name == "root_cause"]
        actions = [told[at] for at, name in enumerate(named) if name in ("action", "preventive")]
        acted = " / ".join(sentence for _, sentence in actions)
        for at in causes:
            passage, cause = next(
                (
                    (passage, sentence)
                    for passage, sentence in told[at : at + 2]
                    if blames_person({"root_cause": sentence, "action": acted})
                ),
                (None, ""),
            )
            if passage is not None:
                places = (cite(document, passage, cause), *(cite(document, *place) for place in actions[:1]))
                yield document, cause, acted, places
                break


def named_again(bundle: Bundle, closed: Sequence[tuple[Item, Any]]) -> Iterator[Finding]:
    """Letters of a later day that name a closed case by its number and say that it came again."""
    for document in _letters(bundle):
        first = next((as_day(f.value) for f in document.facts if f.kind == "date" and len(f.value) == DAY), None)
        said = [(place, fold(place[1])) for place in _sentences(document)] if first else []
        text = "\n".join(passage.text for passage in document.passages if not passage.hidden)
        said = [(place, folded) for place, folded in said if _AGAIN.search(folded) and not _NONE.search(folded)]
        for earlier, day in closed if said else ():
            number = own_number(earlier)
            if first is None or number is None or earlier.document.path == document.path or first <= day:
                continue
            for (passage, sentence), folded in said:
                problem = str(earlier.value.get("problem", ""))
                if fold(number) in folded and came_back(problem, text):
                    yield Finding(
                        {
                            "defect": problem[:90],
                            "closed": day.isoformat(),
                            "again": first.isoformat(),
                            "name": name_of(document.path),
                        },
                        (cite(document, passage, sentence), cite(earlier.document, earlier.passage)),
                    )
                    break


DAY = 10
"""Letters of a whole day in normal form: 2026-03-01."""

_AGAIN = phrases("corrective_flags", "again")
_NONE = re.compile(
    rf"{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'none_behind').pattern}"
)


def own_number(item: Item) -> str | None:
    """The number under which a case goes, as it is written: that of its row, or of the name or first line of its paper."""
    if item.fact.role == "row":
        return str(item.value.get("reference") or "") or None
    opening = opening_of(item.document)
    return next(
        (
            fact.quote
            for fact in item.document.facts
            if fact.kind == "identifier" and fact.role in NUMBERS and fold(fact.quote) in opening
        ),
        None,
    )


NUMBERS = ("capa", "ncr", "8d", "complaint")
"""Numbers under which cases go."""


def opening_of(document: DocumentReport) -> str:
    """The name of a paper and its first line, folded."""
    first = document.passages[0].text.split("\n", 1)[0] if document.passages else ""
    return fold(f"{document.path} {first}")


def verdicts_of_summaries(bundle: Bundle, least: int, told: set[str]) -> Iterator[Finding]:
    """Summaries of several cases, each told in lines or boxes of its own, that end in one and the same sentence on the effect."""
    for document in bundle.read:
        if document.kind != "corrective_action_record" or document.reading == "static" or is_example(document):
            continue
        counted: Counter[str] = Counter()
        where: dict[str, tuple[Passage, str]] = {}
        for passage in document.passages:
            for line in passage.text.splitlines() if not passage.hidden else ():
                for piece in _PIECES.split(line):
                    words = plain(piece)
                    counted[words] += _is_verdict(words)
                    where.setdefault(words, (passage, line))
        for text, count in sorted(counted.items()):
            if count >= least and text not in told:
                yield Finding(
                    {"count": count, "what": "cases", "sentence": text[:100]}, (cite(document, *where[text]),)
                )
                break


_PIECES = re.compile(r"[|:\uff1a。]|(?<=[^\W\d_]{2})\. ")

LONG_VERDICT = 20
"""Letters of a sentence in words; in signs, eight tell as much."""

LONG_IN_SIGNS = 8


def _is_verdict(words: str) -> bool:
    """Whether a piece is a sentence that says that the action worked or the case is settled."""
    letters = sum(char.isalpha() for char in words)
    long = letters >= (LONG_VERDICT if words[:1].isascii() else LONG_IN_SIGNS)
    settled = phrases("corrective_flags", "effect").search(words) or case_words("status_words", "closed").search(words)
    return long and settled is not None and loosely(words) is not None  # an action, a problem, a cause is settled
