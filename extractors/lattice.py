"""From rulings to cells and tables: pdfplumber's definitions, in time linear in the crossings.

Two crossings belong to one cell when the same ruling runs through both (Nurminen 2013, 3.3). pdfplumber compares
every crossing with every other, which takes minutes on squared paper.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from extractors.geometry import Rect

# Rulings closer than this are one, and cross within it, in points.
SNAP = 3.0
CROSSING = 3.0
# Rulings that reach this far beyond the outermost crossing ones, in points, are rows or columns left open at the side.
OPEN_SIDE = 6.0
# A row without upright rulings between two parts of a table is not higher than this, in points.
SECTION_ROW = 40.0
# More crossings are a drawing on squared paper, not a table.
MOST_CROSSINGS = 40_000

Point = tuple[float, float]
_Crossings = dict[Point, tuple[set[int], set[int]]]


def grids(across: Sequence[Rect], upright: Sequence[Rect], most: int) -> list[list[Rect]]:
    """The cells of each table that the rulings draw; nothing where there are more than ``most`` rulings."""
    from pdfplumber.table import merge_edges

    edges = [_edge(r[0], r[2], (r[1] + r[3]) / 2, (r[1] + r[3]) / 2, "h") for r in across]
    edges += [_edge((r[0] + r[2]) / 2, (r[0] + r[2]) / 2, r[1], r[3], "v") for r in upright]
    merged = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    if len(merged) > most:
        return []
    upright_edges = [e for e in merged if e["orientation"] == "v"]
    across_edges = [e for e in merged if e["orientation"] == "h"]
    closing = _closing(upright_edges, across_edges)
    if closing:
        upright_edges += [e for e in closing if e["orientation"] == "v"]
        across_edges += [e for e in closing if e["orientation"] == "h"]
    return tables_of(_cells(_crossings(upright_edges, across_edges)))


def _closing(upright: list[dict[str, Any]], across: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Edges for tables that are open at a side: their rulings end together where no ruling closes them."""
    found: list[dict[str, Any]] = []
    sides: list[tuple[list[float], float, float]] = []
    for vs, hs in _joined(upright, across):
        if min(len(vs), len(hs)) < 1 or len(vs) + len(hs) < 3:
            continue
        y0, y1 = min(v["top"] for v in vs), max(v["bottom"] for v in vs)
        left, right = min(v["x0"] for v in vs), max(v["x0"] for v in vs)
        top, bottom = min(h["top"] for h in hs), max(h["top"] for h in hs)
        x0 = _open_end([left - h["x0"] for h in hs])
        x1 = _open_end([h["x1"] - right for h in hs])
        above = _open_end([top - v["top"] for v in vs])
        below = _open_end([v["bottom"] - bottom for v in vs])
        upper, lower = min(y0, top), max(y1, bottom)
        from_left = min(left, left - x0)
        to_right = max(right, right + x1)
        new = [at for at, beyond in ((left - x0, x0), (right + x1, x1)) if beyond]
        if new:
            sides.append(([from_left, to_right], upper, lower))
        found += [_edge(at, at, upper, lower, "v") for at in new]
        if above:
            found.append(_edge(from_left, to_right, top - above, top - above, "h"))
        if below:
            found.append(_edge(from_left, to_right, bottom + below, bottom + below, "h"))
    return found + _bridges(sides)


def _open_end(beyond: list[float]) -> float:
    """How far rulings reach beyond the outermost crossing one, where most of those that do end together; else 0."""
    open_ends = [length for length in beyond if length > OPEN_SIDE]
    if not open_ends:
        return 0.0
    furthest = max(open_ends)
    return furthest if 2 * sum(furthest - length <= SNAP for length in open_ends) >= len(open_ends) else 0.0


