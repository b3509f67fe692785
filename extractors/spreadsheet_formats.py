"""Numbers as a person sees them: number format codes of workbooks (ECMA-376 part 1, 18.8.31) applied to cached values.

A date comes out in the format of its cell and beside it in ISO form. Two deliberate differences from what a screen
shows: the built-in short date, whose order of day and month hangs on the viewer's country, is written year first; and
``General`` numbers are cut to ten digits, so that no float tail such as 0.30000000000000004 is taken for a reading.
"""

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from extractors.grids import CellKind

# ECMA-376 part 1, 18.8.30: formats that a file names by number only. 14 is the country's short date (see above).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}  # fmt: skip

# Longer codes are no formats that a person wrote.
FORMAT_CHARACTERS = 500
GENERAL_DIGITS = 10
_LAST_SERIAL = 2_958_466  # 10000-01-01, the first day beyond the calendar of workbooks
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Shown(NamedTuple):
    """What a cell shows, the kind of it, and its value in ISO form where there is one."""

    text: str
    kind: CellKind
    value: str | None


class _Token(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True)
class _Section:
    tokens: tuple[_Token, ...]
    condition: tuple[str, float] | None

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)


_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General)|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|g+|b+|a{3,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"^(h+|m+|s+)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[_Token] = []
    condition: tuple[str, float] | None = None
    for match in _TOKENS.finditer(code[:FORMAT_CHARACTERS]):
        kind, text = match.lastgroup or "other", match.group(match.lastgroup or 0)
        if kind == "bracket":
            if limit := _CONDITION.match(text):
                condition = (limit[1], float(limit[2]))
            elif _ELAPSED.match(text):
                tokens.append(_Token("elapsed", text.lower()))
            elif text.startswith("$"):
                tokens.append(_Token("literal", text[1:].partition("-")[0]))
        elif kind == "other" and text == ";":
            sections.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(_Token("literal", text))
        elif kind == "space":
            tokens.append(_Token("literal", " "))
        elif kind != "fill":
            tokens.append(_Token(kind, text))
    sections.append(_Section(tuple(tokens), condition))
    return tuple(sections)


def show_text(text: str, code: str) -> str:
    """A text in a cell with this format; most formats show it as it is, some add words or hide it."""
    sections = _sections(code)
    if len(sections) < 4:
        section = next((section for section in sections if section.has("text")), None)
        if section is None or section.has("digit", "date"):
            return text
    else:
        section = sections[3]
    return "".join(
        text if token.kind == "text" else token.text for token in section.tokens if token.kind in ("text", "literal")
    )


def show(number: float, code: str, date1904: bool = False) -> Shown:
    """A cached number in this format. Serial days count from 1900, or from 1904 where the workbook says so."""
    section, number_shown = _choose(_sections(code), number)
    value = _plain(number)
    if section is None or section.has("general", "text"):
        text = general(number_shown)
        if section is not None:
            text = "".join(
                text if t.kind in ("general", "text") else t.text for t in section.tokens if t.kind != "date"
            )
        return Shown(text, "number", value)
    if section.has("date", "elapsed", "ampm"):
        shown = _date(section, number, date1904)
        return shown or Shown(general(number), "number", value)
    return Shown(_number(section, number_shown).strip(), "number", value)


def general(number: float) -> str:
    """A number without a format, at most ten digits."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.{GENERAL_DIGITS}g}"
    return text.replace("e", "E") if "e" in text else text


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _choose(sections: tuple[_Section, ...], number: float) -> tuple[_Section | None, float]:
    """The section for a number and the number that it shows: the second of two sections writes its own sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(number, section.condition):
                return section, abs(number) if section.condition and number < 0 and len(sections) > 1 else number
        return None, number
    if len(numeric) >= 2 and number < 0:
        return numeric[1], abs(number)
    if len(numeric) >= 3 and number == 0:
        return numeric[2], 0.0
    return numeric[0], number


def _holds(number: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": number < limit, ">": number > limit, "=": number == limit,
        "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
    }[sign]  # fmt: skip


def _number(section: _Section, number: float) -> str:
    tokens = list(section.tokens)
    if not section.has("digit"):
        return ("-" if number < 0 and section.has("percent") else "") + "".join(
            token.text for token in tokens if token.kind in ("literal", "percent", "point", "slash")
        )
    if section.has("slash") and (fraction := _fraction(tokens, number)) is not None:
        return fraction
    number *= 100 ** sum(token.kind == "percent" for token in tokens)
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), None)
    exponent = next((i for i, token in enumerate(tokens) if token.kind == "exponent"), None)
    stop = exponent if exponent is not None else len(tokens)
    whole = [i for i in digits if i < (point if point is not None else stop)]
    decimals = [i for i in digits if point is not None and point < i < stop]
    commas = [i for i, token in enumerate(tokens) if token.kind == "comma"]
    last = max(digits)
    number /= 1000 ** sum(1 for i in commas if i > last and all(tokens[j].kind == "comma" for j in range(last + 1, i)))
    grouped = any(whole and whole[0] < i < whole[-1] for i in commas)
    if exponent is not None:
        return _scientific(tokens, number, whole, decimals, exponent)
    text = f"{abs(_half_up(number, len(decimals))):.{len(decimals)}f}"
    front, _, back = text.partition(".")
    placed = _fill_whole(tokens, whole, front, grouped)
    placed.update(_fill_decimals(tokens, decimals, back))
    out = [
        placed.get(i, "")
        if token.kind == "digit"
        else "."
        if i == point
        else ""
        if token.kind == "comma"
        else token.text
        for i, token in enumerate(tokens)
    ]
    if not whole and point is not None and front != "0":
        out[point] = front + "."
    negative = number < 0 and any(letter in "123456789" for letter in text)
    return ("-" if negative else "") + "".join(out)


