"""Signed and encrypted mails and files: what was signed is read, what is encrypted says so."""

import base64

import pytest

from extractors import bundle, cms, detect, mail, signed
from extractors.archive import InProcess
from extractors.errors import DamagedFile, EncryptedMail

DATA = bytes.fromhex("06092a864886f70d010701")
SIGNED = bytes.fromhex("06092a864886f70d010702")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
BODY = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe 8D was closed.\r\n'
    b'--b\r\nContent-Type: text/csv; name="lots.csv"\r\nContent-Disposition: attachment; filename="lots.csv"\r\n\r\nlot,scrap\r\n4711,2\r\n--b--\r\n'
)
HEAD = b"From: mai@x.example\r\nTo: b@y.example\r\nSubject: Closed\r\n"


def der(tag, *parts):
    """An element with its length."""
    value = b"".join(parts)
    size = len(value)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4)
    return bytes([tag]) + length + value


def ber(tag, *parts):
    """An element that ends with a mark."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\x00\x00"


def envelope(inner, kind=SIGNED):
    version, algorithms = der(0x02, b"\x01"), der(0x31)
    held = der(0x30, DATA, *([der(0xA0, der(0x04, inner))] if inner is not None else []))
    return der(0x30, kind, der(0xA0, der(0x30, version, algorithms, held, der(0x31))))


def envelope_in_pieces(inner):
    pieces = [der(0x04, inner[at : at + 50]) for at in range(0, len(inner), 50)]
    held = ber(0x30, DATA, ber(0xA0, ber(0x24, *pieces)))
    return ber(0x30, SIGNED, ber(0xA0, ber(0x30, der(0x02, b"\x01"), ber(0x31, der(0x30, b"")), held, der(0x31))))


def opaque(inner, kind="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", head=HEAD):
    packed = base64.encodebytes(inner).replace(b"\n", b"\r\n")
    return (
        head
        + b"MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\nContent-Type: "
        + kind.encode()
        + b"\r\n\r\n"
        + packed
    )


def received(tmp_path, policy, **files):
    source = tmp_path / "in"
    source.mkdir()
    for name, raw in files.items():
        (source / name.replace("__", ".")).write_bytes(raw)
    return bundle.receive([source], tmp_path / "kept", policy, InProcess(policy))


def lines(document):
    return [line for block in document.blocks for line in block.text.split("\n")]


@pytest.mark.parametrize(
    "wrap",
    [
        envelope,
        envelope_in_pieces,
        lambda inner: envelope(opaque(envelope(inner), head=b"")),
        lambda inner: envelope(b"\r\n" + inner),
    ],
)
def test_a_mail_in_an_envelope_is_read_with_its_attachments(tmp_path, policy, wrap):
    mailed, lots = received(tmp_path, policy, a__eml=opaque(wrap(BODY)))
    document = mail.read(mailed.path, "a.eml", policy)
    assert "The 8D was closed." in lines(document)
    assert "Signature: | signed, signature not checked" in lines(document)
    assert document.attachments == ("lots.csv",)
    assert lots.name == "a.eml/lots.csv"


def test_a_signed_file_that_is_a_mail_behind_blank_lines_is_opened(tmp_path, policy):
    found = received(tmp_path, policy, a__p7m=envelope(b"\r\n\r\n" + BODY))
    assert [file.name.rpartition("/")[2] for file in found] == ["a.p7m", "a.eml", "lots.csv"]


def test_a_mail_with_the_signature_beside_it_names_no_signature_as_attachment(tmp_path, policy):
    raw = (
        HEAD + b'MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="s"\r\n\r\n--s\r\n'
        + BODY + b"\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=smime.p7s\r\n\r\n" + base64.encodebytes(envelope(None)) + b"--s--\r\n"
    )  # fmt: skip
    found = received(tmp_path, policy, a__eml=raw)
    assert [file.name for file in found] == ["a.eml", "a.eml/lots.csv"]
    assert "Signature: | signed, signature not checked" in lines(mail.read(found[0].path, "a.eml", policy))


def test_a_plain_mail_says_nothing_of_signatures(tmp_path, policy):
    (tmp_path / "a.eml").write_bytes(HEAD + b"MIME-Version: 1.0\r\n" + BODY)
    assert not any("Signature" in line for line in lines(mail.read(tmp_path / "a.eml", "a.eml", policy)))


PGP = b'MIME-Version: 1.0\r\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="e"\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\nwcBMA\r\n-----END PGP MESSAGE-----\r\n--e--\r\n'


@pytest.mark.parametrize(
    "raw",
    [
        opaque(envelope(b"x" * 300, ENVELOPED), "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
        opaque(envelope(opaque(envelope(b"x" * 300, ENVELOPED), head=b""))),
        HEAD + PGP,
        HEAD
        + b"Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nwcBMA\r\n-----END PGP MESSAGE-----\r\n",
    ],
)
def test_an_encrypted_mail_has_its_own_code_and_remedy(tmp_path, policy, raw):
    (only,) = received(tmp_path, policy, a__eml=raw)
    with pytest.raises(EncryptedMail) as told:
        mail.read(only.path, "a.eml", policy)
    assert told.value.code == "encrypted_mail"
    assert "without encryption" in told.value.remedy


def test_a_mail_that_forwards_an_encrypted_one_is_read_and_says_so(tmp_path, policy):
    sealed = opaque(envelope(b"x" * 300, ENVELOPED), "application/pkcs7-mime; name=smime.p7m")
    raw = (
        HEAD
        + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\n'
        b"See below.\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n" + sealed + b"\r\n--m--\r\n"
    )
    (tmp_path / "a.eml").write_bytes(raw)
    document = mail.read(tmp_path / "a.eml", "a.eml", policy)
    assert "See below." in lines(document)
    assert [found.code for found in document.not_read] == ["encrypted_mail"]


@pytest.mark.parametrize(
    "pack",
    [
        lambda raw: raw,
        base64.encodebytes,
        lambda raw: b"-----BEGIN PKCS7-----\n" + base64.encodebytes(raw) + b"-----END PKCS7-----\n",
    ],
)
def test_a_signed_file_is_opened_under_its_own_name(tmp_path, policy, pack):
    outer, inner = received(tmp_path, policy, **{"minutes.txt.p7m": pack(envelope(b"Minutes of March"))})
    assert detect.media_type(outer.path) == detect.SIGNED
    document = signed.read(outer.path, outer.name, policy)
    assert lines(document) == ["A file that is signed, signature not checked."]
    assert inner.name == "minutes.txt.p7m/minutes.txt"
    assert inner.path.read_bytes() == b"Minutes of March"


def test_a_signed_mail_that_was_saved_alone_is_a_mail(tmp_path, policy):
    found = received(tmp_path, policy, **{"smime.p7m": envelope(BODY)})
    assert [file.name for file in found] == ["smime.p7m", "smime.p7m/smime.eml", "smime.p7m/smime.eml/lots.csv"]


def test_a_signature_alone_and_an_encrypted_file_say_what_they_are(tmp_path, policy):
    found = {
        file.name: file.path
        for file in received(tmp_path, policy, a__p7s=envelope(None), b__p7m=envelope(b"x", ENVELOPED))
    }
    assert "without what it signs" in lines(signed.read(found["a.p7s"], "a.p7s", policy))[0]
    with pytest.raises(EncryptedMail):
        signed.read(found["b.p7m"], "b.p7m", policy)


@pytest.mark.parametrize("wrap", [envelope, envelope_in_pieces])
def test_a_signed_file_that_was_cut_off_keeps_what_is_there(tmp_path, policy, wrap):
    whole = b"Lot 4711 was blocked. " * 20
    path = tmp_path / "a.txt.p7m"
    path.write_bytes(wrap(whole)[:300])
    assert whole.startswith(cms.content(path.read_bytes()).data)
    assert [found.code for found in signed.read(path, "a.txt.p7m", policy).not_read] == ["part_not_read"]


@pytest.mark.parametrize(
    "raw",
    [
        b"\x30\x80" * 5_000,
        b"\x30\x80" + SIGNED + b"\xa0\x80\x30\x80" + b"\x30\x80" * 5_000,
        b"\x30\x80" + SIGNED + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80" + DATA + b"\xa0\x80" + b"\x24\x80" * 5_000,
        b"\x30\x88" + b"\xff" * 8 + SIGNED + b"\xff" * 40,
        b"\x30\x80" + SIGNED,
    ],
)  # fmt: skip
def test_nonsense_in_an_envelope_is_damage(raw):
    with pytest.raises(DamagedFile):
        cms.content(raw)


def test_an_envelope_sent_as_bytes_keeps_every_one_of_them(tmp_path, policy):
    body = BODY.replace(b"4711", b"47\r11")
    kind = b"Content-Transfer-Encoding: binary\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n"
    alone = HEAD + b"MIME-Version: 1.0\r\n" + kind + envelope(body)
    within = (
        HEAD + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSee\r\n--m\r\n'
        + kind + envelope_in_pieces(body) + b"\r\n--m--\r\n"
    )  # fmt: skip
    for number, raw in enumerate((alone, within)):
        folder = tmp_path / str(number)
        folder.mkdir()
        mailed, lots = received(folder, policy, a__eml=raw)
        assert "The 8D was closed." in lines(mail.read(mailed.path, "a.eml", policy))
        assert lots.path.read_bytes() == b"lot,scrap\r\n47\r11,2"


def test_a_file_sent_as_bytes_keeps_its_carriage_returns(tmp_path, policy):
    inside = b"%PDF-1.4\r\x00\xe9\r\n\n\r\r\nend\r\n"
    raw = (
        HEAD + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
        b"Content-Transfer-Encoding: binary\r\nContent-Disposition: attachment\r\n\r\n" + inside + b"\r\n--m--\r\n"
    )  # fmt: skip
    (tmp_path / "a.eml").write_bytes(raw)
    ((_, opened),) = mail.attachments(tmp_path / "a.eml", policy)
    assert opened().read() == inside