def _bridges(sides: list[tuple[list[float], float, float]]) -> list[dict[str, Any]]:
    """Sides between drawings of the same width that follow each other: a row between them has no upright rulings."""
    found = []
    sides.sort(key=lambda side: side[1])
    for (ends, _, bottom), (other, top, _) in pairwise(sides):
        if 0 < top - bottom <= SECTION_ROW and all(abs(a - b) <= SNAP for a, b in zip(ends, other, strict=True)):
            found += [_edge(at, at, bottom, top, "v") for at in other]
    return found


def _joined(
    upright: list[dict[str, Any]], across: list[dict[str, Any]]
) -> list[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """The upright and the level edges of each drawing: those that meet, directly or through others."""
    group = list(range(len(upright) + len(across)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for vs, hs in _crossings(upright, across).values():
        first = root(next(iter(vs)))
        for v in vs:
            group[root(v)] = first
        for h in hs:
            group[root(len(upright) + h)] = first
    drawings: dict[int, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
    for at in range(len(group)):
        vs_hs = drawings.setdefault(root(at), ([], []))
        if at < len(upright):
            vs_hs[0].append(upright[at])
        else:
            vs_hs[1].append(across[at - len(upright)])
    return list(drawings.values())


def _edge(x0: float, x1: float, top: float, bottom: float, orientation: str) -> dict[str, Any]:
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
    }


def _crossings(upright: list[dict[str, Any]], across: list[dict[str, Any]]) -> _Crossings:
    """Where rulings meet, and which upright and level ones do."""
    across.sort(key=lambda edge: edge["top"])
    heights = [edge["top"] for edge in across]
    found: _Crossings = {}
    for v, edge in enumerate(upright):
        x = edge["x0"]
        at = bisect_left(heights, edge["top"] - CROSSING)
        while at < len(heights) and heights[at] <= edge["bottom"] + CROSSING:
            if across[at]["x0"] - CROSSING <= x <= across[at]["x1"] + CROSSING:
                uprights, levels = found.setdefault((x, heights[at]), (set(), set()))
                uprights.add(v)
                levels.add(at)
                if len(found) > MOST_CROSSINGS:
                    return {}
            at += 1
    return found


def _cells(crossings: _Crossings) -> list[Rect]:
    """The smallest cell below and right of each crossing."""
    below: dict[float, list[float]] = {}
    right: dict[float, list[float]] = {}
    for x, y in sorted(crossings):
        below.setdefault(x, []).append(y)
        right.setdefault(y, []).append(x)

    def connected(a: Point, b: Point, kind: int) -> bool:
        return not crossings[a][kind].isdisjoint(crossings[b][kind])

    cells = []
    for x, y in sorted(crossings):
        column, row = below[x], right[y]
        corner = next(
            (
                (other_x, other_y)
                for other_y in _while(
                    column[bisect_left(column, y) + 1 :], lambda o, x=x, y=y: connected((x, y), (x, o), 0)
                )
                for other_x in _while(row[bisect_left(row, x) + 1 :], lambda o, x=x, y=y: connected((x, y), (o, y), 1))
                if (other_x, other_y) in crossings
                and connected((other_x, other_y), (other_x, y), 0)
                and connected((other_x, other_y), (x, other_y), 1)
            ),
            None,
        )
        if corner:
            cells.append((x, y, *corner))
    return cells


def _while(values: list[float], holds: Any) -> Any:
    for value in values:
        if not holds(value):
            return
        yield value


def tables_of(cells: list[Rect]) -> list[list[Rect]]:
    """Cells that share corners, from top to bottom and left to right."""
    group = list(range(len(cells)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    corners: dict[Point, int] = {}
    for at, (x0, y0, x1, y1) in enumerate(cells):
        for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
            other = corners.setdefault(corner, at)
            group[root(at)] = root(other)
    tables: dict[int, list[Rect]] = {}
    for at, cell in enumerate(cells):
        tables.setdefault(root(at), []).append(cell)
    return sorted(tables.values(), key=lambda table: min((cell[1], cell[0]) for cell in table))
