"""Protected files opened with the passwords that came with the bundle: a plain copy beside, removed after reading.

PDF by pdfium, Office files (OOXML, and XLS, DOC, PPT) by msoffcrypto, OpenDocument by its own recipe (OpenDocument 1.2
part 3, 4.8). Runs in the child process; the copy lies in its temporary folder only.
"""

import base64
import contextlib
import hashlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors import detect
from extractors.errors import DamagedFile, EncryptedFile, ExtractionError, LimitExceeded, WrongPassword
from extractors.packages import Element, Package, attribute, local, parse, within
from extractors.policy import ExtractionPolicy

_OLE = frozenset({detect.ENCRYPTED_OFFICE, detect.XLS, detect.DOC, detect.PPT})
_ODF = frozenset({detect.ODS, detect.ODT, detect.ODP})


@contextlib.contextmanager
def unlocked(path: Path, passwords: tuple[str, ...], policy: ExtractionPolicy) -> Iterator[Path]:
    """A copy of the file without protection, while the context lasts. Raises EncryptedFile or WrongPassword."""
    kind = detect.media_type(path)
    opener = _pdf if kind == detect.PDF else _ole if kind in _OLE else _odf if kind in _ODF else None
    if opener is None:
        raise EncryptedFile
    folder = Path(tempfile.mkdtemp(prefix="plain-"))
    try:
        plain = folder / "plain"
        if not any(opener(path, password, plain, policy) for password in passwords):
            raise WrongPassword
        yield plain
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep_plain(path: Path, plain: Path, passwords: tuple[str, ...], policy: ExtractionPolicy) -> bool:
    """Write an old office file without its protection; False where it has none. Raises EncryptedFile or WrongPassword."""
    import msoffcrypto

    with path.open("rb") as stream:
        try:
            protected = bool(msoffcrypto.OfficeFile(stream).is_encrypted())
        except MemoryError:
            raise
        except Exception:  # LibreOffice may still make something of what msoffcrypto cannot follow
            return False
    if not protected:
        return False
    if not passwords:
        raise EncryptedFile
    with unlocked(path, passwords, policy) as opened:
        shutil.copyfile(opened, plain)
    return True


def _pdf(path: Path, password: str, plain: Path, policy: ExtractionPolicy) -> bool:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        with contextlib.closing(pypdfium2.PdfDocument(path, password=password)) as document:
            document.save(plain, flags=raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError:
        return False
    return True


def _ole(path: Path, password: str, plain: Path, policy: ExtractionPolicy) -> bool:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    with path.open("rb") as stream, plain.open("wb") as out:
        try:
            office: Any = msoffcrypto.OfficeFile(stream)
            stated = getattr(office, "info", None)
            rounds = stated.get("spinValue", 0) if isinstance(stated, dict) else 0
            if rounds > policy.password_rounds:
                raise LimitExceeded("The file asks for more rounds of its key than any program writes.")
            office.load_key(password=password)
            office.decrypt(out)
        except (InvalidKeyError, DecryptionError):
            return False
        except (ExtractionError, MemoryError):
            raise
        except Exception as problem:  # msoffcrypto raises what broken streams lead to
            raise DamagedFile from problem
    try:
        return detect.media_type(plain) not in (detect.ENCRYPTED_OFFICE, detect.UNKNOWN)
    except ExtractionError:
        return False


def _odf(path: Path, password: str, plain: Path, policy: ExtractionPolicy) -> bool:
    with Package(path, policy) as package, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as out:
        manifest = parse(package.read("META-INF/manifest.xml"), policy)
        locked = {
            (attribute(entry, "full-path") or "").lower(): (entry, data)
            for entry in within(manifest, "file-entry")
            for data in within(entry, "encryption-data")
        }
        out.writestr("mimetype", package.read("mimetype") if "mimetype" in package else b"")
        left = policy.xml_part_bytes
        for name in package.names():
            if name.endswith("/") or name == "mimetype":
                continue
            raw = package.read(name)
            if name in locked:
                opened = _opened(raw, *locked[name], password, left, policy.password_rounds)
                if opened is None:
                    return False
                raw = opened
            if name == "meta-inf/manifest.xml":
                for _, data in locked.values():
                    data.getparent().remove(data)
                from lxml import etree

                raw = etree.tostring(manifest)
            out.writestr(package.written_name(name), raw)
    return True


def _opened(raw: bytes, entry: Element, data: Element, password: str, limit: int, most_rounds: int) -> bytes | None:
    """The plain bytes of a part; None where the password does not fit."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    parts = {local(child): child for child in data}
    try:
        algorithm, derivation = parts["algorithm"], parts["key-derivation"]
        start = parts.get("start-key-generation")
        first = (
            hashlib.sha256
            if start is not None and "sha256" in (attribute(start, "start-key-generation-name") or "").lower()
            else hashlib.sha1
        )
        rounds = int(attribute(derivation, "iteration-count") or 0)
        size = int(attribute(derivation, "key-size") or 16)
        salt = base64.b64decode(attribute(derivation, "salt") or "")
        vector = base64.b64decode(attribute(algorithm, "initialisation-vector") or "")
        named = (attribute(algorithm, "algorithm-name") or "").lower()
        if not 0 < rounds <= most_rounds or size not in (16, 24, 32):
            raise LimitExceeded("The file asks for more rounds of its key than any program writes.")
        key = hashlib.pbkdf2_hmac("sha1", first(password.encode()).digest(), salt, rounds, size)
        if "gcm" in named:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            packed = AESGCM(key).decrypt(raw[:12], raw[12:], None)
        elif "aes" in named:
            cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
            packed = cipher.update(raw) + cipher.finalize()
        else:
            raise EncryptedFile("The file is protected by a method of old that is not opened.")
        # Raw deflate; the filling of the last block lies behind its end.
        inflater = zlib.decompressobj(-15)
        plain = inflater.decompress(packed, limit)
    except ExtractionError:
        raise
    except (KeyError, ValueError, zlib.error):
        return None
    except Exception as problem:
        if type(problem).__name__ == "InvalidTag":
            return None
        raise DamagedFile from problem
    if not inflater.eof:
        return None
    stated = attribute(entry, "size")
    return plain if not stated or not stated.isdigit() or int(stated) == len(plain) else None
