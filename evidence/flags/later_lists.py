"""Tasks that a list shows open and a later one, or a later sheet of the same workbook, shows again: how far they are is said there."""

from collections.abc import Iterable

from evidence.bundle import Bundle, Item
from evidence.defects import same_defect
from evidence.facts.columns import state_of
from evidence.facts.text import plain


def shown_later(bundle: Bundle, item: Item, others: Iterable[Item]) -> bool:
    """Whether another list tells of the task of an open row again: as done, or in a paper of a later day or a later sheet."""
    for other in others:
        if _is_same(item, other):
            later = _is_later(bundle, item, other)
            if later or (later is None and _is_done(other)):
                return True
    return False


def _is_same(item: Item, other: Item) -> bool:
    if _place(item) == _place(other) or item.fact.role != "row" or other.fact.role != "row":
        return False
    first, second = (plain(_told(one)) for one in (item, other))
    if not first or not second:
        return False
    if first == second:
        return True
    numbers = [plain(str(one.value.get("reference") or "")) for one in (item, other)]
    return bool(numbers[0]) and numbers[0] == numbers[1] and same_defect(first, second)


def _place(item: Item) -> tuple[str, int]:
    return item.document.path, item.passage.part


def _told(item: Item) -> str:
    return str(item.value.get("action") or item.value.get("problem") or "")


def _is_done(item: Item) -> bool:
    ended = str(item.value.get("status") or item.value.get("closed_text") or "")
    return state_of(ended) == "done" or (bool(item.value.get("closed")) and state_of(ended) != "open")


def _is_later(bundle: Bundle, item: Item, other: Item) -> bool | None:
    """Whether the other list is the later one; None where nothing says which is."""
    if item.document.path == other.document.path:
        return other.passage.part > item.passage.part
    day, later = bundle.document_day(item.document), bundle.document_day(other.document)
    return None if day is None or later is None or day == later else later > day
