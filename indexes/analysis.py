"""What the words of a text are, the same way for passages and for questions.

Factory papers mix scripts inside one cell ("Chuck R/O 0.05 cao -> NG, đã thay"), so a text is cut by script and never
by a guessed language:

- *words* of alphabets, folded (compatibility forms, case) and without marks, so that `bien ban` finds `biên bản`;
  the form with marks is kept beside it, so that the exact spelling comes first;
- *stems* of the words by the English Snowball stemmer; it leaves most other languages as they are;
- *grams*: pairs of characters of Chinese, Japanese and Korean, triples of Thai and its neighbours, which put no spaces;
- *identifiers*: lot, part and document numbers kept whole and without separators, so that `CAPA25-017`, `CAPA-25-017`
  and `CAPA 25/017` meet; and once more with the signs that scanners confuse made one (O and 0, I and 1, S and 5 ...).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

import regex
import tantivy

# Who gives out standards.
STANDARDS: tuple[str, ...] = tuple(
    tomllib.loads((Path(__file__).parent / "data" / "standards.toml").read_text(encoding="utf-8"))["issuers"]
)

# A token is a run of letters, marks and digits; an apostrophe inside a word belongs to it.
_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}][\p{L}\p{M}]*)?")
# The same for texts of plain letters, which most are: ten times faster.
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?")
_RUNS = regex.compile(
    r"(?P<pairs>[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+)"
    r"|(?P<triples>[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)"
    r"|(?P<word>(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{M}\p{N}])+)"
)
_IDENTIFIER = regex.compile(r"[\p{Latin}\p{Nd}]+(?:[-‐‑–/._#:][\p{Latin}\p{Nd}]+)*")
_PLAIN_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:[-/._#:][A-Za-z0-9]+)*")
# A number whose letters stand apart from its digits (`AB 1234`); a year is none, nor is the number of a standard.
_SPACED_IDENTIFIER = re.compile(
    rf"(?<![\w-])(?!(?:{'|'.join(STANDARDS).upper()}) )[A-Z]{{1,5}} (?!(?:19|20)\d\d(?!\d))\d{{3,}}(?:[-/.][A-Za-z0-9]+)*(?!\w)"
)
_SEPARATOR = regex.compile(r"[-‐‑–/._#:]")
_DIGIT = regex.compile(r"\d")
_MEASURE = regex.compile(
    r"\d+(?:[mµunkc]?(?:m|g|l|w|v|a|n|j|hz|pa|bar|mol|s)|kg|mm2|mm3|cm2|cm3|m2|m3|rpm|ppm|pcs|pc|nos|ea|hrs?|min|sec|days?|"
    r"shots?|ton|tons|ft|in|inch|kn|mpa|hrc|hb|hv|nm|db|st|nd|rd|th)"
)
# A letter or figure of a script with blanks between words.
_SPACED = r"(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{M}\p{N}])"
_LATIN = regex.compile(r"\p{Latin}")
# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
# Signs a scanner takes for one another, after lower-casing.
_SCANNER_TWINS = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2", "g": "6"})
# Shortest identifier, in letters and digits: "M6" or "10" are measures, not names of things.
IDENTIFIER_LENGTH = 4
# Digits that make an identifier the number of one thing and not a name of many.
NUMBER_DIGITS = 3
# Runs of letters and digits that one number is written in at most.
MOST_RUNS = 4
# What does not stand inside one number: more than one space at once, and signs of sentences.
_TOO_FAR = re.compile(r"[^\S ]|  |[^\w\s\-‐‑–/._#:]")
# Parts of a number that are left out at most where it is looked for by its end; a run of thousands is data, and each end of it
# would be joined anew.
MOST_PARTS = 16
# Longest word kept; what is longer is not a word of any language but data, and would only fill the index.
WORD_LENGTH = 64

_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


@dataclass(frozen=True)
class Analysis:
    """The index terms of a text; `words[i]` and `stems[i]` belong together."""

    words: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    grams: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)

    @property
    def terms(self) -> frozenset[str]:
        """Every term in one set, for asking whether a text has one."""
        return frozenset((*self.words, *self.stems, *self.grams, *self.identifiers))


def analyse(text: str) -> Analysis:
    """The index terms of a text."""
    # An index of a million passages is made of thirty million tokens: their terms are put together column by column.
    known = map(_token, (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text))
    words, stemmed, marked, grams = (list(chain.from_iterable(column)) for column in zip(_NOTHING, *known, strict=True))
    return Analysis(words, stemmed, marked, grams, identifiers(text))


def carried(text: str) -> frozenset[str]:
    """The stems and grams of a text, without its numbers, which take as long again."""
    known = map(_token, (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text))
    return frozenset(chain.from_iterable((*stemmed, *grams) for _, stemmed, _, grams in known))


def stems(words: list[str]) -> list[str]:
    """The English stem of each word."""
    return [_stem(word) for word in words]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if word.isdigit():
        return word
    found: list[str] = _STEMMER.analyze(word)
    return found[0] if found else word


# The words of a token, their stems, those with marks, and its grams.
_Terms = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_NOTHING: _Terms = ((), (), (), ())


@lru_cache(maxsize=100_000)  # factory papers repeat their words; a token costs ten times more than a look-up
def _token(token: str) -> _Terms:
    folded = fold(token)
    if folded.isascii() and folded.isalnum():  # one word, as most are
        word = folded[:WORD_LENGTH]
        return (word,), (_stem(word),), (), ()
    words: list[str] = []
    marked: list[str] = []
    grams: list[str] = []
    for run in _RUNS.finditer(folded):
        if run.lastgroup == "word":
            word = run.group()[:WORD_LENGTH]
            plain = without_marks(word)
            words.append(plain)
            if word != plain:
                marked.append(word)
        else:
            grams += _grams(run.group(), 2 if run.lastgroup == "pairs" else 3)
    return tuple(words), tuple(stems(words)), tuple(marked), tuple(grams)


def _grams(run: str, size: int) -> tuple[str, ...]:
    return tuple(run[start : start + size] for start in range(max(1, len(run) - size + 1)))


def fold(text: str) -> str:
    """Full width and ligatures made plain, lower case, any script's digits as 0 to 9, apostrophes gone."""
    if text.isascii():  # the same by a shorter way
        return text.lower().replace("'", "")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = folded.replace("'", "").replace("’", "")
    if folded.isascii():
        return folded
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in folded)


