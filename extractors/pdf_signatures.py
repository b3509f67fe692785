"""Digital signatures of a PDF, checked: whether the bytes that were signed are still those, and whether more came behind them
(PDF 32000-1 12.8, CMS as RFC 5652).

Whom to trust is not decided: the name is the one that the signer's certificate states, and a certificate that vouches for
itself is called that. Nothing is fetched, so revoked certificates are not known.
"""

import ctypes
import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from asn1crypto import cms, parser
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import NameOID

MOST_SIGNATURES = 20
"""Signatures checked: a certificate has one or two, a contract of many parties a dozen."""

LONGEST_SIGNATURE = 1_000_000
"""Bytes of one signature with its chain and stamps of time; ordinary ones have ten to a hundred thousand."""

LONGEST_NAME = 80
_CHUNK = 1 << 20
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_SET, _WITHOUT_LENGTH = b"\x31", 0x80
# A number of an identifier longer than any: turning it into figures takes the square of its length.
_LONG_NUMBER = re.compile(rb"[\x80-\xff]{512}")


class _Unknown(Exception):
    """A way of signing that is not known here, or bytes that are none."""


@dataclass(frozen=True)
class Checked:
    """One signature: ``intact``, ``changed`` or ``unchecked``; who made it, and whether it covers the file to its end."""

    state: str
    by: str
    vouched: str
    whole: bool


def told(document: pypdfium2.PdfDocument, path: Path) -> str:
    """What a reader is to know of the signatures of a file, in words; nothing where there is none."""
    found = list(_checked(document, path))
    covered = any(one.whole and one.state != "changed" for one in found)
    return "; ".join(_sentence(one, covered) for one in found)


def _sentence(one: Checked, covered: bool) -> str:
    by = f" by {one.by}" if one.by else ""
    vouched = f" ({one.vouched})" if one.vouched else ""
    if one.state == "changed":
        return f"broken: the file was changed after it was signed{by}{vouched}"
    if one.state == "unchecked":
        return f"signed{by}{vouched}, in a way that could not be checked"
    if not covered:
        return f"intact, signed{by}{vouched}; something was added to the file after that"
    return f"intact, signed{by}{vouched}"


