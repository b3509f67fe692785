"""Outlook messages (MSG): properties of a compound file as fields, body and attachments (MS-OXMSG)."""

import datetime
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import olefile

from extractors.document import Metadata
from extractors.draft import Draft, clean, one_line
from extractors.encodings import decode
from extractors.errors import DamagedFile, ExtractionError
from extractors.plain import write_text
from extractors.policy import ExtractionPolicy
from extractors.web import write_html

# Property tags (MS-OXPROPS): what they hold is said beside them.
_SUBJECT, _SENDER, _SENDER_MAIL, _TO, _CC = "0037", "0C1A", "5D01", "0E04", "0E03"
_BODY, _HTML = "1000", "1013"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_SENT, _RECEIVED = 0x0039, 0x0E06
_TIME = 0x0040
# 100 nanoseconds since 1601 to seconds since 1970 (MS-DTYP FILETIME).
_EPOCH = 11_644_473_600


def read_msg(path: Path, draft: Draft) -> None:
    """Write an Outlook message into the draft. Raises DamagedFile."""
    with _storage(path) as storage:
        subject, sender = _text(storage, "", _SUBJECT), _text(storage, "", _SENDER)
        address = _text(storage, "", _SENDER_MAIL)
        if address and address not in sender:
            sender = f"{sender} <{address}>"
        sent = _sent(storage)
        names = [name for name, _ in _attachments(storage, draft.policy.mail_parts)]
        fields = [
            ("From", sender),
            ("To", _text(storage, "", _TO)),
            ("Cc", _text(storage, "", _CC)),
            ("Date", sent or ""),
            ("Subject", subject),
            ("Attachments", ", ".join(names)),
        ]
        from extractors.mail import TOO_MANY_PARTS, write_fields

        if len(_places(storage)) > draft.policy.mail_parts:
            draft.once("limit_exceeded", TOO_MANY_PARTS)
        draft.part("section")
        draft.metadata = Metadata(
            title=subject or None, author=sender or None, created=sent, producer="Microsoft Outlook"
        )
        draft.mail = "head"
        write_fields(draft, [(label, one_line(value)) for label, value in fields if value])
        draft.mail = "1"
        html = _stream(storage, f"__substg1.0_{_HTML}0102") or _text(storage, "", _HTML).encode()
        body = _text(storage, "", _BODY)
        if html.strip():
            try:
                write_html(draft, decode(html))
            except ExtractionError:
                write_text(draft, clean(body))
        elif body.strip():
            write_text(draft, clean(body))
        elif _entry(storage, "__substg1.0_10090102") is not None:
            draft.left("part_not_read", "The text of this mail is stored as rich text, which is not read.")
        draft.attachments.extend(names)


def msg_attachments(path: Path, policy: ExtractionPolicy) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file; messages attached as messages are left out."""
    with _storage(path) as storage:
        for name, place in _attachments(storage, policy.mail_parts):
            if raw := _stream(storage, f"{place}/__substg1.0_{_DATA}0102"):
                yield name, raw


def _storage(path: Path) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(str(path))
    except Exception as problem:  # olefile raises whatever a broken table leads to
        raise DamagedFile from problem


def _attachments(storage: olefile.OleFileIO, most: int) -> list[tuple[str, str]]:
    """Name and storage of each attachment."""
    found = []
    for number, place in enumerate(_places(storage)[:most], start=1):
        name = _text(storage, place, _LONG_NAME) or _text(storage, place, _SHORT_NAME) or f"attachment {number}"
        found.append((one_line(clean(name)), place))
    return found


def _places(storage: olefile.OleFileIO) -> list[str]:
    """The storages of attachments, in their order."""
    return sorted(
        {entry.name for entry in storage.root.kids if entry.kids and entry.name.startswith("__attach_version1.0_")}
    )


def _stream(storage: olefile.OleFileIO, name: str) -> bytes:
    try:
        entry = _entry(storage, name)
        if entry is None or entry.entry_type != olefile.STGTY_STREAM:
            return b""
        # As ``openstream`` does, which looks for a name among all entries: of a thousand attachments a million times.
        with storage._open(entry.isectStart, entry.size) as stream:
            raw: bytes = stream.read()
            return raw
    except Exception as problem:
        raise DamagedFile from problem


def _entry(storage: olefile.OleFileIO, name: str) -> Any:
    """The directory entry of a stream or storage, None where there is none."""
    entry = storage.root
    for step in name.split("/"):
        entry = entry.kids_dict.get(step.lower())
        if entry is None:
            return None
    return entry


def _text(storage: olefile.OleFileIO, place: str, tag: str) -> str:
    """A text property: as Unicode, else in the code page of the sender."""
    prefix = f"{place}/" if place else ""
    if raw := _stream(storage, f"{prefix}__substg1.0_{tag}001F"):
        return raw.decode("utf-16-le", "replace").rstrip("\x00")
    raw = _stream(storage, f"{prefix}__substg1.0_{tag}001E")
    return decode(raw).rstrip("\x00") if raw else ""


def _sent(storage: olefile.OleFileIO) -> str | None:
    """When the message was sent, else received, from the fixed-size properties (MS-OXMSG 2.4)."""
    raw = _stream(storage, "__properties_version1.0")
    found: dict[int, int] = {}
    for start in range(32, len(raw) - 15, 16):
        kind, tag, _, value = struct.unpack_from("<HHIQ", raw, start)
        if kind == _TIME:
            found[tag] = value
    for tag in (_SENT, _RECEIVED):
        if value := found.get(tag):
            try:
                moment = datetime.datetime.fromtimestamp(value / 10_000_000 - _EPOCH, datetime.UTC)
            except (ValueError, OverflowError, OSError):
                continue
            return moment.isoformat(timespec="seconds")
    return None