def _half_up(number: float, decimals: int) -> float:
    """Rounded the way people round, half away from zero, on the shortest decimal that gives this float."""
    if abs(number) >= 1e15 or decimals > 12:
        return number
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _fill_whole(tokens: list[_Token], places: list[int], front: str, grouped: bool) -> dict[int, str]:
    if front == "0" and not any(tokens[i].text == "0" for i in places):
        front = ""
    placed: dict[int, str] = {}
    rest, count = front, 0
    for order, i in enumerate(reversed(places)):
        final = order == len(places) - 1
        if final:
            digits = rest or ("0" if tokens[i].text == "0" else "")
            rest = ""
        else:
            digits = rest[-1:] or ("0" if tokens[i].text == "0" else "")
            rest = rest[:-1]
        if grouped:
            shown = ""
            for digit in reversed(digits):
                shown = digit + ("," if count and count % 3 == 0 else "") + shown
                count += 1
            digits = shown
        placed[i] = digits
    return placed


def _fill_decimals(tokens: list[_Token], places: list[int], back: str) -> dict[int, str]:
    placed = {}
    for i, digit in zip(places, back, strict=False):
        placed[i] = digit
    for i in reversed(places):
        if placed.get(i) != "0" or tokens[i].text == "0":
            break
        placed[i] = ""
    return placed


def _scientific(tokens: list[_Token], number: float, whole: list[int], decimals: list[int], exponent: int) -> str:
    text = f"{number:.{len(decimals)}E}"
    mantissa, _, power = text.partition("E")
    size = sum(1 for i, token in enumerate(tokens) if token.kind == "digit" and i > exponent)
    sign = "-" if power.startswith("-") else ("+" if tokens[exponent].text.endswith("+") else "")
    return f"{mantissa}E{sign}{power.lstrip('+-').lstrip('0').rjust(max(1, size), '0')}"


def _fraction(tokens: list[_Token], number: float) -> str | None:
    code = "".join(token.text for token in tokens)
    match = re.search(r"([#0? ]*)[#0?]\s*/\s*([#0?]+|\d+)", code)
    if not match or abs(number) > 1e9:
        return None
    below = match[2]
    part = Fraction(abs(number)).limit_denominator(
        10 ** min(len(below), 4) - 1 if not below.strip("0").isdigit() else int(below)
    )
    whole, rest = divmod(part.numerator, part.denominator)
    sign = "-" if number < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole} {rest}/{part.denominator}" if whole else f"{sign}{rest}/{part.denominator}"


