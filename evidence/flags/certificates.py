"""Flags on certificates: expired, of another company, of other work, without accreditation or surveillance."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from evidence.bundle import Bundle, age_months, cite, cite_fact
from evidence.certification import (
    Certificate,
    accredited,
    certificates,
    gone,
    is_own,
    longest_validity,
    scanned,
    shares_nothing,
    successor_of,
    withdrawn,
)
from evidence.certified_work import is_of_trade, other_goods, other_work
from evidence.data import table
from evidence.facts.text import fold, phrases, words
from evidence.flags.laboratory_papers import is_letter, laboratory_certificate
from evidence.flags.registry import Finding, name_of, rule
from evidence.flags.stated_editions import stated_editions
from evidence.laboratory_work import accredited_otherwise
from evidence.model import Citation, DocumentReport
from evidence.names import mentions, same_company
from evidence.own_sites import made_elsewhere
from evidence.surveillance import is_dated_since, surveillance_days, visits_of
from evidence.told_certification import papers, says_it_certifies, told_certificates
from evidence.wording import shortened


def _systems(bundle: Bundle) -> list[Certificate]:
    """The certificates of management systems: those of schemes are shown, and judged by the rules of their owners alone."""
    return [item for item in papers(bundle) if item.of_system]


def _current(bundle: Bundle, *, told: bool = False) -> list[Certificate]:
    """For each holder and standard the certificate that runs longest:

    older ones are kept for the record, and rightly. With ``told`` those count too that other papers only tell of.
    """
    newest: dict[tuple[str, tuple[str, ...]], Certificate] = {}
    found = [*_systems(bundle), *(told_certificates(bundle) if told else ())]
    for item in found:
        holder = fold(item.fields["holder"].value) if "holder" in item.fields else ""
        key = ("" if is_own(bundle, item) else holder, tuple(sorted({successor_of(name) for name in item.standards})))
        best = newest.get(key)
        if best is None or (item.expiry is not None and (best.expiry is None or item.expiry > best.expiry)):
            newest[key] = item
    return list(newest.values())


def _field(bundle: Bundle, item: Certificate, *roles: str) -> tuple[Citation | None, ...]:
    return tuple(
        cite_fact(bundle, item.document, item.fields[role], wide=role != "scope")
        for role in roles
        if role in item.fields
    )


@rule("certificate_expired")
def certificate_expired(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest certificate of the supplier to a standard has run out."""
    for item in _current(bundle, told=True):
        if item.told != "text" and item.expired(bundle.today) and is_own(bundle, item) is not False:
            assert item.expiry is not None
            yield Finding(
                {
                    "standard": item.standards[0],
                    "expiry": item.expiry.isoformat(),
                    "days": (bundle.today - item.expiry).days,
                },
                _field(bundle, item, "expiry"),
            )


