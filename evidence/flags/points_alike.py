"""Points of an audit, suppliers of an evaluation and cases in running text that are all judged in one and the same sentence.

Whatever its column is headed, a cell that judges, long enough to be a sentence, without a figure of its own, says the same of nearly every row;
or the last sentence of nearly every paragraph does. Short verdicts (OK, conforms, approved) are what forms offer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from evidence.bundle import Bundle, cite, is_example
from evidence.data import table
from evidence.facts.text import any_of, fold, plain, words
from evidence.flags.registry import Finding
from evidence.model import Passage
from evidence.titles import RULES_AND_FORMS
from evidence.wording import shortened

WHAT = {
    "internal_audit_record": "points of the audit",
    "supplier_evaluation_record": "suppliers",
    "corrective_action_record": "cases",
}
"""Kinds of records whose points are judged, with the words for them."""

LEAST_SHARE = 0.8
"""Share of the points with the sentence."""

LEAST_SIGNS, LEAST_WORDS = 8, 4
"""Signs of a sentence in a script without blanks, and words of one with them."""

LEAST_SENTENCES = 2
"""Sentences of a paragraph that tells a case and what came of it."""

_JUDGES = any_of(
    ("audits_flags", "good_results"),
    ("corrective_flags", "all_well"),
    ("trends", "helped"),
    ("audits_flags", "in_order"),
    ("points_alike", "in_order"),
)
_MARK = words(tuple(table("tables")["evaluation"]["mark"]))


def points_alike(bundle: Bundle, least: int) -> Iterator[Finding]:
    """The records, each once."""
    for document in bundle.read:
        if document.kind not in WHAT or document.kind in RULES_AND_FORMS or is_example(document):
            continue
        told = [(passage, line) for passage, line in document.lines() if line.strip()]
        found = None if document.kind == "corrective_action_record" else _of_rows(told, least)
        if found := found or _of_paragraphs(told, least):
            count, text, (passage, line) = found
            yield Finding(
                {"count": count, "what": WHAT[document.kind], "sentence": shortened(text, 100)},
                (cite(document, passage, line),),
            )


Place = tuple[Passage, str]


def _of_rows(told: Sequence[Place], least: int) -> tuple[int, str, Place] | None:
    """The sentence of a column, with the rows that hold it: those of the commonest width, each of which tells something of its own before."""
    rows = [([plain(cell) for cell in line.split("|")], (passage, line)) for passage, line in told if "|" in line]
    widths = Counter(len(cells) for cells, _ in rows)
    for width in sorted(width for width, count in widths.items() if count >= least and width > 2):
        wide = [(cells, place) for cells, place in rows if len(cells) == width][1:]  # below the heads
        for column in range(1, width):
            by_text: dict[str, list[int]] = defaultdict(list)
            for at, (cells, _) in enumerate(wide):
                by_text[cells[column]].append(at)
            text, found = max(by_text.items(), key=lambda one: (len(one[1]), one[0]), default=("", []))
            own = {tuple(wide[at][0][:column]) for at in found}
            if len(found) >= max(least, LEAST_SHARE * len(wide)) and len(own) == len(found) and _is_sentence(text):
                return len(found), text, wide[found[0]][1]
    return None


def _of_paragraphs(told: Sequence[Place], least: int) -> tuple[int, str, Place] | None:
    """The last sentence of paragraphs that tell something of their own before it."""
    ends: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    count = 0
    for passage, line in told:
        pieces = [piece for piece in _sentences(line) if any(map(str.isalpha, piece))] if "|" not in line else []
        if len(pieces) >= LEAST_SENTENCES:
            count += 1
            ends[plain(pieces[-1])].append((plain(" ".join(pieces[:-1])), (passage, line)))
    for text, found in sorted(ends.items()):
        if len({before for before, _ in found}) >= max(least, LEAST_SHARE * count) and _is_sentence(text):
            return len(found), text, found[0][1]
    return None


def _sentences(line: str) -> list[str]:
    for sign in "。．！？；;!?:：":
        line = line.replace(sign, f"{sign}\n")
    return [piece.strip(" .:：") for piece in line.replace(". ", ".\n").split("\n")]


def _is_sentence(text: str) -> bool:
    """Whether a text is long enough to say something, judges and tells no figure."""
    if any(map(str.isdigit, text)):
        return False
    signs = sum("\u0e00" <= char <= "\u0e7f" or char >= "\u2e80" for char in text)
    long = signs >= LEAST_SIGNS or (not signs and len(text.split()) >= LEAST_WORDS)
    return long and (_JUDGES.search(fold(text)) or _MARK.search(fold(text))) is not None
