"""Lines and words of a PDF page with their boxes, straight from pdfium.

Calls into pdfium cost about a microsecond each, so lines are cut from the text of the whole page and single characters
are looked at only where a table or a wide gap asks for it.
"""

import ctypes
import re
import struct
from itertools import pairwise
from math import pi
from typing import Any

import pypdfium2.raw as pdfium

from extractors import pdf_calls
from extractors.geometry import Frame, Rect, union
from extractors.layout import Line, Word
from extractors.pdf_letters import Letter, clean, levelled, levels
from extractors.pdf_objects import paints_nothing
from extractors.pdf_unseen import Unseen

# A gap wider than this many font sizes parts two pieces of a line: columns, table cells, label and value.
WIDE_GAP = 1.1
# Between figures a lesser gap parts two columns: a space is about 0.3 sizes wide, in typewriter faces 0.6.
FIGURE_GAP = 0.5
# A line wider than this many font sizes a character has gaps: letters are about half as wide as high.
SPARSE = 0.6
# Once a line has a gap that wide, lesser ones part pieces too: heads stand closer than the figures below them.
NEXT_GAP = 0.8
# Dots that lead from a label to its figure.
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d")
LEADER_DOTS = 4
# Three figures in a row are a table row more often than not.
_FIGURES = re.compile(r"\d\S*\s+\S*\d\S*\s+\S*\d")
# Text below this size in points is not seen on paper.
TINY_POINTS = 2.0
# Fill colours with all channels from here up are white on white paper.
WHITE = 250
_BOLD = re.compile(rb"(?i)bold|black|heavy|semib|demi")
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00a0\u00ad\ud800-\udfff\ufffe\uffff]")
_FOUR_DOUBLES = struct.Struct("4d").unpack_from
_DOTS = re.compile(r"\.\s?\.\s?\.\s?\.")
# Characters tested for a missing Unicode map on each page.
MAP_SAMPLES = 40
# Characters whose angle is looked at on each page, how many must stand there, and the share that makes the page's own.
ANGLE_SAMPLES = 24
LEAST_ANGLES = 8
LEVEL_SHARE = 0.8
# A line so many times as high as wide runs up or down.
UPRIGHT = 2.0
# Pieces of a line that reach over so many times the height of the highest are lines above each other.
LEVELS_APART = 2.0
# Letters without meaning in a row that are a word and no bullet or tick.
GARBLED_LETTERS = 3
_PRIVATE = re.compile("[\ufffd\ue000-\uf8ff]")


