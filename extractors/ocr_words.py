"""From the pieces that Tesseract hands out to words: scripts that it cuts letter by letter are put together again.

Of Thai, Lao, Khmer, Burmese, Chinese, Japanese and Korean its iterator gives nearly every letter as a piece of its own.
Where the recogniser saw a blank stands only in the running text of the page, so blanks are taken from there: on pictures
of our own that is right more often than any width of gap, also in Korean, which has blanks between its words. Where the
running text does not help, the gap decides.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from extractors.geometry import Rect, union

# A gap from this many letter heights on is a blank whatever the recogniser says: columns of a form.
COLUMN_GAP = 1.6
# Gap in letter heights from which there is a blank where the running text is silent: the best on pictures of our own
# (Korean in two fonts and three sizes; the other scripts are written without blanks).
KOREAN_GAP = 0.4
OTHER_GAP = 0.8
# So many unsure letters in a row are a stretch of their own: a stamp across a line does not hide in its sure letters.
UNSURE_LETTERS = 3
# Confidence below which a piece counts as unsure; the policy leaves out words below the same figure.
UNSURE = 0.40

# First and last letter of the scripts that Tesseract cuts: Thai and Lao, Burmese, Khmer, Korean, Chinese and Japanese
# with their punctuation (blocks of the Unicode standard).
_CUT = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x2E80, 0x9FFF),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),
)
_KOREAN = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7FF))
# Signs that Thai and Lao write behind a letter and never first: vowels and marks of repetition and omission.
_NEVER_FIRST = frozenset("\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6")
# The Thai and Lao vowel am in two signs, as Tesseract writes it, with a mark of tone between or before.
_NIKHAHIT, _AA, _AM = "\u0e4d\u0ecd", "\u0e32\u0eb2", "\u0e33\u0eb3"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0ec8\u0ec9\u0eca\u0ecb"


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as read: confidence 0 to 1, box in pixels of the picture, and the number of its line."""

    text: str
    confidence: float
    rect: Rect
    line: int


def sureness(words: Sequence[OcrWord]) -> float:
    """Mean confidence, longer words counting more: noise reads as single letters. 0 where there are none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def whole_words(pieces: Sequence[OcrWord], running: str) -> list[OcrWord]:
    """The pieces of a page as words. ``running`` is the text of the page, with its blanks, in the order of the pieces.

    A word's box is that around its pieces, its confidence their mean weighted by letters.
    """
    blanks = _blanks(pieces, running)
    found: list[OcrWord] = []
    for line in _lines(pieces):
        height = _letter_height([pieces[at] for at in line])
        group = [pieces[line[0]]]
        for at in line[1:]:
            if _apart(group[-1], pieces[at], blanks[at], height):
                found += _words(group)
                group = []
            group.append(pieces[at])
        found += _words(group)
    return found


def usual_spelling(text: str) -> str:
    """Thai and Lao as people type them: the vowel am is one sign, behind its mark of tone."""
    if not any(sign in text for sign in _NIKHAHIT):
        return text
    for nikhahit, aa, am in zip(_NIKHAHIT, _AA, _AM, strict=True):
        text = text.replace(nikhahit + aa, am)
        for tone in _TONES:
            text = text.replace(nikhahit + tone + aa, tone + am)
    return text


def _lines(pieces: Sequence[OcrWord]) -> list[list[int]]:
    """Neighbours on one line, by their places in the list."""
    found: list[list[int]] = []
    for at, piece in enumerate(pieces):
        if found and pieces[found[-1][-1]].line == piece.line:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _blanks(pieces: Sequence[OcrWord], running: str) -> list[bool | None]:
    """For each piece whether a blank stands before it in the running text; None where it is not found there."""
    found: list[bool | None] = []
    at = 0
    for piece in pieces:
        start = at
        while start < len(running) and running[start].isspace():
            start += 1
        if running.startswith(piece.text, start):
            found.append(start > at or at == 0)
            at = start + len(piece.text)
            continue
        # A piece without text was passed over: go on behind it, if it is near.
        later = running.find(piece.text, start, start + 4 * len(piece.text) + 16)
        found.append(None)
        if later >= 0:
            at = later + len(piece.text)
    return found


def _apart(left: OcrWord, right: OcrWord, blank: bool | None, height: float) -> bool:
    before, after = left.text[-1], right.text[0]
    if _never_first(after):
        return False
    if not (_within(before, _CUT) or _within(after, _CUT)):
        return True
    gap = right.rect[0] - left.rect[2]
    if gap > COLUMN_GAP * height:
        return True
    if blank is not None:
        return blank
    if not (_within(before, _CUT) and _within(after, _CUT)):
        return True
    korean = _within(before, _KOREAN) or _within(after, _KOREAN)
    return gap > (KOREAN_GAP if korean else OTHER_GAP) * height


def _never_first(letter: str) -> bool:
    """Whether a sign belongs to the letter before it: marks above, below and behind letters."""
    return letter in _NEVER_FIRST or (unicodedata.category(letter).startswith("M") and _within(letter, _CUT))


def _within(letter: str, blocks: Sequence[tuple[int, int]]) -> bool:
    return any(first <= ord(letter) <= last for first, last in blocks)


def _letter_height(line: Sequence[OcrWord]) -> float:
    """Height of the letters of a line; marks above and below letters do not count."""
    heights = [p.rect[3] - p.rect[1] for p in line if any(letter.isalnum() for letter in p.text)]
    return median(heights or [p.rect[3] - p.rect[1] for p in line])


def _words(group: Sequence[OcrWord]) -> list[OcrWord]:
    """A group without blanks as one word, or as several where a stretch of it is unsure and the rest is not."""
    return [_word(stretch) for stretch in _stretches(group)]


def _stretches(group: Sequence[OcrWord]) -> list[list[OcrWord]]:
    runs: list[list[OcrWord]] = []
    for piece in group:
        same = bool(runs) and (runs[-1][0].confidence < UNSURE) == (piece.confidence < UNSURE)
        if runs and (same or _never_first(piece.text[0])):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    found: list[list[OcrWord]] = []
    apart = False
    for run in runs:
        long = run[0].confidence < UNSURE and sum(len(piece.text) for piece in run) >= UNSURE_LETTERS
        if found and not long and not apart:
            found[-1] += run
        else:
            found.append(list(run))
        apart = long
    return found


def _word(pieces: Sequence[OcrWord]) -> OcrWord:
    if len(pieces) == 1:
        only = pieces[0]
        return OcrWord(usual_spelling(only.text), only.confidence, only.rect, only.line)
    sure = mean(piece.confidence for piece in pieces for _ in piece.text)
    text = usual_spelling("".join(piece.text for piece in pieces))
    return OcrWord(text, sure, union(piece.rect for piece in pieces), pieces[0].line)
