"""Pictures that stand in cells and not over them: those of newer Excel, whose value is the picture, and those of WPS, whose
value is a formula that names it."""

import re

from extractors.packages import Element, Package, attribute, children, local, whole, within
from extractors.spreadsheet_styles import relation_id

_NAMED = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(\s*\"([^\"]{1,100})\"", re.IGNORECASE)
_IMAGES, _METADATA = "xl/cellimages.xml", "xl/metadata.xml"
_VALUES, _KINDS, _LINKS = (
    "xl/richData/rdrichvalue.xml",
    "xl/richData/rdrichvaluestructure.xml",
    "xl/richData/richValueRel.xml",
)


class CellPictures:
    """The pictures in the cells of one workbook, by what the cells say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._valued: list[str | None] | None = None
        self._named: dict[str, str] | None = None

    def part(self, metadata: str | None, text: str) -> str | None:
        """The part of the picture that a cell shows, by the number of its value's metadata or by its text; "" where the cell
        shows one that cannot be found, None where it shows none."""
        if match := _NAMED.match(text):
            if self._named is None:
                self._named = self._by_name()
            return self._named.get(match[1], "")
        if metadata is None or _VALUES not in self._package:
            return None
        if self._valued is None:
            self._valued = self._by_value()
        number = whole(metadata) - 1
        return self._valued[number] if 0 <= number < len(self._valued) else None

    def _by_name(self) -> dict[str, str]:
        links = self._package.relationships(_IMAGES)
        found = {}
        for picture in within(self._package.maybe_xml(_IMAGES), "pic"):
            name = next((part.get("name") for part in within(picture, "cNvPr")), None)
            blip = next(within(picture, "blip"), None)
            link = links.get(relation_id(blip, "embed") or "") if blip is not None else None
            if name and link is not None and not link.external:
                found[name] = link.target
        return found

    def _by_value(self) -> list[str | None]:
        """The picture of each entry of the values' metadata; None where the value is something else."""
        kinds = [entry.get("t") for entry in within(self._package.maybe_xml(_KINDS), "s")]
        links = self._package.relationships(_LINKS)
        targets = [links.get(relation_id(entry) or "") for entry in within(self._package.maybe_xml(_LINKS), "rel")]
        pictures: list[str | None] = []
        for value in within(self._package.maybe_xml(_VALUES), "rv"):
            first = next((part.text for part in children(value) if local(part) == "v"), None)
            kind, at = whole(value.get("s")), whole(first, -1)
            is_picture = 0 <= kind < len(kinds) and kinds[kind] in ("_localImage", "_webimage")
            link = targets[at] if is_picture and 0 <= at < len(targets) else None
            pictures.append((link.target if link is not None and not link.external else "") if is_picture else None)
        metadata = self._package.maybe_xml(_METADATA)
        rich = [
            whole(attribute(entry, "i"), -1)
            for future in within(metadata, "futureMetadata")
            if future.get("name") == "XLRICHVALUE"
            for entry in within(future, "rvb")
        ]
        return [
            _of(entry, rich, pictures) for values in within(metadata, "valueMetadata") for entry in within(values, "bk")
        ]


def _of(entry: Element, rich: list[int], pictures: list[str | None]) -> str | None:
    for record in within(entry, "rc"):
        at = whole(record.get("v"), -1)
        if 0 <= at < len(rich) and 0 <= rich[at] < len(pictures):
            return pictures[rich[at]]
    return None
