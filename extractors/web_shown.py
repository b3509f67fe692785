"""What of a web page is shown: elements that its style sheets hide, and the entries of lists that are chosen."""

import re

from lxml import etree

# Ways of saying that an element is not to be seen: not there, see-through, without size, or moved off the screen.
HIDES = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|color\s*:\s*transparent|(?:left|top|text-indent)\s*:\s*-\d{4,}px)",
    re.IGNORECASE,
)
# Bytes of style sheets looked at, and rules that hide; office programs write a hundred.
SHEETS_BYTES, MOST_RULES = 200_000, 500
_HIDING = frozenset({"display", "visibility", "font-size", "opacity", "color", "left", "top", "text-indent"})
_RULE = re.compile(r"\{([^{}]*)\}")
# Rules for paper or narrow screens alone, with the rules within them.
_AT_RULE = re.compile(r"@[\w-]+[^{};]{0,200}\{(?:[^{}]|\{[^{}]*\})*\}")
# An element by its name, its classes or its id, and nothing around it.
_SIMPLE = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")


def mark_shown(root: etree._Element) -> None:
    """Set the attribute ``hidden`` of elements that the page's own style sheets hide, and take out entries of lists that are
    not chosen."""
    _hide(root)
    for box in root.iter("select"):
        entries = list(box.iter("option"))
        chosen = [entry for entry in entries if entry.get("selected") is not None]
        shown = chosen or ([] if box.get("multiple") is not None else entries[:1])
        for entry in entries:
            if entry not in shown and (holder := entry.getparent()) is not None:
                holder.remove(entry)
    for field in root.iter("option", "textarea"):
        field.text = f" {field.text or ''} "  # fields stand apart from what is beside them


def _hide(root: etree._Element) -> None:
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style") if _is_for_screens(sheet))[:SHEETS_BYTES]
    rules = _rules(_AT_RULE.sub("", _without_comments(sheets)))
    if not any(hides for _, _, _, said in rules for hides in said.values()):
        return
    by_last: dict[str, list[tuple[str, list[str], tuple[int, ...], dict[str, bool]]]] = {}
    for rule in rules:
        by_last.setdefault(rule[1][-1] if rule[1] else rule[0], []).append(rule)
    for element in root.iter(etree.Element):
        own = {f".{name}" for name in (element.get("class") or "").split()}
        if element.get("id"):
            own.add(f"#{element.get('id')}")
        tag = element.tag if isinstance(element.tag, str) else ""
        won: dict[str, tuple[tuple[int, ...], bool]] = {}
        for key in (tag, "*", *own):
            for name, marks, rank, said in by_last.get(key, ()):
                if name in ("*", tag) and own.issuperset(marks):
                    for what, hides in said.items():
                        won[what] = max(won.get(what, ((), False)), (rank, hides))
        if won and any(hides for what, (_, hides) in won.items() if what not in _said(element.get("style") or "")):
            element.set("hidden", "")


def _is_for_screens(sheet: etree._Element) -> bool:
    """Whether a style sheet holds on every screen of a program that runs scripts."""
    media = (sheet.get("media") or "all").lower()
    return media.strip() in ("all", "screen", "") and next(sheet.iterancestors("noscript", "template"), None) is None


def _said(declarations: str) -> dict[str, bool]:
    """Whether each property that may hide an element does."""
    parts = (part for part in declarations.split(";") if ":" in part)
    named = {part.split(":")[0].strip().lower(): bool(HIDES.search(part)) for part in parts}
    return {name: hides for name, hides in named.items() if name in _HIDING}


def _rules(sheets: str) -> list[tuple[str, list[str], tuple[int, ...], dict[str, bool]]]:
    """Name, marks, rank and what is said of the elements that rules may hide or show. Of what stands around an element
    nothing is known, so that rules with it only show."""
    found: list[tuple[str, list[str], tuple[int, ...], dict[str, bool]]] = []
    last = 0
    for match in _RULE.finditer(sheets):
        said = _said(match[1])
        for selector in re.split(r"[;{}]", sheets[last : match.start()])[-1].split(",") if said else ():
            pieces = re.split(r"[\s>+~]+", selector.strip())
            simple = _SIMPLE.fullmatch(re.sub(r":.*|\[.*", "", pieces[-1]))
            if len(found) >= MOST_RULES or not simple or pieces[-1] in ("", "*", "html", "body"):
                continue
            alone = len(pieces) == 1 and simple[0] == pieces[0]
            known = {name: hides for name, hides in said.items() if alone or not hides}
            marks = re.findall(r"[.#][\w-]+", simple[2])
            ids = sum(mark[0] == "#" for mark in marks)
            rank = (not alone, ids, len(marks) - ids, bool(simple[1]), len(found))
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
