"""The markup of ``FORMAT.md`` read into blocks that carry their labels.

The parser is strict. A corpus with a misspelt label teaches the wrong thing silently, so every slip is an error with its line.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from corpora.blocks import AuthoredBlock, AuthoredPart, AuthoringError, Field, Label, Row
from evidence.model import CRITERIA, MODES

_COMMENT = "%%"
_FORM = re.compile(r"\s::(?:\s|$)")
_BETWEEN_FIELDS = re.compile(r"\s\|\|(?:\s|$)")
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_BULLET = re.compile("- ")
_RULER = re.compile(r"\|[\s:|-]*-{3}[\s:|-]*\|?")  # the line below the head of a table
_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BLOCK_COMMANDS = ("stamp", "photo", "textbox", "chart", "signature", "hand", "note")


def parse_body(lines: list[str], source: str, first_line: int = 1, sheets: bool = False) -> tuple[AuthoredPart, ...]:
    """Read the body of an authored document. ``sheets``: it must begin with the name of a part. Raises AuthoringError with the line that is wrong."""
    return _Body(lines, source, first_line, sheets).parts()


def _is_command(start: str) -> bool:
    return start.startswith("!") and start[1:].split(" ", 1)[0] in _BLOCK_COMMANDS


def _is_plain(line: str) -> bool:
    """Whether a line goes on with the words before it."""
    start = line.strip()
    marked = start.startswith(("@", "|", "#", "===", "- ", _COMMENT)) or _NUMBERED.match(start) or _FORM.search(line)
    return bool(start) and not marked and not _is_command(start)


class _Body:
    """A body read line by line: ``index`` is the line that is next, ``label`` the one that holds there."""

    def __init__(self, lines: list[str], source: str, first_line: int, sheets: bool) -> None:
        self._lines, self._source, self._first_line, self._sheets = lines, source, first_line, sheets
        self._index = 0
        self._label: Label | None = None
        self._parts: list[tuple[str, bool, list[AuthoredBlock]]] = []

    def parts(self) -> tuple[AuthoredPart, ...]:
        """All parts in order."""
        while self._index < len(self._lines):
            line = self._lines[self._index]
            self._reader_of(line)(line.strip())
        return tuple(AuthoredPart(name, hidden, tuple(blocks)) for name, hidden, blocks in self._parts)

    def _reader_of(self, line: str) -> Callable[[str], None]:
        start = line.strip()
        if not start or start.startswith(_COMMENT):
            return self._pass
        for sign, reader in (("@", self._take_label), ("===", self._part), ("#", self._heading), ("|", self._table)):
            if start.startswith(sign):
                return reader
        if _is_command(start):
            return self._command
        if _FORM.search(line.rstrip()):
            return self._form
        if _BULLET.match(start) or _NUMBERED.match(start):
            return self._list
        return self._paragraph

    def _here(self) -> str:
        return f"{self._source}:{self._first_line + self._index}"

    def _needed(self) -> Label:
        if self._label is None:
            raise AuthoringError(f"{self._here()}: text before the first '@' label")
        return self._label

    def _add(self, kind: str, label: Label, text: str = "", **more: Any) -> None:
        if not self._parts:
            if self._sheets:
                raise AuthoringError(f"{self._here()}: a workbook or slide deck starts with '=== name'")
            self._parts.append(("", False, []))
        self._parts[-1][2].append(AuthoredBlock(kind, label, _shown(text), **more))

    def _pass(self, _: str) -> None:
        self._index += 1

    def _take_label(self, start: str) -> None:
        self._label = _label(start, self._here())
        self._index += 1

    def _part(self, start: str) -> None:
        name = start[3:].strip().strip("=").strip()
        self._parts.append((name.removesuffix("(hidden)").strip(), name.endswith("(hidden)"), []))
        self._index += 1

    def _heading(self, start: str) -> None:
        words = start.lstrip("#")
        if words.strip():
            self._add("heading", self._needed(), words.strip(), level=min(len(start) - len(words), 4))
        self._index += 1

    def _command(self, start: str) -> None:
        command, _, rest = start[1:].partition(" ")
        self._add(command, self._needed(), rest.strip().strip('"'))
        self._index += 1

    def _run(self, goes_on: Callable[[str], bool]) -> Iterator[str]:
        """The lines of a table or form; labels and comments between them are taken, and a label that something else follows ends it."""
        while self._index < len(self._lines):
            line = self._lines[self._index]
            start = line.strip()
            if start.startswith(_COMMENT):
                pass
            elif start.startswith("@"):
                after = (x for x in self._lines[self._index + 1 :] if not x.strip().startswith(("@", _COMMENT)))
                if not goes_on(next(after, "")):
                    return
                self._label = _label(start, self._here())
            elif goes_on(line):
                yield start
            else:
                return
            self._index += 1

    def _table(self, _: str) -> None:
        first = self._needed()
        lines = self._run(lambda line: line.strip().startswith("|"))
        rows = tuple(Row(_cells(line), self._needed()) for line in lines if not _RULER.fullmatch(line))
        self._add("table", rows[0].label if rows else first, rows=rows)

    def _form(self, _: str) -> None:
        first = self._needed()
        fields: list[Field] = []
        for row, line in enumerate(self._run(lambda line: bool(_FORM.search(line)))):
            for piece in _BETWEEN_FIELDS.split(line):
                if piece.strip():
                    name, _, value = piece.partition("::")
                    fields.append(Field(_shown(name.strip()), _shown(value.strip()), row, self._needed()))
        self._add("form", first, fields=tuple(fields))

    def _list(self, start: str) -> None:
        mark = _BULLET if _BULLET.match(start) else _NUMBERED
        items: list[str] = []
        while self._index < len(self._lines) and (line := self._lines[self._index]).strip():
            if mark.match(line.strip()):
                items.append(mark.sub("", line.strip(), count=1))
            elif _is_plain(line) and items:
                items[-1] += " " + line.strip()
            else:
                break
            self._index += 1
        self._add("list", self._needed(), items=tuple(map(_shown, items)), ordered=mark is _NUMBERED)

    def _paragraph(self, _: str) -> None:
        label = self._needed()
        words: list[str] = []
        while self._index < len(self._lines) and (not words or _is_plain(self._lines[self._index])):
            words.append(self._lines[self._index].strip())
            self._index += 1
        self._add("paragraph", label, " ".join(words))


def _label(line: str, where: str) -> Label:
    words = line[1:].split()
    if not words or words[0] not in MODES:
        raise AuthoringError(f"{where}: '{line}' does not begin with a mode; one of {', '.join(MODES)}")
    for word in words[1:]:
        if word not in CRITERIA:
            raise AuthoringError(f"{where}: '{word}' is not a criterion")
    return Label(words[0], tuple(words[1:]))


def _cells(line: str) -> tuple[str, ...]:
    body = line.strip()[1:]
    body = body.removesuffix("|")
    return tuple(_shown(cell.strip()) for cell in body.split("|"))


def _shown(text: str) -> str:
    """The words as a reader of the paper sees them: without the asterisks of emphasis, which no factory's form shows."""
    return _EMPHASIS.sub(r"\1", text)
