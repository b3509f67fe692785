"""Sentences of later papers that tell the defect of a closed case on a day behind its closing, without a word for again: found once more at
the customer, or a case opened for it under another number.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from evidence.bundle import Item, cite
from evidence.defects import akin_words, telling
from evidence.facts.columns import tells_done
from evidence.facts.text import fold, phrases
from evidence.flags.case_items import row_of
from evidence.flags.registry import Finding, name_of
from evidence.flags.same_kind import codes_in, head_clause
from evidence.model import DocumentReport, Passage
from evidence.restated import kinds_of
from evidence.wording import shortened

LEAST_WORDS = 2
"""Words of the defect that a sentence with a new case repeats, all of them."""

Words = tuple[set[str], set[str], set[str]]
"""The telling words of the first clause of a problem and of all of it, and the codes of its case."""

MOST_FOUND = 20
"""Closed cases that one paper can tell of anew: hundreds of papers over hundreds of cases alike would be tens of thousands."""

LEAST_FOUND = 3
SHARE = 0.75
"""Words, and their share of those that tell the case, of a sentence that only says that it was found."""

LONGEST_AFTER = timedelta(days=540)
"""Days behind the closing from which the same defect is another story."""


def found_anew(
    document: DocumentReport,
    told: Sequence[tuple[Passage, str]],
    closed: Sequence[tuple[Item, date]],
    known: dict[int, Words],
) -> Iterator[Finding]:
    """The closed cases of other papers whose defect a sentence tells on a later day of its own, where the part is named too. ``known``
    keeps the words of the closed cases, by their place, from one paper to the next.
    """
    dated: dict[str, list[tuple[str, date]]] = {}
    for fact in document.facts:
        if day := fact.day:
            dated.setdefault(fact.passage, []).append((fact.quote, day))
    later = []
    for passage, sentence in told:
        folded = fold(sentence)
        opens = _opens(folded)
        if "|" in sentence or not (opens or _finds(folded)):
            continue
        days = [day for quote, day in dated.get(passage.id, ()) if quote in sentence]
        if days:
            later.append((passage, sentence, telling(sentence), opens, max(days) if not opens else min(days)))
    if not later:
        return
    text = fold(" ".join((name_of(document.path), *(p.text for p in document.shown))))
    count = 0
    for at, (earlier, closing) in enumerate(closed):
        if earlier.document.path == document.path or count >= MOST_FOUND:
            continue
        problem = str(earlier.value.get("problem", ""))
        if at not in known:
            known[at] = telling(head_clause(problem)), telling(problem), codes_in(_told_of(earlier))
        first, whole, codes = known[at]
        if codes and not any(code in text for code in codes):
            continue
        for passage, sentence, words, opens, day in later:
            shared = akin_words(whole, words)
            anew = opens and len(first) >= LEAST_WORDS and akin_words(first, words) == len(first)
            found = not opens and shared >= LEAST_FOUND and shared >= SHARE * len(whole)
            if codes and not opens and shared >= LEAST_WORDS and shared * 2 > len(whole):
                found = found or bool(kinds_of(problem).keys() & kinds_of(sentence).keys())
            if closing < day <= closing + LONGEST_AFTER and (anew or found) and (codes or shared >= LEAST_FOUND):
                count += 1
                yield Finding(
                    {
                        "defect": shortened(problem, 90),
                        "closed": closing.isoformat(),
                        "again": day.isoformat(),
                        "name": name_of(document.path),
                    },
                    (cite(document, passage, sentence), cite(earlier.document, earlier.passage)),
                )
                break


def _told_of(item: Item) -> str:
    """The row of a case, or the whole of its paper."""
    if item.fact.role == "row":
        return row_of(item) or ""
    return " ".join(passage.text for passage in item.document.shown)


def _opens(folded: str) -> bool:
    """Whether a sentence tells that a case was opened: a word for one with its number, and one for opening."""
    named = phrases("case_forms", "case_before").search(folded)
    numbered = named is not None and any(map(str.isdigit, folded[named.end() : named.end() + NEAR]))
    return numbered and phrases("corrective_flags", "opened_anew").search(folded) is not None


NEAR = 12
"""Letters behind a word for a case within which its number stands."""


def _finds(folded: str) -> bool:
    """Whether a sentence says that something was found or complained of, with figures, and neither that none was nor that all is well."""
    if phrases("corrective_flags", "told_found").search(folded) is None or not any(map(str.isdigit, folded)):
        return False
    well = (
        ("corrective_flags", "none_found"),
        ("corrective_flags", "old_goods"),
        ("audits_flags", "none_before"),
        ("audits_flags", "none_behind"),
        ("audits_flags", "zero"),
        ("trends", "denied"),
    )
    return not tells_done(folded) and not any(phrases(*names).search(folded) for names in well)
