"""What people type, as it is kept."""

import unicodedata

from service.errors import WrongUse

# Signs without a shape: control characters and halves of letters. Neither Postgres nor a workbook keeps them all.
_NO_TEXT = frozenset({"Cc", "Cs"})


def line(text: str) -> str:
    """A text of one line, its blanks single. Raises WrongUse for signs that no text has."""
    return plain(" ".join(text.split()))


def plain(text: str) -> str:
    """A text that may have several lines. Raises WrongUse for signs that no text has."""
    if any(unicodedata.category(sign) in _NO_TEXT and sign not in "\n\r\t" for sign in text):
        raise WrongUse("A text that was sent holds signs that no text has.", "Type it again.", "unfit_value")
    return text
