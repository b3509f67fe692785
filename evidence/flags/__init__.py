"""Red flags: rules over a bundle, each a small pure function under a stable id, its texts and thresholds in
``flags.toml``.

Fair means knowing what is ordinary. Every rule says what its finding may innocently mean, and each has a near miss
among the tests
that must stay silent.
"""

from evidence.bundle import Bundle
from evidence.flags import (
    audit_findings,
    audit_heads,
    audits,
    authenticity,
    case_days,
    certificates,
    close_results,
    constant_figures,
    copies,
    corrective,
    coverage,
    future_days,
    identical_readings,
    metrics,
    no_lot,
    overdue,
    overlaid,
    paper_days,
    procedures,
    readings,
    same_verdict,
    signed_changes,
    sittings,
    suppliers,
    targets,
    totals,
    traceability,
)
from evidence.flags.registry import RULES, Finding, find, rule
from evidence.model import Flag

__all__ = ["RULES", "Finding", "discounted_by", "find_flags", "rule"]

FAMILIES = (
    certificates,
    audits,
    audit_findings,
    audit_heads,
    corrective,
    case_days,
    overdue,
    same_verdict,
    targets,
    metrics,
    constant_figures,
    totals,
    readings,
    close_results,
    identical_readings,
    no_lot,
    traceability,
    suppliers,
    procedures,
    authenticity,
    overlaid,
    future_days,
    paper_days,
    copies,
    sittings,
    signed_changes,
    coverage,
)


class Flags(tuple[Flag, ...]):
    """Flags that remember which documents lost their worth by them."""

    taken: dict[str, tuple[str, ...]]


def find_flags(bundle: Bundle) -> Flags:
    """All flags of a bundle, the gravest first. Deterministic."""
    found, taken = find(bundle)
    flags = Flags(found)
    flags.taken = taken
    return flags


def discounted_by(flags: Flags) -> frozenset[str]:
    """Paths of the documents that count for no expectation, because a flag shows them to be copies, constants or
    empty.
    """
    return frozenset(path for paths in flags.taken.values() for path in paths)
