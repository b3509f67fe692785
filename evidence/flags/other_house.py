"""Minutes and audit reports that speak of another company as of the own house: papers taken from whoever wrote them first."""

from itertools import islice

from evidence.bundle import Bundle
from evidence.facts.text import fold, phrases
from evidence.flags.other_company import MAX_NAMES, Named, called, ends_in, has_part, is_same, mentioned, names_in
from evidence.model import DocumentReport
from evidence.remembered import remembered
from evidence.titles import LIVED, is_of_other_house

OWN_MATTERS = ("management_review_record", "internal_audit_record")
"""Kinds of records that are of the own house alone."""

SAID = 60
"""Letters behind a name in which a sentence comes to its point."""

_SYSTEM, _ITSELF, _NAMES_ITSELF = (phrases("papers_flags", name) for name in ("system", "of_itself", "names_itself"))


def told_of_another(bundle: Bundle, document: DocumentReport) -> Named | None:
    """The company whose system minutes or an audit report judge, or that they bear in their head and not the supplier, where no other
    paper names it. Silent unless some paper names the supplier as it is called here.
    """
    of_house = bundle.kinds[document.path] in OWN_MATTERS and document.kind in OWN_MATTERS
    if not (of_house or _is_log_of_house(document)) or is_of_other_house(document):
        return None
    own = (bundle.supplier, *bundle.settings.aliases)
    every = [named for passage in document.shown for named in names_in(passage)]
    found = [named for named in islice(every, MAX_NAMES) if not any(is_same(named.text, name) for name in own)]
    if not found or not any(_names_own(bundle, other) for other in bundle.read):
        return None
    at_home = _names_own(bundle, document)
    others = [other for other in bundle.read if other.path != document.path]
    for named in found:
        heads = _heads(document, named) and (at_home != of_house)
        speaks = ((of_house and _judged(named)) or heads) and not has_part(named)
        if speaks and not any(mentioned(other, name) for other in others for name in called(named.text)):
            return named
    return None


@remembered
def _names_own(bundle: Bundle, document: DocumentReport) -> bool:
    """Whether a paper names the supplier, or calls it by the first words of its name."""
    short = " ".join(fold(bundle.supplier).split()[:SHORT])
    return any(mentioned(document, name) for name in (bundle.supplier, *bundle.settings.aliases)) or (
        len(short) >= LEAST_SHORT and " " in short and any(short in fold(passage.text) for passage in document.passages)
    )


SHORT, LEAST_SHORT = 2, 7
"""Words and letters of the short name of a house."""


def _is_log_of_house(document: DocumentReport) -> bool:
    """Whether a paper that is none of the kinds tells day by day what was done at the own machines and rooms, and nobody served a
    customer: one that names the house and another in its head.
    """
    days = {fact.value for fact in document.facts if fact.kind == "date" and fact.role == "evidence"}
    text = fold("\n".join(passage.text for passage in document.passages))
    return (
        document.kind in ("other", "metrics_record")
        and document.reading in LIVED
        and len(days) >= LEAST_DAYS
        and _OUTSIDE.search(text) is None
    )


LEAST_DAYS = 3
"""Days of a log."""

_OUTSIDE = phrases("papers_flags", "outside")


def _judged(named: Named) -> bool:
    """Whether a sentence speaks of a company's own system, policy or people."""
    if "|" in named.line.text and named.line.text.count("|") > 3:
        return False
    behind = named.behind[:SAID].lstrip(" '’的의")
    return ends_in("own_system", named.before.rstrip()) or any(
        match is not None and match.start() <= NEAR for match in (_SYSTEM.search(behind), _ITSELF.search(behind))
    )


NEAR = 4
"""Letters between a name and its system: ``Tolland Ltd's quality management system``."""


def _heads(document: DocumentReport, named: Named) -> bool:
    """Whether a name stands in the head of a paper or in the field for its company."""
    first = document.passages[0]
    alone = named.passage is first and not named.before.strip(" #*") and len(named.behind.strip()) < LONGEST_HEAD
    top = first.text.index(named.line.text) < TOP if alone and named.line.text in first.text else False
    return (alone and top) or _NAMES_ITSELF.search(named.before.replace(" |", ":")) is not None


LONGEST_HEAD, TOP = 40, 120
"""Letters behind a name in the line that is the head of a paper; letters at the beginning of a paper that are its head."""
