"""Facts of a document: what it says that can be checked, each with its normal form, its words and its place.

One module a family; all look at the same ``Source``. Nothing here judges: the flags and the assessment do.
"""

from collections.abc import Callable, Iterator, Sequence

from evidence.facts.aggregates import find_aggregates
from evidence.facts.cases import find_cases
from evidence.facts.certificates import find_certificates
from evidence.facts.column_days import find_column_days
from evidence.facts.dates import find_dates
from evidence.facts.identifiers import find_identifiers
from evidence.facts.measures import find_measures
from evidence.facts.organisations import find_organisations
from evidence.facts.people import find_people
from evidence.facts.ratios import find_ratios, find_told_ratios
from evidence.facts.row_readings import find_row_readings
from evidence.facts.row_relations import find_row_relations
from evidence.facts.series import find_series
from evidence.facts.sources import Source, source
from evidence.facts.stated_readings import find_stated_readings
from evidence.facts.tables import find_tables
from evidence.facts.tasks import find_tasks
from evidence.facts.told_certificates import find_told_certificates
from evidence.facts.told_checklists import find_told_checklists
from evidence.facts.told_readings import find_told_readings
from evidence.facts.told_series import find_told_series
from evidence.facts.totals import find_totals
from evidence.facts.unanswered import find_unfilled_reports
from evidence.model import Fact, Passage
from extractors.document import Document

__all__ = ["MAX_FACTS", "find_facts"]

MAX_FACTS = 6_000
"""Facts kept of one document and family: a year of daily sheets holds fewer, a file made to exhaust memory more."""

FAMILIES: tuple[Callable[[Source], Iterator[Fact]], ...] = (
    find_certificates,
    find_told_certificates,
    find_series,
    find_told_series,
    find_ratios,
    find_told_ratios,
    find_totals,
    find_aggregates,
    find_row_relations,
    find_measures,
    find_cases,
    find_tasks,
    find_tables,
    find_told_checklists,
    find_unfilled_reports,
    find_told_readings,
    find_row_readings,
    find_stated_readings,
    find_dates,
    find_column_days,
    find_identifiers,
    find_people,
    find_organisations,
)


def find_facts(document: Document, passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """All facts of a document.

    Each quote stands to the letter in the text of the passage named; never raises on odd text.
    """
    made = source(document, passages)
    found: list[Fact] = []
    for family in FAMILIES:
        for count, item in enumerate(family(made)):
            if count >= MAX_FACTS:
                break
            found.append(item)
    # A report numbered 2026-01 was not made in January for that.
    numbers = {(item.passage, item.quote) for item in found if item.kind == "identifier"}
    return tuple(item for item in found if item.kind != "period" or (item.passage, item.quote) not in numbers)
