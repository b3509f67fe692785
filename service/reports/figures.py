"""Measured quality figures as charts: the series, its target, and how far it came."""

from dataclasses import dataclass
from math import floor, log10
from typing import Any

from evidence.bundle import Bundle, Item, cite
from evidence.model import Citation
from evidence.quality_series import called, describe_series, is_real_series, series_rank
from service.documents.places import where
from service.reports import drawing as d

# Charts in a report: the series that speak most for the factory. All of them stand in the workbook and the JSON.
MOST = 6
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 480, 232, 56, 66, 38, 34


@dataclass(frozen=True)
class Figure:
    """One measured series: its values by period, its targets, a sentence, and where it stands."""

    title: str
    unit: str
    measure: str
    better: str
    periods: tuple[str, ...]
    values: tuple[float, ...]
    targets: tuple[float | None, ...]
    sentence: str
    document: str
    where: str
    citation: Citation | None
    link: str = ""


def figures_of(bundle: Bundle) -> tuple[Figure, ...]:
    """The measured series of a bundle, those that speak most for the factory first, each told once."""
    items = [item for item in bundle.items("series") if is_real_series(bundle, item)]
    items.sort(key=lambda item: series_rank(bundle, item), reverse=True)
    found: list[Figure] = []
    for figure in map(_figure, items):
        points = set(zip(figure.periods, figure.values, strict=True))
        # The chart beside a table shows some of its figures once more, and a summary repeats those of a sheet.
        if not any(figure.measure == f.measure and points <= set(zip(f.periods, f.values, strict=True)) for f in found):
            found.append(figure)
    return tuple(found)


def _figure(item: Item) -> Figure:
    value: dict[str, Any] = item.value
    values = tuple(float(number) for number in value["values"])
    citation = cite(item.document, item.passage, item.fact.quote)
    targets = value.get("targets") or [value.get("target")] * len(values)
    return Figure(
        title=d.clean(called(item)),
        unit=str(value.get("unit") or ""),
        measure=str(value.get("measure") or item.fact.role),
        better=str(value.get("better") or ""),
        periods=tuple(str(period) for period in value["periods"]),
        values=values,
        targets=tuple(None if target is None else float(target) for target in targets[: len(values)]),
        sentence=describe_series(item) + ".",
        document=item.document.path,
        where=f"{item.document.path}, {where(citation.locators or (citation.locator,))}"
        if citation
        else item.document.path,
        citation=citation,
    )


def draw_figure(figure: Figure) -> str:
    """A line with its points, the target dashed, the scale from zero where the figures allow it."""
    known = [*figure.values, *(target for target in figure.targets if target is not None)]
    low, high, step = _scale(min(known), max(known))
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    count = len(figure.values)

    def at(index: int) -> float:
        return LEFT + (across * index / (count - 1) if count > 1 else across / 2)

    def up(value: float) -> float:
        return TOP + down * (1 - (value - low) / (high - low))

    unit = _UNITS.get(figure.unit, "")
    drawn = [d.label(2, 16, d.shortened(figure.title, 13, WIDTH - 10), 13, d.INK, font_weight="600")]
    tick = low
    while tick <= high + step / 2:
        drawn.append(d.line(LEFT, up(tick), WIDTH - RIGHT, up(tick), "#c3ccd6" if tick == low else "#e6ebf0"))
        drawn.append(
            d.label(
                LEFT - 7, up(tick) + 4, _short(tick) + (unit if len(unit) < 3 else ""), 10.5, d.SOFT, text_anchor="end"
            )
        )
        tick += step
    every = max(1, -(-count // 6))
    for index, period in enumerate(figure.periods):
        if index % every == 0 or index == count - 1:
            if index != count - 1 and count - 1 - index < every * 0.75:
                continue
            drawn.append(d.label(at(index), HEIGHT - BOTTOM + 17, _period(period), 10.5, d.SOFT, text_anchor="middle"))
    drawn += _targets(figure, at, up)
    path = " ".join(
        f"{'M' if index == 0 else 'L'}{at(index):.1f} {up(value):.1f}" for index, value in enumerate(figure.values)
    )
    drawn.append(d.shape("path", d=path, fill="none", stroke=d.ACCENT, stroke_width=2.2, stroke_linejoin="round"))
    for index, value in enumerate(figure.values):
        dot = d.shape("circle", cx=at(index), cy=up(value), r=3, fill=d.ACCENT)
        drawn.append(d.titled(f"{figure.periods[index]}: {_short(value)}{unit}", [dot]))
    # The last figure stands behind the end of its line; the first above its beginning, or below where the line climbs.
    first, last = (up(figure.values[index]) for index in (0, count - 1))
    climbs = count > 1 and up(figure.values[1]) < first - 12 and first + 16 < HEIGHT - BOTTOM
    drawn.append(_value(at(0) - 2, first + 16 if climbs else first - 9, _short(figure.values[0]) + unit))
    drawn.append(_value(at(count - 1) + 8, last + 4, _short(figure.values[-1]) + unit))
    return d.drawing(WIDTH, HEIGHT, figure.sentence, drawn)


def _value(x: float, y: float, text: str) -> str:
    """A figure beside its point, readable where the line runs behind it."""
    return d.label(x, y, text, 11.5, d.ACCENT, font_weight="600", stroke=d.PAPER, stroke_width=3, paint_order="stroke")


_UNITS = {"%": "%", "ppm": " ppm"}


def _targets(figure: Figure, at, up) -> list[str]:  # type: ignore[no-untyped-def]
    points = [(index, target) for index, target in enumerate(figure.targets) if target is not None]
    if not points:
        return []
    path = " ".join(
        f"{'M' if n == 0 else 'L'}{at(index):.1f} {up(target):.1f}" for n, (index, target) in enumerate(points)
    )
    if len(points) == 1:
        path = f"M{LEFT} {up(points[0][1]):.1f} L{WIDTH - RIGHT} {up(points[0][1]):.1f}"
    last = points[-1][1]
    return [
        d.shape("path", d=path, fill="none", stroke=d.WARN, stroke_width=1.6, stroke_dasharray="5 4"),
        d.label(
            WIDTH - RIGHT,
            32,
            f"- - target {_short(last)}{_UNITS.get(figure.unit, '')}",
            10.5,
            d.WARN,
            text_anchor="end",
        ),
    ]


def _scale(least: float, most: float) -> tuple[float, float, float]:
    """Lower end, upper end and step of an axis: from zero unless all figures lie high above it."""
    low = 0.0 if least >= 0 and (least < most * 0.6 or most == 0) else least
    room = (most - low) or abs(most) or 1.0
    step = 10 ** floor(log10(room / 3))
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10) if room / (step * factor) <= 4)
    bottom = floor(low / step) * step
    top = -floor(-(most + room * 0.04) / step) * step
    return bottom, max(top, bottom + step), step


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _period(period: str) -> str:
    """A period as it fits under an axis: 2026-03 as 03/26."""
    if len(period) == 7 and period[4] == "-" and period[5:].isdigit():
        return f"{period[5:]}/{period[2:4]}"
    return period
