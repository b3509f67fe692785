"""Two tables without rulings that stand side by side, told from one wide table by rows that do not meet."""

from collections.abc import Sequence

from extractors.layout import Line, rows_of

# Two tables side by side have at least so many rows each, of which at most this share is as high, to so many font sizes.
TABLE_ROWS = 3
MEETING_SHARE = 0.5
LEVEL = 0.25


def tables_beside(lines: Sequence[Line], gutters: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """The two sides of the widest gutter where each holds rows of several cells that do not meet those of the other:
    two tables side by side. Nothing where there are no such two."""
    left, right = max(gutters, key=lambda gutter: gutter[1] - gutter[0])
    sides = [line for line in lines if line.rect[2] <= right], [line for line in lines if line.rect[0] >= left]
    if sum(map(len, sides)) != len(lines) or any(line.block for line in lines):
        return []
    first, second = (rows_of(side) for side in sides)
    if any(sum(len(row) > 1 for row in rows) < max(TABLE_ROWS, 0.8 * len(rows)) for rows in (first, second)):
        return []
    heights = [(row[0].rect[1] + row[0].rect[3]) / 2 for row in first]
    meeting = sum(
        min(abs(height - (row[0].rect[1] + row[0].rect[3]) / 2) for height in heights) <= LEVEL * row[0].size
        for row in second
    )
    return list(sides) if meeting <= MEETING_SHARE * len(second) else []
