"""Diagrams of office files (SmartArt): the text of their points, or of the drawing kept of them (ECMA-376 part 1, 21.4)."""

from extractors.draft import Draft, one_line
from extractors.drawingml import body_text
from extractors.packages import Element, Package, Relationship, child, within


def diagram_text(package: Package, links: dict[str, Relationship], link: str, draft: Draft) -> str:
    """The lines of the diagram that ``link`` names among the links of its part; empty where it holds no text, or was read
    before."""
    part = _target(links, link)
    if not package.first_time(part or "") or draft.stops():
        return ""
    root = package.maybe_xml(part)
    texts = _lines([child(point, "t") for point in within(root, "pt")])
    if not texts:
        # Some programs keep the points empty and the picture of them whole.
        named = next((found.get("relId") or "" for found in within(root, "dataModelExt")), "")
        drawing = _target(links, named) or next(
            (found.target for found in links.values() if found.type == "diagramDrawing" and not found.external), None
        )
        texts = _lines(list(within(package.maybe_xml(drawing), "txBody")))
    return "\n".join(texts)


def _lines(bodies: list[Element | None]) -> list[str]:
    return [text for body in bodies if (text := one_line(body_text(body)))]


def _target(links: dict[str, Relationship], link: str) -> str | None:
    found = links.get(link)
    return found.target if found is not None and not found.external else None
