"""What people type, as it is kept."""

import datetime
import unicodedata
from typing import Annotated

from pydantic import Field

from service.errors import WrongUse

# Signs without a shape: control characters and halves of letters. Neither Postgres nor a workbook keeps them all.
_NO_TEXT = frozenset({"Cc", "Cs"})

# Days as of which papers can be judged: ISO 9001 dates from 1987, and nobody plans beyond a lifetime. Near the ends of the
# calendar "twelve months before" is no day any more.
FIRST_DAY, LAST_DAY = datetime.date(1987, 1, 1), datetime.date(2099, 12, 31)
JudgingDay = Annotated[datetime.date, Field(ge=FIRST_DAY, le=LAST_DAY)]


def judging_day(given: str | datetime.date) -> datetime.date:
    """A day as of which papers can be judged, written as 2026-03-31. Raises WrongUse."""
    if isinstance(given, datetime.datetime):
        given = given.date()
    try:
        day = given if isinstance(given, datetime.date) else datetime.date.fromisoformat(given)
    except ValueError as problem:
        raise WrongUse(f"'{given}' is no date.", "Write it as 2026-03-31.") from problem
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongUse(f"Papers are judged as of a day from {FIRST_DAY.year} to {LAST_DAY.year}.", "Choose such a day.")
    return day


def line(text: str) -> str:
    """A text of one line, its blanks single. Raises WrongUse for characters that cannot be kept."""
    return plain(" ".join(text.split()))


def plain(text: str) -> str:
    """A text that may have several lines. Raises WrongUse for characters that cannot be kept."""
    if any(unicodedata.category(sign) in _NO_TEXT and sign not in "\n\r\t" for sign in text):
        raise WrongUse("A text that was sent holds characters that cannot be kept.", "Type it again.", "unfit_value")
    return text
