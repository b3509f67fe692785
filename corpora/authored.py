"""Authored documents: the markup of ``FORMAT.md`` read into blocks that carry their labels.

The parser is strict. A corpus with a misspelt label teaches the wrong thing silently, so every slip is an error with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from evidence.model import CRITERIA, KINDS, MODES, Headline

SUPPLIERS = Path(__file__).parent / "suppliers"
RENDERS = ("pdf", "scan", "jpg", "png", "docx", "xlsx", "xls", "pptx", "md", "txt", "html", "csv", "eml")
READINGS = ("living", "static", "mixed")
LANGUAGES = ("en", "vi", "id", "ms", "th", "zh", "ko", "tr", "ja")
INDUSTRIES = (
    "castings", "machining", "textile", "garments", "electronics", "food", "plastics", "furniture", "chemicals",
    "packaging", "medical", "logistics", "laboratory", "software", "metalwork",
)  # fmt: skip
HEADLINES = get_args(Headline)
SHEETS = ("xlsx", "xls")
SLIDES = ("pptx",)


class AuthoringError(ValueError):
    """A slip in an authored file: says the file, the line and what is wrong."""


@dataclass(frozen=True)
class Label:
    """Mode and criteria that the author gave to a block."""

    mode: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A table row: cells, where ``<`` and ``^`` stand for cells merged with the left and the upper neighbour."""

    cells: tuple[str, ...]
    label: Label


@dataclass(frozen=True)
class Field:
    """Label and value of a form field; the value is empty in a blank form. ``row`` counts the lines of the form."""

    name: str
    value: str
    row: int
    label: Label


@dataclass(frozen=True)
class AuthoredBlock:
    """A block of the body. ``kind``: heading, paragraph, list, table, form, stamp, photo, textbox, chart, signature, hand, note."""

    kind: str
    label: Label
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    fields: tuple[Field, ...] = ()
    ordered: bool = False

    def labelled_texts(self) -> Iterator[tuple[str, Label]]:
        """The visible text in pieces, each with its label: rows of tables and fields of forms can differ."""
        for row in self.rows:
            text = " ".join(cell for cell in row.cells if cell not in ("", "<", "^"))
            if text:
                yield text.replace("\\n", " "), row.label
        for entry in self.fields:
            yield f"{entry.name} {entry.value}".replace("\\n", " "), entry.label
        for item in self.items:
            yield item, self.label
        if self.text:
            yield self.text, self.label


@dataclass(frozen=True)
class AuthoredPart:
    """A sheet, slide or page with its blocks."""

    name: str
    hidden: bool
    blocks: tuple[AuthoredBlock, ...]


