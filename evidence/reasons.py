"""Why a passage was judged as it was: the signs that speak for its mode, quoted from the text."""

from evidence.model import Mode, Reason
from evidence.passages import Draft
from evidence.signs import BY_NAME, count, quotes

# Which signs speak for which mode, as the rubric reads them; the classifier learns its own weights, this table only explains.
SPEAKS_FOR: dict[Mode, tuple[str, ...]] = {
    "record": ("full_date", "code", "number_sign", "decimal", "ratio", "found", "was", "verdict_word", "ticked_box", "person", "clock_time", "unit", "cause"),
    "prescription": ("shall", "should", "will", "habit", "clause", "version"),
    "template": ("bracket_placeholder", "pattern_placeholder", "blank_line", "empty_label", "empty_box", "fill_in_word", "empty_cells", "cell_error", "dash_cell"),
    "claim": ("boast", "pronoun"),
    "credential": ("certify", "standard"),
    "other": ("contents", "page_of", "legal", "link", "version"),
}  # fmt: skip
_MOST = 4  # reasons shown: more are not read


def reasons_for(draft: Draft, mode: Mode) -> tuple[Reason, ...]:
    """Up to four reasons, the most frequent signs first, each with the words that show it."""
    signs = count(draft.text)
    found = sorted(((signs[name], name) for name in SPEAKS_FOR[mode] if signs[name]), key=lambda pair: -pair[0])
    reasons = [
        Reason(
            feature=name,
            sentence=f"It {BY_NAME[name].sentence}.",
            quote=next(quotes(draft.text, name), None),
            weight=float(number),
        )
        for number, name in found[:_MOST]
    ]
    body = [cell for cell in draft.cells if cell.column > 1]
    if body:
        share = sum(bool(cell.text.strip()) for cell in body) / len(body)
        if (mode == "record" and share > 0.5) or (mode == "template" and share < 0.3):
            sentence = f"{share:.0%} of the cells for values are filled in."
            reasons = [Reason(feature="value_fill", sentence=sentence, weight=share), *reasons[: _MOST - 1]]
    return tuple(reasons)
