"""Questions and gists in other words and languages for passages of our documents: what the search learns from.

A line of ``corpora/pairs/LANGUAGE.tsv`` names a document and, by a digest of its words, a passage of it; then a question in
English that this passage answers, its gist in English, and for some a question in a third language. The texts of the
documents stay where they are. Documents over which `corpora/questions` asks, and those of the test split, have none.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.authored import AuthoredDocument, AuthoredSupplier

PAIRS = Path(__file__).parent / "pairs"
QUESTIONS = Path(__file__).parent / "questions"
COLUMNS = ("document", "passage", "question", "gist", "other question")
# Two standards of one language.
SAME_LANGUAGE = {"ms": "id"}


@dataclass(frozen=True)
class Pair:
    """What a person might ask or say of a passage, and the passage."""

    asked: str
    text: str
    language: str


def digest(text: str) -> str:
    """Twelve hex digits that stand for the words of a passage."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def texts(document: AuthoredDocument) -> list[str]:
    """The labelled texts of a document, each on one line with single spaces."""
    return [" ".join(text.split()) for block in document.blocks() for text, _ in block.labelled_texts()]


def language(document: AuthoredDocument) -> str:
    """The language of a document; Malay counts as Indonesian."""
    return SAME_LANGUAGE.get(document.language, document.language)


def learnt_from(suppliers: Iterable[AuthoredSupplier]) -> list[AuthoredSupplier]:
    """The suppliers that search may learn from: to train, and none that our questions are asked about."""
    asked = {path.stem for path in QUESTIONS.glob("*.tsv")}
    return [supplier for supplier in suppliers if supplier.split == "train" and supplier.id not in asked]


def load_pairs(suppliers: Sequence[AuthoredSupplier], folder: Path = PAIRS) -> tuple[list[Pair], list[str]]:
    """The pairs, in the order of the files, and a sentence for each line that is wrong or whose passage is gone."""
    documents = {document.id: document for supplier in learnt_from(suppliers) for document in supplier.documents}
    passages: dict[str, dict[str, str]] = {}
    found: list[Pair] = []
    slips: list[str] = []
    for place, columns in _lines(folder):
        if len(columns) != len(COLUMNS) or not any(columns[2:]):
            slips.append(f"{place}: not {len(COLUMNS)} columns with a question or a gist")
            continue
        name, key, *asked = columns
        if name not in documents:
            slips.append(f"{place}: there is no document '{name}' to learn from")
            continue
        if name not in passages:
            passages[name] = {digest(text): text for text in texts(documents[name])}
        text = passages[name].get(key)
        if text is None:
            slips.append(f"{place}: '{name}' no longer has the passage {key}")
            continue
        found.extend(Pair(words, text, language(documents[name])) for words in asked if words)
    return found, slips


def _lines(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
            yield f"{path.name}:{number}", line.split("\t")
