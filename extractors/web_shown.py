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
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style"))[:SHEETS_BYTES]
    wanted = [
        (match[1] or "*", re.findall(r"[.#][\w-]+", match[2]))
        for selectors in _hiding(_AT_RULE.sub("", _without_comments(sheets)))
        for selector in selectors.split(",")
        if (match := _SIMPLE.fullmatch(selector.strip())) and match[0] not in ("", "*", "html", "body")
    ]
    if not wanted:
        return
    by_last: dict[str, list[tuple[str, list[str]]]] = {}
    for name, marks in wanted:
        by_last.setdefault(marks[-1] if marks else name.lower(), []).append((name.lower(), marks))
    for element in root.iter(etree.Element):
        own = {f".{name}" for name in (element.get("class") or "").split()}
        if element.get("id"):
            own.add(f"#{element.get('id')}")
        tag = element.tag if isinstance(element.tag, str) else ""
        for key in (tag, *own):
            if any(name in ("*", tag) and own.issuperset(marks) for name, marks in by_last.get(key, ())):
                element.set("hidden", "")
                break


def _hiding(rules: str) -> list[str]:
    """The selectors of the rules that hide."""
    found: list[str] = []
    last = 0
    for match in _RULE.finditer(rules):
        if HIDES.search(match[1]) and len(found) < MOST_RULES:
            found.append(re.split(r"[;{}]", rules[last : match.start()])[-1])
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
