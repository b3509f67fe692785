"""Numbers as papers write them: decimal comma or point, thousands, percentages, ppm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from evidence.facts.text import KEPT_TEXTS, SHORT_TEXT, fold

_NUMBER = re.compile(
    r"[<>≤≥±~≈]?\s?([-+]?\d[\d.,' ]*\d|[-+]?\d)\s?(%|‰|ppm|dppm|pcs|nos|kg|mm|cm|µm|um|g|min|hrs?|h|days?|lần|件|"
    r"件数|건|ครั้ง|cái|buah)?\.?"
)
_WORKED = re.compile(
    r"\d[\d.,]{0,12}\s?(?:[/:÷]|[^\W\d_]{1,8})\s?\d[\d.,]{0,12}(?:\s?[^\W\d_]{1,8})?\s?=\s?(?=[-+]?\d)"
)
"""How a cell works out its figure: 4 of 122 = 3.3 %."""
_ERRORS = frozenset({"", "-", "--", "---", "n/a", "na", "nil", "#div/0!", "#n/a", "#ref!", "#value!", "#name?"})


@dataclass(frozen=True)
class Amount:
    """A number with the unit written behind it, and how many decimals it was written with."""

    value: float
    unit: str | None = None
    decimals: int = 0


def amount(text: str, decimal_comma: bool = False) -> Amount | None:
    """The number a whole cell holds, or None where the cell holds anything else."""
    return _amount(text, decimal_comma) if len(text) <= SHORT_TEXT else _read(text, decimal_comma)


def _read(text: str, decimal_comma: bool) -> Amount | None:
    plain = powers(fold(text)).strip()
    if worked := _WORKED.match(plain):
        plain = plain[worked.end() :]
    if plain in _ERRORS or len(plain) > 30:
        return None
    ahead = plain[:1] == "%"  # as Turkey writes it: ``% 2``
    match = _NUMBER.fullmatch(plain[1:].lstrip() if ahead else plain)
    if match is None or (ahead and match[2]):
        return None
    parsed = parse(match[1], decimal_comma)
    if parsed is None:
        return None
    return Amount(parsed[0], "%" if ahead else match[2], parsed[1])


_POWER = re.compile(
    r"(?:(?<![\d.,])(?P<times>\d{1,3}(?:[.,]\d{1,3})?)\s?[x×·*∙]\s?|(?<![\d.,^]))10(?:\s?\^\s?(?P<caret>\d{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?!\d)|"
    r"(?<![\d.,a-z])(?P<digits>\d(?:[.,]\d{1,3})?)e\+?(?P<exponent>\d{1,2})(?![\d.,a-z])"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def powers(folded: str) -> str:
    """A folded text whose powers of ten are written out: ``3.2 x 10^4``, ``9,6×10⁴`` and ``4.1e3`` as 32000, 96000 and 4100."""
    return _POWER.sub(_written_out, folded) if _RAISED_SOMEWHERE.search(folded) else folded


_RAISED_SOMEWHERE = re.compile(r"10\s?[\^⁰¹²³⁴⁵⁶⁷⁸⁹]|e\+?\d")
"""What every power of ten holds: most lines hold an ``e``, hardly one a figure behind it."""


def _written_out(match: re.Match[str]) -> str:
    times = (match["times"] or match["digits"] or "1").replace(",", ".")
    exponent = int((match["caret"] or match["raised"] or match["exponent"]).translate(_RAISED))
    return f"{float(times) * 10**exponent:.0f}" if exponent <= MOST_POWER else match[0]


MOST_POWER = 12
"""Powers of ten up to which a figure is a count of something."""

_amount = lru_cache(KEPT_TEXTS)(_read)
"""The numbers of the cells looked at so far: most families of facts ask for them."""


def parse(digits: str, decimal_comma: bool = False) -> tuple[float, int] | None:
    """A string of digits, points and commas as a number with its count of decimals.

    The sign that comes last and is not followed by exactly three digits is the decimal sign; a lone sign before
    exactly three
    digits is a thousands sign, unless the paper writes decimals with it (``decimal_comma``) and the number begins
    with 0.
    """
    if " " in digits and not _GROUPS.fullmatch(digits):
        return None  # several figures: ``0.49 0.50 0.51``
    text = digits.replace(" ", "").replace("'", "")
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = "." if text.rfind(".") > text.rfind(",") else ","
    elif points == 1 or commas == 1:
        sign = "." if points else ","
        head, _, tail = text.partition(sign)
        thousands = len(tail) == 3 and head.lstrip("+-") not in ("", "0") and len(head.lstrip("+-")) <= 3
        usual = "," if decimal_comma else "."
        decimal = "" if thousands and sign != usual else sign
        if thousands and sign == "," and not decimal_comma:
            decimal = ""
    else:
        decimal = ""
    whole, _, fraction = text.rpartition(decimal) if decimal else (text, "", "")
    whole = whole.replace(".", "").replace(",", "")
    if decimal and (not fraction.isdigit() or "." in fraction or "," in fraction):
        return None
    try:
        return float(f"{whole or '0'}.{fraction}" if decimal else whole), len(fraction)
    except ValueError:
        return None


_GROUPS = re.compile(
    r"[-+]?\s?\d{1,3}(?: \d{3})*(?: ?[.,] ?\d+)?|[-+]?\s?\d+(?: ?[.,] ?\d+)?|[-+]?\d{1,2}(?: \d{2})* \d{3}(?:[.,]\d+)?"
)
"""A figure with blanks: between thousands, as India writes lakhs, or beside its decimal sign."""


def uses_decimal_comma(texts: list[str]) -> bool:
    """Whether a table writes decimals with a comma: more cells such as 12,5 or 1.250.000 than 12.5 or 1,250,000."""
    told = [match for text in texts if (match := _DECIMAL.fullmatch(text.strip()))]
    commas = sum(match["decimal"] == "," or match["thousands"] == "." for match in told)
    return 2 * commas > len(told)


_DECIMAL = re.compile(r"-?\d+(?P<decimal>[.,])\d{1,2}\s?%?|-?\d{1,3}(?P<thousands>[.,])\d{3}(?:(?P=thousands)\d{3})+")


GROUP = 3
"""Figures between two signs that part thousands."""

LEAST_GROUPED = 100
"""A count beside which a figure with three decimals is one of thousands: what is weighed to the gram is seldom so large."""


def is_grouped(figures: Iterable[Amount]) -> bool:
    """Whether the point in ``1.642`` parts thousands: beside it stand hundreds without decimals, and no figure with fewer than three."""
    told = list(figures)
    decimals = {figure.decimals for figure in told}
    return decimals == {0, GROUP} and any(
        figure.decimals == 0 and abs(figure.value) >= LEAST_GROUPED for figure in told
    )


def grouped(figure: Amount) -> Amount:
    """The figure with its three decimals as thousands."""
    return Amount(round(figure.value * 10**GROUP), figure.unit, 0) if figure.decimals == GROUP else figure
