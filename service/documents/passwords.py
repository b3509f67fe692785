"""Passwords that a bundle came with: kept encrypted while the bundle exists, because a file may be read again and its
pages drawn later. They stand in no table, no log, no queue and no report; with the bundle they are removed.

The key is ``LIVINGPROOF_SECRET_KEY``, or a file of random bytes in the data folder that only its owner can read.
"""

import base64
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from service.documents.blobs import BlobStore
from service.errors import WrongUse
from service.settings import Settings

logger = logging.getLogger(__name__)

KEY_FILE = "secret.key"


_KEPT = "bundle-"


def kept_name(bundle: str) -> str:
    """The name under which all that is kept for a bundle, besides its files, lies in the store."""
    return f"{_KEPT}{bundle}"


def is_kept_name(name: str) -> bool:
    """Whether a name is one of ``kept_name``, not the hash of a content."""
    return name.startswith(_KEPT)


def check_words(words: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """Passwords as somebody gave them: without empty ones, each once. Raises WrongUse beyond the limits."""
    given = tuple(dict.fromkeys(word for word in words if word))
    policy = settings.extraction
    if len(given) > policy.passwords:
        raise WrongUse(f"More than {policy.passwords} passwords were given.", "Send the files in several bundles.")
    if any(len(word) > policy.password_characters for word in given):
        raise WrongUse("A password is longer than any program takes.", "Check the passwords.")
    return given


class PasswordKeeper:
    """Keeps the passwords of bundles in the blob store, encrypted."""

    def __init__(self, blobs: BlobStore, settings: Settings) -> None:
        self._blobs = blobs
        self._settings = settings

    def check(self, words: Sequence[str]) -> tuple[str, ...]:
        """Passwords as somebody gave them. Raises WrongUse."""
        return check_words(words, self._settings)

    def keep(self, workspace: str, bundle: str, words: Sequence[str]) -> None:
        """Keep the passwords of a bundle."""
        from cryptography.fernet import Fernet

        if words:
            token = Fernet(self._key()).encrypt(json.dumps(list(words)).encode())
            self._blobs.put(workspace, f"{kept_name(bundle)}/words", token)

    def of(self, workspace: str, bundle: str) -> tuple[str, ...]:
        """The passwords of a bundle; none where it came without, or where the key is not the one they were kept with."""
        from cryptography.fernet import Fernet, InvalidToken

        token = self._blobs.get(workspace, f"{kept_name(bundle)}/words")
        if token is None:
            return ()
        try:
            return tuple(json.loads(Fernet(self._key()).decrypt(token)))
        except (InvalidToken, ValueError):
            logger.error("the passwords of bundle %s cannot be opened with this key", bundle)
            return ()

    def _key(self) -> bytes:
        given = self._settings.secret_key
        raw = given.get_secret_value().encode() if given else _key_of(self._settings.data / KEY_FILE)
        return base64.urlsafe_b64encode(hashlib.sha256(raw).digest())


def _key_of(path: Path) -> bytes:
    """The key of the data folder, made by whoever needs it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
            sink.write(secrets.token_bytes(32))
        try:
            os.link(partial, path)  # one step, and it fails where another process was faster
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_bytes()
