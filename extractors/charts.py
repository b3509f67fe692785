"""Charts by the numbers cached in them: title, series names, categories and values, as a table (ECMA-376 part 1,
21.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Table
from extractors.drawingml import body_text
from extractors.grids import GridCell, Region, build_table, table_text
from extractors.packages import Element, child, children, local, whole, within
from extractors.spreadsheet_formats import show

# A chart with more points is a plot of raw data; its first points are kept and the rest is said to be left out.
MOST_POINTS = 2_000
MOST_SERIES = 100
# Remarks within one chart; beyond, every point has one and they repeat the numbers.
MOST_REMARKS = 2_000
# What a label shows is looked up elsewhere: "[VALUE]", "[CELLRANGE]".
_FIELD = re.compile(r"(?:\[[^\[\]]*\][^\w\[]*)+")

# Charts write a flat plot area; what is not one of these there is an axis or a frame.
_KINDS = {
    "barChart": "bar chart", "bar3DChart": "bar chart", "lineChart": "line chart", "line3DChart": "line chart",
    "pieChart": "pie chart", "pie3DChart": "pie chart", "doughnutChart": "ring chart",
    "areaChart": "area chart",
    "area3DChart": "area chart", "scatterChart": "scatter chart", "bubbleChart": "bubble chart",
    "radarChart": "radar chart",
    "stockChart": "stock chart", "surfaceChart": "surface chart", "ofPieChart": "pie chart",
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A chart as it is read: ``text`` is title and axis titles, then the table's rows; ``cut`` says that points are
    missing."""

    text: str
    table: Table | None
    cut: bool


@dataclass
class Series:
    """A row of numbers of a chart; categories and values (as shown, and as number) by the index of their point."""

    name: str
    categories: dict[int, str]
    values: dict[int, tuple[str, str | None]]


def read_chart(root: Element) -> Chart | None:
    """The chart of a chart part; None where it holds neither text nor numbers."""
    if next(root.iter("{*}plotArea"), None) is not None and next(root.iter("{*}chartData"), None) is not None:
        series = list(_extended(root))
    else:
        series = [_series(entry) for entry in _entries(root)]
    return chart_of(series, _titles(root))


def chart_of(series: list[Series], heads: list[str]) -> Chart | None:
    """A chart from its series and the lines above it; None where it holds neither text nor numbers."""
    filled = [entry for entry in series if entry.values]
    series = filled[:MOST_SERIES]
    if not series:
        return Chart("\n".join(heads), None, False) if heads else None
    points = sorted({index for entry in series for index in entry.values})
    cut = len(points) > MOST_POINTS or len(filled) > MOST_SERIES
    table = _table(series, points[:MOST_POINTS])
    return Chart("\n".join([*heads, table_text(table)]), table, cut)


def chart_remarks(root: Element) -> tuple[list[str], bool]:
    """What is written into a chart besides titles and numbers: labels of single points, names and formulas of trends; and
    whether there is more than is read of one."""
    found = []
    for part in within(root, "dLbl", "trendline", "dlblRangeCache", "dispUnitsLbl"):
        name = child(part, "name")
        words = [name.text or ""] if name is not None else []
        words += [body_text(rich) for rich in within(part, "rich")]
        if local(part) == "dlblRangeCache":
            words += [point.text or "" for point in within(part, "v")]
        found += [line for text in words if (line := " ".join(text.split())) and not _FIELD.fullmatch(line)]
        if len(found) > MOST_REMARKS:
            break
    remarks = list(dict.fromkeys(found))
    return remarks[:MOST_REMARKS], len(found) > MOST_REMARKS


def _entries(root: Element) -> Iterator[Element]:
    area = next(root.iter("{*}plotArea"), None)
    for plot in children(area):
        if local(plot) in _KINDS:
            yield from (entry for entry in plot if local(entry) == "ser")


