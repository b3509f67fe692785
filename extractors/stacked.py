"""Words whose letters stand below each other, as at the side of a table or a drawing: one word, and not eight lines."""

from collections.abc import Sequence
from statistics import mean
from typing import Literal

from extractors.document import Block
from extractors.geometry import union
from extractors.layout import Line, Place

# Fewer letters below each other are marks in a column of a table.
LEAST_LETTERS = 4
LEAST_DIFFERENT = 3
# Of more lone letters, or among more lines, a page is a drawing or a bomb: each letter is compared with all others.
MOST_LETTERS, MOST_LINES = 600, 4_000
# In font sizes: how far from upright a stack may be, and how far apart its letters stand.
ASIDE = 0.35
PITCHES = (0.6, 1.6)
# In font sizes: a letter so near to the height of other text belongs to its row; of a stack at most this share does.
LEVEL = 0.2
LEVEL_SHARE = 0.5


def with_stacks(lines: Sequence[Line], part: int, place: Place, source: Literal["text", "ocr"]) -> list[Line]:
    """The lines, letters that stand below each other replaced by the word they make, at the height of its first."""
    letters = [line for line in lines if len(line.text) == 1 and line.text.isalpha() and not line.hidden]
    if not LEAST_LETTERS <= len(letters) <= MOST_LETTERS or len(lines) > MOST_LINES:
        return list(lines)
    letters.sort(key=lambda line: line.rect[1])
    left = {id(line): line for line in letters}
    found: list[Line] = []
    gone: set[int] = set()
    for first in letters:
        stack = [first] if id(first) in left else []
        while stack and (below := next((line for line in left.values() if _follows(stack[-1], line)), None)):
            stack.append(below)
        if len(stack) < LEAST_LETTERS or len({line.text for line in stack}) < LEAST_DIFFERENT:
            continue
        ids = {id(line) for line in stack}
        others = [line for line in lines if id(line) not in ids and not line.block]
        if sum(_beside(letter, others) for letter in stack) > LEVEL_SHARE * len(stack):
            continue
        for at in ids:
            del left[at]
        gone |= ids
        found.append(_word(stack, part, place, source))
    return [line for line in lines if id(line) not in gone] + found


def _middle(line: Line) -> tuple[float, float]:
    return (line.rect[0] + line.rect[2]) / 2, (line.rect[1] + line.rect[3]) / 2


def _follows(upper: Line, lower: Line) -> bool:
    (x0, y0), (x1, y1) = _middle(upper), _middle(lower)
    least, most = PITCHES
    return abs(x1 - x0) <= ASIDE * upper.size and least * upper.size <= y1 - y0 <= most * upper.size


def _beside(letter: Line, others: Sequence[Line]) -> bool:
    height = _middle(letter)[1]
    return any(abs(_middle(line)[1] - height) <= LEVEL * letter.size for line in others)


def _word(stack: list[Line], part: int, place: Place, source: Literal["text", "ocr"]) -> Line:
    sure = [line.confidence for line in stack if line.confidence is not None]
    block = Block(
        kind="paragraph",
        text="".join(line.text for line in stack),
        locators=place([union(line.rect for line in stack)]),
        part=part,
        source="ocr" if sure else source,
        confidence=round(mean(sure), 3) if sure else None,
    )
    return Line("", stack[0].rect, stack[0].size, block=block)
