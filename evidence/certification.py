"""What the certificates of a bundle are worth:

valid, the supplier's own, accredited, watched over. Used by the status and by the flags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.bundle import Bundle, as_day, cite_fact, months_before
from evidence.data import table
from evidence.facts.certificate_names import is_company
from evidence.facts.certificate_standards import QUALITY, SYSTEMS, issues
from evidence.facts.text import fold, is_nameless, late, phrases
from evidence.houses import lands_apart, name_goes_on, sisters, towns_apart
from evidence.model import Citation, DocumentReport, Fact, Status
from evidence.names import cjk, mentions, same_company, tokens
from evidence.own_names import is_short_for, is_whole, names_beside
from evidence.scopes import goods_told
from evidence.trades import covers, families


@dataclass(frozen=True)
class Certificate:
    """One certificate with its fields and what they mean on the reference date."""

    document: DocumentReport
    fields: dict[str, Fact]
    standards: tuple[str, ...]
    editions: tuple[Fact, ...]
    expiry: date | None
    issue: date | None
    original: date | None
    surveillance: tuple[Fact, ...]

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


def certificates(bundle: Bundle) -> list[Certificate]:
    """The certificates in the bundle, of management systems and of schemes, in its order."""
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


_TRADING, _CARRYING = (phrases("certificates_flags", name) for name in ("trading", "carrying"))
_MAKING = re.compile("|".join(phrases("certificates_flags", name).pattern for name in ("making", "working")))
_GOODS = re.compile("|".join(map(re.escape, table("words")["certificates_flags"]["goods_behind"])))
_GOODS_BEFORE = late(rf"(?:{phrases('certificates_flags', 'goods_before').pattern})\s?$")
_AFTER_SALE = phrases("certificates_flags", "after_sale")


def other_work(bundle: Bundle, certificate: Certificate) -> str:
    """The work that the scope of a certificate does not name; nothing where it names it, or cannot be told not to.

    Without a product set, a scope of trade only covers no production that the other papers show, and one of goods no other goods.
    """
    scope = certificate.fields.get("scope")
    if scope is None:
        return ""
    folded = fold(scope.value)
    product = bundle.settings.product
    if product and not covers(folded, fold(product)):
        return product
    if _trades(bundle, folded) and not _makes(folded) and _produces(bundle):
        return "the production that the other papers show"
    return "" if product else goods_told(bundle, certificate.document.path, folded)


def other_goods(bundle: Bundle, certificate: Certificate) -> str:
    """The goods of the other papers where the scope of a certificate of a system besides quality names others: food safety, environment."""
    scope = certificate.fields.get("scope")
    product = bundle.settings.product
    if scope is None or (product and covers(fold(scope.value), fold(product))):
        return ""
    return goods_told(bundle, certificate.document.path, fold(scope.value))


def _trades(bundle: Bundle, scope: str) -> bool:
    """Whether a folded scope is one of trade, or of carrying and storing where that is not what the supplier is there for."""
    if _TRADING.search(scope) is not None:
        return True
    named = fold(f"{bundle.supplier} {bundle.settings.product or ''}")
    return _CARRYING.search(scope) is not None and "transport" not in families(named) and not _carries(bundle)


def _carries(bundle: Bundle) -> bool:
    """Whether records tell of what carriers and warehouses do, two at least in the heads of their tables: trips, trailers, seals."""
    told = (
        _CARRIED.search(fold(" ".join((document.path, *(passage.text for passage in document.passages)))))
        for document in bundle.read
        if document.kind != "certificate"
    )
    return sum(found is not None for found in told) >= LEAST_STEPPED


def _makes(scope: str) -> bool:
    """Whether a folded scope names work that makes things. A word for it right before one for goods only says which goods are meant:
    ``纺织品批发`` sells textiles.
    """
    scope = _AFTER_SALE.sub(" ", scope)
    return any(
        _GOODS.match(scope, match.end()) is None and _GOODS_BEFORE.search(scope, 0, match.start()) is None
        for match in _MAKING.finditer(scope)
    )


def _produces(bundle: Bundle) -> bool:
    """Whether papers show production: records of it, readings, or its steps in two papers on its own people, cases and areas."""
    made = any(
        document.kind == "traceability_record" or any(fact.kind == "readings" for fact in document.facts)
        for document in bundle.read
    )
    own = [document for document in bundle.read if document.kind in _OWN_WORK] if not made else []
    stepped = sum(any(_STEPS.search(fold(passage.text)) for passage in document.passages) for document in own)
    return made or stepped >= LEAST_STEPPED


_OWN_WORK = ("corrective_action_record", "internal_audit_record", "training_record")
_STEPS, _CARRIED = (phrases("scopes", name) for name in ("steps", "carried"))

LEAST_STEPPED = 2
"""Papers that name steps of production from which there is one."""


_SURVEILLANCE = phrases("certification", "surveillance")
_PLANNED = re.compile(r"due|next|planned|will be|shall|subject to|dự kiến|rencana|kế hoạch|下次|예정|before")


def surveillance_days(bundle: Bundle) -> Iterator[tuple[date, DocumentReport, Fact]]:
    """Days on which a surveillance audit was held, on the certificate itself or in a report, letter or minutes."""
    for document in bundle.read:
        by_id = bundle.passages[document.path]
        if _of_other_system(document):
            continue
        headed = any(_SURVEILLANCE.search(fold(passage.text)) for passage in document.passages[:3])
        for fact in document.facts:
            passage = by_id.get(fact.passage)
            if passage is None or fact.kind not in ("date", "certificate_field", "period"):
                continue
            if fact.kind == "certificate_field":
                held = fact.role == "surveillance" or (fact.role == "surveillance_due" and _passed(passage.text, fact))
                day = _held(fact.value) if held else None
            else:
                day = bundle.happened(fact)
            if day is None or day > bundle.today:
                continue
            at = passage.text.find(fact.quote)
            line = passage.text[
                passage.text.rfind("\n", 0, at) + 1 : passage.text.find("\n", at)
                if passage.text.find("\n", at) > 0
                else None
            ]
            told = not is_nameless(line) and _SURVEILLANCE.search(fold(line)) is not None
            if (
                fact.kind == "certificate_field"
                or (told and not _PLANNED.search(fold(line)[: max(0, line.find(fact.quote))][-40:]))
                or (headed and bundle.is_record(passage) and document.kind != "procedure")
            ):
                yield day, document, fact


def _of_other_system(document: DocumentReport) -> bool:
    """Whether a paper is a certificate to other standards alone: visits told on one for the environment kept that one."""
    named = [fact.value for fact in document.facts if fact.kind == "certificate_field" and fact.role == "standard"]
    return document.kind == "certificate" and bool(named) and not any(standard in QUALITY for standard in named)


def _passed(text: str, fact: Fact) -> bool:
    """Whether the line of a visit that was planned says behind its day that it was passed."""
    at = text.find(fact.quote)
    line = text[at:].split("\n", 1)[0] if at >= 0 else ""
    return _PASSED.search(fold(line)) is not None


_PASSED = phrases("readings_flags", "judged")


_GAP = {True: "certificate_without_surveillance", False: "certificate_without_accreditation"}

YEAR = 4
"""Figures of a visit that is told by its year: no day is made of it."""


def _held(value: str) -> date | None:
    """The day of a visit; of one that is told by its year the first on which it can have been."""
    return as_day(f"{value}-01-01" if len(value) == YEAR else value)


def accredited(certificate: Certificate) -> bool:
    """Whether an accreditation body of the list is named, or none can be: owners of schemes issue certificates by their own right."""
    of_quality = [standard for standard in certificate.standards if standard in QUALITY]
    return "accreditation" in certificate.fields or (bool(of_quality) and all(map(issues, of_quality)))


def scanned(certificate: Certificate) -> bool:
    """Whether the certificate was read from a picture: what it does not say may only not have been read."""
    return any(passage.source == "ocr" for passage in certificate.document.passages)


def withdrawn(certificate: Certificate, today: date) -> tuple[Fact, date] | None:
    """The edition the certificate is to, where that edition no longer counts on the day;

    None where a current one is named too.
    """
    editions = {
        f"{item['standard']}:{item['edition']}": item.get("withdrawn") for item in table("standards")["edition"]
    }
    known = [fact for fact in certificate.editions if fact.value in editions]
    if not known or any(editions[fact.value] is None or editions[fact.value] > today for fact in known):
        return None
    return known[0], editions[known[0].value]


def judge_certificates(bundle: Bundle, months: int) -> tuple[Status, str, str, tuple[Citation, ...]] | None:
    """Status, rule, explanation and citations of the best quality certificate; None where there is none."""
    found = [item for item in certificates(bundle) if item.of_quality]
    if not found:
        return None
    best = max(
        found,
        key=lambda item: (
            is_own(bundle, item) is not False,
            not item.expired(bundle.today),
            not other_work(bundle, item),
            item.expiry or date.min,
            item.document.path,
        ),
    )
    name = (
        f"{best.standards[0]} certificate of {best.fields['holder'].value}"
        if "holder" in best.fields
        else f"{best.standards[0]} certificate"
    )
    citations = tuple(
        citation for role in ("holder", "scope", "expiry", "accreditation") if role in best.fields
        if (citation := cite_fact(bundle, best.document, best.fields[role], wide=role != "scope"))
    )  # fmt: skip
    until = f", valid until {best.expiry.isoformat()}" if best.expiry else ", without a readable last day"
    if is_own(bundle, best) is False:
        return (
            "static_only",
            "certificate_of_another_company",
            f"No certificate in the name of {bundle.supplier} was sent, only an {name}{until}",
            citations,
        )
    if best.expired(bundle.today):
        assert best.expiry is not None
        return "stale", "certificate_expired", f"{name} expired on {best.expiry.isoformat()}", citations
    if withdrawn(best, bundle.today):
        return "stale", "edition_withdrawn", f"{name} is to an edition of the standard that no longer counts", citations
    if work := other_work(bundle, best):
        scope = f"'{best.fields['scope'].value[:200]}'"
        return (
            "partial", "certificate_for_other_work", f"{name}{until}; its scope, {scope}, does not name {work}", citations,
        )  # fmt: skip
    if best.expiry is None:
        return "partial", "certificate_without_expiry", f"{name}{until}", citations
    held = sorted(
        (day, fact.value if len(fact.value) == YEAR else day.isoformat()) for day, _, fact in surveillance_days(bundle)
    )
    recent = [told for day, told in held if day >= months_before(bundle.today, months)]
    lacking = []
    if not accredited(best) and not scanned(best):
        lacking.append("no accreditation body of the list is named on it")
    if not recent and not (best.issue and best.issue >= months_before(bundle.today, months)):
        lacking.append(f"no surveillance audit of the last {months} months is on record")
    if lacking:
        rule = "certificate_with_gaps" if len(lacking) > 1 else _GAP[lacking[0].startswith("no surveillance")]
        return "partial", rule, f"{name}{until}; {' and '.join(lacking)}", citations
    watched = (
        f"; last surveillance {recent[-1]}" if recent else f"; issued {best.issue.isoformat()}" if best.issue else ""
    )
    return "living", "certificate_valid_and_watched", f"{name}{until}{watched}", citations


def longest_validity() -> timedelta:
    """How long a certificate may run, with the slack that is ordinary."""
    data = table("standards")["certificate"]
    return timedelta(days=round(data["longest_years"] * 365.25) + data["slack_days"])
