"""The text of a certificate cut at its labels: which words stand behind which label, wherever lines were joined or broken."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from evidence.data import table
from evidence.facts.sources import fact
from evidence.facts.text import fold
from evidence.model import Fact, Passage

LABEL_OPENINGS = ("name", "certified", "registered", "certificate", "the", "to", "this")
"""Words that open a label of several words, not a company's name."""

LONGEST_VALUE = 600
"""Characters behind a label that can belong to it: a scope of several sites is about as long."""


@dataclass(frozen=True)
class Labelled:
    """A label with the words behind it: ``start`` and ``end`` in the text of the certificate."""

    role: str
    begins: int
    start: int
    end: int


@dataclass(frozen=True)
class CertificateText:
    """The passages of a certificate as one text, folded and as written, with the way back to passages."""

    passages: Sequence[Passage]

    @cached_property
    def written(self) -> str:
        """The text as written, without the stars around what a plain text stresses; passages and lines end in a line break."""
        return "\n".join(_unstressed(passage.text) for passage in self.passages)

    @cached_property
    def folded(self) -> str:
        """The folded text, of the same length."""
        return "\n".join(fold(_unstressed(passage.text)) for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for passage in self.passages:
            starts.append(at)
            at += len(passage.text) + 1
        return starts

    @cached_property
    def scanned(self) -> bool:
        """Whether any of it was read from a picture."""
        return any(passage.source == "ocr" for passage in self.passages)

    def doubtful(self, code: str) -> bool:
        """Whether a number cannot be relied on: a scan takes the figures of Thai for one another."""
        return self.scanned and any("\u0e50" <= char <= "\u0e59" for char in code)

    def fact(self, role: str, start: int, end: int, value: str | None = None, confidence: float = 0.9) -> Fact | None:
        """The fact for a piece of the text, cut to the passage it begins in; None for an empty piece."""
        index = bisect_right(self._starts, start) - 1
        passage, first = self.passages[index], start - self._starts[index]
        last = min(end - self._starts[index], len(passage.text))
        words = passage.text[first:last]
        if not words.strip(" .,;:|\n"):
            return None
        return fact(
            "certificate_field", role, value or " ".join(words.split())[:300], passage, first, last,
            confidence=confidence,
        )  # fmt: skip

    def line_end(self, at: int) -> int:
        """Where the line of a place ends."""
        end = self.written.find("\n", at)
        return len(self.written) if end < 0 else end

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Begin and end of each line that is not blank."""
        found, at = [], 0
        for line in self.written.split("\n"):
            if line.strip():
                found.append((at + len(line) - len(line.lstrip()), at + len(line)))
            at += len(line) + 1
        return found

    @cached_property
    def labelled(self) -> list[Labelled]:
        """Every label with its words, which end at the next label or at the end of the line."""
        found = []
        places = sorted({*self.all_labels, *self._bare_labels()}, key=lambda place: (place[1], -place[2]))
        places = [place for place in places if not (place[0] == "holder" and self._ends_a_name(place[1], place[2]))]
        places = [place for index, place in enumerate(places) if not index or place[1] >= places[index - 1][2]]
        for index, (role, begins, start) in enumerate(places):
            value = start
            while value < len(self.written) and self.written[value] in " \n|:：.[":
                value += 1
            value = self._behind_translation(value, role)
            if follows := _FOLLOWS.match(self.folded, value):
                value = follows.end()
            limit = places[index + 1][1] if index + 1 < len(places) else len(self.written)
            end = min(self._value_end(value), limit, value + LONGEST_VALUE)
            while end > value and self.written[end - 1] in " |/／\n;":
                end -= 1
            if end > value:
                found.append(Labelled(role, begins, value, end))
        return found

    def _behind_translation(self, at: int, role: str) -> int:
        """Where the value begins behind a label in a second language that a scan parts by no sign from it: ``/ Organization X``."""
        lead = _SLASH.match(self.folded, at)
        if lead is None:
            return at
        roles = _pattern()[1]
        ends = [lead.end() + n for n in range(LEAST_LABEL - 1, LONGEST_LABEL)]
        known = [end for end in ends if roles.get(" ".join(self.folded[lead.end() : end].split())) == role]
        return known[-1] + len(_GAP.match(self.folded, known[-1])[0]) if known else at  # type: ignore[index]

    @cached_property
    def all_labels(self) -> list[tuple[str, int, int]]:
        """Role, begin and end of every label, whether words stand behind it or not."""
        return listed_labels(self.folded)

    def _ends_a_name(self, begins: int, start: int) -> bool:
        """Whether a label at the end of its line is the last word of a company's name: ``Lotus Joint Stock Company``."""
        if not self.written.startswith("\n", start):
            return False
        before = self.written[self.written.rfind("\n", 0, begins) + 1 : begins]
        names = re.findall(r"[^\W\d_]+", re.split(r"[|:：/／(]", before)[-1])
        return (
            bool(names)
            and all(word[0].isupper() for word in (*names, self.written[begins:start]))
            and fold(names[0]) not in LABEL_OPENINGS
        )

    def _bare_labels(self) -> Iterator[tuple[str, int, int]]:
        """Labels at the beginning of a scanned line with nothing but a blank behind them: OCR loses the rule or the gap that
        parted them from the value, which begins with a capital, a digit or a sign of another script.
        """
        pattern, roles = _bare()
        for index, passage in enumerate(self.passages):
            if passage.source != "ocr":
                continue
            start = self._starts[index]
            for match in pattern.finditer(self.folded, start, start + len(passage.text)):
                value = self.written[match.end() : match.end() + 1]
                if value.isupper() or value.isdigit() or (value.isalpha() and not value.islower()):
                    yield roles[" ".join(match[1].split())], match.start(1), match.end(1)

    def _value_end(self, start: int) -> int:
        """The end of the line or cell; a line that plainly goes on is followed into the next."""
        end = self.line_end(start)
        cell = self.written.find(" |", start, end)  # a scan may lose the blank behind a line of the table
        if cell >= 0:
            return cell
        while end + 1 < len(self.written) and (
            self.written[end - 1] in ",、，-"
            or self._in_capitals(start, end)
            or self.written[start:end].endswith((" and", " và", " dan", " of", " for"))
            or self.written[end + 1].islower()
        ):  # fmt: skip
            end = self.line_end(end + 1)
        return end

    def _in_capitals(self, start: int, end: int) -> bool:
        """Whether a long line in capitals runs on into another one: a text set in capitals gives no other sign of it."""
        line, below = self.written[start:end], self.written[end + 1 : self.line_end(end + 1)]
        return (
            len(line) >= LONG_LINE
            and not line.rstrip().endswith((".", ":", ";"))
            and line.isupper()
            and below.isupper()
            and len(below.split()) > 1
            and not listed_labels(self.folded[end + 1 : end + 1 + len(below)])
        )

    def first(self, role: str) -> list[Labelled]:
        """The labelled pieces of a role, in order."""
        return [piece for piece in self.labelled if piece.role == role]


def _unstressed(text: str) -> str:
    """A text of the same length with blanks for the stars around words: ``certify that **Company Ltd.**, ...``."""
    return _STRESSED.sub(lambda match: f"  {match[1]}  ", text) if "**" in text else text


_STRESSED = re.compile(r"\*\*([^*\n]{1,200})\*\*")

LONG_LINE = 50
"""Letters of a line that fills the width of a page."""

_BOUNDARY = r"(?:^|(?<=[\s|/／(\[.。;,，、:：]|[\d日号號）)])|(?<=[\s|\[]เ))"
"""Where a label can begin; the vowel sign is what a scan makes of the line of a table before a Thai word."""

_FOLLOWED = r"(?:如下|as follows|sebagai berikut|như sau|sau đây|ดังนี้|ดังต่อไปนี้|다음과 같음|aşağıdaki gibi)"
_FOLLOWS = re.compile(_FOLLOWED + r"\s?[:：]\s*")
"""What a label may say before its colon: ``通过认证范围如下：``."""

_SEPARATOR = r"(?=(?:\s?" + _FOLLOWED + r")?(?:\s?\([^)\n]{0,30}\))?\s{0,3}(?:[:：|\n]|$|-\s|/\s))"


def _fields() -> list[tuple[str, dict[str, list[str]]]]:
    """The fields with their labels; the stems of labels are none."""
    return [(role, data) for role, data in table("certificate_labels").items() if role != "stems"]


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    roles: dict[str, str] = {}
    parts: list[str] = []
    glued_parts: list[str] = []
    entries = []
    for role, data in _fields():
        entries += [(fold(word), role, False) for word in data.get("words", ())]
        entries += [(fold(word), role, True) for word in data.get("labels", ())]
    for word, role, separated in sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])):
        if word in roles:
            continue
        roles[word] = roles[_toneless(word)] = role
        body = _TONES.sub(r"[\\u0e47-\\u0e4c]?", re.escape(word).replace(r"\ ", r"\s{1,2}"))
        latin = word[-1].isascii() or (0xC0 <= ord(word[-1]) <= 0x1EF9 and not 0x0E00 <= ord(word[-1]) <= 0x0E7F)
        if role == "number" and separated:  # "No" stands in addresses too
            body = r"(?:^|(?<=[\n|/／(])|(?<=[\n|/／(]\s))" + body
        glued = not separated and not latin and len(word) >= LEAST_GLUED
        ended = (r"(?![^\W_])" if latin else "") + (_SEPARATOR if separated else "")
        (glued_parts if glued else parts).append(body + ended)
    # Most letters begin no label: a cheap look at what stands before or at one keeps the long lists from being tried there.
    apart, within = "|".join(parts), "|".join(glued_parts)
    return re.compile(rf"(?=[^\x00-\u0dff])({within})|{_BOUNDARY}({apart})"), roles


