"""Office files as packages: a zip of XML parts and their relationships (ECMA-376 part 2, and OpenDocument beside it).

Nothing is trusted: sizes are measured while inflating, a document type declaration is refused (no office program writes
one, entity bombs need one), no entity is resolved and nothing outside the package is opened.
"""

import contextlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self, TypeAlias
from urllib.parse import unquote

from lxml import etree

from extractors import progress
from extractors.document import Metadata
from extractors.draft import clean, one_line
from extractors.errors import DamagedFile, EncryptedFile, LimitExceeded
from extractors.policy import ExtractionPolicy

# lxml comes without types; an element is told apart by its name only.
Element: TypeAlias = Any

_CHUNK = 1 << 16
# Elements of a streamed part between two looks at the clock.
ELEMENTS_BETWEEN_CLOCKS = 256
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# A declaration stands before the root element; so much room is left for comments in front of it.
_PROLOGUE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Relationship:
    """A link from one part to another: its type's last word (``chart``, ``image``) and the target's name in the
    package."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """An open package; use it as a context manager. Part names are looked up without regard to case."""

    def __init__(self, path: Path, policy: ExtractionPolicy) -> None:
        self.policy = policy
        self._left = policy.package_bytes
        self._asked: set[str] = set()
        try:
            self._zip = zipfile.ZipFile(path)
            # Two names may differ in case only; then the exact one is meant.
            self._exact = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}
            self._entries = {_plain(entry.filename): entry for entry in self._zip.infolist()}
        except Exception as problem:  # zipfile raises several kinds on hostile directories
            raise DamagedFile from problem
        if len(self._entries) > policy.archive_entries:
            raise LimitExceeded("The file holds more parts than the set limit.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def names(self) -> list[str]:
        """The names of all parts, in lower case, without a leading slash."""
        return list(self._entries)

    def written_name(self, name: str) -> str:
        """A part's name as the package writes it."""
        entry = self._entries.get(_plain(name))
        return entry.filename if entry else name

    def size(self, name: str) -> int:
        """Inflated size that the package states for a part; 0 where it is missing."""
        entry = self._exact.get(name) or self._entries.get(_plain(name))
        return entry.file_size if entry else 0

    def open(self, name: str) -> "Measured":
        """A part as a stream that counts what it inflates. Raises DamagedFile, EncryptedFile, later LimitExceeded."""
        entry = self._exact.get(name) or self._entries.get(_plain(name))
        if entry is None:
            raise DamagedFile("A part of the file is missing.")
        if entry.flag_bits & 1:
            raise EncryptedFile
        try:
            return Measured(self._zip.open(entry), self)
        except Exception as problem:
            raise DamagedFile from problem

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        with self.open(name) as stream:
            return b"".join(iter(lambda: stream.read(_CHUNK), b""))

    def spend(self, size: int) -> None:
        """Count inflated bytes; raises LimitExceeded when the package gives more than an honest one."""
        self._left -= size
        if self._left < 0:
            raise LimitExceeded("The file inflates to more than the set limit.")

    def xml(self, name: str) -> Element:
        """The root element of a part. Raises DamagedFile where it is no XML."""
        return parse(self.read(name), self.policy)

    def first_time(self, name: str) -> bool:
        """Whether nobody asked so for this part before: what is drawn twice is read once, or one large part that is named a
        thousand times would be read a thousand times."""
        if name in self._asked:
            return False
        self._asked.add(name)
        return True

    def maybe_xml(self, name: str | None) -> Element | None:
        """As ``xml``, None where the part is missing or damaged: a lost part never costs the whole file."""
        if not name or name not in self:
            return None
        try:
            return self.xml(name)
        except DamagedFile:
            return None

    def rows(self, name: str, tags: tuple[str, ...]) -> Iterator[Element]:
        """The elements of these local names as they end, in document order; each is emptied when the next is asked for.

        A damaged part raises DamagedFile after the elements before the damage; when the time is over, they end.
        """
        with self.open(name) as stream:
            wanted = [f"{{*}}{tag}" for tag in tags]
            try:
                for count, (_, element) in enumerate(
                    etree.iterparse(
                        stream,
                        tag=wanted,
                        resolve_entities=False,
                        no_network=True,
                        load_dtd=False,
                        remove_comments=True,
                    )
                ):
                    if count % ELEMENTS_BETWEEN_CLOCKS == 0 and progress.out_of_time():
                        return
                    yield element
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]
            except etree.XMLSyntaxError as problem:
                raise DamagedFile from problem
            except (zipfile.BadZipFile, EOFError, OSError, ValueError) as problem:
                raise DamagedFile from problem

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id; of the package itself where ``part`` is empty."""
        folder, base = posixpath.split(part)
        root = self.maybe_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relationship] = {}
        for link in within(root, "Relationship"):
            target, external = link.get("Target", ""), link.get("TargetMode") == "External"
            if not external:
                target = unquote(target.replace("\\", "/").partition("#")[0])
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = link.get("Type", "").rpartition("/")[2]
            found[link.get("Id", "")] = Relationship(link.get("Id", ""), kind, target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that ``part`` links to by this type of relationship, those present only."""
        return [
            link.target
            for link in self.relationships(part).values()
            if link.type == kind and not link.external and link.target in self
        ]

    def main_part(self, usual: str) -> str:
        """The part with the document itself. Raises DamagedFile where there is none."""
        for name in [*self.related("", "officeDocument"), usual]:
            if name in self:
                return name
        raise DamagedFile("The main part of the file is missing.")

    def metadata(self) -> Metadata:
        """Title, author, program and dates from the core and extended properties."""
        values: dict[str, str] = {}
        for kind, usual in (("core-properties", "docProps/core.xml"), ("extended-properties", "docProps/app.xml")):
            names = self.related("", kind) or [usual]
            root = self.maybe_xml(names[0])
            for child in root if root is not None else ():
                if isinstance(child.tag, str) and child.text:
                    values.setdefault(local(child), one_line(clean(child.text))[:500])
        extra = {
            key: values[key]
            for key in ("Company", "Manager", "Template", "TotalTime", "subject", "keywords", "category", "description",
                        "revision", "lastPrinted", "version", "AppVersion", "contentStatus")
            if values.get(key)
        }  # fmt: skip
        return Metadata(
            title=values.get("title"),
            author=values.get("creator"),
            producer=values.get("Application"),
            created=values.get("created"),
            modified=values.get("modified"),
            last_modified_by=values.get("lastModifiedBy"),
            extra=extra,
        )


