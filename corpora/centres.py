"""What all texts of a language have in common for the multilingual model, from the authored documents and our questions."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpora.authored import load_corpus
from indexes.embedder import Embedder

QUESTIONS = Path(__file__).parent / "questions"
# Texts of a language: beyond this many the mean no longer moves.
TEXTS = 600
# Questions below which the mean of a language's questions is not to be trusted; it is then the English one, moved as the
# language's passages are.
QUESTIONS_NEEDED = 12
# Languages that share a centre: two standards of one language.
SHARED = {"ms": "id"}


def passages() -> dict[str, list[str]]:
    """Texts of passage length by language, spread over all documents."""
    found: dict[str, list[str]] = {}
    for supplier in load_corpus():
        for document in supplier.documents:
            texts = [
                text for block in document.blocks() for text, _ in block.labelled_texts() if 40 <= len(text) <= 500
            ]
            found.setdefault(document.language, []).extend(texts)
    return {language: texts[:: max(1, len(texts) // TEXTS)][:TEXTS] for language, texts in found.items()}


def questions() -> dict[str, list[str]]:
    """Our questions by language."""
    found: dict[str, list[str]] = {}
    for path in sorted(QUESTIONS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            language, _, text = line.split("\t")[:3]
            found.setdefault(language, []).append(text)
    return found


def centres(
    texts: dict[str, Sequence[str]] | dict[str, list[str]], asked: dict[str, list[str]], model: Embedder
) -> dict:
    """``passage_LANGUAGE`` and ``question_LANGUAGE`` to a mean vector; an empty language stands for any other."""
    found = {f"passage_{language}": model.encode(some).mean(axis=0) for language, some in texts.items() if some}
    found |= {f"passage_{language}": found[f"passage_{like}"] for language, like in SHARED.items()}
    found["passage_"] = np.mean([row for name, row in sorted(found.items())], axis=0)
    english = model.encode_queries(asked["en"]).mean(axis=0)
    for name, row in list(found.items()):
        language = name.removeprefix("passage_")
        own = asked.get(language, [])
        if len(own) >= QUESTIONS_NEEDED:
            found[f"question_{language}"] = model.encode_queries(own).mean(axis=0)
        else:
            found[f"question_{language}"] = english + row - found["passage_en"]
    return found