@cache
def _bare() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {fold(word): role for role, data in _fields() for word in data.get("labels", ())}
    words = sorted((word for word in roles if len(word) >= LEAST_LABEL), key=lambda word: (-len(word), word))
    return re.compile(r"(?m)^(" + "|".join(re.escape(word) for word in words) + r")\s(?=\S)"), roles


_SLASH, _GAP = re.compile(r"[/／]\s?"), re.compile(r"[\s|:：\[.]*")
LONGEST_LABEL = 40
"""Letters of a label in a second language."""

LEAST_GLUED = 4
"""Letters of a label that is known in a script without blanks wherever it stands: the words before it need no end."""

LEAST_LABEL = 5
"""Letters of a label that is known without a sign behind it: shorter ones begin sentences and addresses too."""


_TONES = re.compile("[\u0e47-\u0e4c]")
"""Marks over Thai letters that a scan loses first."""


def _toneless(word: str) -> str:
    return _TONES.sub("", word)


def with_toneless(listed: Sequence[str]) -> tuple[str, ...]:
    """Words as they are written, and as a scan reads those of Thai that carry marks of tone."""
    return tuple(dict.fromkeys((*listed, *map(_toneless, listed))))


def listed_labels(folded: str) -> list[tuple[str, int, int]]:
    """Role, begin of the label, begin of what stands behind it."""
    pattern, roles = _pattern()
    found = []
    for match in pattern.finditer(folded):
        written = " ".join(match[0].split())
        role = roles.get(written) or roles.get(_toneless(written))
        if role:
            found.append((role, match.start(), match.end()))
    return found