def _titles(root: Element) -> list[str]:
    """The title of the chart, then the titles of its axes on one line."""
    chart = next((found for found in root.iter("{*}chart") if child(found, "plotArea") is not None), None)
    title = _title(child(chart, "title")) if chart is not None else ""
    axes = []
    area = next(root.iter("{*}plotArea"), None)
    for axis in children(area):
        if local(axis).endswith("Ax") or local(axis) == "axis":
            axes.append(_title(child(axis, "title")))
    return [line for line in (title, " | ".join(text for text in axes if text)) if line]


def _title(title: Element | None) -> str:
    if title is None:
        return ""
    text = child(title, "tx")
    rich = next(title.iter("{*}rich"), None)
    if rich is not None:
        return " ".join(body_text(rich).split())
    return " ".join((point.text or "") for point in (within(text, "v"))).strip()


def _series(entry: Element) -> Series:
    name = " ".join(text for _, text, _ in _points(child(entry, "tx")))
    if not name:
        plain = child(entry, "tx", "v")
        name = (plain.text or "") if plain is not None else ""
    categories: dict[int, str] = {}
    for holder in ("cat", "xVal"):
        for index, text, _ in _points(child(entry, holder)):
            # Categories in levels (year over month) come innermost first; a person reads them from the outside in.
            categories[index] = f"{text} {categories[index]}" if index in categories else text
    values: dict[int, tuple[str, str | None]] = {}
    for holder in ("val", "yVal", "bubbleSize"):
        for index, text, value in _points(child(entry, holder)):
            values.setdefault(index, (text, value))
    return Series(name, categories, values)


def _points(holder: Element | None) -> Iterator[tuple[int, str, str | None]]:
    """Index, shown text and number of each cached point."""
    if holder is None:
        return
    for cache in holder.iter("{*}numCache", "{*}numLit", "{*}strCache", "{*}strLit", "{*}lvl"):
        numeric = local(cache).startswith("num")
        code = child(cache, "formatCode")
        for point in cache:
            if local(point) != "pt":
                continue
            cached = child(point, "v")
            text = (cached.text or "").strip() if cached is not None else ""
            value = None
            if numeric:
                text, value = _number(text, point.get("formatCode") or (code.text if code is not None else None))
            if text:
                yield whole(point.get("idx")), text, value


def _number(text: str, code: str | None) -> tuple[str, str | None]:
    try:
        shown = show(float(text), code or "General")
    except (ValueError, OverflowError):
        return text, None
    return shown.text or text, shown.value


def _extended(root: Element) -> Iterator[Series]:
    """Series of the newer chart types (waterfall, Pareto, histogram), whose data stand apart from their series."""
    data = {entry.get("id"): entry for entry in root.iter("{*}data")}
    for entry in root.iter("{*}series"):
        link = next(entry.iter("{*}dataId"), None)
        source = data.get(link.get("val")) if link is not None else None
        if source is None:
            continue
        categories: dict[int, str] = {}
        values: dict[int, tuple[str, str | None]] = {}
        for dimension in source:
            for level in dimension.iter("{*}lvl"):
                for point in level:
                    index, text = whole(point.get("idx")), (point.text or "").strip()
                    if local(dimension) == "strDim" and text:
                        categories.setdefault(index, text)
                    elif text:
                        values.setdefault(index, _number(text, level.get("formatCode")))
        name = next((text.text or "" for text in entry.iter("{*}v")), "")
        yield Series(name, categories, values)


def _table(series: list[Series], points: list[int]) -> Table:
    cells = [GridCell(1, 1, ""), *(GridCell(1, column, entry.name) for column, entry in enumerate(series, start=2))]
    for row, index in enumerate(points, start=2):
        category = next((entry.categories[index] for entry in series if index in entry.categories), str(index + 1))
        cells.append(GridCell(row, 1, category))
        for column, entry in enumerate(series, start=2):
            text, value = entry.values.get(index, ("", None))
            cells.append(GridCell(row, column, text, kind="number" if value is not None else "text", value=value))
    table, _ = build_table(Region("table", cells, header_rows=1), None, len(cells))
    return table
