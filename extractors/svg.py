"""Drawings as vectors (SVG 2): the words that are drawn, those of web pages set into them too, and pictures kept in them."""

from pathlib import Path

from lxml import etree

from extractors.document import Document
from extractors.draft import one_line
from extractors.policy import ExtractionPolicy
from extractors.text_detect import SVG

# What belongs to the drawing and is not drawn.
_UNSEEN = frozenset({"title", "desc", "metadata", "style", "script"})
# Pieces of a text within one another.
MOST_WITHIN = 50
_PLACED = ("x", "y", "dx", "dy")


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a drawing as the only thing on a web page. Raises EmptyFile or DamagedFile."""
    from extractors import web

    return web.read(path, name, policy).model_copy(update={"media_type": SVG})


def words_of(drawing: etree._Element) -> str:
    """The texts of a drawing, one a line; of the same text as a page and as plain letters, for programs without pages, the
    first."""
    from extractors.web import inner_text

    lines: list[str] = []
    waiting = [drawing]
    while waiting:
        part = waiting.pop()
        tag = part.tag if isinstance(part.tag, str) else "title"
        if tag == "text":
            lines.append(one_line(_letters(part, 0)))
        elif tag == "foreignobject":
            lines.append(inner_text(part))
        elif tag == "switch":
            waiting.extend(list(part)[:1])
        elif tag not in _UNSEEN:
            waiting.extend(reversed(list(part)))
    return "\n".join(line for line in lines if line)


def pictures_of(drawing: etree._Element) -> list[str]:
    """The addresses of the pictures set into a drawing."""
    return [image.get("href") or image.get("xlink:href") or "" for image in drawing.iter("image")]


def _letters(part: etree._Element, depth: int) -> str:
    """The letters of a text; pieces with a place of their own are words of their own."""
    found = part.text or ""
    for inner in part:
        if depth < MOST_WITHIN and inner.tag not in _UNSEEN:
            placed = any(inner.get(name) for name in _PLACED)
            found += (" " if placed else "") + _letters(inner, depth + 1)
        found += inner.tail or ""
    return found
