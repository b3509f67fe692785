"""Colours of rich text (RTF 1.9.1): white letters, and the grounds of letters, paragraphs and cells they may stand on."""

import re
from dataclasses import dataclass, replace

from extractors.colours import is_white

_TABLE = re.compile(rb"\\colortbl(?![a-z])")
_TABLE_BYTES = 100_000
_PART = re.compile(rb"\\(red|green|blue)(\d{1,3})")
# Grounds of the whole page and shapes behind the text; styles of tables, which paint cells that say nothing of it, and
# tables within tables, whose cells are described behind them.
_BEHIND = re.compile(rb"\\(?:shpfblwtxt1|background|do)(?![a-z])")
_UNKNOWN_CELLS = re.compile(rb"\\(?:tscell(?:cbpat|cfpat|pct|bg)|nestcell)")
# Effects of letters that are seen whatever their colour.
_EFFECTS = frozenset({"outl", "shad", "embo", "impr"})
_OF_LETTERS = frozenset({"cb", "highlight", "chcbpat", "chcfpat"})


@dataclass(frozen=True)
class Ink:
    """Whether letters are white, and whether they bring a ground or an outline of their own."""

    white: bool = False
    lit: bool = False

    @property
    def faint(self) -> bool:
        """Whether nobody sees the letters on white paper."""
        return self.white and not self.lit


PLAIN = Ink()


class Colours:
    """The grounds of the paragraph and the row that are being read."""

    def __init__(self, data: bytes) -> None:
        table = _TABLE.search(data)
        self._white: set[int] = set()
        entries = data[table.end() : table.end() + _TABLE_BYTES].partition(b"}")[0] if table else b""
        for number, entry in enumerate(entries.split(b";")):
            parts = {name: int(value) for name, value in _PART.findall(entry)}
            if parts and is_white(*(parts.get(name, 0) for name in (b"red", b"green", b"blue"))):
                self._white.add(number)
        self._white_paper = bool(self._white) and not _BEHIND.search(data)
        self._unknown_cells = bool(_UNKNOWN_CELLS.search(data))
        self._paragraph = self._row = self._cell = False
        self._cells: list[bool] = []

    def ink(self, ink: Ink, word: str, number: int | None) -> Ink:
        """The ink of letters behind a control word."""
        if word == "plain":
            return PLAIN
        if word == "cf":
            return replace(ink, white=(number or 0) in self._white)
        if word in _OF_LETTERS:
            return replace(ink, lit=self._paints(number))
        if word in _EFFECTS or word == "chshdng" or word.startswith("chbg"):
            return replace(ink, lit=ink.lit or number != 0)
        return ink

    def word(self, word: str, number: int | None) -> None:
        """A control word that may change the ground of the paragraph or of cells."""
        match word:
            case "pard":
                self._paragraph = False
            case "cbpat" | "cfpat":
                self._paragraph = self._paragraph or self._paints(number)
            case "shading":
                self._paragraph = self._paragraph or number != 0
            case "trowd":
                self._cells, self._row, self._cell = [], False, False
            case "trcbpat" | "trcfpat":
                self._row = self._row or self._paints(number)
            case "clcbpat" | "clcfpat" | "clcbpatraw" | "clcfpatraw":
                self._cell = self._cell or self._paints(number)
            case "trshdng" | "clshdng" | "clshdngraw":
                self._row = self._row or (word[0] == "t" and number != 0)
                self._cell = self._cell or (word[0] == "c" and number != 0)
            case "cellx":
                self._cells.append(self._cell)
                self._cell = False
            case _ if word.startswith("bg"):
                self._paragraph = True
            case _ if word.startswith("clbg"):
                self._cell = True
            case _ if word.startswith("trbg"):
                self._row = True

    def hides_white(self, cell: int | None) -> bool:
        """Whether the paragraph stands on white paper: in the cell of this number from 0, or in none (None)."""
        if not self._white_paper or self._paragraph:
            return False
        if cell is None:
            return True
        return cell < len(self._cells) and not (self._cells[cell] or self._row or self._unknown_cells)

    def _paints(self, number: int | None) -> bool:
        return bool(number) and number not in self._white
