"""Limits that one paper lays down for what another tells: the plan of a process, a purchase specification, a drawing or the word of a customer.

They are collected once a bundle by the names of their features, so that each table looks up those of its own columns.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.bundle import Bundle, is_example
from evidence.facts.text import fold, phrases
from evidence.flags.limit_places import PlacedLimit, limits_in, names_in
from evidence.flags.registry import name_of
from evidence.model import DocumentReport
from evidence.remembered import remembered

_LAYS_DOWN = ("procedure", "manual", "other", "blank_form")
"""Kinds of papers that say what must be."""

MOST_LIMITS = 200
"""Limits of a paper that are looked at; one with more is a catalogue."""

LEAST_CODE = 4
"""Signs of the number of a paper or of goods by which another one names it."""

LEAST_BARS = 1
"""Bars from which a line is a row: its first words name what its limits are of."""

_AIMED = phrases("metrics_flags", "target")
_CODE = re.compile(r"(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}")
_EDITION = re.compile(r"(?:rev|ver|v|ed|issue|bản|r)\.?-?\d{1,3}|20\d\d.*|iso.*|\d{4,}")


@dataclass(frozen=True)
class Laid:
    """The limits that a paper lays down, with the codes by which other papers name it or its goods."""

    document: DocumentReport
    limits: tuple[PlacedLimit, ...]
    codes: frozenset[str]


def limits_named(
    bundle: Bundle, document: DocumentReport, heads: Sequence[str]
) -> Iterator[tuple[list[PlacedLimit], bool]]:
    """The limits of each other paper of which a head may bear the name, and whether that paper is named here by a code of its title; the
    papers that are named first.
    """
    yield from _index(bundle).of(document, heads)


def lays_down(bundle: Bundle) -> bool:
    """Whether a paper of the bundle lays limits down."""
    return bool(_index(bundle).by_name)


@remembered
def _index(bundle: Bundle) -> "_Index":
    return _Index(bundle)


class _Index:
    """The limits of all papers that lay some down, by the names in them."""

    def __init__(self, bundle: Bundle) -> None:
        self.by_name: dict[str, list[tuple[Laid, PlacedLimit]]] = defaultdict(list)
        self._codes: dict[str, frozenset[str]] = {}
        for document in bundle.read:
            if laid := _laid_down(document):
                for limit in laid.limits:
                    for name in _stems(f"{limit.words} {limit.around} {limit.unit}"):
                        self.by_name[name].append((laid, limit))

    def of(self, document: DocumentReport, heads: Sequence[str]) -> Iterator[tuple[list[PlacedLimit], bool]]:
        found: dict[str, tuple[Laid, dict[PlacedLimit, None]]] = {}
        for name in {name for head in heads for name in _stems(head)} if self.by_name else ():
            for laid, limit in self.by_name.get(name, ()):
                if laid.document.path != document.path:
                    found.setdefault(laid.document.path, (laid, {}))[1][limit] = None
        if not found:
            return
        if document.path not in self._codes:
            text = fold("\n".join((name_of(document.path), *(passage.text for passage in document.passages))))
            self._codes[document.path] = frozenset(_CODE.findall(text))
        told = self._codes[document.path]
        linked = {path: bool(laid.codes & told) for path, (laid, _) in found.items()}
        for path in sorted(found, key=lambda one: (not linked[one], one)):
            yield list(found[path][1]), linked[path]


def _stems(text: str) -> set[str]:
    """The names of a text, each also by the letters with which its other forms begin."""
    return {name[:4] for name in names_in(text)} | {token for token in fold(text).split() if token.isalpha()}


def _laid_down(document: DocumentReport) -> Laid | None:
    """The limits of a paper that says what must be: by its kind, or by its words where nothing happened in it."""
    if document.kind not in _LAYS_DOWN or document.reading == "living" or is_example(document):
        return None
    found: dict[PlacedLimit, None] = {}
    for passage in document.passages:
        if passage.hidden or any(_AIMED.search(fold(heading)) for heading in passage.heading):
            continue
        for line in passage.text.splitlines():
            found.update(dict.fromkeys(_of_line(line)))
    if not 0 < len(found) <= MOST_LIMITS:
        return None
    opening = document.passages[0]
    title = fold(" ".join((name_of(document.path), *opening.heading[:1], opening.text.split("\n", 1)[0])))
    codes = frozenset(code for code in _CODE.findall(title) if len(code) >= LEAST_CODE and not _EDITION.fullmatch(code))
    return Laid(document, tuple(found), codes)


def _of_line(line: str) -> Iterator[PlacedLimit]:
    """The limits of a sentence, or of a row with the words of its other cells; none of what is aimed at."""
    if not any(map(str.isdigit, line)) or _AIMED.search(fold(line)):
        return
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) <= LEAST_BARS:
        yield from (limit for limit in limits_in(line) if not limit.weak)
        return
    for at, cell in enumerate(cells):
        named = " ".join(one for other, one in enumerate(cells) if other != at)
        for limit in limits_in(f"limit {cell}"):
            yield replace(limit, words=fold(f"{named} {limit.words}"), around="")
