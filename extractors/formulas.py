"""Formulas of Office files (Office Math, ECMA-376 part 1, 22.1) on one line: a half as 1/2 and not as 12."""

from extractors.packages import Element, attribute, child, children, local

# Parts of a formula within one another.
MOST_WITHIN = 60
_PROPERTIES = "Pr"


def formula(element: Element | None, depth: int = 0) -> str:
    """What a formula shows."""
    if element is None or depth > MOST_WITHIN:
        return ""

    def of(name: str) -> str:
        return formula(child(element, name), depth + 1)

    match local(element):
        case "t":
            return element.text or ""
        case "f":
            return f"{_whole(of('num'))}/{_whole(of('den'))}"
        case "sSup":
            return f"{of('e')}^{_whole(of('sup'))}"
        case "sSub":
            return f"{of('e')}_{_whole(of('sub'))}"
        case "sSubSup":
            return f"{of('e')}_{_whole(of('sub'))}^{_whole(of('sup'))}"
        case "rad":
            return f"{of('deg')}√{_whole(of('e'))}"
        case "nary":
            sign = child(element, "naryPr", "chr")
            below, above = of("sub"), of("sup")
            shown = (attribute(sign, "val") if sign is not None else None) or "∫"
            limits = (f"_{_whole(below)}" if below else "") + (f"^{_whole(above)}" if above else "")
            return f"{shown}{limits} {of('e')}"
        case "d":
            first, last = _mark(element, "begChr", "("), _mark(element, "endChr", ")")
            inside = [formula(part, depth + 1) for part in children(element) if local(part) == "e"]
            return first + _mark(element, "sepChr", "|").join(inside) + last
        case "mr" | "eqArr":
            return " ".join(formula(part, depth + 1) for part in children(element) if local(part) == "e")
        case "m" if child(element, "mr") is not None:
            return "; ".join(formula(part, depth + 1) for part in children(element) if local(part) == "mr")
        case "func":
            return f"{of('fName')} {of('e')}"
        case name if name.endswith(_PROPERTIES):
            return ""
    return "".join(formula(part, depth + 1) for part in children(element))


def mathml(element: Element, depth: int = 0) -> str:
    """What a formula in MathML 3 shows, as OpenDocument files keep it."""
    name = local(element)
    if depth > MOST_WITHIN or name in ("annotation", "annotation-xml"):
        return ""
    if name in ("mi", "mn", "mo", "mtext"):
        return (element.text or "").strip()
    parts = [mathml(part, depth + 1) for part in children(element)]
    match name, parts:
        case "mfrac", [above, below]:
            return f"{_whole(above)}/{_whole(below)}"
        case "msup", [base, above]:
            return f"{base}^{_whole(above)}"
        case "msub", [base, below]:
            return f"{base}_{_whole(below)}"
        case "msqrt", _:
            return f"√{_whole(' '.join(filter(None, parts)))}"
    return " ".join(filter(None, parts))


def _mark(element: Element, name: str, usual: str) -> str:
    found = child(element, "dPr", name)
    value = attribute(found, "val") if found is not None else None
    return usual if value is None else value


def _whole(text: str) -> str:
    """A part in brackets, unless it is a single name or number."""
    return text if text.replace(".", "").replace(",", "").isalnum() or not text else f"({text})"
