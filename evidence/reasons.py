"""Why a passage was judged as it was: the signs that moved the verdict, each quoted from the text and found at its place.

The weights are those of the trained trees: for every passage each feature's share in the margin of the mode that was given
(Saabas, 2014: the change of the expected value along the path). What pulled the other way, or hardly at all, is not shown.
"""

import re
from collections.abc import Sequence

from evidence.features import NAMES
from evidence.heads import Matrix
from evidence.model import Mode, Reason
from evidence.passages import Draft
from evidence.signs import BY_NAME, count, quotes
from extractors.locators import Locator

MOST = 4  # reasons shown: more are not read
LEAST_PULL = 0.03  # of the margin: what moved the verdict less explains nothing
FILLED, EMPTY = (
    0.5,
    0.3,
)  # shares of filled cells from which a form is called filled in, and below which it is called empty

# What a feature that is no sign says of the passage, for the modes it can speak for.
_SHAPES: dict[str, tuple[str, tuple[Mode, ...]]] = {
    "past_share": ("Its verbs stand in the past: they tell what was done.", ("record",)),
    "modal_share": ("Its verbs order or allow.", ("prescription",)),
    "base_share": ("Its verbs tell how things are done, not that they were.", ("prescription", "template")),
    "number_diversity": ("Its numbers differ from each other, as measured values do.", ("record",)),
    "error_cell_share": ("Its cells show formulas without data.", ("template",)),
    "zero_share": ("Its cells hold zeros or dashes.", ("template", "other")),
    "empty_rows": ("Its rows are numbered but empty.", ("template",)),
    "in_furniture": ("It stands in the head or foot of the page.", ("other",)),
    "is_title": ("It is a title.", ("other", "template")),
    "in_heading": ("It is mostly headings.", ("other", "template")),
    "all_caps_share": ("It is set in capitals, as labels are.", ("template", "other", "record")),
}
_KIND: dict[Mode, str] = {
    "record": "a record", "prescription": "a rule", "template": "a blank form", "claim": "a claim", "credential": "a certificate",
    "other": "none of these",
}  # fmt: skip
_FILL = ("value_fill", "cell_fill")


def reasons_for(
    draft: Draft, mode: Mode, pulls: Matrix | None = None, topic: float = 0.0, around: str | None = None
) -> tuple[Reason, ...]:
    """Up to four reasons, the strongest first.

    ``pulls`` are the shares of the features in the margin of ``mode``, in the order of ``features.NAMES``; ``topic`` is that of the
    embedding; ``around`` is a sentence where the neighbours decided. Without ``pulls`` the signs are counted.
    """
    strengths = _strengths(draft, mode, pulls)
    found = [_reason(draft, mode, name, weight) for name, weight in strengths]
    if topic > LEAST_PULL:
        sentence = f"What it says, and under which heading, is what {_KIND[mode]} says."
        found.append(Reason(feature="topic", sentence=sentence, weight=round(topic, 3), locators=draft.locators))
    shown = sorted((r for r in found if r is not None), key=lambda reason: -reason.weight)
    if around:
        shown.insert(0, Reason(feature="surroundings", sentence=around, locators=draft.locators))
    return tuple(shown[:MOST])


def _strengths(draft: Draft, mode: Mode, pulls: Matrix | None) -> list[tuple[str, float]]:
    """Sign or feature, and its weight: number and density of one sign together."""
    if pulls is None:
        return [(name, float(number)) for name, number in count(draft.text).items() if number]
    total: dict[str, float] = {}
    for name, pull in zip(NAMES, pulls, strict=True):
        key = name.removeprefix("sign_").removeprefix("density_")
        key = "value_fill" if key in _FILL else key
        total[key] = total.get(key, 0.0) + float(pull)
    return [(name, round(weight, 3)) for name, weight in total.items() if weight > LEAST_PULL]


def _reason(draft: Draft, mode: Mode, name: str, weight: float) -> Reason | None:
    if name in BY_NAME:
        quote = next(
            (told for told in quotes(draft.text, name) if not (name == "ratio" and _DAY.fullmatch(told))), None
        )
        if quote is None:  # that a sign is missing moves trees too, but cannot be pointed at
            return None
        place = place_of(draft, quote)
        return Reason(
            feature=name, sentence=f"It {BY_NAME[name].sentence}.", quote=quote, weight=weight, locators=place
        )
    if name == "value_fill":
        body = [cell for cell in draft.cells if cell.column > 1]
        share = sum(bool(cell.text.strip()) for cell in body) / len(body) if body else None
        if share is None or not ((mode == "record" and share > FILLED) or (mode == "template" and share < EMPTY)):
            return None
        sentence = f"{share:.0%} of the cells for values are filled in."
        return Reason(feature=name, sentence=sentence, weight=weight, locators=draft.locators)
    sentence, modes = _SHAPES.get(name, ("", ()))
    if mode not in modes:
        return None
    return Reason(feature=name, sentence=sentence, weight=weight, locators=draft.locators)


_DAY = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}|\d{1,2}/0\d|0\d/\d{1,2}")
"""A day, which the sign for a count against a quantity finds as well: ``15/01``."""


def place_of(draft: Draft, quote: str) -> tuple[Locator, ...]:
    """Where a quote stands: its cell where the passage is made of cells, else the passage."""
    for cell in draft.cells:
        if quote in cell.text and cell.locator is not None:
            return (cell.locator,)
    return draft.locators


def surroundings(first: Sequence[float], given: int, mode: Mode) -> str | None:
    """The sentence that says the document overruled the passage; None where the first look said the same."""
    best = max(range(len(first)), key=lambda k: first[k])
    return (
        None
        if best == given
        else f"By itself it could be read otherwise; what stands around it speaks for {_KIND[mode]}."
    )
