"""The style sheets written into a web page, as far as they can be told: rules by the name, classes and id of an element."""

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

# Letters of style sheets looked at, and rules that matter: the sheet of a toolkit has 250,000 and 2,000.
SHEETS_BYTES, MOST_RULES = 1_000_000, 5_000
# Elements that look alike to rules are compared once; so many comparisons in all, some seconds of them.
MOST_KNOWN, MOST_COMPARED = 10_000, 5_000_000
# Rules for paper or narrow screens alone, with the rules within them.
AT_RULE = re.compile(r"@[\w-]++[^{};]{0,200}\{(?:[^{}]|\{[^{}]*\})*\}")
_RULE = re.compile(r"\{([^{}]*)\}")
# An element by its name, its classes or its id, and nothing around it.
_SIMPLE = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")

Said = dict[str, bool]  # what is said of an element, and whether that keeps it from being seen
_Rule = tuple[str, list[str], tuple[int, ...], Said]


class Rules:
    """The rules of sheets by ``said``, which reads the declarations of one. Of what stands around an element nothing is
    known, so that rules with it only show; so do those of the sheets marked by True. Rules of all elements or of the page
    itself count ``of_pages``."""

    def __init__(self, sheets: Sequence[tuple[str, bool]], said: Callable[[str], Said], of_pages: bool = False) -> None:
        rules = [rule for sheet, shows in sheets for rule in _rules(sheet, said, shows, of_pages)]
        self.too_many = len(rules) >= MOST_RULES
        self.hides = any(hides for _, _, _, each in rules for hides in each.values())
        self._by_last: dict[str, list[_Rule]] = {}
        self._known: dict[tuple[str, str, str], Said] = {}
        self._left = MOST_COMPARED
        for rule in rules:
            self._by_last.setdefault(rule[1][-1] if rule[1] else rule[0], []).append(rule)

    @property
    def tired(self) -> bool:
        """Whether too much was compared, so that nothing is known of the elements behind."""
        return self._left <= 0

    def of(self, element: etree._Element) -> Said:
        """What the rules say of an element, by their cascade; nothing where too much was compared before."""
        tag = element.tag if isinstance(element.tag, str) else ""
        key = tag, element.get("class") or "", element.get("id") or ""
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = {} if self.tired else self._of(element, tag)
        return self._known[key]

    def _of(self, element: etree._Element, tag: str) -> Said:
        own = {f".{name}" for name in (element.get("class") or "").split()}
        if element.get("id"):
            own.add(f"#{element.get('id')}")
        won: dict[str, tuple[tuple[int, ...], bool]] = {}
        for key in (tag, "*", *own):
            rules = self._by_last.get(key, ())
            self._left -= len(rules)
            for name, marks, rank, said in rules:
                if name in ("*", tag) and own.issuperset(marks):
                    for what, hides in said.items():
                        won[what] = max(won.get(what, ((), False)), (rank, hides))
        return {what: hides for what, (_, hides) in won.items()}


def sheets_of(root: etree._Element) -> str:
    """The style sheets written into a page, without comments."""
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style") if _is_for_screens(sheet))
    return _without_comments(sheets[:SHEETS_BYTES])


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """Names and values of declarations, in small letters and without what makes them important."""
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.replace("!important", "").strip().lower()


def _is_for_screens(sheet: etree._Element) -> bool:
    """Whether a style sheet holds on every screen of a program that runs scripts."""
    media = (sheet.get("media") or "all").lower()
    return media.strip() in ("all", "screen", "") and next(sheet.iterancestors("noscript", "template"), None) is None


def _rules(sheets: str, said_by: Callable[[str], Said], shows: bool, of_pages: bool) -> list[_Rule]:
    """Name, marks, rank and what is said of the elements."""
    found: list[_Rule] = []
    last = 0
    for match in _RULE.finditer(sheets):
        said = said_by(match[1])
        for selector in re.split(r"[;{}]", sheets[last : match.start()])[-1].split(",") if said else ():
            pieces = re.split(r"[\s>+~]+", selector.strip())
            simple = _SIMPLE.fullmatch(re.sub(r":.*|\[.*", "", pieces[-1]))
            if len(found) >= MOST_RULES or not simple or not pieces[-1]:
                continue
            if pieces[-1] in ("*", "html", "body") and not of_pages:
                continue
            alone = len(pieces) == 1 and simple[0] == pieces[0] and not shows
            known = {name: hides for name, hides in said.items() if alone or not hides}
            marks = re.findall(r"[.#][\w-]+", simple[2])
            ids = sum(mark[0] == "#" for mark in marks)
            rank = (not alone, ids, len(marks) - ids, simple[1] not in (None, "*"), len(found))
            found.append(((simple[1] or "*").lower(), marks, rank, known))
        last = match.end()
    return found


def _without_comments(sheets: str) -> str:
    parts, at = [], 0
    sheets = sheets.replace("<!--", "").replace("-->", "")
    while (start := sheets.find("/*", at)) >= 0:
        parts.append(sheets[at:start])
        end = sheets.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheets)
    return "".join([*parts, sheets[at:]])
