"""Web elements written into Markdown: which words stand in one that nobody sees, and which blocks are pages of their own."""

import html
import re

from extractors.draft import one_line
from extractors.web_colours import look_of
from extractors.web_shown import HIDES

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
# What is for programs, where its end is there: without one, a placeholder in angle brackets would swallow the rest.
_FOR_PROGRAMS = re.compile(r"<(?:!--|(script|style|template|noscript)\b[^<>]{0,500}>)", re.IGNORECASE)
# Elements without an end, and elements that end with what holds them.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_ENDLESS = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot"})
MOST_OPEN = 200
_PLAIN = ("", False, False, False)


class OpenElements:
    """The elements that stand open where the text is read."""

    def __init__(self) -> None:
        # By name; whether words in it are hidden whatever their colour, are white, and have a ground painted below them.
        self._open: list[tuple[str, bool, bool, bool]] = []

    @property
    def hidden(self) -> bool:
        """Whether words that stand here are hidden."""
        _, hides, white, painted = self._open[-1] if self._open else _PLAIN
        return hides or (white and not painted)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def back_to(self, depth: int) -> None:
        """End what was opened since: elements within a line end with it."""
        del self._open[depth:]

    def block(self, content: str) -> tuple[list[tuple[str, bool]], bool]:
        """The words of a block and whether each are hidden, and whether the block stands for itself: all that begins in
        it ends in it."""
        content = _for_people(content)
        before, lowest = len(self._open), len(self._open)
        words: list[tuple[list[str], bool]] = []
        at = 0
        for match in (*_TAG.finditer(content), None):
            text = one_line(html.unescape(content[at : match.start() if match else len(content)]))
            if text:
                if not words or words[-1][1] != self.hidden:
                    words.append(([], self.hidden))
                words[-1][0].append(text)
            if match:
                self.tag(match)
                at = match.end()
                lowest = min(lowest, len(self._open))
        while len(self._open) > before and self._open[-1][0] in _ENDLESS:
            self._open.pop()
        return [(" ".join(texts), hidden) for texts, hidden in words], len(self._open) == before == lowest

    def inline(self, content: str) -> None:
        """An element begins or ends within a line."""
        if match := _TAG.match(content):
            self.tag(match)

    def tag(self, match: "re.Match[str]") -> None:
        """An element begins or ends."""
        name = match[2].lower()
        if match[1]:
            at = next((at for at in reversed(range(len(self._open))) if self._open[at][0] == name), None)
            if at is not None:
                del self._open[at:]
        elif name not in _VOID and not match[3].endswith("/") and len(self._open) < MOST_OPEN:
            self._open.append((name, *self._look(name, match[3])))

    def _look(self, name: str, written: str) -> tuple[bool, bool, bool]:
        """Whether words in an element are hidden whatever their colour, are white, and have a ground painted below them."""
        said = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(written)}
        style = html.unescape(said.get("style", ""))
        _, hides, white, painted = self._open[-1] if self._open else _PLAIN
        own, paints = look_of(style, said.get("color", "") if name == "font" else "", said.get("bgcolor", ""))
        hides = hides or "hidden" in said or bool(HIDES.search(style))
        return hides, white if own is None else own, painted or paints


def _for_people(content: str) -> str:
    """A block without comments and scripts."""
    parts: list[str] = []
    at = 0
    missing: set[str] = set()
    for begun in _FOR_PROGRAMS.finditer(content):
        ends = f"</{begun[1].lower()}\\s*>" if begun[1] else "-->"
        if begun.start() < at or ends in missing:
            continue
        if end := re.compile(ends, re.IGNORECASE).search(content, begun.end()):
            parts += content[at : begun.start()], " "
            at = end.end()
        else:
            missing.add(ends)
    return "".join([*parts, content[at:]])