@rule("certificate_expires_soon")
def certificate_expires_soon(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest certificate runs out within the set days."""
    for item in _current(bundle, told=True):
        if (
            item.told != "text"
            and item.expiry is not None
            and 0 <= (item.expiry - bundle.today).days <= data["days"]
            and is_own(bundle, item) is not False
        ):
            yield Finding(
                {
                    "standard": item.standards[0],
                    "expiry": item.expiry.isoformat(),
                    "days": (item.expiry - bundle.today).days,
                },
                _field(bundle, item, "expiry"),
            )


@rule("certificate_other_holder")
def certificate_other_holder(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A quality certificate of another company, and none of the supplier's own; or one of another management system in the name of a company
    of which nothing else is told.
    """
    found = [item for item in certificates(bundle) if item.of_quality]
    own = [item for item in found if is_own(bundle, item) and _is_shown(item)]
    elsewhere = [(item, made_elsewhere(bundle, item)) for item in own]
    if own and all(told for _, told in elsewhere):
        item, told = elsewhere[0]
        assert told is not None
        site = f"{item.fields['holder'].value if 'holder' in item.fields else bundle.supplier}, {item.fields['address'].value}"
        factory = f"the factory at {told[0]}"
        yield Finding({"holder": site, "supplier": factory}, (*_field(bundle, item, "address"), told[1]))
    # beside the own one, certificates of material suppliers and laboratories are ordinary
    for item in _of_strangers(bundle) if own else found:
        if is_own(bundle, item) is False or shares_nothing(bundle, item) or _is_told_of_another(bundle, item):
            yield Finding(
                {"holder": item.fields["holder"].value, "supplier": bundle.supplier}, _field(bundle, item, "holder")
            )


def _is_shown(item: Certificate) -> bool:
    """Whether a paper shows a certificate, and does not only say that there is one: by its number, its days, who accredited its issuer, or its title."""
    shown = ("number", "issue", "expiry", "original", "accreditation")
    return any(role in item.fields for role in shown) or says_it_certifies(item.document)


def _is_told_of_another(bundle: Bundle, item: Certificate) -> bool:
    """Whether the holder is written in another script than the supplier, and a line of another paper says of the certificate that it is of
    another company.
    """
    if "holder" not in item.fields or is_own(bundle, item) is not None:
        return False
    return any(
        _OTHERS.search(folded) and _CERTIFICATE.search(folded)
        for document in bundle.read
        if document.path != item.document.path
        for passage in document.shown
        for folded in map(fold, passage.text.split("\n"))
    )


_OTHERS, _CERTIFICATE = phrases("other_holder", "others"), phrases("certificates", "title")


def _of_strangers(bundle: Bundle) -> Iterator[Certificate]:
    """Certificates of other systems than quality whose holder no other paper names and no name of a file, for standards to which no
    certificate of the supplier was sent. A maker of material stands in lists and inspections.
    """
    sent = [item for item in certificates(bundle) if item.of_system]
    held = {standard for item in sent if is_own(bundle, item) is not False for standard in item.standards}
    for item in sent:
        holder = item.fields.get("holder")
        if item.of_quality or holder is None or held & set(item.standards) or not says_it_certifies(item.document):
            continue
        others = [document for document in bundle.read if document.path != item.document.path]
        told = any(mentions(passage.text, holder.value) for document in others for passage in document.passages)
        named = same_company(name_of(item.document.path), holder.value)
        if not (told or named or _OUTSIDE.search(fold(item.document.path))):
            yield item


_OUTSIDE = phrases("suppliers_flags", "supplier")
"""What says of a file that it is of somebody from whom the factory buys."""


@rule("certificate_scope_mismatch")
def certificate_scope_mismatch(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The scope does not name the product bought;

    without a product set, a scope of trade only while the papers show production.
    """
    for item in _current(bundle):
        if (is_own(bundle, item) is False or shares_nothing(bundle, item)) and not is_of_trade(bundle, item):
            continue  # what another factory's certificate covers says nothing of this one; a trading house's covers none
        if work := other_work(bundle, item) if item.of_quality else other_goods(bundle, item):
            yield Finding(
                {"scope": shortened(item.fields["scope"].value, 200), "work": work}, _field(bundle, item, "scope")
            )
    for document, passage, scope, work in accredited_otherwise(bundle):
        yield Finding({"scope": shortened(scope, 200), "work": work}, (cite(document, passage),))


@rule("edition_withdrawn")
def edition_withdrawn(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The newest certificate is to an edition that no longer counts, or the supplier's own papers go by one;

    an old one kept beside a current one is ordinary.
    """
    found = [*_systems(bundle), *told_certificates(bundle)]
    for item in _current(bundle, told=True):
        if item.told and item.expired(bundle.today):
            continue
        others = [other for other in found if other is not item and not withdrawn(other, bundle.today)]
        if found_gone := gone((*item.editions, *(fact for other in others for fact in other.editions)), bundle.today):
            fact, day = found_gone
            yield Finding(
                {"what": "The certificate is to", "edition": fact.value, "withdrawn": day.isoformat()},
                (cite_fact(bundle, item.document, fact, wide=True),),
            )
    for document, fact, day, place in stated_editions(bundle):
        words = {"what": f"'{name_of(document.path)}' goes by", "edition": fact.value, "withdrawn": day.isoformat()}
        yield Finding(words, (place,))


@rule("no_accreditation")
def no_accreditation(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A certificate names no accreditation body of the list."""
    for item in _current(bundle):
        if accredited(item) or not item.of_quality or not says_it_certifies(item.document):
            continue
        if is_letter(item.document):
            continue  # it tells of a certificate, which names who accredited its issuer
        if item.document.status == "partial" or scanned(item):
            continue  # the mark is a picture or a stamp, and may stand where nothing could be read
        claim = item.fields.get("accreditation_claim")
        holder = item.fields["holder"].value if "holder" in item.fields else name_of(item.document.path)
        named = f"accreditation body of the list ('{claim.value[:80]}')" if claim else "accreditation body"
        yield Finding(
            {"holder": holder, "named": named},
            _field(bundle, item, "accreditation_claim")
            if claim
            else _field(bundle, item, "body", "number", "standard")[:1],
        )


@rule("certificate_validity_too_long")
def certificate_validity_too_long(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """From issue to expiry is more than a cycle, and the issue is not that of the first certificate; or the expiry is further
    off than a cycle even from the day of the report, on which no renewal after a first issue can have changed it, or the first
    issue is too new for one.
    """
    for item in _current(bundle, told=True):
        issue = item.issue or item.original
        if issue is None or item.expiry is None or item.expiry - issue <= longest_validity():
            continue
        renewed = bundle.today - issue >= SOONEST_RENEWAL
        if renewed and item.expiry - bundle.today <= longest_validity() and _of_first(item):
            continue
        yield Finding(
            {"issue": issue.isoformat(), "expiry": item.expiry.isoformat()},
            _field(bundle, item, "issue" if item.issue else "original", "expiry"),
        )


def _in_cycles(item: Certificate) -> bool:
    """Whether a certificate that is told of runs for whole cycles: lists name the day of the first one as that of the certification."""
    if item.issue is None or item.expiry is None:
        return False
    years = ((item.expiry - item.issue).days + 1) / DAYS_OF_YEAR
    return abs(years - round(years)) * DAYS_OF_YEAR <= WEEK and round(years) % CYCLE == 0


DAYS_OF_YEAR, WEEK, CYCLE = 365.25, 7, 3
"""Days of a year and of a week; years of a cycle of certification."""

SOONEST_RENEWAL = timedelta(days=2 * 365)
"""Days after a first certification before which it is not renewed: two visits come first."""


def _of_first(item: Certificate) -> bool:
    """Whether the day of issue may be that of the first certificate, which was renewed since."""
    if item.told:
        return item.issue in (None, item.original) or _in_cycles(item)
    if _dated_apart(item):
        return False
    quotes = [fold(fact.quote) for fact in item.fields.values()]
    return item.issue in (None, item.original) or any(
        word in quote for quote in quotes for word in ("initial", "first", "original")
    )


def _dated_apart(item: Certificate) -> bool:
    """Whether a certificate names the day of its issue and that of the first one each in its own place, and they are the same: it was
    not renewed since.
    """
    issue, first = item.fields.get("issue"), item.fields.get("original")
    if issue is None or first is None or issue.value != first.value:
        return False
    places = sum(passage.text.count(issue.quote) for passage in item.document.shown)
    return issue.quote != first.quote or places > 1


@rule("no_surveillance_evidence")
def no_surveillance_evidence(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """A valid certificate of some age, and no paper of a surveillance audit since it was issued. Those of other companies count where
    no own one was sent: they are shown in its place.
    """
    held = sorted({day for day, _, _ in surveillance_days(bundle)})
    current = _current(bundle, told=True)
    has_own = any(item.of_quality and is_own(bundle, item) for item in current)
    for item in current:
        issue = item.issue or _first_of_cycle(item)
        if not (item.of_quality or (item.told and item.watched)) or issue is None or item.expired(bundle.today):
            continue
        if has_own and is_own(bundle, item) is False:
            continue
        months = age_months(issue, bundle.today)
        sent = not item.told and says_it_certifies(item.document)  # the day of a questionnaire is that of the answer
        if sent and is_dated_since(bundle, item.document, issue, item.expiry):
            continue
        visits = [*visits_of(bundle, item.standards), *(held if item.of_quality else ())]
        if months >= data["months"] and not any(day > issue for day in visits):
            place = _field(bundle, item, "issue" if item.issue else "original")
            yield Finding({"issue": issue.isoformat(), "months": months}, place)


def _first_of_cycle(item: Certificate) -> date | None:
    """The day of the first issue, where the certificate names no other and runs no longer than a cycle from it."""
    first = item.original
    return first if first and item.expiry and item.expiry - first <= longest_validity() else None


def _only_lists(item: Certificate) -> bool:
    """Whether a paper tells of a certificate as a row among others: its standard stands in a row of three cells or
    more with other matters above or below it.
    """
    places = [fact for fact in item.document.facts if fact.kind == "certificate_field" and fact.role == "standard"]
    text = {passage.id: passage.text for passage in item.document.passages}
    rows = [
        line
        for fact in places
        for line in text.get(fact.passage, "").split("\n")
        if fact.quote in line and line.count("|") >= LEAST_CELLS - 1
    ]
    titled = any(
        _TITLE.search(fold(line))
        for passage in item.document.passages[:2]
        for line in passage.text.split("\n")[:3]
        if "|" not in line and not _LISTS.search(fold(line))
    )
    return bool(rows) and not titled


LEAST_CELLS = 4
"""Cells of a row of a list: what it is, who gave it, from when, until when."""

_TITLE = phrases("certificates", "title")
_LISTS = words(
    tuple(table("words")["suppliers_flags"]["listers"] + table("words")["suppliers_flags"]["listers_behind"])
)
_GREETS = phrases("letters", "greets")
_OFFICE = ("word", "opendocument.text", "spreadsheet", "excel", "powerpoint", "presentation")


def _is_office_file(document: DocumentReport) -> bool:
    suffix = document.path.rsplit(".", 1)[-1].lower()
    return suffix in ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt") or any(
        word in document.media_type for word in _OFFICE
    )


@rule("editable_third_party_certificate")
def editable_third_party_certificate(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """The certificate of a certification body, or of an accredited laboratory outside, in an office format. A letter that tells of one is
    the supplier's own.
    """
    for document in bundle.read:
        if _is_office_file(document) and (place := laboratory_certificate(bundle, document)):
            yield Finding({"name": name_of(document.path)}, (place,))
    for item in _systems(bundle):
        greets = any(_GREETS.search(fold(passage.text)) for passage in item.document.passages)
        if (
            _is_office_file(item.document)
            and says_it_certifies(item.document)
            and not (greets or is_letter(item.document) or _only_lists(item))
        ):
            yield Finding(
                {"name": name_of(item.document.path)}, _field(bundle, item, "number", "holder", "standard")[:1]
            )
