"""Icons that stand in place of numbers (ECMA-376 part 1, 18.3.1.49 and 18.18.42): a register of ones and zeros that a person
sees as ticks and crosses."""

import math
import re
from dataclasses import dataclass, field

from extractors.grids import GridCell
from extractors.packages import Element, attribute, child, children, is_on, local, whole, within

# What the icons of a set look like, the lowest first. Sets that only colour (flags, boxes, bars) keep their numbers.
_SETS = {
    "3Symbols": "✗!✓", "3Symbols2": "✗!✓", "3Arrows": "↓→↑", "3ArrowsGray": "↓→↑", "4Arrows": "↓↘↗↑", "4ArrowsGray": "↓↘↗↑",
    "5Arrows": "↓↘→↗↑", "5ArrowsGray": "↓↘→↗↑", "5Quarters": "○◔◑◕●", "3Triangles": "▼▬▲", "3Stars": "☆⯪★",
    "3TrafficLights1": "🔴🟡🟢", "3TrafficLights2": "🔴🟡🟢", "4TrafficLights": "⚫🔴🟡🟢", "3Signs": "◆▲●",
}  # fmt: skip
_NO_ICON = "NoIcons"
# Rules and ranges of one sheet that are followed, and cells looked at for them in one workbook.
MOST_RULES, MOST_RANGES = 200, 1_000
CELLS_LOOKED_AT = 2_000_000
# Ranges as OpenDocument writes them, each corner with its sheet, which may be in quotes; and the words for a step.
_CORNER = r"(?:\$?'(?:[^']|'')*'|[^\s.':]*)\.\$?[A-Z]{1,3}\$?\d{1,7}"
_AREA = re.compile(f"{_CORNER}(?::{_CORNER})?")
_CELL = re.compile(r"\.\$?([A-Z]{1,3})\$?(\d{1,7})(?=:|$)")
_LONGEST_RANGES = 20_000
_OPEN_STEPS = {"number": "num", "minimum": "min", "maximum": "max", "auto-minimum": "min", "auto-maximum": "max"}


@dataclass
class IconRule:
    """Ranges whose numbers are shown as icons; ``steps`` are the lowest numbers of each icon, as the file writes them."""

    ranges: str
    icons: list[str]
    steps: list[tuple[str, str, bool]] = field(default_factory=list)


def icon_rules(formatting: Element) -> list[IconRule]:
    """The rules of an element that show icons and no numbers."""
    ranges = formatting.get("sqref") or next(
        (part.text or "" for part in children(formatting) if local(part) == "sqref"), ""
    )
    found = []
    for icons in within(formatting, "iconSet"):
        if is_on(icons.get("showValue", "1")):
            continue
        signs = [_SETS.get(name, "")[number : number + 1] for name, number in _named(icons)]
        steps = [_step(part) for part in children(icons) if local(part) == "cfvo"]
        if is_on(icons.get("reverse")):
            signs.reverse()
        if len(steps) == len(signs) and any(signs):
            found.append(IconRule(ranges, signs, steps))
    return found


def painted(formatting: Element) -> list[str]:
    """The ranges whose cells an element of rules may give another look."""
    looks = any(rule.get("dxfId") or local(rule) == "colorScale" for rule in within(formatting, "cfRule", "colorScale"))
    return [formatting.get("sqref") or ""] if looks else []


def unpainted(places: set[tuple[int, int]], ranges: list[str]) -> set[tuple[int, int]]:
    """Those of the places that lie in none of the ranges; none where there is too much to compare."""
    from extractors.spreadsheet_sheet import range_of

    areas = [area for text in ranges for one in text.split() if (area := range_of(one))]
    if len(areas) * len(places) > CELLS_LOOKED_AT:
        return set()
    return {
        (row, column)
        for row, column in places
        if not any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
    }


