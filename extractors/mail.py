"""Mails (EML, and Outlook's MSG): header fields as a form, the body, forwarded mails; attachments are files of their
own."""

import email
import email.header
import email.message
import email.policy
import email.utils
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from extractors.delimited import cell_kind
from extractors.detect import MSG
from extractors.document import Document, Metadata
from extractors.draft import Draft, clean, one_line
from extractors.encodings import declared, decode
from extractors.errors import DamagedFile, EmptyFile, EncryptedMail, ExtractionError
from extractors.flow import write_table
from extractors.grids import GridCell
from extractors.mail_sealed import SIGNATURES, encrypted_parts, is_signed, open_envelopes
from extractors.plain import write_text
from extractors.policy import ExtractionPolicy
from extractors.signed import SAID
from extractors.text_detect import EML
from extractors.web import write_html

FIELDS = ("From", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
# What a mail program shows as text; a part of parts without a mark between them is text, too.
_TEXTS = frozenset({"text/plain", "text/html", "text/enriched", "multipart/mixed", "multipart/alternative"})
_FIELDS_READ = frozenset({
    *map(str.lower, FIELDS), "x-mailer", "user-agent", "content-type", "content-disposition",
})  # fmt: skip
# Of one field: a mail to 1,000 people has about so much in To, and decoding takes the square of the encoded words.
FIELD_CHARACTERS = 40_000
TOO_MANY_PARTS = "The mail has more parts and attachments than are looked at; the others were left out."
_OLE = b"\xd0\xcf\x11\xe0"
_ENDINGS = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "message/rfc822": ".eml",
    "text/html": ".html",
    "text/plain": ".txt", "text/csv": ".csv", "application/zip": ".zip",
}  # fmt: skip

Message = email.message.Message


def read(path: Path, name: str, policy: ExtractionPolicy) -> Document:
    """Read a mail as one section. Raises EmptyFile or DamagedFile."""
    draft = Draft(path, name, EML, policy)
    with path.open("rb") as stream:
        outlook = stream.read(4) == _OLE
    if outlook:
        from extractors.mail_msg import read_msg

        draft.media_type = MSG
        read_msg(path, draft)
    else:
        message = _open(path, policy)
        sealed = encrypted_parts(message, policy)
        if sealed and not _reads(message, sealed, policy):
            raise EncryptedMail
        if sealed:
            draft.once(
                "encrypted_mail", "A part of this mail is encrypted for the key of its receiver and was not read."
            )
        draft.part("section")
        draft.metadata = Metadata(
            title=_field(message, "Subject") or None,
            author=_field(message, "From") or None,
            producer=_field(message, "X-Mailer") or _field(message, "User-Agent") or None,
            created=_date(message),
        )
        if any(len(str(message.get(name, ""))) > FIELD_CHARACTERS for name in FIELDS):
            draft.once("limit_exceeded", "A field of this mail is longer than is read; the rest of it was left out.")
        if sum(1 for _ in message.walk()) > policy.mail_parts:
            draft.once("limit_exceeded", TOO_MANY_PARTS)
        _write(draft, message, 0)
        draft.attachments.extend(name for name, _ in _attached(message, policy))
    return draft.document()


def attachments(path: Path, policy: ExtractionPolicy) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """Name of each attachment and a way to its bytes, pictures in the text included; forwarded mails are read with the
    mail itself."""
    message = _open(path, policy)
    sealed = encrypted_parts(message, policy)
    if sealed and not _reads(message, sealed, policy):
        return  # the reader says so
    for name, part in _attached(message, policy):
        yield name, partial(_stream, part)


def _stream(part: Message) -> IO[bytes]:
    return io.BytesIO(payload(part))


def write_bodies(draft: Draft, path: Path) -> None:
    """Write what a file in the form of a mail shows, without its fields. Raises EmptyFile or DamagedFile."""
    for part, _ in _bodies(_open(path, draft.policy), "", draft.policy.mail_parts, whole=True):
        if part.get_content_type() != "message/rfc822":
            _body(draft, part)


def write_fields(draft: Draft, fields: list[tuple[str, str]]) -> None:
    """The header fields of a mail as a form of labels and values."""
    cells = []
    for row, (label, value) in enumerate(fields, start=1):
        cells.append(GridCell(row, 1, f"{label}:"))
        cells.append(GridCell(row, 2, value, kind=cell_kind(value)))
    write_table(draft, cells)


