"""The fourteen things that are ordinary and must stay silent, planted in the bundles of many hands."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from corpora.authored import AuthoredSupplier
from corpora.planting_copies import (
    before_last_rows,
    blank_of,
    deck_of,
    each,
    for_other_parts,
    in_other_format,
    request_of,
)
from corpora.planting_files import charted, choices, converted, half_sums, with_hidden
from corpora.planting_papers import blanks_alone, in_two_languages, laid_beside

Change = Callable[[AuthoredSupplier], AuthoredSupplier]

TOGETHER: tuple[Mapping[str, Change], ...] = (
    {
        "plans ahead: audits of next year": laid_beside("auditplan"),
        "plans ahead: objectives of next year": laid_beside("targets"),
        "an old edition in a revision history": laid_beside("history"),
        "an old edition in a paper of its time": laid_beside("oldpaper"),
        "an example in a procedure": laid_beside("example"),
        "a training case": laid_beside("trainingcase"),
        "a master list of records": laid_beside("masterlist"),
        "an annex that names records": laid_beside("recordpages"),
        "blank forms sent as forms": blanks_alone("eightd", "repeat"),
    },
    {
        "two ways: minutes in two languages": in_two_languages("minutes"),
        "two ways: an 8D report in two languages": in_two_languages("eightd"),
        "a laboratory whose accreditation has run out since": laid_beside("laboratory"),
        "readings alike at the resolution of the gauge": laid_beside("repeat", 3),
        "repeats of a gauge study": laid_beside("gauge"),
    },
    {"two ways: every paper in another format": each(in_other_format)},
    {
        "two ways: the edition before the last rows": each(before_last_rows),
        "a blank beside its filled copy": each(blank_of),
        "the request beside its answer": each(request_of),
        "one form for other parts": for_other_parts,
        "a deck of the months before it was made": each(deck_of),
    },
    {
        "a hidden sheet of half sums": with_hidden(half_sums, "calc"),
        "a hidden sheet of choices": with_hidden(choices, "list"),
        "a hidden sheet of what a chart draws": with_hidden(charted, "Sheet9"),
        "prints of one day": converted(("pdf", "scan"), "Canon iR-ADV C3520"),
        "office files converted on one day": converted(("docx", "xlsx", "pptx"), "ABBYY FineReader 15"),
    },
)
"""What is planted, by the ordinary thing and its form; the things of one group lie in one bundle together and are told apart by the papers
that a flag cites.
"""


def planted(supplier: AuthoredSupplier, group: Mapping[str, Change]) -> tuple[AuthoredSupplier, dict[str, set[str]]]:
    """The bundle with all things of a group, and the names of the files that are of each; a thing that cannot be planted has none."""
    made, files = supplier, {}
    for thing, change in group.items():
        changed = change(supplier)
        grown = len(changed.documents) > len(supplier.documents)
        papers = [one for one in changed.documents if one not in supplier.documents]
        made = replace(made, documents=(*made.documents, *papers)) if grown else change(made)
        files[thing] = {one.file for one in papers}
    return made, files
