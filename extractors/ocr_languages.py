"""Which language data a scanned page is read with: told from the page itself, so that no Vietnamese page is read as
English.

English data reads any Latin letters, without their marks. A band of the page is read with each other installed language
that has letters of its own, and a language is chosen where those letters come up and are read with confidence. Malay and
Indonesian have no such letters; their small words give them away.
"""

import re
from collections.abc import Sequence

from PIL import Image

from extractors.geometry import union
from extractors.ocr import OcrEngine, OcrWord
from extractors.ocr_words import sureness
from extractors.policy import ExtractionPolicy

# Letters that only this language of those served has; of scripts of their own every letter.
OWN_LETTERS = {
    "vie": re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE),
    "tur": re.compile("[ışğİŞĞ]"),
    "tha": re.compile("[\u0e00-\u0e7f]"),
    "kor": re.compile("[\uac00-\ud7a3]"),
    "chi_sim": re.compile("[\u4e00-\u9fff]"),
    "jpn": re.compile("[\u3040-\u30ff]"),
}
LATIN = ("vie", "tur")
# Share of the letters read that must be the language's own: Vietnamese marks every fourth letter, Turkish every tenth.
OWN_SHARE = {"vie": 0.08, "tur": 0.035}
OWN_SHARE_OF_SCRIPT = 0.3
LEAST_OWN = 4
# A language is taken where its band is read at least about as surely as by the first reading.
SLACK = 0.05
# Below this mean confidence the script itself is in doubt and those without Latin letters are tried as well.
POOR = 0.60
# Lines of the page that are read for trial.
BAND_LINES = 6
TRIAL_SECONDS = 5.0
# Small words of Indonesian and Malay that English and the other languages served do not have.
MALAY = frozenset(
    {"dan", "yang", "untuk", "dengan", "dari", "tidak", "pada", "adalah", "oleh", "dalam", "atau", "akan"}
)
MALAY_SHARE = 0.04
LEAST_MALAY = 3


def languages_of_page(
    words: Sequence[OcrWord], image: Image.Image, first: tuple[str, ...], engine: OcrEngine, policy: ExtractionPolicy
) -> tuple[str, ...]:
    """The languages to read an upright page with, told from a first reading of it with the languages ``first``."""
    there = {name for name in engine.languages() if name in policy.ocr_languages}
    if first[0] != "eng" or len(words) < 3:
        return first
    sure = sureness(words)
    trials = [name for name in LATIN if name in there]
    if sure < POOR:
        trials += [name for name in OWN_LETTERS if name in there and name not in LATIN]
    if trials:
        band, before = _band(words, image)
        best, best_sure = "", before - SLACK
        for name in trials:
            read = engine.recognise(band, (name,), policy.ocr_dpi, TRIAL_SECONDS)
            letters = sum(map(str.isalpha, "".join(word.text for word in read)))
            own = len(OWN_LETTERS[name].findall("".join(word.text for word in read)))
            wanted = max(LEAST_OWN, OWN_SHARE.get(name, OWN_SHARE_OF_SCRIPT) * letters)
            if own >= wanted and sureness(read) > best_sure:
                best, best_sure = name, sureness(read)
        if best:
            return (best, "eng")
    texts = [word.text.strip(".,:;()").lower() for word in words]
    small = sum(text in MALAY for text in texts)
    if small >= max(LEAST_MALAY, MALAY_SHARE * len(texts)):
        return (*(name for name in ("ind", "msa") if name in there), "eng")
    return first


def _band(words: Sequence[OcrWord], image: Image.Image) -> tuple[Image.Image, float]:
    """The run of lines with most letters as a picture, and how surely it was read."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    ordered = sorted(lines.values(), key=lambda line: min(word.rect[1] for word in line))
    sizes = [0]
    for line in ordered:
        sizes.append(sizes[-1] + sum(len(word.text) for word in line))
    count = min(BAND_LINES, len(ordered))
    starts = range(len(ordered) - count + 1)
    start = max(starts, key=lambda at: sizes[at + count] - sizes[at])
    chosen = [word for line in ordered[start : start + count] for word in line]
    x0, y0, x1, y1 = union(word.rect for word in chosen)
    margin = 8
    box = (
        int(max(0, x0 - margin)),
        int(max(0, y0 - margin)),
        int(min(image.width, x1 + margin)),
        int(min(image.height, y1 + margin)),
    )
    return image.crop(box), sureness(chosen)
