"""Counts, ages and lists in plain English."""

from collections.abc import Sequence


def count_of(number: int, noun: str) -> str:
    """``1 page``, ``3 pages``;

    a noun phrase is counted at its first word that can be (passage of rules → passages of rules).
    """
    if number == 1 or noun.endswith("series"):
        return f"{number} {noun}"
    head, of, rest = noun.partition(" of ")
    head = head[:-1] + "ies" if head.endswith("y") and head[-2:-1] not in "aeiou" else head + "s"
    return f"{number} {head}{of}{rest}"


def age_of(months: int, most: int | None = None) -> str:
    """An age in whole months, in words; ``most`` is the greatest age that counts, of what is older: some days beyond it are said."""
    over = "over " if months == most else ""
    return "less than a month" if months < 1 else f"{over}{count_of(months, 'month')}"


def name_of(path: str) -> str:
    """The file's own name, without the folders."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words where there are any, with a sign that it goes on."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text.rfind(" ", most // 2, most)
    return text[: cut if cut > 0 else most - 1].rstrip(" /,;:") + "…"


def list_of(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