def without_marks(word: str) -> str:
    """A Latin word without its marks (`đánh giá` to `danh gia`); in another script marks are letters and stay."""
    if word.isascii() or not _LATIN.match(word):
        return word
    taken_apart = unicodedata.normalize("NFD", word)
    plain = "".join(sign for sign in taken_apart if not unicodedata.combining(sign))
    return plain.translate(_PLAIN_LETTERS)


def identifiers(text: str) -> list[str]:
    """The lot, part and document numbers of a text, joined, with their tails and their scanner-proof twin (`~...`).

    An identifier has at least four letters and digits, one of them a digit, and is more than a short number.
    """
    folded = fold(text)
    if not _DIGIT.search(folded):
        return []
    matches = (_PLAIN_IDENTIFIER if folded.isascii() else _IDENTIFIER).findall(folded)
    matches += [_closed(match.group()) for match in _SPACED_IDENTIFIER.finditer(text)]
    return list(dict.fromkeys(chain.from_iterable(map(_names, [match for match in matches if not match.isalpha()]))))


def joined_numbers(text: str) -> list[str]:
    """Numbers that a text may mean where it puts spaces into them (`AB-12 34`, `24C 07B2`), joined and each with its twin;
    only whoever knows the numbers that there are can tell."""
    text = fold(text)
    runs = list(_IDENTIFIER.finditer(text))
    found: list[str] = []
    for place, first in enumerate(runs):
        for last in runs[place + 1 : place + MOST_RUNS]:
            joined = text[first.start() : last.end()]
            if first.group() in STANDARDS or _TOO_FAR.search(joined):
                break
            names = _names(_closed(joined))
            if names and is_number(names[0]) and not names[0].isdigit():
                found += names[:2]
    return list(dict.fromkeys(found))


def _closed(spaced: str) -> str:
    """A number without the spaces in it, folded."""
    return fold("".join(spaced.split()))


@lru_cache(maxsize=100_000)  # most are words, which name nothing, and papers repeat their numbers as well
def _names(match: str) -> tuple[str, ...]:
    """What one run of letters, digits and separators names, in order."""
    if not _DIGIT.search(match):
        return ()
    parts = _SEPARATOR.split(match)
    joined = without_marks("".join(parts))[:WORD_LENGTH]
    if not _names_something(joined, separated=len(parts) > 1):
        return ()
    twin = ("~" + joined.translate(_SCANNER_TWINS),) if is_number(joined) else ()
    return (joined, *twin, *(tail for tail in _tails(parts) if _names_something(tail, separated=False)))


