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
from extractors.mail_rich_text import unpacked_rich_text
from extractors.plain import write_text
from extractors.policy import ExtractionPolicy
from extractors.rich_text import write_rich_text
from extractors.web import write_html

# Property tags (MS-OXPROPS): what they hold is said beside them.
_SUBJECT, _SENDER, _SENDER_MAIL, _TO, _CC = "0037", "0C1A", "5D01", "0E04", "0E03"
_REPLY_TO, _BCC = "0050", "0E02"
_BODY, _HTML, _RICH = "1000", "1013", "1009"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
# The storage of a message that is attached as a message.
_MESSAGE = f"__substg1.0_{_DATA}000D"
# Bytes before the properties of the file's own message and of one within another (MS-OXMSG 2.4.1).
_OUTER_HEAD, _INNER_HEAD = 32, 24
_SENT, _RECEIVED = 0x0039, 0x0E06
_TIME = 0x0040
# 100 nanoseconds since 1601 to seconds since 1970 (MS-DTYP FILETIME).
_EPOCH = 11_644_473_600


def read_msg(path: Path, draft: Draft) -> None:
    """Write an Outlook message into the draft, those attached to it as messages too. Raises DamagedFile."""
    with _storage(path) as storage:
        draft.part("section")
        subject, sender, sent = _head(storage, "")
        draft.metadata = Metadata(
            title=subject or None, author=sender or None, created=sent, producer="Microsoft Outlook"
        )
        _write(storage, draft, "", "", 0)


def msg_attachments(path: Path, policy: ExtractionPolicy) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file, those of attached messages too; such messages are read with the mail itself."""
    with _storage(path) as storage:
        yield from _files(storage, "", policy, 0)


def _files(
    storage: olefile.OleFileIO, message: str, policy: ExtractionPolicy, depth: int
) -> Iterator[tuple[str, bytes]]:
    for name, place in _attachments(storage, message, policy.mail_parts):
        if raw := _stream(storage, f"{place}/__substg1.0_{_DATA}0102"):
            yield name, raw
        elif depth < policy.nesting and _entry(storage, inner := f"{place}/{_MESSAGE}"):
            yield from _files(storage, inner, policy, depth + 1)


def _head(storage: olefile.OleFileIO, message: str) -> tuple[str, str, str | None]:
    """Subject, sender and time of a message."""
    sender, address = _text(storage, message, _SENDER), _text(storage, message, _SENDER_MAIL)
    if address and address not in sender:
        sender = f"{sender} <{address}>"
    return _text(storage, message, _SUBJECT), sender, _sent(storage, message)


def _write(storage: olefile.OleFileIO, draft: Draft, message: str, number: str, depth: int) -> None:
    """Write the message in a storage, the empty one being the file itself; ``number`` says which part of the mail it is."""
    from extractors.mail import TOO_MANY_PARTS, write_fields

    subject, sender, sent = _head(storage, message)
    attached = _attachments(storage, message, draft.policy.mail_parts)
    fields = [
        ("From", sender),
        ("Reply-To", _text(storage, message, _REPLY_TO)),
        ("To", _text(storage, message, _TO)),
        ("Cc", _text(storage, message, _CC)),
        ("Bcc", _text(storage, message, _BCC)),
        ("Date", sent or ""),
        ("Subject", subject),
        ("Attachments", ", ".join(name for name, _ in attached)),
    ]
    if len(_places(storage, message)) > draft.policy.mail_parts:
        draft.once("limit_exceeded", TOO_MANY_PARTS)
    draft.mail = f"{number}.head" if number else "head"
    write_fields(draft, [(label, one_line(value)) for label, value in fields if value])
    draft.mail = f"{number}.1" if number else "1"
    _body(storage, draft, message)
    for at, (name, place) in enumerate(attached, start=2):
        inner = f"{place}/{_MESSAGE}"
        if _entry(storage, inner) is None:
            draft.attachments.append(name)
        elif depth >= draft.policy.nesting:
            draft.once("limit_exceeded", "Mails are forwarded in mails deeper than the set limit.")
        else:
            draft.mail = f"{number}.{at}" if number else str(at)
            draft.block("heading", "Forwarded mail", draft.paragraph(), level=2)
            _write(storage, draft, inner, draft.mail, depth + 1)


def _body(storage: olefile.OleFileIO, draft: Draft, message: str) -> None:
    """The text of a message: the web page, which keeps tables, else the plain text, else the rich text."""
    prefix = f"{message}/" if message else ""
    html = _stream(storage, f"{prefix}__substg1.0_{_HTML}0102") or _text(storage, message, _HTML).encode()
    body = _text(storage, message, _BODY)
    if html.strip():
        try:
            write_html(draft, decode(html))
            return
        except ExtractionError:
            pass
    if body.strip():
        write_text(draft, clean(body))
    elif packed := _stream(storage, f"{prefix}__substg1.0_{_RICH}0102"):
        try:
            write_rich_text(draft, unpacked_rich_text(packed, draft.policy))
        except DamagedFile:
            draft.left(
                "part_not_read", "The text of this mail is stored as rich text, which is damaged and was not read."
            )


def _storage(path: Path) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(str(path))
    except Exception as problem:  # olefile raises whatever a broken table leads to
        raise DamagedFile from problem


def _attachments(storage: olefile.OleFileIO, message: str, most: int) -> list[tuple[str, str]]:
    """Name and storage of each attachment."""
    found = []
    for number, place in enumerate(_places(storage, message)[:most], start=1):
        name = _text(storage, place, _LONG_NAME) or _text(storage, place, _SHORT_NAME) or f"attachment {number}"
        found.append((one_line(clean(name)), place))
    return found


def _places(storage: olefile.OleFileIO, message: str) -> list[str]:
    """The storages of attachments, in their order."""
    holder = _entry(storage, message) if message else storage.root
    names = {kid.name for kid in holder.kids if kid.kids and kid.name.startswith("__attach_version1.0_")}
    return sorted(f"{message}/{name}" if message else name for name in names)


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


def _sent(storage: olefile.OleFileIO, message: str) -> str | None:
    """When the message was sent, else received, from the fixed-size properties (MS-OXMSG 2.4)."""
    raw = _stream(storage, f"{message}/__properties_version1.0" if message else "__properties_version1.0")
    found: dict[int, int] = {}
    for start in range(_INNER_HEAD if message else _OUTER_HEAD, len(raw) - 15, 16):
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
