"""Lists of suppliers without a table: one a line with what is bought there, or named in sentences, under a title that says so.

Fact: kind ``evaluation``, role ``suppliers``, value as that of a table of suppliers.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache

from evidence.data import table
from evidence.facts.sources import Source, fact
from evidence.facts.supplier_heads import says_list
from evidence.facts.text import Span, fold, lines, phrases, plain, words
from evidence.model import Fact, Passage

LEAST_ENTRIES = 3
"""Lines of a list of suppliers, or firms named in sentences."""

PHONE = re.compile(r"(?<!\d)\+?\d{2,4}[ .-]\d{2,4}[ .-]\d{2,4}")
_ENTRY = re.compile(
    r"\s*(?:[•*–▪·-]|\(?\d{1,2}[.)、])?\s*(?P<name>[^\W\d_][^:：|\n]{1,60}?)\s?(?:[:：]|\s[-–—]\s|，|,\s)\s?(?P<rest>\S[^|\n]+)"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÝĂÂĐÊÔƠƯĞİŞẠ-Ỹ]"
_NAME = re.compile(rf"(?<![\w.])(?:{_CAPITAL}[\w&'’.-]*\s(?:(?:&|and|ve|dan|và)\s)?){{1,4}}{_CAPITAL}[\w&'’-]*")
"""A name of two capitalised words or more."""


@cache
def _rates() -> re.Pattern[str]:
    """Words that tell what a supplier reached."""
    groups = (table("tables")["evaluation"][name] for name in ("result", "score"))
    return words((*(word for group in groups for word in group), *table("words")["suppliers_flags"]["evaluates"]))


@cache
def _wide_firm() -> re.Pattern[str]:
    """A firm in a script without capitals: by what its name ends or begins with."""
    ends, begins = ("|".join(map(re.escape, table("words")["suppliers_flags"][name])) for name in ("ends", "begins"))
    return re.compile(rf"[\u3400-\u9fff\uac00-\ud7a3]{{1,10}}(?:{ends})|(?:{begins})\s?[^\s,，、;；()]{{2,30}}")


def find_told_suppliers(source: Source) -> Iterator[Fact]:
    """The lists of suppliers of passages under a title that says that they list them."""
    file = source.document.path.rsplit("/", 1)[-1]
    for passage in source.passages:
        first = passage.text.split("\n", 1)[0]
        if passage.hidden or passage.mode == "template":
            continue
        found = list(lines(passage.text))
        if any("|" in line.text and line.text.strip() not in (*passage.heading, first) for line in found):
            continue  # a table, which is read as one
        if not says_list(fold("\n".join((*passage.heading, first, file)))):
            continue
        titles = (*passage.heading, *((first,) if says_list(fold(first)) else ()))
        below = [line for line in found if line.text.strip() not in titles]
        if not below or any("|" in line.text for line in below):
            continue
        if made := _of_lines(passage, below) or _of_sentences(passage, below):
            yield made


def _of_lines(passage: Passage, below: Sequence[Span]) -> Fact | None:
    """One supplier a line, the name before a colon, a dash or a comma."""
    entries = [(line, match) for line in below if (match := _ENTRY.fullmatch(line.text.rstrip()))]
    if len(entries) < LEAST_ENTRIES or len(entries) < len(below):
        return None
    named = sum(_is_firm(match["name"]) for _, match in entries) * 2 > len(entries)
    if not named and not any(PHONE.search(line.text) for line in below):
        return None
    rated = sum(_rates().search(fold(match["rest"])) is not None or "%" in match["rest"] for _, match in entries)
    return _fact(passage, entries[0][0], [match["name"] for _, match in entries], rated)


def _of_sentences(passage: Passage, below: Sequence[Span]) -> Fact | None:
    """Several suppliers named in running text."""
    if passage.mode == "prescription":
        return None
    text = "\n".join(line.text for line in below)
    names = {
        plain(match[0]) for line in below for match in (*_NAME.finditer(line.text), *_wide_firm().finditer(line.text))
    }
    if len(names) < LEAST_ENTRIES:
        return None
    rated = len(names) if _rates().search(fold(text)) else 0
    return _fact(passage, below[0], sorted(names), rated)


def _is_firm(name: str) -> bool:
    """Whether a name can be a firm's: two words in capitals, a legal form, or a word that firms end or begin with."""
    return (
        _NAME.search(name) is not None
        or _wide_firm().search(name) is not None
        or phrases("papers_flags", "firm").search(fold(name)) is not None
    )


def _fact(passage: Passage, line: Span, names: Sequence[str], rated: int) -> Fact:
    told = sorted({plain(name)[:40] for name in names})
    value = {"suppliers": len(told), "with_result": rated, "has_column": rated > 0, "names": told}
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return fact("evaluation", "suppliers", written, passage, line.start, line.end, confidence=0.75)
