"""Signed files (``.p7m``, ``.p7s``): what was signed is a file of its own, beside the word that it is signed."""

import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from extractors import cms, detect
from extractors.document import Document
from extractors.draft import Draft
from extractors.errors import DamagedFile, EncryptedMail
from extractors.policy import ExtractionPolicy

SAID = "signed, signature not checked"


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Say of a signed file that it is one; what was signed is a file of its own. Raises EncryptedMail or DamagedFile."""
    draft = Draft(path, name, detect.SIGNED, policy)
    draft.part("section")
    inner = cms.content(path.read_bytes())
    alone = "A signature without what it signs; the signature was not checked."
    draft.block("note", alone if inner is None else f"A file that is {SAID}.", draft.paragraph())
    if inner is not None and inner.cut:
        draft.left("part_not_read", "The file was cut off; what is behind the cut was not read.")
    if inner is not None:
        draft.attachments.append(_inner_name(name))
    return draft.document()


def signed_files(path: Path, name: str) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """Name of what was signed and a way to its bytes; nothing where it cannot be opened, which the reader will say."""
    try:
        inner = cms.content(path.read_bytes())
    except (DamagedFile, EncryptedMail):
        return
    if inner is not None:
        data = b"MIME-Version: 1.0\r\n" + inner.data.lstrip() if is_mail_part(inner.data) else inner.data
        yield _inner_name(name), partial(io.BytesIO, data)


def is_mail_part(inner: bytes) -> bool:
    """Whether bytes begin with the head of a part of a mail (RFC 2045 3)."""
    head = re.split(rb"\r?\n\r?\n", inner[:8_192].lstrip(), maxsplit=1)[0]
    return bool(re.match(rb"[!-9;-~]+:", head)) and bool(re.search(rb"(?im)^content-type:", head))


def _inner_name(name: str) -> str:
    """The name that signing programs put ``.p7m`` behind; mail programs call every envelope ``smime.p7m``."""
    base = name.rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    if not dot or ending.lower() not in ("p7m", "p7s", "p7b", "p7c"):
        return f"{base} (signed)"
    return stem if "." in stem else f"{stem}.eml"