def is_number(identifier: str) -> bool:
    """Whether it is the number of one thing: `24C07B2` is a lot, `AZ91` or `IL-6` the name of many, `400mg` a measure."""
    if identifier.isdigit():  # a measure has a unit
        return len(identifier) >= NUMBER_DIGITS
    return sum(map(str.isdigit, identifier)) >= NUMBER_DIGITS and not _MEASURE.fullmatch(identifier)


def without_identifiers(text: str) -> str:
    """The text with its lot, part and document numbers blanked out."""
    text = _SPACED_IDENTIFIER.sub(" ", text)
    return _IDENTIFIER.sub(lambda match: " " if identifiers(match.group()) else match.group(), text)


def _names_something(joined: str, *, separated: bool) -> bool:
    if len(joined) < IDENTIFIER_LENGTH or not any(map(str.isdigit, joined)):
        return False
    return separated or not joined.isdigit() or len(joined) >= IDENTIFIER_LENGTH + 1


def _tails(parts: list[str]) -> Iterator[str]:
    """An identifier without its prefix: people write `25-017` for `CAPA-25-017` and `lot24C07` for `24C07`."""
    for start in range(1, min(len(parts), MOST_PARTS)):
        yield without_marks("".join(parts[start:]))
    first = parts[0]
    digits = next((place for place, sign in enumerate(first) if sign.isdigit()), 0)
    if digits:
        yield without_marks(first[digits:] + "".join(parts[1:]))


def spans(text: str, terms: frozenset[str]) -> list[tuple[int, int]]:
    """Where words of the text carry one of the terms: (start, end) in characters, in order, for marking a hit."""
    found = []
    for token in (_PLAIN_TOKEN if text.isascii() else _TOKEN).finditer(text):
        words, stemmed, _, grams = _token(token.group())
        if not (terms.isdisjoint(words) and terms.isdisjoint(stemmed)):
            found.append(token.span())
        elif grams:
            found.extend(_gram_spans(token.group(), token.start(), terms))
    if any(map(_DIGIT.search, terms)):  # what names a number has a digit
        for match in _IDENTIFIER.finditer(text):
            if _DIGIT.search(match.group()) and any(name in terms for name in identifiers(match.group())):
                found.append(match.span())
        for spaced in _SPACED_IDENTIFIER.finditer(text):
            if any(name in terms for name in _names(_closed(spaced.group()))):
                found.append(spaced.span())
    return _joined(sorted(found))


def places(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where words stand in a text, in any case: (start, end) in characters, in order, those that overlap as one. In scripts with
    blanks between words only whole words count: ``out`` does not stand in ``without``."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose folding is longer would shift the places
        lower = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    found = []
    for term in {term.lower() for term in terms if term.strip()}:
        # Looked for as they are: a pattern would have to be made for each word of each hit.
        opens, closes = _is_spaced(term[0]), _is_spaced(term[-1])
        start = lower.find(term)
        while start >= 0:
            end = start + len(term)
            inside = opens and start > 0 and _is_spaced(lower[start - 1])
            goes_on = closes and end < len(lower) and _is_spaced(lower[end])
            if not inside and not goes_on:
                found.append((start, end))
            start = lower.find(term, start + 1 if inside or goes_on else end)
    return _joined(sorted(found))


@lru_cache(maxsize=10_000)
def _is_spaced(sign: str) -> bool:
    """Whether a sign is a letter or digit of a script with blanks between words."""
    return regex.match(_SPACED, sign) is not None


def _gram_spans(token: str, offset: int, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The matching pairs or triples inside a run without spaces, where marking the whole run would mark a sentence."""
    for size in (2, 3):
        for start in range(len(token) - size + 1):
            if token[start : start + size] in terms:
                yield offset + start, offset + start + size


def _joined(ordered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ordered:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def near_enough(typed: str, other: str, errors: int) -> bool:
    """Whether two words differ by at most `errors` letters added, left out, changed or swapped with the next."""
    if abs(len(typed) - len(other)) > errors:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for line, sign in enumerate(typed, start=1):
        above, row = row, [line]
        for column, other_sign in enumerate(other, start=1):
            cost = min(above[column] + 1, row[-1] + 1, above[column - 1] + (sign != other_sign))
            if line > 1 and column > 1 and sign == other[column - 2] and typed[line - 2] == other_sign:
                cost = min(cost, before[column - 2] + 1)
            row.append(cost)
        before = above
    return row[-1] <= errors
