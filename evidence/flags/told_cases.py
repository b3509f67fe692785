"""Corrective actions told in running text, with no heads for their parts: what their sentences say of cause, action and repeats."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from evidence.blame import blames, blames_person
from evidence.bundle import Bundle, cite, is_example
from evidence.case_reading import case_words
from evidence.facts.case_heads import head_of, loosely
from evidence.facts.text import fold, late, phrases, plain
from evidence.flags.registry import Finding
from evidence.model import Citation, DocumentReport, Passage
from evidence.titles import is_record_of
from evidence.wording import shortened

_ENDS = late(r"(?<=[^\W\d_]{2})[.!?] +|(?<=\d{4})[.!?] +|[。！？]|\n")

LONGEST_SENTENCE = 400
"""Letters of a sentence that is looked at."""


def sentences_of(document: DocumentReport) -> Iterator[tuple[Passage, str]]:
    """The sentences of a paper and the passages in which they stand."""
    for passage in document.passages:
        for sentence in _ENDS.split(passage.text) if not passage.hidden else ():
            if 0 < len(sentence.strip()) <= LONGEST_SENTENCE:
                yield passage, sentence.strip(" .")


def letters(bundle: Bundle) -> Iterator[DocumentReport]:
    """Living papers on a problem in which no form or row of a case was read."""
    for document in bundle.read:
        read = any(fact.kind == "case" and fact.role != "letter" for fact in document.facts)
        if (
            not read
            and document.kind == "corrective_action_record"
            and document.reading == "living"
            and not is_example(document)
        ):
            yield document


def told_blame(bundle: Bundle) -> Iterator[tuple[DocumentReport, str, str, tuple[Citation | None, ...]]]:
    """Letters whose sentence on the cause blames a person, and whose sentence on the action tells of training or warning alone."""
    for document in letters(bundle):
        told = list(sentences_of(document))
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
        else:
            yield from _blamed_by_name(document, told)
    for document in bundle.read:
        if document.kind not in SPOKEN_OF or document.reading not in ("living", "mixed") or is_example(document):
            continue
        for passage, line in points(document):
            found = list(_blamed_by_name(document, [(passage, piece) for piece in line]))
            if found:
                yield found[0]
                break


SPOKEN_OF = ("management_review_record", "internal_audit_record", "other")
"""Kinds of papers of which one point may tell a case from its problem to its end."""


def points(document: DocumentReport) -> Iterator[tuple[Passage, list[str]]]:
    """The points of a paper in running text, each a line of several sentences."""
    for passage, line in document.lines():
        pieces = [piece.strip(" .") for piece in _ENDS.split(line) if piece.strip()]
        if "|" not in line and len(pieces) > 1 and all(len(piece) <= LONGEST_SENTENCE for piece in pieces):
            yield passage, pieces


def _blamed_by_name(
    document: DocumentReport, told: Sequence[tuple[Passage, str]]
) -> Iterator[tuple[DocumentReport, str, str, tuple[Citation | None, ...]]]:
    """A sentence that says of somebody, by name or by what he is, that he was careless or forgot, where all that is done afterwards is
    training or warning: a letter needs no head for its cause.
    """
    for at, (passage, cause) in enumerate(told):
        folded = fold(cause)
        own = case_words("blame", "own").search(folded)
        if not (own or (_NAMES_SOMEBODY.search(folded) and blames(folded))):
            continue
        acted = [place for place in told[at + 1 :] if case_words("blame", "retrain").search(fold(place[1]))]
        taught = [sentence for _, sentence in acted]
        rest = " / ".join(text for _, text in told[at + 1 :] if text in taught or not _looks_later(text))
        if acted and blames_person({"root_cause": cause, "action": rest}):
            said = " / ".join(sentence for _, sentence in acted)
            yield (
                document,
                cause,
                said,
                (cite(document, passage, cause), *(cite(document, *place) for place in acted[:1])),
            )
            return


def _looks_later(sentence: str) -> bool:
    """Whether a sentence tells of a look with its figures, or closes: its words name what was looked at, and nothing that was changed."""
    folded = fold(sentence)
    looked = _NONE_FOUND.search(folded) or phrases("corrective_flags", "all_well").search(folded)
    return bool(looked and any(map(str.isdigit, folded))) or _CLOSES.search(folded) is not None


_NONE_FOUND = late(
    rf"{phrases('audits_flags', 'zero').pattern}|{phrases('audits_flags', 'none_before').pattern}|{phrases('audits_flags', 'none_behind').pattern}"
)
_NAMES_SOMEBODY = late(rf"{case_words('blame', 'persons').pattern}|{case_words('blame', 'named').pattern}")


def closed_at_once(bundle: Bundle) -> Iterator[tuple[DocumentReport, str, tuple[Citation | None, ...]]]:
    """Letters and mails that tell a problem, what was done and the closing, all on the one day that they name."""
    for document in letters(bundle):
        days = {fact.value for fact in document.facts if fact.kind == "date" and fact.role in OF_CASES}
        told = list(sentences_of(document))
        places = _closed_on_its_day(document, told) if len(days) == 1 else ()
        if places:
            yield document, days.pop(), places


def tells_why(document: DocumentReport) -> bool:
    """Whether any sentence of running text says why something came about: a report of an incident has no head for its cause, and
    tells it in its summary or among the hours of its time line.
    """
    told = [fold(sentence).strip() for _, sentence in sentences_of(document) if "|" not in sentence]
    return any(_WHY.search(sentence) or _THUS.match(sentence) for sentence in told)


_WHY = late(rf"{phrases('letters', 'cause').pattern}|{phrases('letters', 'led_to').pattern}")
_THUS = late(rf"(?:{phrases('letters', 'thus').pattern})(?!\W*(?:we|i|they|far|that)(?![^\W\d_]))")
"""``So heat got on top only``: what follows from a cause, and not what somebody did then."""

OF_CASES = ("evidence", "opened", "closed", "signature", "verified", "due", "next")
"""Roles of the days that a letter on a problem names."""


def _closed_on_its_day(document: DocumentReport, told: Sequence[tuple[Passage, str]]) -> tuple[Citation | None, ...]:
    """Where sentences that name one day tell of a problem and what was done, and close it: on that day by its date, or by a word for
    today or the same day; nothing where they do not.
    """
    dated = [fact.quote for fact in document.facts if fact.kind == "date"]
    ends = [
        at
        for at, (_, sentence) in enumerate(told)
        if _CLOSES.search(fold(sentence)) and not _NOT_CLOSED.search(fold(sentence))
    ]
    named = {loosely(sentence) for _, sentence in told}
    if not ends or not named & {"root_cause", "action", "preventive", "containment"}:
        return ()
    at = ends[-1]
    closing = told[at][1]
    same = _SAME_DAY.search(fold(closing)) is not None
    before = [
        index
        for index, (_, sentence) in enumerate(told)
        if index != at and any(q in sentence for q in dated) and _tells_problem(sentence)
    ]
    on_day = any(quote in closing for quote in dated) and bool(before)
    if not (same or on_day) or not (before or any(quote in closing for quote in dated)):
        return ()
    first = before[0] if before else at
    return tuple(dict.fromkeys(cite(document, *told[index]) for index in (first, at)))


def _tells_problem(sentence: str) -> bool:
    """Whether a sentence with a day tells what happened on it, and is neither the place and day of a letter nor says that it answers."""
    letters = sum(map(str.isalpha, sentence))
    least = LONG_VERDICT if " " in sentence.strip() else LONG_IN_SIGNS
    return letters >= least and phrases("letters", "replies").search(fold(sentence)) is None


_CLOSES = late(rf"{phrases('case_forms', 'closing').pattern}|{phrases('corrective_flags', 'closes').pattern}")
_NOT_CLOSED = phrases("case_forms", "not_yet")
_SAME_DAY = phrases("corrective_flags", "same_day")


def verdicts_of_summaries(bundle: Bundle, least: int, told: set[str]) -> Iterator[Finding]:
    """Summaries of several cases, each told in lines or boxes of its own, that end in one and the same sentence on the effect."""
    for document in bundle.read:
        if document.kind not in TELLS_OF_CASES or document.reading == "static" or is_example(document):
            continue
        counted: Counter[str] = Counter()
        where: dict[str, tuple[Passage, str]] = {}
        names = names_of_fields(document)
        for passage, line in document.lines():
            for piece in _PIECES.split(line):
                words = plain(piece)
                counted[words] += words not in names and _is_verdict(words)
                where.setdefault(words, (passage, line))
        for text, count in sorted(counted.items()):
            if count >= least and text not in told:
                yield Finding(
                    {"count": count, "what": "cases", "sentence": shortened(text, 100)}, (cite(document, *where[text]),)
                )
                break


def names_of_fields(document: DocumentReport) -> set[str]:
    """The names of fields, each before what stands beside it alone: where every case is a form of its own they come again in all, and
    what they tell does not.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for passage in document.passages:
        for line in passage.text.splitlines():
            cells = line.split("|") if "|" in line else _NAMED.split(line, maxsplit=1)
            if len(cells) == PAIR and len(cells[0]) <= LONGEST_NAME:
                beside[plain(cells[0])].add(plain(cells[1]))
    return {name for name, told in beside.items() if len(told) > 1 or head_of(name)}