def to_datetime(serial: float, date1904: bool = False) -> datetime.datetime | None:
    """The day and time of a serial number, None outside the calendar. The 29th of February 1900 counts as in
    workbooks."""
    if date1904:
        serial += 1462
    if not 0 <= serial < _LAST_SERIAL:
        return None
    base = datetime.datetime(1899, 12, 31) if serial < 60 else datetime.datetime(1899, 12, 30)
    return base + datetime.timedelta(milliseconds=round(serial * 86_400_000))


def _date(section: _Section, serial: float, date1904: bool) -> Shown | None:
    elapsed = section.has("elapsed")
    moment = to_datetime(serial, date1904)
    if elapsed and 0 <= serial < _LAST_SERIAL:
        return Shown(_elapsed(section, serial), "number", _plain(serial))
    if moment is None:
        return None
    if not section.has("fraction") and not any(
        t.text.lower().startswith("s") and t.kind == "date" for t in section.tokens
    ):
        # Without seconds the minute nearest to the stored float is meant, never the one before.
        moment = (
            (moment + datetime.timedelta(seconds=30)).replace(second=0, microsecond=0)
            if moment.second >= 59
            else moment
        )
    text = _moment(section, moment)
    days = any(token.kind == "date" and token.text[0].lower() in "ydeg" for token in section.tokens) or (
        any(token.text.lower().startswith("mmm") for token in section.tokens)
    )
    if not days and serial < 1:
        return Shown(text, "number", moment.time().isoformat("seconds"))
    whole = moment.time() == datetime.time()
    iso = moment.date().isoformat() if whole else moment.replace(microsecond=0).isoformat()
    return Shown(text, "date", iso)


def _moment(section: _Section, moment: datetime.datetime) -> str:
    tokens = section.tokens
    letters = [token.text[0].lower() if token.kind == "date" else "" for token in tokens]
    half = section.has("ampm")
    out = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            before = next((letter for letter in reversed(letters[:index]) if letter), "")
            after = next((letter for letter in letters[index + 1 :] if letter), "")
            minutes = letters[index] == "m" and len(token.text) <= 2 and (before == "h" or after == "s")
            out.append(_field(token.text.lower(), moment, minutes, half))
        elif token.kind == "ampm":
            out.append("AM" if moment.hour < 12 else "PM")
        elif token.kind == "digit":
            out.append(str(moment.microsecond // 100_000))
        elif token.kind in ("literal", "slash", "point", "comma"):
            out.append(token.text)
    return "".join(out).strip()


def _field(code: str, moment: datetime.datetime, minutes: bool, half: bool) -> str:
    letter, size = code[0], len(code)
    if letter == "y" or letter == "e":
        return f"{moment.year:04d}" if size > 2 or letter == "e" else f"{moment.year % 100:02d}"
    if letter == "b":
        return str(moment.year + 543)  # the Buddhist year of Thai workbooks
    if letter == "m":
        if minutes:
            return f"{moment.minute:0{min(size, 2)}d}"
        name = _MONTHS[moment.month - 1]
        return {1: str(moment.month), 2: f"{moment.month:02d}", 3: name[:3], 5: name[0]}.get(size, name)
    if letter in "da":
        name = _DAYS[moment.weekday()]
        if letter == "a":
            return name[:3] if size == 3 else name
        return {1: str(moment.day), 2: f"{moment.day:02d}", 3: name[:3]}.get(size, name)
    if letter == "h":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return f"{hour:0{min(size, 2)}d}"
    if letter == "s":
        return f"{moment.second:0{min(size, 2)}d}"
    return ""


def _elapsed(section: _Section, serial: float) -> str:
    seconds = round(serial * 86_400)
    out = []
    for token in section.tokens:
        letter = token.text[:1].lower()
        size = min(len(token.text), 2)
        if token.kind == "elapsed":
            whole = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[letter]
            out.append(f"{whole:0{size}d}")
        elif token.kind == "date" and letter in "hms":
            part = {"h": seconds // 3600 % 24, "m": seconds // 60 % 60, "s": seconds % 60}[letter]
            out.append(f"{part:0{size}d}")
        elif token.kind in ("literal", "point", "slash"):
            out.append(token.text)
    return "".join(out).strip()
