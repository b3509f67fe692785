"""Numbers by which a piece of production is known."""

from evidence.model import Fact

LOT_ROLES = ("lot", "batch", "heat", "serial")


def is_lot(fact: Fact) -> bool:
    """Whether a fact is the number of a lot, batch, heat or serial piece."""
    return fact.kind == "identifier" and fact.role in LOT_ROLES


LEAST_CODE = 5
"""Signs of a number that can be followed from paper to paper: shorter ones stand in two papers by chance."""


def is_telling(fact: Fact) -> bool:
    """Whether the number is long enough that meeting it in a second paper means the same piece of production."""
    return is_lot(fact) and len(fact.value) >= LEAST_CODE and sum(char.isdigit() for char in fact.value) >= 3
