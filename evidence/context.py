"""Reading passage and document together: what the neighbours say of a passage, and what the passages say of the document."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from evidence.features import NAMES
from evidence.heads import Matrix
from evidence.model import KINDS, MODES, READINGS
from evidence.passages import Draft
from evidence.signs import days

_MODES = len(MODES)
# The features of a passage that the second look takes over: what is filled in, and what orders or reports.
KEPT = (
    "characters", "digit_share", "cell_fill", "value_fill", "empty_rows", "in_table", "in_form", "in_paragraph", "in_heading", "in_furniture", "is_title",
    "position", "hidden", "sign_full_date", "sign_code", "sign_decimal", "sign_empty_label", "sign_filled_label", "sign_bracket_placeholder",
    "sign_pattern_placeholder", "sign_blank_line", "sign_fill_in_word", "sign_shall", "sign_was", "sign_found", "sign_verdict_word", "sign_contents",
    "past_share", "modal_share", "number_diversity", "sign_empty_cells", "sign_dash_cell", "sign_person",
)  # fmt: skip
_KEPT_INDEX = [NAMES.index(name) for name in KEPT]
_AVERAGED = (
    "digit_share", "value_fill", "cell_fill", "empty_rows", "density_full_date", "density_code", "density_decimal", "density_shall", "density_was",
    "density_found", "density_empty_label", "density_filled_label", "density_bracket_placeholder", "density_pattern_placeholder", "density_blank_line",
    "density_fill_in_word", "density_habit", "density_boast", "density_certify", "density_verdict_word", "density_cause", "density_clause",
    "past_share", "modal_share", "in_table", "in_form", "in_paragraph", "density_empty_cells", "density_person", "density_signature",
)  # fmt: skip
_AVERAGED_INDEX = [NAMES.index(name) for name in _AVERAGED]
# How far a passage is drawn to its part. On papers of the kind we write, which pack rules, forms and records together, nothing is
# gained up to 0.3 and little lost up to 0.4; on papers of other organisations, four passages in five of which have the mode that
# prevails in their paper, it is worth two points (docs/decisions/0021-passages-lean-on-their-part.md).
PULL = 0.35
ELSEWHERE = 0.2  # of what a passage in another sheet or section weighs in that mean
# `other` is the mode of what nothing else fits, so a passage that may well be something else is not called so: it counts by half.
# On wording that they have not learnt models answer it too readily (docs/decisions/0023-other-is-the-last-resort.md).
LAST_RESORT = 0.5
_OTHER = MODES.index("other")
FAINT = 1e-3  # the least probability that is told from none: one sure passage outvotes no page
_FORMATS = ("pdf", "sheet", "word", "presentation", "image", "text", "html", "message")


@dataclass(frozen=True)
class Outside:
    """What is known of a document beside its passages: its name in the bundle, its type, how many parts it has."""

    path: str
    media_type: str
    parts: int

    @property
    def name_text(self) -> str:
        """The file name as words, for the encoder: it often says the kind, sometimes wrongly."""
        stem = PurePosixPath(self.path).stem
        return " ".join("".join(c if c.isalnum() else " " for c in stem).split())

    @property
    def is_workbook(self) -> bool:
        """Whether its parts are sheets, which may each be of another sort."""
        return "sheet" in self.media_type or "excel" in self.media_type


def steady(probabilities: Matrix) -> Matrix:
    """Probabilities in whole hundredths: trees must not split on digits that differ from one training to the next."""
    return np.round(probabilities, 2)


def answered(probabilities: Matrix) -> Matrix:
    """The probabilities (n x modes) that a verdict is given by: `other` counts ``LAST_RESORT``, each row sums to one."""
    counted = np.array(probabilities, dtype=np.float32)
    counted[:, _OTHER] *= LAST_RESORT
    return counted / counted.sum(1, keepdims=True)


def place_text(draft: Draft, outside: Outside) -> str:
    """Where a passage stands, as one line for the encoder: file name, title, the last headings above it."""
    steps = dict.fromkeys((draft.title, *draft.heading[-3:]))
    return " / ".join(step for step in (outside.name_text, *steps) if step) or "document"


# Characters of what stands around a passage that the taught encoder reads: file name and headings, column heads, the end of the
# passage before and the beginning of the next. Together they fill its hundred tokens.
_PLACE, _HEADS, _NEIGHBOUR = 160, 120, 110


def around_texts(drafts: Sequence[Draft], outside: Outside) -> list[str]:
    """For each passage of a document what stands around it, as one line for the taught encoder."""
    lines = [" ".join(draft.text.split()) for draft in drafts]
    found = []
    for i, draft in enumerate(drafts):
        # A head has a letter at least: more of them do not fit.
        heads = " ".join(" | ".join(head for head in draft.heads[:_HEADS] if head).split())
        before = lines[i - 1][-_NEIGHBOUR:] if i and drafts[i - 1].part == draft.part else ""
        after = lines[i + 1][:_NEIGHBOUR] if i + 1 < len(drafts) and drafts[i + 1].part == draft.part else ""
        found.append(" # ".join((place_text(draft, outside)[:_PLACE], heads[:_HEADS], before, after)))
    return found


def _sizes(drafts: Sequence[Draft]) -> Matrix:
    return np.array([min(600, len(d.text)) for d in drafts], dtype=np.float32)


def sections(drafts: Sequence[Draft]) -> list[int]:
    """The section of each passage: passages of one part under one heading path share a number."""
    numbers: dict[tuple[int, tuple[str, ...]], int] = {}
    return [numbers.setdefault((d.part, d.heading), len(numbers)) for d in drafts]


def _leave_one_out(weights: Matrix, table: Matrix, groups: Sequence[int]) -> Matrix:
    """Weighted mean of each row's group without the row itself; the row's own values where it stands alone."""
    found = table.copy()
    keys = np.asarray(groups)
    for key in set(groups):
        rows = np.flatnonzero(keys == key)
        w = weights[rows, None]
        total, mass = (table[rows] * w).sum(0), w.sum()
        if len(rows) > 1:
            found[rows] = (total - table[rows] * w) / np.maximum(mass - w, 1e-6)
    return found


def of_paper(drafts: Sequence[Draft], said: Matrix) -> Matrix:
    """What the taught encoder says of the whole paper, passage by passage (n x 16), as one row; NaN where it read none of them."""
    known = ~np.isnan(said[:, 0])
    if not known.any():
        return np.full(said.shape[1], np.nan, dtype=np.float32)
    return steady(np.average(said[known], axis=0, weights=_sizes(drafts)[known])).astype(np.float32)


def passage_context(
    drafts: Sequence[Draft], features: Matrix, modes: Matrix, paper: Matrix, document: Matrix
) -> Matrix:
    """What the second look at each passage sees. n x WIDTH.

    ``modes`` are the probabilities of the first look (n x 6), ``paper`` what the taught encoder says of the document (n x 16), ``document`` the row of ``document_summary`` without the passage count.
    """
    n = len(drafts)
    modes = steady(modes)
    weights = _sizes(drafts)
    shifted = []
    for step in (-2, -1, 1, 2):
        neighbour = np.full_like(modes, np.nan)
        for i in range(n):
            j = i + step
            if 0 <= j < n and drafts[j].part == drafts[i].part:
                neighbour[i] = modes[j]
        shifted.append(neighbour)
    section = _leave_one_out(weights, modes, sections(drafts))
    part = _leave_one_out(weights, modes, [d.part for d in drafts])
    whole = _leave_one_out(weights, modes, [0] * n)
    return np.hstack(
        [
            modes,
            *shifted,
            section,
            part,
            whole,
            features[:, _KEPT_INDEX],
            steady(paper[:, -len(READINGS) :]),
            np.repeat(of_paper(drafts, paper)[None, :], n, axis=0),
            np.repeat(document[None, :], n, axis=0),
        ]
    ).astype(np.float32)


def leaning(drafts: Sequence[Draft], scores: Matrix) -> Matrix:
    """Scores (n x k logarithms or log-odds) of passages, drawn towards the mean of the passages of their part.

    A logarithmic opinion pool (Genest and Zidek, 1986: https://doi.org/10.1214/ss/1177013825): what a passage shows counts
    ``1 - PULL``, the mean of its sheet or section ``PULL``, in which passages of other parts weigh ``ELSEWHERE``.
    """
    said = np.clip(scores, np.log(FAINT), -np.log(FAINT))
    parts = np.unique([draft.part for draft in drafts], return_inverse=True)[1]
    sums, counts = np.zeros((parts.max() + 1, said.shape[1])), np.bincount(parts).astype(float)
    np.add.at(sums, parts, said)
    total, number = sums + ELSEWHERE * (sums.sum(0) - sums), counts + ELSEWHERE * (counts.sum() - counts)
    return np.asarray((1 - PULL) * said + PULL * (total / number[:, None])[parts], dtype=np.float32)


def document_summary(drafts: Sequence[Draft], features: Matrix, modes: Matrix, outside: Outside) -> Matrix:
    """A document, sheet or slide as one row of numbers, from the first look at its passages."""
    modes = steady(modes)
    weights = _sizes(drafts)
    share = weights / max(1.0, float(weights.sum()))
    verdicts = modes.argmax(1)
    top = np.sort(modes, axis=0)[::-1]
    with np.errstate(all="ignore"):
        averaged = np.array([_mean(features[:, i], weights) for i in _AVERAGED_INDEX], dtype=np.float32)
    dates = {m for d in drafts for m in days(d.text)}
    flags = [float(word in outside.media_type) for word in _FORMATS]
    row = np.concatenate(
        [
            (modes * share[:, None]).sum(0), modes.mean(0), top[0], top[min(2, len(top) - 1)],
            [float(share[verdicts == k].sum()) for k in range(_MODES)],
            averaged,
            [math.log1p(len(drafts)), math.log1p(float(weights.sum())), math.log1p(outside.parts), math.log1p(len(dates)),
             float(np.mean([d.source == "ocr" for d in drafts])), float(np.mean([d.hidden for d in drafts]))],
            flags,
        ]
    )  # fmt: skip
    return row.astype(np.float32)


def _mean(column: Matrix, weights: Matrix) -> float:
    known = ~np.isnan(column)
    return float((column[known] * weights[known]).sum() / weights[known].sum()) if known.any() else math.nan


def criteria_context(own: Matrix, taught: Matrix, drafts: Sequence[Draft], modes: Matrix, kinds: Matrix) -> Matrix:
    """What decides the criteria of a passage: its own topic, that of its part and document, its mode, the document's kind.

    ``own`` comes from the heads on the embeddings, ``taught`` from the taught encoder (NaN where it does not read the language).
    """
    weights = _sizes(drafts)
    part = _leave_one_out(weights, own, [d.part for d in drafts])
    whole = _leave_one_out(weights, own, [0] * len(drafts))
    before = np.vstack([own[:1], own[:-1]])
    return np.hstack(
        [own, part, whole, before, taught, steady(modes), np.repeat(kinds[None, :], len(drafts), axis=0)]
    ).astype(np.float32)


SUMMARY_WIDTH = 5 * _MODES + len(_AVERAGED) + 6 + len(_FORMATS)
PASSAGE_WIDTH = 8 * _MODES + len(KEPT) + 2 * len(READINGS) + len(KINDS) + SUMMARY_WIDTH
CRITERIA_WIDTH = 5 * 12 + _MODES + len(KINDS)