PAIR = 2
"""Cells of a line that holds a field: its name and what is told."""

_NAMED = re.compile(r"[:\uff1a]")

TELLS_OF_CASES = ("corrective_action_record", "internal_audit_record", "management_review_record")
"""Kinds of papers that follow up several cases."""

_PIECES = late(r"[|:\uff1a。]|(?<=[^\W\d_]{2})\. ")

LONG_VERDICT = 20
"""Letters of a sentence in words; in signs, eight tell as much."""

LONG_IN_SIGNS = 8


def _is_verdict(words: str) -> bool:
    """Whether a piece is a sentence that says that the action worked or the case is settled."""
    letters = sum(char.isalpha() for char in words)
    long = letters >= (LONG_VERDICT if words[:1].isascii() else LONG_IN_SIGNS)
    settled = (
        phrases("corrective_flags", "effect").search(words)
        or case_words("status_words", "closed").search(words)
        or phrases("corrective_flags", "all_well").search(words)
        or case_words("status_words", "beside").search(words)
    )
    return long and settled is not None and loosely(words) is not None  # an action, a problem, a cause is settled


def points_of_minutes(bundle: Bundle, least: int) -> Iterator[Finding]:
    """Minutes in running text whose points end in one and the same sentence, which finds all well."""
    for document in bundle.read:
        if not is_record_of(document, "management_review_record") or is_example(document):
            continue
        counted: Counter[str] = Counter()
        where: dict[str, tuple[Passage, str]] = {}
        for passage, sentence in sentences_of(document):
            for words in dict.fromkeys((plain(sentence), _behind_name(plain(sentence)))):
                long = sum(map(str.isalpha, words)) >= (LONG_VERDICT if words[:1].isascii() else LONG_IN_SIGNS)
                if long and "|" not in sentence and _AGREES.search(words):
                    counted[words] += 1
                    where.setdefault(words, (passage, sentence))
        for text, count in sorted(counted.items()):
            if count >= max(least, LEAST_POINTS):
                yield Finding(
                    {"count": count, "what": "points of the review", "sentence": shortened(text, 100)},
                    (cite(document, *where[text]),),
                )
                break


def _behind_name(words: str) -> str:
    """What is said of a point behind its name: ``3. Suppliers: reviewed and found in order``."""
    name, colon, said = words.replace("\uff1a", ":").partition(":")
    return said.strip(" .") if colon and len(name) <= LONGEST_NAME else words


LONGEST_NAME = 60
"""Letters of the name of a point of minutes."""

_AGREES = late(rf"{phrases('corrective_flags', 'all_well').pattern}|{phrases('corrective_flags', 'agreed').pattern}")

LEAST_POINTS = 5
"""Points of minutes that end alike, from which it is no chance."""