def open_rules(table: Element) -> list[IconRule]:
    """The same of a sheet of LibreOffice, which writes them in words of its own (ODF has none)."""
    found = []
    for formatting in within(child(table, "conditional-formats"), "conditional-format"):
        ranges = open_ranges(formatting)
        for icons in within(formatting, "icon-set"):
            signs = list(_SETS.get(attribute(icons, "icon-set-type") or "", ""))
            steps = [
                (_OPEN_STEPS.get(kind, kind), attribute(part, "value") or "", True)
                for part in children(icons)
                if local(part) == "formatting-entry" and (kind := attribute(part, "type") or "number")
            ]
            if not is_on(attribute(icons, "show-value") or "true") and len(steps) == len(signs) and signs:
                found.append(IconRule(ranges, signs, steps))
    return found


def open_ranges(formatting: Element) -> str:
    """The ranges that a rule of LibreOffice is for, with blanks between them."""
    return " ".join(
        ":".join(f"{column}{row}" for column, row in _CELL.findall(area))
        for area in _AREA.findall((attribute(formatting, "target-range-address") or "")[:_LONGEST_RANGES])
    )


def _named(icons: Element) -> list[tuple[str, int]]:
    """Set and number of each icon: those of the set, or those that somebody chose one by one."""
    chosen = [
        (part.get("iconSet") or _NO_ICON, whole(part.get("iconId")))
        for part in children(icons)
        if local(part) == "cfIcon"
    ]
    name = icons.get("iconSet") or "3TrafficLights1"
    return chosen or [(name, number) for number in range(len(_SETS.get(name, "")))]


def _step(part: Element) -> tuple[str, str, bool]:
    formula = child(part, "f")
    value = part.get("val") or (formula.text if formula is not None else None) or ""
    return part.get("type") or "num", value, is_on(attribute(part, "gte") or "1")


class IconRules:
    """Puts icons in place of the numbers of sheets; counts what it looks at over the whole workbook."""

    def __init__(self) -> None:
        self._left = CELLS_LOOKED_AT

    def apply(self, rules: list[IconRule], cells: dict[tuple[int, int], GridCell]) -> None:
        """Give cells the text that a person sees."""
        from extractors.spreadsheet_sheet import range_of

        for rule in rules[:MOST_RULES]:
            areas = [area for text in rule.ranges.split()[:MOST_RANGES] if (area := range_of(text))]
            size = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)
            self._left -= min(size, len(cells) * len(areas))
            if self._left < 0:
                return
            found = list(_within(areas, cells) if size > len(cells) else _at(areas, cells))
            numbers = [(cell, number) for cell in found if (number := _number(cell)) is not None]
            bounds = _bounds(rule.steps, sorted(number for _, number in numbers)) if numbers else None
            for cell, number in numbers if bounds else ():
                at = max(
                    (
                        n
                        for n, (least, equal) in enumerate(bounds or ())
                        if number > least or (equal and number == least)
                    ),
                    default=0,
                )
                cell.text, cell.kind, cell.value = rule.icons[at], "text", None


def _within(areas: list[tuple[int, int, int, int]], cells: dict[tuple[int, int], GridCell]) -> list[GridCell]:
    return [
        cell
        for (row, column), cell in cells.items()
        if any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
    ]


def _at(areas: list[tuple[int, int, int, int]], cells: dict[tuple[int, int], GridCell]) -> list[GridCell]:
    places = dict.fromkeys(
        (row, column)
        for top, left, bottom, right in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )
    return [cells[place] for place in places if place in cells]


def _number(cell: GridCell) -> float | None:
    try:
        return float(cell.value or "") if cell.kind == "number" else None
    except ValueError:
        return None


def _bounds(steps: list[tuple[str, str, bool]], numbers: list[float]) -> list[tuple[float, bool]] | None:
    """The lowest number of each icon; None where one is worked out by a formula, or is no number."""
    found: list[tuple[float, bool]] = []
    for kind, text, equal in steps:
        try:
            value = float(text) if kind not in ("min", "max") else 0.0
        except ValueError:
            return None
        if not math.isfinite(value):
            return None
        match kind:
            case "percent":
                value = numbers[0] + (numbers[-1] - numbers[0]) * value / 100
            case "percentile":
                value = numbers[min(len(numbers) - 1, max(0, round((len(numbers) - 1) * min(value, 100) / 100)))]
            case "min":
                value = numbers[0]
            case "max":
                value = numbers[-1]
        found.append((value, equal))
    return found
