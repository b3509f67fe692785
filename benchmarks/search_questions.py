"""Questions with graded answers: reading them, and counting which hits answer them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path

import regex

# A hit counts for a labelled passage when more than this share of its words stands in it.
SHARED_WORDS = 0.5
# Hits looked at, as the issue asks.
FIRST_HITS = 10
# Share of an anchor's words that a passage must hold to be the answer.
ANCHORED_WORDS = 0.75
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True)
class Answer:
    """A passage that answers: the document it stands in, its words (or some of them, verbatim) and 2 fully, 1 partly.

    Without words only its document is known.
    """

    document: str
    words: str
    grade: int


@dataclass(frozen=True)
class Asked:
    """A question, its language, its kind (`meaning`, `identifier`, `cross-language`, `none` for unanswerable)."""

    id: str
    text: str
    language: str
    kind: str
    answers: tuple[Answer, ...] = ()
    source: str = field(default="")


def words_of(text: str) -> Counter[str]:
    """The words of a text, folded; scripts without spaces by single signs."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        if regex.search(r"[\p{Han}\p{Thai}]", word):
            found.extend(word)
        else:
            found.append(word)
    return Counter(found)


def same_passage(hit: Counter[str], labelled: Counter[str]) -> bool:
    """Whether the hit shares most of its words with the labelled passage."""
    return (hit & labelled).total() > SHARED_WORDS * hit.total()


def read_tsv(questions: Path, passages: Path, documents: Path) -> list[Asked]:
    """Questions of a table `qid question language kind answers`, answers as `passage:grade;...`."""
    import json

    files = {}
    for line in documents.read_text(encoding="utf-8").splitlines()[1:]:
        columns = line.split("\t")
        files[columns[0]] = columns[1]
    labelled = {row["id"]: row for row in map(json.loads, passages.read_text(encoding="utf-8").splitlines())}
    found = []
    for line in questions.read_text(encoding="utf-8").splitlines()[1:]:
        number, text, language, kind, given = (*line.split("\t"), "")[:5]
        answers = []
        for part in filter(None, given.split(";")):
            passage, _, grade = part.partition(":")
            words = labelled.get(passage, {}).get("text", "")
            answers.append(Answer(files[passage.partition("-")[0]], words, int(grade)))
        found.append(Asked(number, text, language, kind, tuple(answers)))
    return found


def read_own(folder: Path, files: Mapping[tuple[str, str], str]) -> list[Asked]:
    """Questions of our own domain test (`corpora/questions`); `files` names the file of (supplier, source)."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=1):
            language, kind, text, given = (*line.split("\t"), "")[:4]
            answers = []
            for part in filter(None, given.split(" || ")):
                grade, source, words = part.split(" ", 2)
                answers.append(Answer(files[path.stem, source.removesuffix(":")], words, int(grade)))
            found.append(Asked(f"{path.stem}:{number}", text, language, kind, tuple(answers), path.stem))
    return found


def holds(passage: Counter[str], anchor: Counter[str]) -> bool:
    """Whether a passage holds the anchor of an answer; scanned papers lose a word here and there."""
    return (passage & anchor).total() >= ANCHORED_WORDS * anchor.total()


def answered(questions: Sequence[Asked], hits: Mapping[str, Sequence[tuple[str, str]]], grade: int = 2) -> set[str]:
    """The questions whose first hits hold a full answer; `hits` gives (document, text) by question."""
    found = set()
    for question in questions:
        wanted = [(a.document, words_of(a.words)) for a in question.answers if a.grade >= grade]
        for document, text in hits[question.id][:FIRST_HITS]:
            own = words_of(text)
            if any(document == name and same_passage(own, words) for name, words in wanted):
                found.add(question.id)
                break
    return found


def gain(grades: Iterable[int], depth: int) -> float:
    """Discounted cumulative gain with the grade as gain, as trec_eval computes it."""
    return sum(grade / log2(place + 2) for place, grade in enumerate(list(grades)[:depth]))


def plain_questions() -> list[str]:
    """The texts of our own questions, English first."""
    folder = Path(__file__).resolve().parent.parent / "corpora" / "questions"
    rows = [
        line.split("\t") for path in sorted(folder.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()[1:]
    ]
    return [row[2] for row in sorted(rows, key=lambda row: row[0] != "en")]
