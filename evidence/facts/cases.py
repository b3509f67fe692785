"""Problems and actions: one case a problem report (8D, NCR, CAPA form), one a row of a register; actions of minutes
likewise.

Fact: kind ``case`` (a problem with what was done) or ``action`` (a task of minutes or a plan), role ``form`` or
``row``, value a compact JSON object:
the parts of ``cases.toml`` that are filled (``problem``, ``root_cause``, ``action``, ``effectiveness`` ..., at most
240 characters each), dates
``opened``, ``due``, ``closed`` in normal form, and ``labels``, the parts the form or register has a place for, filled
or not.
"""

import itertools
from collections.abc import Iterator

from evidence.facts.case_entries import of_entries
from evidence.facts.case_forms import is_of_case, of_forms
from evidence.facts.case_letters import of_letter
from evidence.facts.case_paragraphs import of_paragraphs
from evidence.facts.grids import headed
from evidence.facts.registers import heads_register, of_columns, of_register, turned
from evidence.facts.sources import Source
from evidence.model import Fact

LEAST_STACKED = 2
"""Cases told one below the other from which a paper is no form of one case."""

MAX_CASES = 600
"""Rows kept of one document's registers."""


def find_cases(source: Source) -> Iterator[Fact]:
    """The cases of registers and of forms."""
    count = 0
    for whole in source.grids:
        if lying := turned(whole):
            whole = lying
        registers = list(whole.tables(heads_register))
        found = (item for grid in registers for item in of_register(source, grid))
        for item in found if registers else of_columns(source, headed(whole)):
            count += 1
            if count > MAX_CASES:
                return
            yield item
    told = [
        item for grid in source.stacked if heads_register(grid.heads) for item in of_register(source, grid)
    ]  # records one below the other
    yield from itertools.islice(told, MAX_CASES)
    if sum(item.kind == "case" for item in told) < LEAST_STACKED:
        points = [] if told or count else list(of_paragraphs(source, source.passages, named=True))
        if len(points) > 1:
            yield from points
            return
        entries = [] if told or count else list(of_entries(source, source.passages, every=False))
        forms = entries or list(of_forms(source))
        yield from forms
        if not (forms or told or count):
            yield from _in_sentences(source)


def _in_sentences(source: Source) -> Iterator[Fact]:
    """The cases of a paper without heads for their parts: paragraphs with numbers, entries that close, or one letter."""
    reports = is_of_case(source, source.passages)
    several = list(of_paragraphs(source, source.passages)) if reports else []
    if len(several) < LEAST_STACKED:
        several = list(of_entries(source, source.passages, every=reports))
    if several:
        yield from several
    elif reports:
        yield from of_letter(source, source.passages)
