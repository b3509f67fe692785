"""Where something stands in a file.

A locator is a tagged type: each format has the kind of address that a person would use in it. All numbers count from 1.
Boxes are fractions of the page or picture as it is shown (after rotation and crop): 0 to 1, origin at the top left.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Number = Annotated[int, Field(ge=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Frozen):
    """A rectangle on a page or picture: left, top, right, bottom as fractions of its width and height."""

    x0: Fraction
    y0: Fraction
    x1: Fraction
    y1: Fraction


class PageLocator(_Frozen):
    """A place on one page of a PDF; a passage that runs on has one locator a page."""

    type: Literal["page"] = "page"
    page: Number
    boxes: tuple[Box, ...] = ()


class SheetLocator(_Frozen):
    """A cell range of a workbook sheet, such as ``B4:F9``; ``shape`` names a drawing, chart or picture standing there."""

    type: Literal["sheet"] = "sheet"
    sheet: str
    cells: str
    shape: str | None = None


class ParagraphLocator(_Frozen):
    """A paragraph of a document without fixed pages (Word, HTML, Markdown, text, mail).

    ``paragraph`` counts the paragraphs and table cells of the document in reading order; ``cell`` is the row and column
    inside a table (``table`` counts the tables), ``last`` the last paragraph where the passage spans several.
    ``mail`` is the part of a mail: ``head``, or the number of a body by its place in the mail as mail programs count
    (``1.2``, RFC 3501 6.4.5), in forwarded mails behind the number of the mail. Attachments are documents of their own,
    called by the mail's name and theirs.
    """

    type: Literal["paragraph"] = "paragraph"
    paragraph: Number
    last: Number | None = None
    table: Number | None = None
    cell: str | None = None
    mail: str | None = None


class SlideLocator(_Frozen):
    """A shape on a slide; the boxes are the shape's place on the slide."""

    type: Literal["slide"] = "slide"
    slide: Number
    shape: str
    boxes: tuple[Box, ...] = ()


class ImageLocator(_Frozen):
    """A place on a picture file."""

    type: Literal["image"] = "image"
    boxes: tuple[Box, ...] = ()


Locator = Annotated[
    PageLocator | SheetLocator | ParagraphLocator | SlideLocator | ImageLocator, Field(discriminator="type")
]


def merged(places: Iterable[Locator]) -> tuple[Locator, ...]:
    """The places without doubles, in order; boxes of one page that follow each other together."""
    found: list[Locator] = []
    for place in places:
        last = found[-1] if found else None
        if isinstance(place, PageLocator) and isinstance(last, PageLocator) and place.page == last.page:
            found[-1] = PageLocator(page=last.page, boxes=tuple(dict.fromkeys(last.boxes + place.boxes)))
        elif place not in found:
            found.append(place)
    return tuple(found)


def describe(locator: Locator) -> str:
    """The place in words, as a report or a search hit shows it."""
    match locator:
        case PageLocator():
            return f"page {locator.page}"
        case SheetLocator():
            where = f"sheet {locator.sheet}, {locator.cells}"
            return f"{where} ({locator.shape})" if locator.shape else where
        case ParagraphLocator():
            where = _paragraphs(locator)
            return f"mail part {locator.mail}, {where}" if locator.mail else where
        case SlideLocator():
            return f"slide {locator.slide}"
        case ImageLocator():
            return "picture"


def _paragraphs(locator: ParagraphLocator) -> str:
    if locator.table:
        return f"table {locator.table}, cell {locator.cell}" if locator.cell else f"table {locator.table}"
    if locator.last and locator.last != locator.paragraph:
        return f"paragraphs {locator.paragraph} to {locator.last}"
    return f"paragraph {locator.paragraph}"
