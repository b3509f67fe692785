"""Small tools for text of many scripts: folding without moving a character, cells of a line, words in a line.

``fold`` keeps the length of the text, so that a place found in the folded text is the same place in the original, and
a quote
can be cut out verbatim.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from evidence.data import table

# Full-width ASCII, Thai and Arabic-Indic digits, typographic dashes, quotes and spaces: each one character for one.
_PLAIN = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x0E50 + digit: 0x30 + digit for digit in range(10)}
    | {0x0660 + digit: 0x30 + digit for digit in range(10)}
    | {ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2014\u2212\u30fc"}
    | {ord(char): "'" for char in "\u2018\u2019\u02bc\u2032"}
    | {ord(char): '"' for char in "\u201c\u201d"}
    | {0x0130: "i", 0x0131: "i"}  # the Turkish letters, which lower() makes two signs or leaves apart
    | {ord(char): " " for char in "\u00a0\u2007\u2009\u202f\u3000\t"}
)

MAX_TEXT = 20_000
"""Characters of one passage or cell that are searched:

longer ones are no sentence of a factory, and time stays linear.
"""

CELL = " | "
"""What parts the cells of a row in the text of a table block."""


# Heads, labels and cells come again in every row and table; longer text hardly does.
SHORT_TEXT = 100
KEPT_TEXTS = 20_000
"""Short texts whose reading is remembered: a few MB at most."""

PASSAGE_TEXT, KEPT_PASSAGES = 4_000, 4_000
"""Characters of a passage up to which it is remembered folded, and how many are: each rule asks for all of a supplier's."""


def fold(text: str) -> str:
    """Lower-case text with plain digits and signs, of the same length as ``text``."""
    if len(text) <= SHORT_TEXT:
        return _fold_short(text)
    return _fold_passage(text) if len(text) <= PASSAGE_TEXT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text[:MAX_TEXT].replace("\t", " ").lower()
    plain = text[:MAX_TEXT]
    for sign in _PLAIN_FORMS.keys() & set(plain):  # a few of them: quicker than to look up each letter
        plain = plain.replace(sign, _PLAIN_FORMS[sign])
    lower = plain.lower()
    if len(lower) != len(plain):  # one sign becomes two, as the Turkish İ does
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in plain)
    return lower


# No plain form is itself a sign that has one, so that it does not matter which is replaced first.
_PLAIN_FORMS = {chr(sign): form if isinstance(form, str) else chr(form) for sign, form in _PLAIN.items()}

_fold_short = lru_cache(KEPT_TEXTS)(_fold)
_fold_passage = lru_cache(KEPT_PASSAGES)(_fold)


@dataclass(frozen=True)
class Span:
    """A piece of a text: where it begins and ends, and its words."""

    start: int
    end: int
    text: str


def lines(text: str) -> Iterator[Span]:
    """The lines of a text that are not blank."""
    start = 0
    for line in text[:MAX_TEXT].split("\n"):
        if line.strip():
            yield Span(start, start + len(line), line)
        start += len(line) + 1


def cells(line: Span) -> list[Span]:
    """The cells of one line as the tables' text parts them; a line of prose is one cell."""
    found, start = [], line.start
    for piece in line.text.split("|"):
        inner = piece.strip()
        offset = start + (piece.index(inner) if inner else len(piece))
        found.append(Span(offset, offset + len(inner), inner))
        start += len(piece) + 1
    return found


def filled(line: Span) -> list[Span]:
    """The cells of one line that hold something: rows of wide sheets hold little else than empty ones."""
    found, start = [], line.start
    for piece in line.text.split("|"):
        if inner := piece.strip():
            offset = start + piece.index(inner)
            found.append(Span(offset, offset + len(inner), inner))
        start += len(piece) + 1
    return found


MAX_LABEL = 60
"""Longest label: what is longer is a sentence that happens to hold a colon."""


class _Late:
    """What a pattern does, compiled when it is first asked to."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_PATTERN:
            raise AttributeError(name)
        made = re.compile(self.pattern, self.flags)
        for method in _OF_PATTERN:  # found without this function from now on
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


_OF_PATTERN = frozenset(("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groups"))


@cache
def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used: of hundreds, a paper asks for some, one that cannot be read for none.

    A wrong pattern raises re.error only then.
    """
    return cast(re.Pattern[str], _Late(pattern, flags))


