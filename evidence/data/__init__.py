"""What is data is data: expectations, flags, words of the trade and of its languages, standards, accreditation bodies.

Each file is TOML beside this module and says where its content comes from.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``, or of the files of the folder ``<name>`` as one. Callers do not change what they get: it is shared.

    ValueError where two files of a folder hold the same table.
    """
    folder = resources.files(__package__) / name
    if not folder.is_dir():
        return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    whole: dict[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        part = tomllib.loads(file.read_text(encoding="utf-8")) if file.name.endswith(".toml") else {}
        if twice := whole.keys() & part.keys():
            raise ValueError(f"{file.name} of {name} holds again {', '.join(sorted(twice))}")
        whole |= part
    return whole


@cache
def fingerprint() -> str:
    """Changes with every rule: SHA-256 of the data files and of the modules that interpret them, by their names."""
    made = hashlib.sha256()
    for name, file in sorted(_files(resources.files("evidence"), ""), key=lambda entry: entry[0]):
        content = file.read_bytes()
        made.update(f"{name} {len(content)}\n".encode() + content)
    return made.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif name.endswith((".py", ".toml")):
            yield name, entry