def payload(part: Message) -> bytes:
    """The bytes of a part; of a broken encoding what can be decoded."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        raw = str(part.get_payload()).encode("utf-8", "replace")
    return raw if isinstance(raw, bytes) else b""


def _open(path: Path, policy: ExtractionPolicy) -> Message:
    try:
        # From a stream, bytes that are sent as they are would lose their carriage returns.
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    except (ValueError, LookupError, RecursionError) as problem:
        raise DamagedFile from problem
    if not message.keys() and not message.get_payload():
        raise EmptyFile
    open_envelopes(message, policy)
    for number, part in enumerate(message.walk()):
        if number > policy.mail_parts:
            break
        _guess_fields(part)
    return message


def _guess_fields(part: Message) -> None:
    """Put letters in place of the raw bytes that old programs write into the header fields that are read."""
    raw = {name.lower(): str(value) for name, value in reversed(list(part.raw_items()))}
    for name in _FIELDS_READ & raw.keys():
        if not raw[name].isascii():
            part.replace_header(name, decode(raw[name].encode("utf-8", "surrogateescape")))


def _reads(message: Message, sealed: list[Message], policy: ExtractionPolicy) -> bool:
    """Whether a mail with sealed parts has text or files beside them."""
    inside = {id(part) for outer in sealed for part in outer.walk()}
    bodies = (part for part, _ in _bodies(message, "", policy.mail_parts, whole=True))
    attached = (part for _, part in _attached(message, policy))
    return any(id(part) not in inside and payload(part).strip() for part in (*bodies, *attached))


def _field(message: Message, name: str) -> str:
    """A header field with its encoded words decoded."""
    value = str(message.get(name, ""))[:FIELD_CHARACTERS]
    parts = []
    try:
        for text, charset in email.header.decode_header(value):
            if isinstance(text, str):
                parts.append(text)
            elif charset is None:
                parts.append(
                    text.decode("raw-unicode-escape", "replace")
                )  # as decode_header packs what is no encoded word
            else:
                known = declared(text, charset)
                parts.append(decode(text) if known is None else known)
    except (ValueError, email.errors.HeaderParseError):
        parts = [value]
    return one_line(clean("".join(parts)))


def _date(message: Message) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(_field(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _write(draft: Draft, message: Message, depth: int, place: str = "") -> None:
    fields = [(label, value) for label in FIELDS if (value := _field(message, label))]
    names = [name for name, _ in _attached(message, draft.policy)]
    if names:
        fields.append(("Attachments", ", ".join(names)))
    if is_signed(message):
        fields.append(("Signature", SAID))
    draft.mail = f"{place}.head" if place else "head"
    write_fields(draft, fields)
    for part, number in _bodies(message, place or "", draft.policy.mail_parts, whole=True):
        draft.mail = number
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], email.message.Message):
                if depth >= draft.policy.nesting:
                    draft.once("limit_exceeded", "Mails are forwarded in mails deeper than the set limit.")
                    continue
                draft.block("heading", "Forwarded mail", draft.paragraph(), level=2)
                _write(draft, inner[0], depth + 1, number)
        elif part.get_content_type() == "message/delivery-status":
            # Fields in groups, which the parser takes for mails without a text (RFC 3464).
            write_text(
                draft, clean("\n\n".join(str(group).strip() for group in _parts(part)[: draft.policy.mail_parts]))
            )
        else:
            _body(draft, part)


def _body(draft: Draft, part: Message) -> None:
    raw = payload(part)
    charset = part.get_content_charset()
    text = declared(raw, charset) if charset else None
    if text is None:  # a charset unknown, of nonsense letters, or not kept to
        text = decode(raw)
    if part.get_content_type() in ("text/html", "text/enriched"):  # of the latter the tags alone are left out
        try:
            write_html(draft, text)
        except ExtractionError:
            draft.once("part_not_read", "A part of this mail is damaged and was not read.")
    else:
        write_text(draft, clean(text))


def _bodies(message: Message, place: str, most: int, whole: bool = False) -> Iterator[tuple[Message, str]]:
    """The parts that a mail program shows, in order, with their numbers: of alternatives the web page, which keeps
    tables. ``place`` is the number of the part itself, ``most`` the parts looked at in one part; ``whole`` a mail, whose only
    body is its part 1."""
    kind = message.get_content_type()
    if kind == "multipart/alternative" and message.is_multipart():
        parts = _numbered(message, place, most)
        rich = [part for part in parts if _holds(part[0], "text/html")]
        plain = [part for part in parts if part[0].get_content_type() == "text/plain"]
        for part, number in rich[-1:] or plain[:1] or parts[:1]:
            yield from _bodies(part, number, most)
    elif kind == "message/rfc822" or kind == "message/delivery-status":
        yield message, place or "1"
    elif message.is_multipart():
        for part, number in _numbered(message, place, most):
            yield from _bodies(part, number, most)
    elif kind in _TEXTS and not _is_attached(message):
        yield message, (f"{place}.1" if place else "1") if whole else place


def _numbered(message: Message, place: str, most: int) -> list[tuple[Message, str]]:
    parts = _parts(message)[:most]
    return [(part, f"{place}.{n}" if place else str(n)) for n, part in enumerate(parts, start=1)]


def _parts(message: Message) -> list[Message]:
    found = message.get_payload()
    return [part for part in found if isinstance(part, email.message.Message)] if isinstance(found, list) else []


def _holds(part: Message, kind: str) -> bool:
    return any(inner.get_content_type() == kind for inner in part.walk())


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return bool(part.get_filename()) and part.get_content_disposition() != "inline"


def _attached(message: Message, policy: ExtractionPolicy) -> list[tuple[str, Message]]:
    """Name and part of each attachment, in order, those of forwarded mails included."""
    found: list[tuple[str, Message]] = []
    for number, part in enumerate(message.walk(), start=1):
        if number > min(policy.mail_parts, policy.archive_entries):
            break
        kind = part.get_content_type()
        if kind in SIGNATURES or part.is_multipart() or (kind in _TEXTS and not _is_attached(part)):
            continue
        name = _name(part)
        if not name:
            name = f"attachment {len(found) + 1}{_ENDINGS.get(kind, '')}"
        found.append((name, part))
    return found


def _name(part: Message) -> str:
    raw = part.get_filename()
    if not raw:
        return ""
    holder = email.message.Message()
    try:
        holder["Subject"] = raw.replace("\n", " ").replace("\r", " ")
        return _field(holder, "Subject")
    except (ValueError, TypeError):
        return one_line(clean(str(raw)))