@cache
def words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for many phrases, longest first. Phrases in Latin letters match as whole words, others anywhere.

    ``แผน!ก`` is the word before the sign where the one behind it does not follow: scripts without blanks hide words in others. It may
    be several: ``đóng! gói! hàng``.
    ``bekle*`` is every word that begins so: languages that hang endings on their words. What is written in simplified Chinese stands for
    what Taiwan writes, and the other way round. Words of several syllables hold without their marks too, as names of files and
    print-outs write Vietnamese and Turkish: ``phieu giao hang``.
    """
    known = {one_form(fold(phrase.lstrip())) for phrase in phrases}
    ordered = sorted(known | set(map(unmarked, known)), key=lambda phrase: (-len(phrase), phrase))
    begun: dict[str, list[tuple[str, ...]]] = {}
    for phrase in filter(None, ordered):
        first, *others = _pieces(phrase)
        for form in _any_form().get(ord(first), first).strip("[]") or first:
            begun.setdefault(form, []).append(tuple(others))
    return late("|".join(_begins(first) + _branches(others) for first, others in begun.items()) or r"(?!)")


def _pieces(written: str) -> Iterator[str]:
    """The pieces of a pattern for a phrase: its first sign as it is, then each that must follow."""
    phrase, _, unless = written.partition("!")
    stem, phrase = phrase.endswith("*"), phrase.rstrip("*")
    gap = r"[\s_-]{0,3}" if _latin(phrase) else r"\s{0,2}"
    yield phrase[0]
    for sign in phrase[1:]:
        yield gap if sign == " " else _any_form().get(ord(sign)) or re.escape(sign)
    if stem:
        yield r"[^\W\d_]*"
    elif phrase[-1:].isdigit():  # "nc 0" is not the beginning of "NC-01"
        yield r"(?![^\W_])"
    elif _latin(phrase.rstrip("-")[-1:]):  # a long vowel of Japanese is folded into a dash, and ends no word
        yield r"(?!(?!nya(?![^\W\d_]))[^\W\d_])"  # Indonesian: penyebabnya
    if unless:
        yield f"(?!{'|'.join(map(re.escape, unless.split('!'))).translate(_any_form())})"


def _begins(first: str) -> str:
    """The first sign of phrases, a Latin one at the beginning of a word. The sign stands before the look at what precedes it: a search
    then runs over all places where no phrase begins without trying one.
    """
    sign = re.escape(first)
    return rf"{sign}(?<![^\W_]{sign})" if _latin(first) else sign


LONGEST_SIGN = 5
"""Length up to which the pattern of one sign comes, a class of forms or one escaped: what is longer is asked once for all."""


def _branches(endings: Sequence[tuple[str, ...]]) -> str:
    """A pattern for what may follow, the first that fits counts. Neighbours that go on with the same sign share it, so that few are tried
    at one place; none is moved over one that does not go on with a sign of its own.
    """
    last = {ending[-1] if ending else "" for ending in endings}
    if len(endings) > 1 and len(last) == 1 and len(end := last.pop()) > LONGEST_SIGN:
        return _branches([ending[:-1] for ending in endings]) + end
    ways: list[tuple[str, list[tuple[str, ...]]]] = []
    opened: dict[str, list[tuple[str, ...]]] = {}
    for ending in endings:
        sign = ending[0] if ending else ""
        if len(sign.removeprefix("\\")) != 1:
            opened = {}
            ways.append(("".join(ending), []))
        elif sign in opened:
            opened[sign].append(ending[1:])
        else:
            opened[sign] = [ending[1:]]
            ways.append((sign, opened[sign]))
    told = [sign + (_branches(rest) if rest else "") for sign, rest in ways]
    return told[0] if len(told) == 1 else f"(?:{'|'.join(told)})"


def unmarked(phrase: str) -> str:
    """A phrase without the marks of its Latin letters, where what is left is long enough to be no other word; else as it is."""
    if phrase.isascii() or not _latin(phrase.partition("!")[0].rstrip("*").replace(" ", "")):
        return phrase
    bare = "".join(char for char in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(char)).translate(
        _STROKED
    )
    said = bare.partition("!")[0]
    return bare if len(said) >= (LEAST_BARE if " " in said else LEAST_BARE_WORD) else phrase


_STROKED = str.maketrans("đıøł", "diol")

LEAST_BARE = 8
"""Letters and blanks of several syllables that mean the same without their marks."""

LEAST_BARE_WORD = 7
"""The same for a single word."""


@cache
def _any_form() -> dict[int, str]:
    """For each simplified character the class of all its forms in a pattern."""
    return {ord(forms[0]): f"[{forms}]" for line in table("characters")["forms"] for forms in line.split()}


@cache
def _first_forms() -> dict[int, str]:
    return {
        ord(form): forms[0] for line in table("characters")["forms"] for forms in line.split() for form in forms[1:]
    }


def one_form(text: str) -> str:
    """A text with its Chinese characters in one form, of the same length: ``批號`` as ``批号``."""
    return text if text.isascii() else text.translate(_first_forms())


def spellings(phrases: Iterable[str]) -> frozenset[str]:
    """Phrases that are known as a whole, folded, in each form in which they may be written."""
    forms = {first: classed.strip("[]") for first, classed in _any_form().items()}
    return frozenset(
        "".join(signs)
        for phrase in phrases
        for signs in itertools.product(*(forms.get(ord(sign), sign) for sign in one_form(fold(phrase))))
    )


@cache
def table_words(group: str, name: str) -> re.Pattern[str]:
    """The pattern of a list of words of ``tables.toml``."""
    return words(tuple(table("tables")[group][name]))


@cache
def phrases(group: str, name: str) -> re.Pattern[str]:
    """The pattern of a list of ``words.toml``."""
    return words(tuple(table("words")[group][name]))


def any_of(*names: tuple[str, str]) -> re.Pattern[str]:
    """One pattern of several lists of ``words.toml``, each by its group and name."""
    return late("|".join(phrases(group, name).pattern for group, name in names))


def _latin(phrase: str) -> bool:
    return bool(phrase) and all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in phrase)


def has(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether any of the phrases stands in the text (folded here)."""
    return bool(words(phrases).search(fold(text)))


