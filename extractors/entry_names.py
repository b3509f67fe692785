"""Names of files in archives and mails: put right where their encoding was lost, and made harmless.

A name is only ever shown: files are stored under numbers. Still nothing that could climb out of a folder, name a
device or turn a line around is kept in it.
"""

import re
from collections.abc import Sequence

from extractors.draft import clean
from extractors.likeliest import likeliest
from extractors.policy import ExtractionPolicy

# Names that Windows gives to devices, with or without an ending.
_DEVICES = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\n\t]')
# What programs leave behind in folders and archives; never a document of the supplier.
_LITTER = re.compile(r"(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|~\$[^/]*|\.~lock\.[^/]*)$", re.IGNORECASE)
_LITTER_FOLDERS = re.compile(r"(^|/)(__MACOSX|\$RECYCLE\.BIN|\.git|\.svn|@eaDir)(/|$)", re.IGNORECASE)


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


def _decoded(name: bytes, encoding: str) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode(encoding, "replace")


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
