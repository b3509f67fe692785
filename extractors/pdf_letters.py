"""Letters of a PDF page as pdfium gives them: brought to the height of their line, parted into lines, freed of control characters."""

import re
from statistics import median_low

from extractors.geometry import Rect

# Symbol fonts state boxes up to three times as high as what they draw.
STRANGE_HEIGHT = 1.6
# pdfium marks a hyphen at a line end with these.
_LINE_HYPHENS = ("\x02", "\ufffe", "\u00ad")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")

Letter = tuple[int, str, Rect]
"""Index, character and box; white space stands as an empty box."""


def levels(letters: list[Letter]) -> list[list[Letter]]:
    """The letters parted where one stands wholly above or below those before it; nothing where all stand on one level."""
    runs: list[list[Letter]] = []
    top = bottom = 0.0
    for letter in letters:
        if letter[1] == " ":
            if runs:
                runs[-1].append(letter)
            continue
        if not runs or letter[2][1] >= bottom or letter[2][3] <= top:
            runs.append([])
            top, bottom = letter[2][1], letter[2][3]
        runs[-1].append(letter)
        top, bottom = min(top, letter[2][1]), max(bottom, letter[2][3])
    if len(runs) < 2:
        return []
    for run in runs:
        while run[-1][1] == " ":
            run.pop()
    return runs


def levelled(characters: list[Letter]) -> list[Letter]:
    """The characters, the boxes of those of a font with strange measures brought to the height of their neighbours."""
    heights = [rect[3] - rect[1] for _, letter, rect in characters if letter != " "]
    if not heights or max(heights) <= STRANGE_HEIGHT * min(heights):
        return characters
    usual = median_low(heights)
    top, bottom = next(
        (rect[1], rect[3]) for _, letter, rect in characters if letter != " " and rect[3] - rect[1] == usual
    )
    return [
        (at, letter, (rect[0], top, rect[2], bottom))
        if letter != " " and rect[3] - rect[1] > STRANGE_HEIGHT * usual and rect[1] < bottom and rect[3] > top
        else (at, letter, rect)
        for at, letter, rect in characters
    ]


def clean(text: str) -> tuple[str, bool]:
    """The text without control characters, and whether it ends in a hyphen that only breaks a word."""
    if _SURROGATE.search(text):
        # pdfium hands out characters beyond the basic plane in halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    hyphen = text.endswith(_LINE_HYPHENS)
    if hyphen:
        text = text[:-1]
    return _CONTROL.sub("", text.replace("\x02", "-")).replace("\u00a0", " ").strip(), hyphen