def plain(text: str) -> str:
    """Folded, spaces joined: for comparing two texts, not for cutting quotes."""
    return " ".join(fold(text).split())


_NAMES_SOMETHING = re.compile("[A-Za-z#]")


def is_nameless(text: str) -> bool:
    """Whether a text is figures and signs alone, as most cells of a table of readings are. A lone # names a number."""
    return text.isascii() and not _NAMES_SOMETHING.search(text)


def lettered(text: str) -> bool:
    """Whether a text holds a letter of any script: the words of a row of readings are few."""
    return not is_nameless(text) and any(char.isalpha() for char in text)


class Lexicon:
    """Phrases that name roles: finds which role a label or the nearest word before a place gives."""

    def __init__(self, roles: dict[str, list[str]]) -> None:
        self.role = {_key(phrase): role for role, phrases in reversed(roles.items()) for phrase in phrases}
        self.pattern = words(tuple(phrase for phrases in roles.values() for phrase in phrases))
        self._label = lru_cache(KEPT_TEXTS)(self._role_of)

    def role_of(self, phrase: str) -> str | None:
        """Role of a phrase as the pattern finds it in folded text."""
        return self.role.get(_key(phrase))

    def nearest(self, text: str, reach: int = MAX_LABEL) -> tuple[str, int] | None:
        """Role of the last phrase in the text that ends within ``reach`` characters of its end, with the gap in
        characters.
        """
        window = fold(_CUT_SHORT.sub(" ", text[-reach * 2 :]))
        last = None
        for match in self.pattern.finditer(window):
            last = match
        if last is None or len(window) - last.end() > reach:
            return None
        role = self.role_of(last[0])
        return (role, len(window) - last.end()) if role else None

    def ends_with(self, text: str) -> int | None:
        """Where the label begins with which a text ends, something standing before it; None where it ends with none."""
        window = fold(text)
        *_, last = [None, *self.pattern.finditer(window)]
        return last.start() if last and last.start() and last.end() >= len(window.rstrip(" .")) else None

    def label(self, text: str) -> str | None:
        """Role of a label: the longest phrase in it, if that is most of what the label says."""
        return self._label(text) if len(text) <= MAX_LABEL and not is_nameless(text) else None

    def _role_of(self, text: str) -> str | None:
        folded = fold(text)
        return self._most_of(folded) or (self._most_of(_POINT.sub(" ", folded)) if "." in folded else None)

    def _most_of(self, folded: str) -> str | None:
        best: tuple[int, str] | None = None
        for match in self.pattern.finditer(folded):
            if (role := self.role_of(match[0])) and (best is None or len(match[0]) > best[0]):
                best = len(match[0]), role
        if best is None:
            return None
        letters = sum(char.isalnum() for char in folded)
        return best[1] if best[0] * 2 >= letters else None


_POINT = re.compile(r"(?<=[^\W\d_]{3})\.")
"""Behind what is cut short: ``Drg. No`` is the number of a drawing; ``Sr. No`` of a row as of a piece."""


_CUT_SHORT = re.compile(r"(?<=[^\W\d_]{3})\.(?=\s?[a-zà-ỹ])")
"""The point of a word that is cut short in running text, where no sentence ends: ``Tgl. terbit``."""


def _key(phrase: str) -> str:
    return one_form(re.sub(r"[\s_-]+", "", fold(phrase).partition("!")[0]))