@dataclass(frozen=True)
class AuthoredDocument:
    """One document of a supplier, as its author wrote it."""

    source: Path
    supplier: str
    file: str
    render: str
    kind: str
    reading: str
    language: str
    parts: tuple[AuthoredPart, ...]
    family: str | None = None
    front: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Supplier and file name of the source: unique in the corpus."""
        return f"{self.supplier}/{self.source.stem}"

    def blocks(self) -> Iterator[AuthoredBlock]:
        """All blocks in order."""
        for part in self.parts:
            yield from part.blocks


@dataclass(frozen=True)
class AuthoredSupplier:
    """A supplier of the corpus: who it is, what must be found, and its documents."""

    id: str
    name: str
    industry: str
    country: str
    demo: bool
    split: str
    reference_date: str
    story: str
    documents: tuple[AuthoredDocument, ...]
    headline: str | None = None
    raises: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    product: str = ""


_FORM = re.compile(r"\s::(?:\s|$)")
_BLOCK_COMMANDS = ("stamp", "photo", "textbox", "chart", "signature", "hand", "note")


def _label(line: str, where: str) -> Label:
    words = line[1:].split()
    if not words or words[0] not in MODES:
        raise AuthoringError(f"{where}: '{line}' does not begin with a mode; one of {', '.join(MODES)}")
    for word in words[1:]:
        if word not in CRITERIA:
            raise AuthoringError(f"{where}: '{word}' is not a criterion")
    return Label(words[0], tuple(words[1:]))


def _cells(line: str) -> tuple[str, ...]:
    body = line.strip()[1:]
    body = body.removesuffix("|")
    return tuple(cell.strip() for cell in body.split("|"))


def parse_body(lines: list[str], source: str, first_line: int = 1, sheets: bool = False) -> tuple[AuthoredPart, ...]:
    """Read the body of an authored document. Raises AuthoringError with the line that is wrong."""
    parts: list[tuple[str, bool, list[AuthoredBlock]]] = []
    label: Label | None = None
    index = 0

    def here() -> str:
        return f"{source}:{first_line + index}"

    def current() -> list[AuthoredBlock]:
        if not parts:
            if sheets:
                raise AuthoringError(f"{here()}: a workbook or slide deck starts with '=== name'")
            parts.append(("", False, []))
        return parts[-1][2]

    def need() -> Label:
        if label is None:
            raise AuthoringError(f"{here()}: text before the first '@' label")
        return label

    def is_plain(line: str) -> bool:
        start = line.strip()
        return bool(start) and not (
            start.startswith(("@", "|", "#", "===", "- ", "%%")) or re.match(r"\d{1,2}[.)] ", start) or _FORM.search(line)
            or (start.startswith("!") and start[1:].split(" ", 1)[0] in _BLOCK_COMMANDS)
        )  # fmt: skip

    while index < len(lines):
        line = lines[index].rstrip()
        start = line.strip()
        if not start or start.startswith("%%"):
            index += 1
        elif start.startswith("@"):
            label = _label(start, here())
            index += 1
        elif start.startswith("==="):
            name = start[3:].strip().strip("=").strip()
            hidden = name.endswith("(hidden)")
            parts.append((name.removesuffix("(hidden)").strip(), hidden, []))
            index += 1
        elif start.startswith("#"):
            level = len(start) - len(start.lstrip("#"))
            if start.lstrip("#").strip():
                current().append(AuthoredBlock("heading", need(), start.lstrip("#").strip(), min(level, 4)))
            index += 1
        elif start.startswith("!") and start[1:].split(" ", 1)[0] in _BLOCK_COMMANDS:
            command, _, rest = start[1:].partition(" ")
            current().append(AuthoredBlock(command, need(), rest.strip().strip('"')))
            index += 1
        elif start.startswith("|"):
            rows: list[Row] = []
            first = need()
            while index < len(lines) and lines[index].strip().startswith(("|", "@", "%%")):
                text = lines[index].strip()
                if text.startswith("@"):
                    following = next(
                        (x.strip() for x in lines[index + 1 :] if not x.strip().startswith(("@", "%%"))), ""
                    )
                    if not following.startswith("|"):
                        break
                    label = _label(text, here())
                elif text.startswith("|") and not re.fullmatch(r"\|[\s:|-]*-{3}[\s:|-]*\|?", text):
                    rows.append(Row(_cells(text), need()))
                index += 1
            current().append(AuthoredBlock("table", rows[0].label if rows else first, rows=tuple(rows)))
        elif _FORM.search(line):
            fields: list[Field] = []
            first, count = need(), 0
            while index < len(lines) and (_FORM.search(lines[index]) or lines[index].strip().startswith(("@", "%%"))):
                text = lines[index].strip()
                if text.startswith("@"):
                    following = next((x for x in lines[index + 1 :] if not x.strip().startswith(("@", "%%"))), "")
                    if not _FORM.search(following):
                        break
                    label = _label(text, here())
                elif not text.startswith("%%"):
                    for piece in re.split(r"\s\|\|(?:\s|$)", text):
                        if piece.strip():
                            name, _, value = piece.partition("::")
                            fields.append(Field(name.strip(), value.strip(), count, need()))
                    count += 1
                index += 1
            current().append(AuthoredBlock("form", first, fields=tuple(fields)))
        elif start.startswith("- ") or re.match(r"\d{1,2}[.)] ", start):
            ordered = not start.startswith("- ")
            items: list[str] = []
            pattern = r"\d{1,2}[.)] " if ordered else r"- "
            while index < len(lines) and lines[index].strip():
                text = lines[index].strip()
                if re.match(pattern, text):
                    items.append(re.sub(pattern, "", text, count=1))
                elif is_plain(lines[index]) and items:
                    items[-1] += " " + text
                else:
                    break
                index += 1
            current().append(AuthoredBlock("list", need(), items=tuple(items), ordered=ordered))
        else:
            first = need()
            words: list[str] = []
            while index < len(lines) and (not words or is_plain(lines[index])):
                words.append(lines[index].strip())
                index += 1
            current().append(AuthoredBlock("paragraph", first, " ".join(words)))
    return tuple(AuthoredPart(name, hidden, tuple(blocks)) for name, hidden, blocks in parts)


def _front_matter(text: str, source: str) -> dict[str, Any]:
    """``key: words`` lines, taken as written: colons, braces and quotes of file names need no escapes. ``- item`` lines make a list."""
    front: dict[str, Any] = {}
    key = ""
    for number, line in enumerate(text.split("\n"), 2):
        if not line.strip() or line.lstrip().startswith(("#", "%%")):
            continue
        if match := re.match(r"([a-z_]+):(?:\s+(.*))?$", line):
            key, value = match.group(1), (match.group(2) or "").split("  #")[0].strip()
            if value.startswith("[") and value.endswith("]"):
                front[key] = [item.strip().strip("\"'") for item in value[1:-1].split(",") if item.strip()]
            else:
                front[key] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
        elif line.lstrip().startswith("- ") and key:
            front[key] = [*(front[key] if isinstance(front[key], list) else []), line.strip()[2:].strip().strip("\"'")]
        else:
            raise AuthoringError(f"{source}:{number}: '{line.strip()}' is neither 'key: words' nor '- item'")
    return front


def load_document(path: Path, supplier: str) -> AuthoredDocument:
    """Read one authored document. Raises AuthoringError."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---[ \t]*\n", text, re.DOTALL)
    if not match:
        raise AuthoringError(f"{path}: no front matter between '---' lines")
    front = _front_matter(match.group(1), str(path))
    for key, allowed in (("render", RENDERS), ("kind", KINDS), ("reading", READINGS), ("language", LANGUAGES)):
        if front.get(key) not in allowed:
            raise AuthoringError(f"{path}: {key}: '{front.get(key)}' is not one of {', '.join(allowed)}")
    if not front.get("file"):
        raise AuthoringError(f"{path}: no 'file:'")
    body = text[match.end() :].split("\n")
    parts = parse_body(body, str(path), match.group(0).count("\n") + 1, front["render"] in SHEETS + SLIDES)
    if not any(part.blocks for part in parts):
        raise AuthoringError(f"{path}: the body is empty")
    known = {"file", "render", "kind", "reading", "language", "family"}
    rest = {key: value for key, value in front.items() if key not in known}
    return AuthoredDocument(
        path, supplier, front["file"], front["render"], front["kind"], front["reading"], front["language"], parts,
        front.get("family") or None, rest,
    )  # fmt: skip


