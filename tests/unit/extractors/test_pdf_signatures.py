"""Digital signatures of a PDF, checked: intact, changed after, added to, and what cannot be told."""

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from pdf_files import objects, stream
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from extractors.pdf import read

ROOM = 8000  # hex figures kept free for a signature


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(key, issuer: str, issuer_key=None) -> x509.Certificate:
    day = datetime.datetime(2025, 1, 1)
    made = x509.CertificateBuilder().subject_name(named("Rowan Assurance Ltd")).issuer_name(named(issuer))
    made = made.public_key(key.public_key()).serial_number(2**70 + 11).not_valid_before(day)
    return made.not_valid_after(day + datetime.timedelta(days=900)).sign(issuer_key or key, hashes.SHA256())


@pytest.fixture(scope="module")
def keys():
    return {"ec": ec.generate_private_key(ec.SECP256R1()), "rsa": rsa.generate_private_key(65537, 2048)}


def unsigned(path: Path, subfilter: str = "adbe.pkcs7.detached") -> bytes:
    objects(
        path,
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 10 Tf 72 700 Td (Certificate of conformity) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /FT /Sig /T (S) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /V 7 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /" + subfilter.encode() + b" /M (D:20250312101112Z)"
        b" /ByteRange [0 1111111111 2222222222 3333333333] /Contents <" + b"0" * ROOM + b"> >>",
    )  # fmt: skip
    return path.read_bytes()


def signed(
    path: Path, key, issuer: str = "Rowan Assurance Ltd", issuer_key=None, loose: bool = False, **how: str
) -> Path:
    raw = unsigned(path, **how)
    first = raw.index(b"/Contents <0") + len(b"/Contents ")
    last = first + ROOM + 2
    wide = f"/ByteRange [0 {first} {last} {len(raw) - last}]".encode()
    place = raw.index(b"/ByteRange")
    raw = raw[:place] + wide.ljust(raw.index(b"]", place) + 1 - place) + raw[raw.index(b"]", place) + 1 :]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(raw[:first] + raw[last:])
    builder = builder.add_signer(certificate(key, issuer, issuer_key), key, hashes.SHA256())
    made = builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    if loose:  # the outer elements without their lengths, as some programs write them
        at = made.index(b"\x06\x09\x2a")
        made = b"\x30\x80" + made[at : at + 11] + b"\xa0\x80" + made[at + 15 :] + bytes(4)
    path.write_bytes(raw[: first + 1] + made.hex().encode().ljust(ROOM, b"0") + raw[last - 1 :])
    return path


def said(path: Path, policy) -> str:
    return read(path, "a.pdf", policy).metadata.extra["signature_check"]


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_file_as_it_was_signed_is_intact(tmp_path, policy, keys, kind):
    own = said(signed(tmp_path / "a.pdf", keys[kind]), policy)
    assert own == "intact, signed by Rowan Assurance Ltd (vouched for by no one else)"
    other = said(signed(tmp_path / "b.pdf", keys[kind], "Green Trust CA", keys["ec"]), policy)
    assert other == "intact, signed by Rowan Assurance Ltd (certificate of Green Trust CA)"


def test_a_file_changed_after_is_told_as_broken(tmp_path, policy, keys):
    path = signed(tmp_path / "a.pdf", keys["ec"])
    path.write_bytes(path.read_bytes().replace(b"(Certificate of conformity)", b"(Certificate of Conformity)"))
    assert said(path, policy).startswith("broken: the file was changed after it was signed by Rowan Assurance Ltd")


def test_a_signature_of_another_key_is_told_as_broken(tmp_path, policy, keys):
    path = signed(tmp_path / "a.pdf", keys["ec"])
    other = signed(tmp_path / "b.pdf", ec.generate_private_key(ec.SECP256R1()))
    raw, strange = path.read_bytes(), other.read_bytes()
    first = raw.index(b"/Contents <3") + len(b"/Contents <")
    own, theirs = (bytes.fromhex(one[first : first + ROOM].decode()) for one in (raw, strange))
    # the certificate of one with the value that the key of the other made
    at = own.rindex(b"\x04", 0, len(own.rstrip(b"\0")) - 60)
    mixed = own[:at] + own[at:].replace(own.rstrip(b"\0")[-20:], theirs.rstrip(b"\0")[-20:])
    path.write_bytes(raw[:first] + mixed.hex().encode() + raw[first + ROOM :])
    assert said(path, policy).startswith("broken")


def test_what_was_added_after_the_signature_is_told(tmp_path, policy, keys):
    writer = PdfWriter(PdfReader(signed(tmp_path / "a.pdf", keys["ec"])), incremental=True)
    writer.add_annotation(0, FreeText(text="Valid until 2030", rect=(300, 560, 400, 580)))
    writer.write(tmp_path / "b.pdf")
    assert said(tmp_path / "b.pdf", policy).endswith("something was added to the file after that")


def test_a_gap_wider_than_the_signature_hides_what_was_not_signed(tmp_path, policy, keys):
    path = signed(tmp_path / "a.pdf", keys["ec"])
    raw = path.read_bytes()
    at = raw.index(b"/ByteRange [0 ") + len(b"/ByteRange [0 ")
    first = raw[at : raw.index(b" ", at)]
    shorter = str(int(first) - 100).encode().rjust(len(first), b" ")
    path.write_bytes(raw[:at] + shorter + raw[at + len(first) :])
    assert said(path, policy).startswith("broken")


LONG_NUMBER = "308203f2" + "068203ee" + "81" * 1005 + "01"
DEEP = "3080" * 1900 + "0000" * 1900


@pytest.mark.parametrize(
    "junk",
    ["00", "30", "3080" + "00" * 40, "ff" * 60, "30820fff0201", LONG_NUMBER, DEEP, "300f06092a864886f70d010702a0020500",
     "300f06092a864886f70d010702a0023000"],
)  # fmt: skip
def test_bytes_that_are_no_signature_are_not_checked(tmp_path, policy, junk):
    raw = unsigned(tmp_path / "a.pdf")
    (tmp_path / "a.pdf").write_bytes(raw.replace(b"0" * ROOM, junk.encode().ljust(ROOM, b"0")))
    assert said(tmp_path / "a.pdf", policy) == "signed, in a way that could not be checked"


def test_an_unknown_way_of_signing_is_not_checked(tmp_path, policy, keys):
    path = signed(tmp_path / "a.pdf", keys["ec"], subfilter="adbe.x509.rsa_sha1")
    assert said(path, policy) == "signed, in a way that could not be checked"


def test_a_signature_whose_outer_elements_tell_no_length_is_checked(tmp_path, policy, keys):
    path = signed(tmp_path / "a.pdf", keys["rsa"], loose=True)
    assert said(path, policy).startswith("intact, signed by Rowan Assurance Ltd")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Certificate of conformity", b"Certificate of xonformity"))
    assert said(path, policy).startswith("broken")
