"""Protected files with the passwords of their bundle."""

import base64
import hashlib
import io
import os
import zipfile
import zlib

import docx
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import EncryptedFile, LimitExceeded, WrongPassword
from extractors.policy import ExtractionPolicy
from extractors.read import read_document
from extractors.unlocking import unlocked

PASSWORD = "mật khẩu 7"
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
 <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="{size}">
  <manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="">
   <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"
     manifest:initialisation-vector="{vector}"/>
   <manifest:start-key-generation
     manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>
   <manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32"
     manifest:iteration-count="{rounds}" manifest:salt="{salt}"/>
  </manifest:encryption-data>
 </manifest:file-entry>
</manifest:manifest>"""
CONTENT = (
    b'<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Lot 4711 released'
    b"</text:p></office:text></office:body></office:document-content>"
)


def pdf(path, password="geheim"):
    canvas = Canvas(str(path), encrypt=StandardEncryption(password))
    canvas.drawString(72, 700, "Lot 4711 released")
    canvas.save()
    return path


def word(path):
    made, plain = docx.Document(), io.BytesIO()
    made.add_paragraph("Lot 4711 released")
    made.save(plain)
    plain.seek(0)
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(PASSWORD, out)
    return path


def odt(path, rounds=1024):
    salt, vector = os.urandom(16), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(PASSWORD.encode()).digest(), salt, min(rounds, 1024), 32)
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(CONTENT) + packer.flush()
    packed += bytes(-len(packed) % 16)
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", cipher.update(packed) + cipher.finalize())
        salted = {"salt": base64.b64encode(salt).decode(), "vector": base64.b64encode(vector).decode()}
        made.writestr("META-INF/manifest.xml", MANIFEST.format(size=len(CONTENT), rounds=rounds, **salted))
    return path


@pytest.mark.parametrize(("make", "password"), [(pdf, "geheim"), (word, PASSWORD), (odt, PASSWORD)])
def test_a_protected_file_is_read_with_its_password_only(tmp_path, policy, make, password):
    path = make(tmp_path / "a.bin")
    with pytest.raises(EncryptedFile):
        read_document(path, "a.bin", policy)
    with pytest.raises(WrongPassword), unlocked(path, ("wrong", "x" * 200), policy):
        pass
    with unlocked(path, ("wrong", password), policy) as plain:
        assert [block.text for block in read_document(plain, "a", policy).blocks] == ["Lot 4711 released"]
    assert not plain.exists()


def test_a_key_that_takes_for_ever_is_refused(tmp_path, policy):
    path = odt(tmp_path / "a.odt", rounds=4_000_000_000)
    with pytest.raises(LimitExceeded, match="rounds"), unlocked(path, (PASSWORD,), policy):
        pass


@pytest.mark.parametrize(("make", "rounds"), [(word, 100_000), (odt, 1024)])
def test_rounds_are_a_setting(tmp_path, make, rounds):
    """Programs write so many; the limit counts them, whatever the format."""
    path = make(tmp_path / "a.bin")
    few = ExtractionPolicy(password_rounds=rounds - 1)
    with pytest.raises(LimitExceeded, match="rounds"), unlocked(path, (PASSWORD,), few):
        pass
    with unlocked(path, (PASSWORD,), ExtractionPolicy(password_rounds=rounds)) as plain:
        assert plain.stat().st_size


def test_a_file_that_cannot_be_unlocked_stays_protected(tmp_path, policy):
    path = tmp_path / "a.txt"
    path.write_text("no protection at all")
    with pytest.raises(EncryptedFile), unlocked(path, ("x",), policy):
        pass
