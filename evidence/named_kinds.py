"""The kind of a document by what it is called, beside what was judged by reading it.

A model that has read few registers in Chinese or Thai takes one for another; the name of its file and its heading say in the words of the
field what it is. They are two more witnesses beside the model: odds are multiplied for each place that names the kind (naive Bayes). Whether
a form is blank no name tells, so that this stays with the model.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from evidence.facts.text import fold
from evidence.model import DocumentReport
from evidence.paper_names import kinds_named, papers_named

ODDS = 8.0
"""By how much the odds of a kind rise with each place that names it and no other; `python -m benchmarks.report kinds` tries others."""

BLANK = "blank_form"

LONGEST_HEADING = 100
"""Letters of a first line that can be a heading: the body of a paper names other papers."""

_BETWEEN = re.compile(r"[_.,;()\[\]-]+")


def settled(report: DocumentReport) -> DocumentReport:
    """A report whose ``kinds`` are the model's, with what the document is called weighed in; without verdicts it stays."""
    if not report.kinds or not report.passages:
        return report
    kinds = with_names(report.kinds, places_in(report))
    kind = max(kinds, key=lambda one: kinds[one])
    return report.model_copy(update={"kind": kind, "kinds": {one: round(share, 4) for one, share in kinds.items()}})


def with_names(kinds: Mapping[str, float], places: Sequence[str], odds: float = ODDS) -> dict[str, float]:
    """Probabilities of kinds, in the same order, after each place was heard. What was taken for a blank form stays one."""
    if max(kinds, key=lambda kind: kinds[kind]) == BLANK:
        return dict(kinds)
    weighed = dict(kinds)
    for place in places:
        told = kinds_named(papers_named(place)) - {BLANK}
        for kind in told & weighed.keys():
            weighed[kind] *= odds ** (1 / len(told))
    blank = kinds.get(BLANK, 0.0)
    scale = (1 - blank) / (sum(weighed.values()) - blank)
    return {kind: blank if kind == BLANK else share * scale for kind, share in weighed.items()}


def places_in(report: DocumentReport) -> tuple[str, str]:
    """The two places of a report that has passages."""
    opening = report.passages[0]
    return places_of(report.path, "".join(opening.heading[:1]), opening.text)


def places_of(path: str, heading: str, text: str) -> tuple[str, str]:
    """The two places where a document says what it is: the name of its file, and its first heading; the first line of its ``text`` where
    there is none, or where it only repeats the name.
    """
    name, head = (_BETWEEN.sub(" ", text) for text in (PurePosixPath(path.replace("\\", "/")).stem, heading))
    name, repeats = " ".join(name.split()), fold(head).split() == fold(name).split()
    return name, (text.split("\n", 1)[0] if not heading or repeats else heading)[:LONGEST_HEADING]
