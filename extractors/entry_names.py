"""Names of files in archives and mails: put right where their encoding was lost, and made harmless.

A name is only ever shown: files are stored under numbers. Still nothing that could climb out of a folder, name a
device or turn a line around is kept in it.
"""

import re
import unicodedata
from collections.abc import Sequence

from extractors.draft import clean
from extractors.policy import ExtractionPolicy

# Names that Windows gives to devices, with or without an ending.
_DEVICES = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\n\t]')
# What programs leave behind in folders and archives; never a document of the supplier.
_LITTER = re.compile(r"(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|~\$[^/]*|\.~lock\.[^/]*)$", re.IGNORECASE)
_LITTER_FOLDERS = re.compile(r"(^|/)(__MACOSX|\$RECYCLE\.BIN|\.git|\.svn|@eaDir)(/|$)", re.IGNORECASE)

# Encodings of file names in zips from countries where factories are; order decides between equals.
_SINGLE = ("cp437", "cp850", "cp1252", "cp1258", "cp1254", "cp874")
_DOUBLE = ("gb18030", "cp932", "cp949", "big5")
_BOX = re.compile("[\u2500-\u25ff\u2190-\u21ff\ue000-\uf8ff\ufffd\x00-\x1f\x7f-\x9f]")
# Signs that stand in file names of no language.
_ODD = re.compile("[¢£¤¥¦§¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿ƒ„…†‡ˆ‰‹›•™Œœ⌐₧∙√ⁿαßΓπΣσµτΦΘΩδ∞φε∩≡≥≤⌠⌡÷≈]")


def safe_name(name: str, policy: ExtractionPolicy) -> str:
    """A name to show, folders parted by slashes, from whatever an archive says; never empty, never leading out."""
    parts: list[str] = []
    for part in name.replace("\x00", "").replace("\\", "/").split("/"):
        part = _FORBIDDEN.sub("_", clean(part)).strip().rstrip(". ")
        if re.fullmatch(r"[A-Za-z]_", part) and not parts:
            continue  # the drive of an absolute Windows path
        if not part or set(part) == {"."}:
            continue
        if _DEVICES.match(part):
            part = "_" + part
        if len(part) > policy.name_characters:
            stem, dot, ending = part.rpartition(".")
            ending = ending if dot and len(ending) <= 10 else ""
            part = (stem if ending else part)[: policy.name_characters - len(ending) - 1] + (
                f".{ending}" if ending else ""
            )
        parts.append(part)
    return "/".join(parts[-20:]) or "unnamed"


def is_litter(name: str) -> bool:
    """Whether a file is one that systems and programs leave behind."""
    return bool(_LITTER.search(name) or _LITTER_FOLDERS.search(name))


def restored(names: Sequence[bytes]) -> list[str]:
    """The names of one archive, whose encoding it does not state: UTF-8 where they are, else the likeliest for all
    of them."""
    try:
        return [name.decode("utf-8") for name in names]
    except UnicodeDecodeError:
        pass
    encoding = likeliest([name for name in names if not name.isascii()])
    return [_decoded(name, encoding) for name in names]


def likeliest(names: Sequence[bytes]) -> str:
    """The encoding in which these names read best."""
    return max((*_DOUBLE, *_SINGLE), key=lambda encoding: _score(names, encoding))


def _decoded(name: bytes, encoding: str) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode(encoding, "replace")


def _score(names: Sequence[bytes], encoding: str) -> float:
    """How well names read, the mean over their foreign letters: common ones count 1, rare ones less, signs against
    it."""
    points, letters = 0.0, 0
    for name in names:
        try:
            text = name.decode(encoding)
        except UnicodeDecodeError:
            return -10.0
        points_here, letters_here = (
            _double_score(text, encoding) if encoding in _DOUBLE else _single_score(text, encoding)
        )
        points += points_here
        letters += letters_here
    return points / max(1, letters)


def _double_score(text: str, encoding: str) -> tuple[float, int]:
    points, letters = 0.0, 0
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in text)
    for letter in text:
        if letter.isascii():
            continue
        letters += 1
        raw = letter.encode(encoding, "replace")
        lead = raw[0]
        if "\uff61" <= letter <= "\uff9f" or _BOX.match(letter):
            points -= 1.0  # half-width kana: what other encodings look like in a Japanese one
        elif encoding == "gb18030":
            points += 0.97 if 0xB0 <= lead <= 0xD7 and len(raw) == 2 and raw[1] >= 0xA1 else 0.3
        elif encoding == "cp932":
            points += 1.0 if lead in (0x82, 0x83) else 0.95 if 0x88 <= lead <= 0x97 else 0.3
        elif encoding == "cp949":
            # Korean syllables use half of the places that Chinese fills: a name wholly inside them is Korean.
            points += 1.0 if 0xB0 <= lead <= 0xC8 and "\uac00" <= letter <= "\ud7a3" and hangul >= 3 else 0.2
        else:
            points += 0.9 if 0xA4 <= lead <= 0xC6 else 0.3
    return points, letters


def _single_score(text: str, encoding: str) -> tuple[float, int]:
    points, letters = 0.0, 0
    marks = any(unicodedata.combining(letter) for letter in text)
    for index, letter in enumerate(text):
        if letter.isascii():
            continue
        letters += 1
        before = text[index - 1] if index else ""
        if _BOX.match(letter) or _ODD.match(letter):
            points -= 1.0
        elif "\u0e00" <= letter <= "\u0e7f":
            # Thai stands in words of its own; among Latin letters, or as its rare digits, it is another encoding
            # misread.
            after = text[index + 1] if index + 1 < len(text) else " "
            mixed = any(other.isascii() and (other.isalpha() or other == "~") for other in (before or " ", after))
            points += -0.3 if mixed or letter >= "\u0e4f" else 0.96
        elif unicodedata.combining(letter):
            points += 1.0 if before.isalpha() else -0.5
        elif letter in "ơưăđƠƯĂĐ" and encoding == "cp1258":
            points += 0.95 if marks else 0.4
        elif letter in "ğışİĞŞ" and encoding == "cp1254":
            points += 0.95
        elif letter.isalpha():
            # A capital after a small letter, or foreign letters in a row, are no Western word.
            odd_case = letter.isupper() and before.islower()
            points += 0.3 if odd_case else 0.5 if before and not before.isascii() else 0.92
    return points, letters


class UsedNames:
    """The names given so far in one container or bundle, whatever their case: one that comes again gets a number.

    The next number of each name is kept, so that thousands of entries of one name cost what one does.
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name, with the first number that makes it one not used yet."""
        key, candidate = name.casefold(), name
        while candidate.casefold() in self._used:
            number = self._next[key] = self._next.get(key, 1) + 1
            folder, slash, base = name.rpartition("/")
            stem, dot, ending = base.rpartition(".")
            base = f"{stem} ({number}).{ending}" if dot and stem else f"{base} ({number})"
            candidate = folder + slash + base
        self._used.add(candidate.casefold())
        return candidate