def load_supplier(folder: Path) -> AuthoredSupplier:
    """Read a supplier folder. Raises AuthoringError."""
    path = folder / "supplier.yaml"
    try:
        about = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, yaml.YAMLError) as problem:
        raise AuthoringError(f"{path}: {problem}") from problem
    for key in ("name", "industry", "country", "reference_date", "story"):
        if not about.get(key):
            raise AuthoringError(f"{path}: no '{key}:'")
    if about["industry"] not in INDUSTRIES:
        raise AuthoringError(f"{path}: industry '{about['industry']}' is not one of {', '.join(INDUSTRIES)}")
    if about.get("headline") and about["headline"] not in HEADLINES:
        raise AuthoringError(f"{path}: headline '{about['headline']}' is not one of {', '.join(HEADLINES)}")
    if about.get("split", "train") not in ("train", "test"):
        raise AuthoringError(f"{path}: split is train or test")
    documents = tuple(load_document(p, folder.name) for p in sorted((folder / "documents").glob("*.md")))
    return AuthoredSupplier(
        folder.name, about["name"], about["industry"], about["country"], about.get("demo") == "true",
        about.get("split", "train"), about["reference_date"], about["story"].strip(), documents,
        about.get("headline") or None, tuple(about.get("raises") or ()), tuple(about.get("silent") or ()),
        tuple(about.get("may") or ()), about.get("product") or "",
    )  # fmt: skip


def load_corpus(root: Path = SUPPLIERS) -> tuple[AuthoredSupplier, ...]:
    """All suppliers, in the order of their ids. Raises AuthoringError."""
    return tuple(load_supplier(path.parent) for path in sorted(root.glob("*/supplier.yaml")))
