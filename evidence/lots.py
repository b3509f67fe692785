"""Numbers by which a piece of production is known."""

from evidence.model import Fact

LOT_ROLES = ("lot", "batch", "heat", "serial")


def is_lot(fact: Fact) -> bool:
    """Whether a fact is the number of a lot, batch, heat or serial piece."""
    return fact.kind == "identifier" and fact.role in LOT_ROLES