class Measured:
    """A part's bytes as they inflate, counted; the first bytes are searched for a document type declaration."""

    def __init__(self, stream: IO[bytes], package: Package) -> None:
        self._stream = stream
        self._package = package
        self._part_left = package.policy.xml_part_bytes
        self._head = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self._stream.close()

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes. Raises DamagedFile, or LimitExceeded beyond the limit of the part or the package."""
        try:
            chunk = self._stream.read(_CHUNK if size < 0 else min(size, _CHUNK))
        except Exception as problem:  # zipfile, zlib, lzma and the codecs each raise their own
            raise DamagedFile from problem
        self._part_left -= len(chunk)
        if self._part_left < 0:
            raise LimitExceeded("A part of the file inflates to more than the set limit.")
        self._package.spend(len(chunk))
        if len(self._head) < _PROLOGUE_BYTES:
            self._head += chunk
            refuse_declarations(self._head[:_PROLOGUE_BYTES], self._package.policy)
        return chunk


def refuse_declarations(head: bytes, policy: ExtractionPolicy) -> None:
    """Raise DamagedFile where XML declares a document type or entities beyond the policy: office files never do, bombs
    always do."""
    declared = _DOCTYPE.findall(head.replace(b"\x00", b""))
    entities = sum(name.upper() == b"ENTITY" for name in declared)
    if declared and (entities > policy.xml_entities or not policy.xml_entities):
        raise DamagedFile("The file declares entities, which no office program writes; it was not opened.")


def parse(raw: bytes, policy: ExtractionPolicy) -> Element:
    """XML bytes to their root element, without entities, declarations or network. Raises DamagedFile."""
    refuse_declarations(raw[:_PROLOGUE_BYTES], policy)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise DamagedFile from problem
    if root is None:
        raise DamagedFile
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace (transitional or strict)."""
    value = element.get(name)
    if value is not None:
        return value
    suffix = "}" + name
    return next((found for key, found in element.attrib.items() if isinstance(key, str) and key.endswith(suffix)), None)


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along a path of local names, None where it breaks off."""
    for name in names:
        element = next((found for found in element if local(found) == name), None) if element is not None else None
    return element


def children(element: Element | None) -> Iterator[Element]:
    """The elements directly below, none where there is no element."""
    return (part for part in element if isinstance(part.tag, str)) if element is not None else iter(())


def within(element: Element | None, *names: str) -> Iterator[Element]:
    """The elements of these local names at any depth, in document order; none where there is no element."""
    found: Iterator[Element] = element.iter(*(f"{{*}}{name}" for name in names)) if element is not None else iter(())
    return found


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; the default where it is missing or nonsense."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def is_on(text: str | None) -> bool:
    """Whether an XML boolean attribute says yes."""
    return text in ("1", "true", "on", "True")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
