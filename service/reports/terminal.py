"""A terminal that shows a supplier's words as words.

A file name or a sentence may hold signs that a terminal obeys: they move the cursor over what stands there, rename the window or put
something into the clipboard (ECMA-48 and its private extensions). None of them is printed; colours are the program's own.
"""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from service.reports.drawing import clean


class Terminal(Console):
    """Prints as rich does, without the signs that a terminal would obey in the words it is given."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The pieces of a thing to print; those of the program itself (colours, the cursor of a bar) stay as they are."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(clean(piece.text), piece.style)
