"""What is data is data: expectations, flags, words of the trade and of its languages, standards, accreditation bodies.

Each file is TOML beside this module and says where its content comes from.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``. Callers do not change what they get: it is shared."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
