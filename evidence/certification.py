"""What the certificates of a bundle are worth:

valid, the supplier's own, accredited, watched over. Used by the status and by the flags.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from evidence.bundle import Bundle, as_day
from evidence.data import table
from evidence.facts.certificate_names import is_company
from evidence.facts.certificate_standards import QUALITY, SYSTEMS, issues
from evidence.facts.text import fold, phrases
from evidence.houses import lands_apart, name_goes_on, sisters, towns_apart
from evidence.model import DocumentReport, Fact
from evidence.names import cjk, mentions, same_company, tokens
from evidence.own_names import is_short_for, is_whole, names_beside
from evidence.remembered import remembered


@dataclass(frozen=True)
class Certificate:
    """One certificate with its fields and what they mean on the reference date.

    ``told`` says whether another paper only tells of it, as a ``row`` of a list or in its ``text``; then ``visits`` are the days on
    which it was watched over, and ``watched`` says that the row has a place for them.
    """

    document: DocumentReport
    fields: dict[str, Fact]
    standards: tuple[str, ...]
    editions: tuple[Fact, ...]
    expiry: date | None
    issue: date | None
    original: date | None
    surveillance: tuple[Fact, ...]
    told: str = ""
    visits: tuple[date, ...] = ()
    watched: bool = False

    @property
    def of_quality(self) -> bool:
        """Whether it certifies a quality management system."""
        return any(standard in QUALITY for standard in self.standards)

    @property
    def of_system(self) -> bool:
        """Whether it certifies a management system; a scheme of buyers, goods or faiths has rules of its own."""
        return any(standard in SYSTEMS for standard in self.standards)

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expiry is not None and self.expiry < today


@remembered
def certificates(bundle: Bundle) -> Sequence[Certificate]:
    """The certificates in the bundle, of management systems and of schemes, in its order; a dozen rules and statuses ask for them."""
    found = []
    for document, fields in bundle.fields():
        facts = [fact for fact in document.facts if fact.kind == "certificate_field"]
        found.append(
            Certificate(
                document, fields,
                tuple(dict.fromkeys(fact.value for fact in facts if fact.role == "standard")),
                tuple(fact for fact in facts if fact.role == "edition"),
                _day(fields.get("expiry")), _day(fields.get("issue")), _day(fields.get("original")),
                tuple(fact for fact in facts if fact.role == "surveillance"),
            )
        )  # fmt: skip
    return found


def _day(fact: Fact | None) -> date | None:
    return as_day(fact.value) if fact else None


def is_own(bundle: Bundle, certificate: Certificate) -> bool | None:
    """Whether the holder is the supplier; None where that cannot be told.

    The supplier's name may have been typed from a folder. So a holder counts as another company only where the
    supplier's name
    itself stands in other papers of the bundle, or the holder stands in none of them.
    """
    question = ("is_own", certificate.document.path)
    if question not in bundle.known:
        bundle.known[question] = _is_own(bundle, certificate)
    answer: bool | None = bundle.known[question]
    return answer


def _is_own(bundle: Bundle, certificate: Certificate) -> bool | None:
    holder = certificate.fields.get("holder")
    if holder is None or not (tokens(bundle.supplier) or cjk(bundle.supplier)):
        return None
    names = (bundle.supplier, *bundle.settings.aliases, *names_beside(bundle))
    same = [name for name in names if same_company(name, holder.value)]
    address = certificate.fields["address"].value if "address" in certificate.fields else ""
    if same and all(name_goes_on(name, holder.value) for name in same):
        return False
    if same and all(
        sisters(name, holder.value)
        or lands_apart(name, holder.value, address)
        or towns_apart(name, holder.value, address)
        for name in same
    ):
        return None if _names_whole(bundle, certificate, holder.value) else False
    if same:
        return True
    lines = [line for passage in certificate.document.passages for line in passage.text.splitlines()]
    if any(mentions(f"{line} {below}", bundle.supplier) for line, below in zip(lines, (*lines[1:], ""), strict=True)):
        return True  # named elsewhere on the certificate, as the site or in another language
    others = [document for document in bundle.read if document.path != certificate.document.path]
    if all(same_company(name, holder.value) is None for name in names):
        return None
    if any(_tells_new_name(document, bundle.supplier, holder.value) for document in others):
        return True
    if any(_names(document, bundle.supplier) for document in others):
        return False
    return False if others and not any(_names(document, holder.value) for document in others) else None


def in_other_letters(bundle: Bundle, certificate: Certificate) -> bool:
    """Whether no name of the supplier can be set beside that of the holder, which is written in another script: a person has to look."""
    holder = certificate.fields.get("holder")
    names = (bundle.supplier, *bundle.settings.aliases, *names_beside(bundle))
    return (
        holder is not None
        and is_own(bundle, certificate) is None
        and bool(tokens(bundle.supplier) or cjk(bundle.supplier))
        and all(same_company(name, holder.value) is None for name in names)
    )


def shares_nothing(bundle: Bundle, certificate: Certificate) -> bool:
    """Whether a certificate that nothing else was sent with is of a company whose name has no word of that of the supplier, who was asked
    for by his whole name. It is shown for another's; what it says of itself is judged as if it were his.
    """
    holder = certificate.fields.get("holder")
    names = (bundle.supplier, *bundle.settings.aliases)
    return (
        holder is not None
        and len(bundle.read) == 1
        and is_own(bundle, certificate) is None
        and is_whole(bundle.supplier)
        and is_company(holder.value)
        and all(same_company(name, holder.value) is False for name in names)
        and not is_short_for(bundle.supplier, holder.value)
    )


def _names_whole(bundle: Bundle, certificate: Certificate, holder: str) -> bool:
    """Whether the certificate names the supplier as well, or another paper the holder by its whole name: as the house itself writes it."""
    wanted = (bundle.supplier, *bundle.settings.aliases)
    own = " ".join(fold(passage.text) for passage in certificate.document.passages)
    return any(fold(name) in own for name in wanted) or any(
        fold(holder) in fold(passage.text)
        for document in bundle.read
        if document.path != certificate.document.path
        for passage in document.passages
    )


def _tells_new_name(document: DocumentReport, supplier: str, holder: str) -> bool:
    """Whether a paper tells in a passage with both names that one was changed for the other."""
    return any(
        _RENAMED.search(fold(" ".join((*passage.heading, passage.text))))
        and mentions(passage.text, supplier)
        and mentions(passage.text, holder)
        for passage in document.passages
    )


_RENAMED = phrases("renamed", "told")


def _names(document: DocumentReport, company: str) -> bool:
    return any(mentions(passage.text, company) for passage in document.passages)


def accredited(certificate: Certificate) -> bool:
    """Whether an accreditation body of the list is named, or none can be: owners of schemes issue certificates by their own right."""
    of_quality = [standard for standard in certificate.standards if standard in QUALITY]
    return "accreditation" in certificate.fields or (bool(of_quality) and all(map(issues, of_quality)))


def scanned(certificate: Certificate) -> bool:
    """Whether the certificate was read from a picture: what it does not say may only not have been read."""
    return any(passage.source == "ocr" for passage in certificate.document.passages)


def withdrawn(certificate: Certificate, today: date) -> tuple[Fact, date] | None:
    """The edition the certificate is to, where that edition no longer counts on the day;

    None where a later one of the same standard, or what replaced it, is named too.
    """
    return gone(certificate.editions, today)


def gone(named: Iterable[Fact], today: date) -> tuple[Fact, date] | None:
    """Of editions that are named the first that no longer counts on the day, where no later one of its standard is named."""
    known = [(fact, edition) for fact in named if (edition := _editions().get(fact.value))]
    counting = {
        edition["standard"] for _, edition in known if "withdrawn" not in edition or edition["withdrawn"] > today
    }
    for fact, edition in known:
        if {edition["standard"], edition.get("successor")} & counting or "withdrawn" not in edition:
            continue
        if edition["withdrawn"] <= today:
            return fact, edition["withdrawn"]
    return None


@cache
def _editions() -> dict[str, dict[str, Any]]:
    return {f"{item['standard']}:{item['edition']}": item for item in table("standards")["edition"]}


def successor_of(standard: str) -> str:
    """The standard that took the place of one, or itself: a certificate to the one is renewed by one to the other."""
    return next(
        (
            str(item["successor"])
            for item in _editions().values()
            if item["standard"] == standard and "successor" in item
        ),
        standard,
    )


def longest_validity() -> timedelta:
    """How long a certificate may run, with the slack that is ordinary."""
    data = table("standards")["certificate"]
    return timedelta(days=round(data["longest_years"] * 365.25) + data["slack_days"])