class TextPage:
    """The text of one page; close it before its page. Rectangles are in points of the page as shown."""

    def __init__(self, page: Any, frame: Frame, max_characters: int) -> None:
        self.raw = pdfium.FPDFText_LoadPage(page)
        self._handle = pdf_calls.handle(self.raw)
        self.frame = frame
        # The fonts of the lines by their names, and whether they are bold.
        self.fonts: dict[bytes, bool] = {}
        # Places of letters that the file draws without saying what they mean; filled by ``lines``.
        self.garbled: list[Line] = []
        self.characters = max(0, pdfium.FPDFText_CountChars(self.raw)) if self.raw else 0
        self.cut = self.characters > max_characters
        self._text = self._read(min(self.characters, max_characters))
        self._same_index = len(self._text) == self.characters
        # What no line of the page holds need not be looked for in each.
        plain = self._text.isascii() and self._text.replace("\r\n", "").isprintable()
        self._unclean = not plain and bool(_UNCLEAN.search(self._text))
        self._private = not plain and bool(_PRIVATE.search(self._text))
        self._figures = bool(_FIGURES.search(self._text))
        self._leaders = self._text.count(".") >= LEADER_DOTS and bool(_DOTS.search(self._text))
        self._box = (ctypes.c_double * 4)()
        self._refs = [ctypes.byref(self._box, 8 * at) for at in range(4)]
        self._font = ctypes.create_string_buffer(128)
        # Whether a font is bold, by its address; no font moves while the page is open.
        self._bold_fonts: dict[int, bool] = {}
        self._colour = (ctypes.c_uint * 4)()
        self._colour_refs = [ctypes.byref(self._colour, 4 * at) for at in range(4)]
        self._loose = pdfium.FS_RECTF()
        self._unseen: Unseen | None = None

    def close(self) -> None:
        """Give the text page back to pdfium."""
        if self.raw:
            pdfium.FPDFText_ClosePage(self.raw)
            self.raw = None

    def _read(self, count: int) -> str:
        if count <= 0:
            return ""
        # A character beyond the basic plane takes two units of two bytes. No ctypes array: each length would be a new type.
        buffer = bytearray(4 * count + 4)
        written = pdf_calls.page_text(self._handle, 0, count, ctypes.byref(ctypes.c_char.from_buffer(buffer)))
        return buffer[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")

    @property
    def text(self) -> str:
        """All text of the page as pdfium orders it."""
        return self._text

    def _index(self, position: int) -> int:
        if self._same_index:
            return position
        return max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw, position))

    def is_unpainted(self, line: Line) -> bool:
        """Whether a line is written in a mode that paints nothing, as the words of an earlier OCR."""
        return line.count > 0 and paints_nothing(pdf_calls.text_object(self._handle, line.start))

    def unmapped_share(self) -> float:
        """Share of characters whose font does not say what they mean, from a sample."""
        length = len(self._text)
        if not length:
            return 0.0
        tested = [at for at in range(0, length, max(1, length // MAP_SAMPLES)) if not self._text[at].isspace()]
        if not tested:
            return 0.0
        return sum(pdf_calls.has_no_meaning(self._handle, self._index(at)) == 1 for at in tested) / len(tested)

    def level_rotation(self) -> int:
        """The clockwise rotation of the page, in degrees, in which nearly all of its text stands level; the page's own
        where there is none."""
        length = len(self._text)
        step = max(1, length // ANGLE_SAMPLES)
        found = [0, 0, 0, 0]
        for at in range(step // 2, length, step):
            if not self._text[at].isspace():
                # Clockwise from the axes of the file, whatever the rotation of the page.
                angle: float = pdf_calls.char_angle(self._handle, self._index(at))
                if angle >= 0:
                    found[-round(angle / (pi / 2)) % 4] += 1
        most = max(range(4), key=lambda turns: found[turns])
        if sum(found) < LEAST_ANGLES or found[most] < LEVEL_SHARE * sum(found):
            return self.frame.rotation
        return most * 90

    def lines(self, unseen: Unseen | None = None) -> list[Line]:
        """The lines in the order of the file, cut at wide gaps, and where ``unseen`` tells what is not seen of them."""
        self._unseen = unseen
        found: list[Line] = []
        position = 0
        for line in self._text.split("\n"):
            text = line.strip()
            if text:
                found += self._line(text, position if line.startswith(text) else position + line.index(text))
            position += len(line) + 1
        return found

    def _line(self, text: str, position: int) -> list[Line]:
        if self._same_index:
            start, count = position, len(text)
        else:
            start = self._index(position)
            count = self._index(position + len(text) - 1) - start + 1
        return self._placed(text, start, count)

    def _placed(self, text: str, start: int, count: int) -> list[Line]:
        rects = self._rects(start, count)
        if not rects:
            return []
        if len(rects) > 1 and (parts := self._levels(rects, start, count)):
            return [line for part in parts for line in self._placed(*part)]
        if self._unseen and self._unseen.may_be_in(rects) and len(runs := self._unseen.runs(start, count)) > 1:
            return [line for first, many in runs for line in self._placed(self._said(first, many), first, many)]
        gap, around = 0.0, rects[0]
        if len(rects) > 1:
            rects.sort()
            around = union(rects)
            right = rects[0][2]
            for rect in rects[1:]:
                gap = max(gap, rect[0] - right)
                right = max(right, rect[2])
        height = max(rect[3] - rect[1] for rect in rects) if gap else around[3] - around[1]
        wide = around[2] - around[0]
        if height > UPRIGHT * wide and count > 2:
            height = wide  # text that runs up or down a level page
        size = self._size(start, height)
        item = pdf_calls.text_object(self._handle, start)
        hidden = size < TINY_POINTS or paints_nothing(item)
        style = (size, self._bold(start, item), hidden)
        if not hidden and self._may_be_garbled(text, start, count):
            runs = self._readable(start, count, style)
            if runs != [(start, count)]:
                return [piece for first, many in runs for piece in self._pieces(first, many, style)]
        # One text object may hold a whole table row: then only its characters show the gaps.
        sparse = (
            wide > SPARSE * size * len(text)
            or "   " in text
            or (self._figures and _FIGURES.search(text))
            or (self._leaders and _LEADER.search(text))
        )
        if sparse or gap > WIDE_GAP * size:
            return self._pieces(start, count, style)
        said, hyphen = clean(text) if self._unclean else (text, False)
        if not said:
            return []
        return [Line(said, around, *style, start, count, hyphen=hyphen, white=self._white(start))]

    def _said(self, start: int, count: int) -> str:
        said = "".join(chr(pdfium.FPDFText_GetUnicode(self.raw, at) or 32) for at in range(start, start + count))
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()

    def _levels(self, rects: list[Rect], start: int, count: int) -> list[tuple[str, int, int]]:
        """Text, first character and number of the lines of a run of text that stand above each other though no line break parts
        them, as those of forms filled in later may; nothing where there is one."""
        top, bottom = min(rect[1] for rect in rects), max(rect[3] for rect in rects)
        if bottom - top < LEVELS_APART * max(rect[3] - rect[1] for rect in rects):
            return []
        if sum(rect[2] - rect[0] for rect in rects) < sum(rect[3] - rect[1] for rect in rects):
            return []  # text that runs up or down
        runs = levels(self.letters(start, count))
        return [("".join(run_text for _, run_text, _ in run), run[0][0], run[-1][0] - run[0][0] + 1) for run in runs]

    def _may_be_garbled(self, text: str, start: int, count: int) -> bool:
        """Whether the font of the first or the last character does not say what it means."""
        unmapped, page = pdf_calls.has_no_meaning, self._handle
        return (
            unmapped(page, start) == 1
            or unmapped(page, start + count - 1) == 1
            or (self._private and bool(_PRIVATE.search(text)))
        )

    def _readable(self, start: int, count: int, style: tuple[float, bool, bool]) -> list[tuple[int, int]]:
        """First character and number of the runs that can be read; the places of the others are kept in ``garbled``."""
        found: list[tuple[int, int]] = []
        begin = at = start
        end = start + count
        characters = self.letters(start, count)
        garbled = [
            letter != " " and (pdf_calls.has_no_meaning(self._handle, index) == 1 or bool(_PRIVATE.match(letter)))
            for index, letter, _ in characters
        ]
        while at < end:
            last, letters, rects = at, 0, [(0.0, 0.0, 0.0, 0.0)][:0]
            while last < end and (garbled[last - start] or characters[last - start][1] == " "):
                rect = characters[last - start][2]
                if garbled[last - start]:
                    if rects and rect[0] - rects[-1][2] > WIDE_GAP * style[0]:
                        break
                    rects.append(rect)
                    letters += 1
                last += 1
            if letters >= GARBLED_LETTERS:
                self.garbled.append(Line("", union(rects), style[0], style[1]))
                if at > begin:
                    found.append((begin, at - begin))
                begin = last
            at = max(last, at + 1)
        if end > begin:
            found.append((begin, end - begin))
        return found

    def _rects(self, start: int, count: int) -> list[Rect]:
        frame, page, box, refs = self.frame, self._handle, self._box, self._refs
        level, x, y = frame.rotation == 0, frame.left, frame.top
        found = []
        for at in range(pdf_calls.count_rects(page, start, count)):
            if pdf_calls.rect(page, at, *refs):
                left, top, right, bottom = _FOUR_DOUBLES(box)
                # Of a page that is not turned written out: this runs for every line.
                found.append(
                    (left - x, y - top, right - x, y - bottom) if level else frame.shown(left, bottom, right, top)
                )
        return found

    def _size(self, start: int, height: float) -> float:
        size: float = pdf_calls.font_size(self._handle, start)
        # The text matrix may scale a font of size 1; the height of the box then tells.
        if size < 0.6 * height or size > 4 * height:
            size = height / 0.75
        return size if size > 0.1 else 0.1

    def _bold(self, start: int, item: pdf_calls.Handle) -> bool:
        """Whether the character at ``start``, drawn by the text object ``item``, is in a bold font."""
        font: int = pdf_calls.font(item) or 0 if item else 0
        known = self._bold_fonts.get(font) if font else None
        if known is None:
            known = self._bold_by_name(start)
            if font:
                self._bold_fonts[font] = known
        return known

    def _bold_by_name(self, start: int) -> bool:
        length = pdfium.FPDFText_GetFontInfo(self.raw, start, self._font, 128, None)
        if not 0 < length <= 128:
            return False
        name = self._font.value
        known = self.fonts.get(name)
        if known is None:
            known = self.fonts[name] = bool(_BOLD.search(name))
        return known

    def _white(self, start: int) -> bool:
        colour = self._colour
        if not pdf_calls.fill_colour(self._handle, start, *self._colour_refs) or colour[0] < WHITE:
            return False
        return bool(colour[1] >= WHITE and colour[2] >= WHITE and colour[3])

    def letters(self, start: int, count: int) -> list[Letter]:
        """Index, character and box of the characters that are not white space; white space stands as an empty box."""
        loose, frame, raw = self._loose, self.frame, self.raw
        found = []
        for at in range(start, min(start + count, self.characters)):
            letter = chr(pdfium.FPDFText_GetUnicode(raw, at) or 32)
            if letter.isspace() or not pdfium.FPDFText_GetLooseCharBox(raw, at, loose):
                found.append((at, " ", (0.0, 0.0, 0.0, 0.0)))
            else:
                found.append((at, letter, frame.shown(loose.left, loose.bottom, loose.right, loose.top)))
        return levelled(found)

    def _pieces(self, start: int, count: int, style: tuple[float, bool, bool]) -> list[Line]:
        """The line cut where a gap is wide, so that columns and cells do not run into each other."""
        pieces: list[Line] = []
        run: list[Letter] = []
        last: Rect | None = None
        characters = self.letters(start, count)
        seen = [item[2] for item in characters if item[1] != " "]
        wide = WIDE_GAP * style[0]
        least = NEXT_GAP * style[0] if any(b[0] - a[2] > wide for a, b in pairwise(seen)) else wide
        for item in characters:
            if item[1] != " " and last and run and self._parted(run, item, last, style[0], least):
                pieces += self.piece(run, style)
                run = []
            if item[1] != " ":
                last = item[2]
            if run or item[1] != " ":
                run.append(item)
        return pieces + self.piece(run, style)

    @staticmethod
    def _parted(run: list[Letter], item: Letter, last: Rect, size: float, least: float) -> bool:
        """Whether the gap before a character parts two cells: a wide one, or a lesser one before a figure."""
        gap = abs(item[2][0] - last[2])
        if gap > least:
            return True
        if (
            item[1].isdigit()
            and [letter for _, letter, _ in run if letter != " "][-LEADER_DOTS:] == ["."] * LEADER_DOTS
        ):
            return True
        if gap <= FIGURE_GAP * size or not (item[1].isdigit() or item[1] in "(<$-−"):
            return False
        before = next((letter for _, letter, _ in reversed(run) if letter != " "), "")
        return before.isdigit() or before in "%)*"

    def piece(self, run: list[Letter], style: tuple[float, bool, bool]) -> list[Line]:
        """The line of these letters in a style: size, bold, hidden; none where they are blanks."""
        while run and run[-1][1] == " ":
            run.pop()
        text, hyphen = clean("".join(letter for _, letter, _ in run))
        if not text:
            return []
        first, last = run[0][0], run[-1][0]
        rect = union(rect for _, letter, rect in run if letter != " ")
        return [
            Line(
                text,
                rect,
                style[0],
                self._bold(first, pdf_calls.text_object(self._handle, first)),
                style[2],
                first,
                last - first + 1,
                hyphen=hyphen,
                white=self._white(first),
            )
        ]

    def words(self, line: Line) -> list[Word]:
        """The words of a line with their boxes, for putting them into table cells."""
        if " " not in line.text and not line.hyphen:
            return [Word(line.text, line.rect)]
        words: list[Word] = []
        letters: list[str] = []
        rects: list[Rect] = []
        for _, letter, rect in [*self.letters(line.start, line.count), (0, " ", (0.0, 0.0, 0.0, 0.0))]:
            far = rects and letter != " " and (rect[0] - rects[-1][2] > 0.6 * line.size or rect[1] > rects[-1][3])
            if (letter == " " or far) and letters:
                text, hyphen = clean("".join(letters))
                if text:
                    words.append(Word(text + "-" * hyphen, union(rects)))
                letters, rects = [], []
            if letter != " ":
                letters.append(letter)
                rects.append(rect)
        return words
