"""Fishbone drawings (Ishikawa): which causes hang on which bone, and the effect that all of them lead to.

A drawing of loose text boxes and lines says in its geometry what a list would say in words: the spine runs to the effect,
slanted bones run to the spine from the names of their branches, and causes stand beside their bone. Text is put into that
order and never changed; a drawing that is no fishbone stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from extractors.geometry import Rect

Segment = tuple[float, float, float, float]

# The spine runs level within this slope, over so much of the drawing's width.
LEVEL = 0.15
SPINE_SHARE = 0.4
# A bone ends so near to the spine, in shares of the drawing's height, and covers at least so much of it.
NEAR_SPINE = 0.12
LEAST_BONE = 0.12
LEAST_BONES = 3
# So far from its far end stands a bone's name, and from the bone a cause, in shares of the drawing's width.
NEAR_END = 0.15
NEAR_BONE = 0.25
# Causes stand no further from the spine than the bone reaches, and a little.
BESIDE = 1.15
# Longer text is a note beside the drawing.
MOST_CHARACTERS = 200
# Texts, and lines: a full fishbone has about a hundred, and telling which stand near each other costs their product.
MOST_SHAPES = 400
# Between the causes of one bone, and from a cause to what it leads to.
AND, LEADS_TO = "; ", " → "


@dataclass(frozen=True)
class Bone:
    """One branch: the numbers of the texts that are its causes, of its name and of the effect."""

    causes: tuple[int, ...]
    name: int
    effect: int

    @property
    def members(self) -> tuple[int, ...]:
        """All texts of the branch in the order in which it is read."""
        return (*self.causes, self.name, self.effect)

    def text(self, texts: Sequence[str]) -> str:
        """Causes, then the branch they belong to, then the effect."""
        said = [" ".join(texts[at].split()) for at in self.members]
        causes = AND.join(said[:-2])
        return LEADS_TO.join([part for part in (causes, *said[-2:]) if part])


def bones_of(boxes: Sequence[Rect], texts: Sequence[str], lines: Sequence[Segment]) -> list[Bone]:
    """The branches of a fishbone in reading order; empty where texts in boxes and lines are no fishbone."""
    usable = [at for at, text in enumerate(texts) if 0 < len(text.strip()) <= MOST_CHARACTERS]
    if not LEAST_BONES + 2 <= len(usable) <= MOST_SHAPES or not LEAST_BONES + 1 <= len(lines) <= MOST_SHAPES:
        return []
    corners = [(*boxes[at],) for at in usable] + [
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in lines
    ]
    width = max(c[2] for c in corners) - min(c[0] for c in corners)
    height = max(c[3] for c in corners) - min(c[1] for c in corners)
    level = [line for line in lines if abs(line[3] - line[1]) <= LEVEL * abs(line[2] - line[0])]
    if not level or width <= 0 or height <= 0:
        return []
    spine = max(level, key=lambda line: abs(line[2] - line[0]))
    left, right, y = min(spine[0], spine[2]), max(spine[0], spine[2]), (spine[1] + spine[3]) / 2
    if right - left < SPINE_SHARE * width:
        return []
    effect = _effect(boxes, usable, left, right, y, height)
    if effect is None:
        return []
    to_right = _middle(boxes[effect])[0] > (left + right) / 2
    slanted = [bone for line in lines if line not in level and (bone := _bone(line, left, right, y, height))]
    named = _named(slanted, boxes, [at for at in usable if at != effect], NEAR_END * width)
    if len(named) < LEAST_BONES:
        return []
    taken = {effect, *(name for _, name in named)}
    causes = _causes(named, boxes, [at for at in usable if at not in taken], y, NEAR_BONE * width)
    if not any(causes):
        return []
    order = sorted(
        range(len(named)),
        key=lambda at: (named[at][0][2] if to_right else -named[at][0][2], named[at][0][3] > y),
    )
    return [Bone(tuple(causes[at]), named[at][1], effect) for at in order]


def _middle(box: Rect) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _effect(
    boxes: Sequence[Rect], usable: Sequence[int], left: float, right: float, y: float, height: float
) -> int | None:
    """The text at the head of the spine: across its height and beyond one of its ends."""
    at_ends = []
    for at in usable:
        x0, y0, x1, y1 = boxes[at]
        if y0 - 0.05 * height <= y <= y1 + 0.05 * height:
            beyond = min(abs(x0 - right), abs(x1 - left))
            if _middle(boxes[at])[0] > right or _middle(boxes[at])[0] < left:
                at_ends.append((beyond, -boxes[at][0], at))
    return min(at_ends)[2] if at_ends else None


def _bone(line: Segment, left: float, right: float, y: float, height: float) -> Segment | None:
    """The line from its end at the spine to its far end, or None."""
    x0, y0, x1, y1 = line
    if abs(y0 - y) > abs(y1 - y):
        x0, y0, x1, y1 = x1, y1, x0, y0
    slack = NEAR_SPINE * height
    if abs(y0 - y) > slack or not left - slack <= x0 <= right + slack or abs(y1 - y) < LEAST_BONE * height:
        return None
    return x0, y0, x1, y1


def _named(
    bones: Sequence[Segment], boxes: Sequence[Rect], free: Sequence[int], near: float
) -> list[tuple[Segment, int]]:
    """Bones with the text at their far end, the nearest pairs first; each text names one bone."""
    pairs = sorted(
        (distance, bone, at)
        for bone, (_, _, x, y) in enumerate(bones)
        for at in free
        if (distance := _from_box(boxes[at], x, y)) <= near
    )
    found: dict[int, int] = {}
    for _, bone, at in pairs:
        if bone not in found and at not in found.values():
            found[bone] = at
    return [(bones[bone], at) for bone, at in sorted(found.items())]


def _causes(
    named: Sequence[tuple[Segment, int]], boxes: Sequence[Rect], free: Sequence[int], y: float, near: float
) -> list[list[int]]:
    """The texts beside each bone, from top to bottom; each belongs to the nearest bone on its side of the spine."""
    found: list[list[int]] = [[] for _ in named]
    for at in sorted(free, key=lambda at: _middle(boxes[at])[::-1]):
        x, middle = _middle(boxes[at])
        beside = [
            (_from_segment(bone, boxes[at], x, middle), number)
            for number, (bone, _) in enumerate(named)
            if (bone[3] > y) == (middle > y) and abs(middle - y) <= BESIDE * abs(bone[3] - y)
        ]
        if beside and min(beside)[0] <= near:
            found[min(beside)[1]].append(at)
    return found


def _from_box(box: Rect, x: float, y: float) -> float:
    return hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def _from_segment(bone: Segment, box: Rect, x: float, y: float) -> float:
    """How far a box stands from a bone at the box's own height: causes hang level on it."""
    x0, y0, x1, y1 = bone
    share = min(1.0, max(0.0, (y - y0) / (y1 - y0)))
    return _from_box(box, x0 + share * (x1 - x0), y0 + share * (y1 - y0))
