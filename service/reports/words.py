"""The words of a report in plain English: statuses and what they mean, days and stretches of time."""

from datetime import date

from evidence.data import table
from evidence.model import DocumentReport
from evidence.titles import lists_suppliers
from service.web.words import KINDS

STATUS_WORDS = {
    "living": "living", "stale": "stale", "partial": "partial", "static_only": "static only", "missing": "missing",
    "undetermined": "undetermined",
}  # fmt: skip
STATUS_MEANING = {
    "living": "Records show it at work over time, the newest of them recent enough.",
    "stale": "There are records, but the newest is too old.",
    "partial": "There are some records, not enough to show that it keeps happening, or a red flag shows them to be hollow.",
    "static_only": "Only rules, forms, claims or certificates; not one record of it being done.",
    "missing": "Nothing about it in what could be read.",
    "undetermined": "Too little could be read, or the reading is unsure: a person has to look.",
}
SEVERITIES = ("high", "medium", "low")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """30 September 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period_words(period: tuple[str, str] | None) -> str:
    """2025-01-04 to 2026-08-30; one day once; nothing for nothing."""
    return " to ".join(dict.fromkeys(period)) if period else ""


def title_of(expectation: str) -> str:
    """The title of an expectation in the buyers' words."""
    known = {str(item["id"]): str(item["title"]) for item in table("expectations")["expectation"]}
    return known.get(expectation, expectation.replace("_", " ").capitalize())


def kind_words(document: DocumentReport) -> str:
    """What a document is, in plain English. A bare list of suppliers is none of the kinds that a document is judged as, and no
    procedure: it rules nothing.
    """
    if document.kind in _NEAREST_TO_A_LIST and lists_suppliers(document):
        return "list of suppliers"
    return KINDS.get(document.kind, document.kind.replace("_", " "))


# What a list of suppliers is judged as where it holds no results.
_NEAREST_TO_A_LIST = ("procedure", "blank_form", "other")
