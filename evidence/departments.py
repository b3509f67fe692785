"""Departments by their letters or in words: ``QA`` and ``Quality Assurance`` are one."""

import re
from functools import cache, lru_cache

from evidence.data import table
from evidence.facts.text import KEPT_TEXTS, fold, words


@cache
def _departments() -> dict[str, re.Pattern[str]]:
    return {name: words(tuple(called)) for name, called in table("departments")["same"].items()}


@lru_cache(KEPT_TEXTS)
def departments_of(text: str) -> frozenset[str]:
    """The departments that a text names."""
    return frozenset(name for name, pattern in _departments().items() if pattern.search(fold(text)))


@cache
def _bare() -> re.Pattern[str]:
    """Departments by any of their words, and what a unit of a company is called."""
    told = table("departments")["alone"]
    return words(
        (
            *(name for called in table("departments")["same"].values() for name in called),
            *told["units"],
            *told["others"],
        )
    )


@lru_cache(KEPT_TEXTS)
def is_department(text: str) -> bool:
    """Whether a text names a department and nothing else: ``QA``, ``Bagian Gudang``, ``ฝ่ายผลิต``."""
    return not any(map(str.isalnum, _bare().sub("", fold(text))))
