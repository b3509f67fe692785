"""Expectations beside the red flags on their own papers.

Where no record counts, "nothing was sent" would be untrue of a supplier list without evaluations or of an audit whose auditor
audits himself. Where records count, "living" would be untrue of an audit that answers forty questions and finds nothing. Which
flag speaks of which expectation is data (``[papers]`` in ``expectations.toml``): a ``held`` flag looks at something that was
done, so a reviewer decides; an ``empty`` one shows that the paper is worth nothing as a record; a ``hollow`` one shows records
that were written for the audit; one ``beside`` is only named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence.bundle import Bundle
from evidence.data import table
from evidence.findings import Finding, coverage
from evidence.model import Citation, Flag
from evidence.wording import count_of, list_of, name_of

WITHOUT_RECORDS = ("nothing_found", "only_words")
"""Rules that say that not one record was found."""

MOST_CITATIONS = 3
"""Citations taken over from the flags: they stand in full under the flag."""


def beside_flags(
    bundle: Bundle, data: Mapping[str, Any], finding: Finding, flags: Sequence[Flag], left_out: bool
) -> Finding:
    """The finding as it stands beside the flags: the same, or one that names the papers which a flag speaks of.

    ``left_out`` says that papers of the expectation lost their worth by a flag.
    """
    if finding.status == "living":
        return _hollow(finding, _speaking(flags, "hollow", str(data["id"])))
    if finding.rule not in WITHOUT_RECORDS:
        return finding
    held, empty = (_speaking(flags, kind, str(data["id"])) for kind in ("held", "empty"))
    if held:
        told = f"a red flag looks at papers of it ({_named(held)})"
        return Finding(
            "undetermined", "model_unsure", f"No passage was taken for a record of this, but {told}; a reviewer decides.",
            f"Papers that a reviewer has to look at: {_named(held)}.", _cited(held),
        )  # fmt: skip
    if finding.rule != "nothing_found" or not (empty or left_out):
        return finding
    pages = f"{count_of(coverage(bundle)[1], 'readable page')} of {count_of(len(bundle.read), 'document')}"
    seen = f"; see the red flag {_named(empty)}" if empty else ""
    return Finding(
        "static_only", "nothing_counts", f"Nothing in {pages} counts as a record of this{seen}.",
        f"No record that counts{seen}.", _cited(empty),
    )  # fmt: skip


def beside(flags: Sequence[Flag], expectation: str) -> str:
    """Which flags to read beside an expectation that is met, in a sentence: "none seen" would be half the truth. Empty for none."""
    speaking = _speaking(flags, "beside", expectation)
    return f"See {_titles(speaking)}." if speaking else ""


def _titles(flags: Sequence[Flag]) -> str:
    """Flags by their titles alone: their files stand under them."""
    titles = list_of([f"'{flag.title}'" for flag in flags])
    return f"the red flag{'s' if len(flags) > 1 else ''} {titles}"


def _hollow(finding: Finding, flags: Sequence[Flag]) -> Finding:
    """Records over time that a flag shows to be hollow are no living process: there is something, and a person has to look."""
    if not flags:
        return finding
    lacks = str(table("expectations")["lacks"]["hollow_records"])
    return replace(
        finding,
        status="partial",
        rule="hollow_records",
        explanation=f"{finding.explanation} A red flag shows them to be hollow: {_named(flags)}.",
        lacks=f"{lacks.rstrip('.')}; see {_titles(flags)}.",
        evidence=(*_cited(flags), *finding.evidence),
    )


def _speaking(flags: Sequence[Flag], kind: str, expectation: str) -> list[Flag]:
    wanted = table("expectations")["papers"][kind].get(expectation, ())
    return [flag for flag in flags if flag.id in wanted and flag.citations]


def _named(flags: Sequence[Flag]) -> str:
    return list_of([f"'{flag.title}' on '{name_of(flag.citations[0].document)}'" for flag in flags])


def _cited(flags: Sequence[Flag]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citation for flag in flags for citation in flag.citations))[:MOST_CITATIONS]
