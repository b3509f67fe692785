"""Authored documents and their suppliers, read from the folders of the corpus."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from corpora.blocks import AuthoredBlock, AuthoredPart, AuthoringError
from corpora.markup import parse_body
from evidence.model import KINDS, Headline

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
    teaches_encoder: bool = True


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
    return parse_document(path.read_text(encoding="utf-8"), path, supplier)


def parse_document(text: str, path: Path, supplier: str) -> AuthoredDocument:
    """An authored document of its text, which stands in a file or was made from what stands there. Raises AuthoringError."""
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
        tuple(about.get("may") or ()), about.get("product") or "", about.get("teaches_encoder") != "false",
    )  # fmt: skip


def load_corpus(root: Path = SUPPLIERS) -> tuple[AuthoredSupplier, ...]:
    """All suppliers, in the order of their ids. Raises AuthoringError."""
    return tuple(load_supplier(path.parent) for path in sorted(root.glob("*/supplier.yaml")))