def _checked(document: pypdfium2.PdfDocument, path: Path) -> Iterator[Checked]:
    size = path.stat().st_size
    for at in range(min(pdfium.FPDF_GetSignatureCount(document), MOST_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(document, at)
        ranges = _ranges(signature) if signature else ()
        whole = bool(ranges) and ranges[-1][0] + ranges[-1][1] >= size - 2  # a line break may follow the end
        by = vouched = ""
        try:
            if not signature or _text(pdfium.FPDFSignatureObj_GetSubFilter, signature) not in (
                "adbe.pkcs7.detached",
                "ETSI.CAdES.detached",
            ):
                raise _Unknown
            signed = _Signed(_bytes(pdfium.FPDFSignatureObj_GetContents, signature))
            by, vouched = signed.names()
            state = "intact" if _is_around(path, ranges, signed.raw) and signed.holds(path, ranges) else "changed"
        except (_Unknown, UnsupportedAlgorithm, x509.InvalidVersion, LookupError, ValueError, OverflowError, TypeError):
            state = "unchecked"
        yield Checked(state, by, vouched, whole)


def _ranges(signature: object) -> tuple[tuple[int, int], ...]:
    count = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
    if not 0 < count <= 2 * MOST_SIGNATURES or count % 2:
        return ()
    buffer = (ctypes.c_int * count)()
    pdfium.FPDFSignatureObj_GetByteRange(signature, buffer, count)
    return tuple(zip(buffer[::2], buffer[1::2], strict=True))


def _bytes(get: object, signature: object) -> bytes:
    size = get(signature, None, 0)  # type: ignore[operator]
    if not 0 < size <= LONGEST_SIGNATURE:
        raise _Unknown
    buffer = ctypes.create_string_buffer(size)
    get(signature, buffer, size)  # type: ignore[operator]
    return buffer.raw


def _text(get: object, signature: object) -> str:
    return _bytes(get, signature).split(b"\0", 1)[0].decode("latin-1")


def _is_around(path: Path, ranges: tuple[tuple[int, int], ...], raw: bytes) -> bool:
    """Whether all is signed but the signature itself: from the first byte, with no gap but the one that holds it."""
    if len(ranges) != 2 or ranges[0][0] != 0 or min(length for _, length in ranges) < 0:
        return False
    first, last = ranges[0][1], ranges[1][0]
    if not 0 < last - first <= 3 * LONGEST_SIGNATURE:
        return False
    with path.open("rb") as file:
        file.seek(first)
        gap = file.read(last - first).strip()
    return gap[:1] == b"<" and gap[-1:] == b">" and bytes.fromhex(gap[1:-1].decode("ascii")).startswith(raw)


class _Signed:
    """The signed data of a signature (RFC 5652 5.1): the one signer, the attributes signed, the certificates."""

    def __init__(self, raw: bytes) -> None:
        if _LONG_NUMBER.search(raw):
            raise _Unknown
        self.raw = raw[: parser.peek(raw)]  # noughts follow up to the room that was kept
        outer = cms.ContentInfo.load(self.raw)
        if outer["content_type"].native != "signed_data":
            raise _Unknown
        data = outer["content"]
        self._certificates: list[x509.Certificate] = []
        for choice in data["certificates"]:
            if choice.name == "certificate":
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # what is odd about a stranger's certificate is no matter of ours
                    self._certificates.append(x509.load_der_x509_certificate(choice.chosen.dump()))
        signer = data["signer_infos"][0]
        named = signer["sid"].name == "issuer_and_serial_number"
        self._serial: int | None = signer["sid"].chosen["serial_number"].native if named else None
        self._hash = _HASHES.get(signer["digest_algorithm"]["algorithm"].native)
        if self._hash is None:
            raise _Unknown
        attributes = signer["signed_attrs"]
        told = attributes.dump()
        if not len(attributes) or told[1] == _WITHOUT_LENGTH:
            raise _Unknown  # signs the bytes themselves, without attributes, or attributes as nobody may write them
        self._attributes = (
            _SET + told[1:]
        )  # they are signed as the set that they are, and stand in the file under a tag
        digests = [one["values"][0].native for one in attributes if one["type"].native == "message_digest"]
        if not digests:
            raise _Unknown
        self._digest = digests[0]
        self._pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
        self._signature = signer["signature"].native

    @property
    def _signer(self) -> x509.Certificate:
        found = [one for one in self._certificates if one.serial_number == self._serial]
        if not found and len(self._certificates) == 1 and self._serial is None:
            found = self._certificates
        if not found:
            raise _Unknown
        return found[0]

    def names(self) -> tuple[str, str]:
        """Who signed, and who vouches for that, as the signer's certificate states them."""
        signer = self._signer
        own = signer.issuer == signer.subject
        return _name(signer.subject), "vouched for by no one else" if own else f"certificate of {_name(signer.issuer)}"

    def holds(self, path: Path, ranges: tuple[tuple[int, int], ...]) -> bool:
        """Whether the bytes are those that were signed and the signer's key made the signature."""
        assert self._hash is not None
        digest = hashlib.new(self._hash.name)
        with path.open("rb") as file:
            for start, length in ranges:
                file.seek(start)
                left = length
                while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                    digest.update(chunk)
                    left -= len(chunk)
                if left:
                    return False
        if digest.digest() != self._digest:
            return False
        key = self._signer.public_key()
        try:
            if isinstance(key, rsa.RSAPublicKey):
                way = padding.PSS(padding.MGF1(self._hash), padding.PSS.AUTO) if self._pss else padding.PKCS1v15()
                key.verify(self._signature, self._attributes, way, self._hash)
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self._signature, self._attributes, ec.ECDSA(self._hash))
            elif isinstance(key, ed25519.Ed25519PublicKey):
                key.verify(self._signature, self._attributes)
            else:
                raise _Unknown
        except InvalidSignature:
            return False
        return True


def _name(name: x509.Name) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(kind):
            if said := " ".join(str(attribute.value).split()):
                return said[:LONGEST_NAME]
    return "somebody without a name"
