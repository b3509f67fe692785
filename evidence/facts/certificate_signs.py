"""Names and short signs of accreditation bodies, as certificates have them."""

import re
from functools import cache

from evidence.data import table
from evidence.facts.text import fold

MOTTO = re.compile(
    r"cộng hòa xã hội chủ nghĩa|socialist republic of|độc lập ?[-–]|republik indonesia$|kingdom of |republic of "
)
"""The head that papers of some countries carry."""


def is_accreditor(name: str) -> bool:
    """Whether a name is that of an accreditation body, or its sign with a number."""
    plain = re.sub(r"[\W\d_]*\d.*$", "", fold(name)).strip(" .")
    return plain in _accreditors() or fold(name) in _accreditors()


def sign_of(sign: str) -> str | None:
    """The accreditation body of a short sign, as it is written."""
    for body in table("accreditation")["body"]:
        if sign == body["id"] or (sign.isupper() and sign.lower() in body.get("signs", ())):
            return str(body["id"])
    return None


@cache
def _accreditors() -> frozenset[str]:
    bodies = table("accreditation")["body"]
    return frozenset(fold(name) for body in bodies for name in (body["id"], *body["names"], *body.get("signs", ())))
