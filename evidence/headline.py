"""The headline of a report:

one of four words, the reason with its counts. Never one percentage; absence never scores as good.
"""

from collections.abc import Sequence

from evidence.bundle import Bundle
from evidence.data import table
from evidence.findings import coverage
from evidence.model import Expectation, Headline


def headline(bundle: Bundle, expectations: Sequence[Expectation]) -> tuple[Headline, str]:
    """The headline and its reason."""
    data = table("expectations")["headline"]
    by_status: dict[str, list[str]] = {}
    for expectation in expectations:
        by_status.setdefault(expectation.status, []).append(expectation.id)
    count = {status: len(ids) for status, ids in by_status.items()}
    living = count.get("living", 0)
    weights = {"living": 1.0, "stale": 1.0, "partial": float(data["partial_counts"])}
    alive = sum(
        weights.get(e.status, 0.0)
        for e in expectations
        if e.id != "certification" and not (e.status == "partial" and e.rule in data["discredited"])
    )
    told = ", ".join(f"{count[status]} {status.replace('_', ' ')}" for status in _ORDER if count.get(status))
    pages, read = coverage(bundle)
    tail = f"Of {len(expectations)} expectations: {told}. {read} of {pages} pages read."
    core = sum(name in by_status.get("living", ()) for name in data["core"])
    if (
        len(bundle.read) < table("expectations")["coverage"]["least_documents"]
        or count.get("undetermined", 0) >= data["undetermined_most"]
    ):
        few = len(bundle.read) == len(bundle.documents) and len(bundle.documents) <= 2 and read == pages
        if not bundle.documents:
            return "not enough evidence", "No document was sent."
        if not read:
            return "not enough evidence", f"Nothing that was sent could be read. {tail}"
        return "not enough evidence", f"Too little {'was sent' if few else 'could be read or judged'}. {tail}"
    if living >= data["living_least"] and core >= data["core_least"]:
        return "living", f"Records show the system at work in most of what buyers expect. {tail}"
    if not _any_records(expectations) and _unread_share(pages, read):
        return "not enough evidence", f"Nothing living was found, but much could not be read. {tail}"
    if alive >= data["partly_least"] or core >= data["core_partly"]:
        return "partly living", f"Some processes leave records, others only papers. {tail}"
    if _any_records(expectations):
        return "audit-only", f"Records are there, but too few or too old to show the system at work. {tail}"
    if all(document.kind == "certificate" for document in bundle.read):
        return "audit-only", f"Only certificates were sent; they show nothing of the work itself. {tail}"
    return "audit-only", f"Papers say what should happen; no record shows that it does. {tail}"


_ORDER = ("living", "stale", "partial", "static_only", "missing", "undetermined")


def _any_records(expectations: Sequence[Expectation]) -> bool:
    return any(e.status in ("living", "stale", "partial") for e in expectations if e.id != "certification")


def _unread_share(pages: int, read: int) -> bool:
    return bool(pages) and read / pages < table("expectations")["coverage"]["least_share_read"]
