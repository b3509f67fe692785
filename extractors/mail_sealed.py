"""Mails that are signed or encrypted (S/MIME, RFC 8551; OpenPGP, RFC 3156)."""

import email
import email.policy
from email.message import Message

from extractors import cms
from extractors.errors import DamagedFile
from extractors.policy import ExtractionPolicy
from extractors.signed import is_mail_part

# Parts that hold a signature and nothing to read.
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream"})
_PGP = b"-----BEGIN PGP MESSAGE-----"
# Base64 of the beginning of an envelope.
_LOOK_CHARACTERS = 400


def open_envelopes(message: Message, policy: ExtractionPolicy) -> None:
    """Put what was signed in place of the envelope around it, as if it had been signed beside it."""
    waiting = [(message, 0)]
    looked = 0
    while waiting:
        outer, depth = waiting.pop()
        for part in outer.walk():
            looked += 1
            if looked > policy.mail_parts or depth > policy.nesting:
                return
            if _envelope(part) != "signed":
                continue
            try:
                inner = cms.content(_bytes(part))
            except DamagedFile:
                continue
            if inner is None or inner.cut or not is_mail_part(inner.data):
                continue  # a signed file that is attached; it is opened as one
            made = email.message_from_bytes(inner.data.lstrip(), policy=email.policy.compat32)
            for field in ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"):
                del part[field]
            part["Content-Type"] = "multipart/signed"
            part.set_payload([made])
            waiting.append((made, depth + 1))


def is_signed(message: Message) -> bool:
    """Whether the mail or its text is signed; what is said of mails forwarded in it is said at their heads."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "multipart/signed":
            return True
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting.extend(found for found in inner if isinstance(found, Message))
    return False


def encrypted_parts(message: Message, policy: ExtractionPolicy) -> list[Message]:
    """The parts that are encrypted for somebody's key."""
    found = []
    for number, part in enumerate(message.walk()):
        if number > policy.mail_parts:
            break
        if part.get_content_type() == "multipart/encrypted" or _envelope(part) == "encrypted" or _is_pgp(part):
            found.append(part)
    return found


def _is_pgp(part: Message) -> bool:
    if part.get_content_type() != "text/plain" or part.is_multipart():
        return False
    return _start(part).lstrip().startswith(_PGP)


def _envelope(part: Message) -> str | None:
    if part.is_multipart() or part.get_content_type() not in _ENVELOPES:
        return None
    return cms.kind(_start(part)) or cms.kind(_bytes(part)[:_LOOK_CHARACTERS])


def _start(part: Message) -> bytes:
    """The beginning of a part as it stands in the mail."""
    return str(part.get_payload())[:_LOOK_CHARACTERS].encode("ascii", "replace")


def _bytes(part: Message) -> bytes:
    from extractors.mail import payload

    return payload(part)
