"""The cases that flags look at, and how they are named and cited."""

from evidence.bundle import Bundle, Item, cite, is_example
from evidence.flags.registry import name_of
from evidence.model import Citation
from evidence.titles import is_record_of


def cases_of(bundle: Bundle, role: str | None = None) -> list[Item]:
    """Cases that happened: told by a record, or dated in a living paper where one line of it was taken for something
    else.
    """
    return [item for item in bundle.items("case", role) if bundle.is_record(item.passage) or _lived(item)]


def _lived(item: Item) -> bool:
    return (
        not item.passage.hidden
        and not is_example(item.document)
        and (item.document.kind == "other" or is_record_of(item.document, "corrective_action_record"))
        and item.document.reading in ("living", "mixed")
        and bool(item.value.get("opened"))
        and bool(item.value.get("problem"))
        and item.passage.modes.get("record", 0.0) >= 0.15
    )


def reports_problem(bundle: Bundle, item: Item) -> bool:
    """Whether the paper of a case reports it: by its kind or title, or because it tells what happened, why and what was done."""
    if is_record_of(item.document, "corrective_action_record"):
        return True
    whole = all(item.value.get(name) for name in ("problem", "root_cause", "action", "opened"))
    return (
        item.fact.role == "form"
        and whole
        and item.document.reading != "static"
        and bundle.about(item.passage, ("corrective_action",))
    )


def name_case(item: Item) -> str:
    """What a case is called: its number where a register gives one, and its file."""
    reference = item.value.get("reference")
    file = name_of(item.document.path)
    return f"{reference} in {file}"[:120] if reference and item.fact.role == "row" else file


def cite_case(item: Item) -> tuple[Citation | None, ...]:
    """Where a case stands."""
    return (cite(item.document, item.passage, _row_of(item) or item.fact.quote),)


def _row_of(item: Item) -> str | None:
    """The whole row of a case in a register: two cases of one defect share its words, and differ in their days and numbers."""
    if item.fact.role != "row":
        return None
    told = [text for text in item.value.values() if isinstance(text, str)]
    rows = [line for line in item.passage.text.splitlines() if item.fact.quote in line]
    return max(rows, key=lambda line: sum(text in line for text in told), default=None)


def text_of(item: Item, *names: str) -> str:
    """The words of some parts of a case."""
    return " / ".join(str(item.value[name]) for name in names if item.value.get(name))
