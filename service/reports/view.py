"""What a report shows, worked out once for all its forms: the page, the PDF, the workbook and the words on the terminal.

A view adds nothing to the assessment: it orders, titles, draws and cuts what the ``Report`` holds.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from evidence.bundle import Bundle
from evidence.certification import certificates
from evidence.data import table
from evidence.links import title_of as number_title
from evidence.model import Citation, DocumentReport, Expectation, Flag, Mark, Report, ReviewerDecision
from evidence.settings import AssessmentSettings, threshold_words
from evidence.surveillance import visits_elsewhere, visits_told
from evidence.wording import count_of
from service.documents.places import where
from service.reports.brief import First, first_asks, pages_of
from service.reports.cuts import Cut, Cuts
from service.reports.figures import MOST as MOST_FIGURES
from service.reports.figures import Figure, draw_figure, figures_of
from service.reports.graph import Shared, draw_graph
from service.reports.printing import Printing
from service.reports.quoting import Rows, told_once
from service.reports.requests import Request, requests_of
from service.reports.timeline import Lane, draw_timeline, lanes_of
from service.reports.words import SEVERITIES, STATUS_WORDS, title_of
from service.web.words import KINDS, MODES

METHOD = (
    "Each file is read by what it is, not by its name, page by page; pages without text go through text recognition. Every passage is judged by a "
    "trained model{version}: a record of something done, a rule, a blank form, a claim, a certificate, or other. Documents and sheets are judged as "
    "living or static from that. The statuses, the four marks and the red flags follow by fixed rules, each named beside its finding; dates are "
    "those of the evidence, never those of upload.",
    "Quotes stand word for word at the place given. Text shows what was filled in, seldom whether it is true: a red flag is a reason to ask, not a "
    "proof, and each says what it could innocently mean. Handwriting is not read. What was not read is listed as not read and never counted as "
    "missing. A reviewer's decision overrides the model. The same papers, model, rules and date give the same report.",
)
LINKS_NOTE = (
    "Records made by different people that name the same lot, complaint or action are hard to write for an audit."
)
TIMELINE_NOTE = "Each dot is a day on which records say that something was done; larger dots hold more records. The last twelve months are lit."
DOUBTFUL_NOTE = "Hollow red dots stand only in files under a red flag that takes their worth."
# Pictures of pages in one report: each expectation and each flag shows its first, and a report can still be mailed.
MOST_CUTS = 48
CUTS_PER_EXPECTATION, CUTS_PER_FLAG = 2, 2
# Quotes that stand open under an expectation, on the page and on paper; the others are folded or left to the workbook.
QUOTES_SHOWN = 3
CERTIFICATE_FIELDS = (
    ("standard", "Standard"), ("edition", "Edition"), ("holder", "Holder"), ("address", "Address"), ("site", "Further sites"), ("scope", "Scope"),
    ("number", "Number"), ("body", "Issued by"), ("accreditation", "Accreditation"),
    ("accreditation_number", "Accreditation number"), ("accreditation_mark", "Mark of the arrangement"), ("accreditation_claim", "Accreditation claimed"), ("original", "First certified"), ("issue", "Issued"),
    ("expiry", "Valid until"), ("surveillance", "Surveillance held"),
    ("surveillance_told", "Surveillance in other papers"), ("surveillance_due", "Surveillance planned"),
    ("web", "Where to check it"),
    ("code", "QR code"), ("code_other_number", "QR code names another number"),
    ("code_other_holder", "QR code names another company"), ("digital_signature", "Digital signatures"),
)  # fmt: skip

# The counts within the reason of a headline (``evidence.headline``): a page shows them by themselves.
_COUNTED = re.compile(r"Of \d+ expectations: [\w ,]+\. ")
# Fields that a certificate has several of.
REPEATED = ("site", "code", "code_other_number", "code_other_holder")


@dataclass(frozen=True)
class Quote:
    """A quote with its file and place in words, an address where one is known, and the strip of the page it stands on.

    ``above`` is the title of the expectation or flag under which the same words stood already, ``language`` that of the
    document, for whoever has the page read aloud.
    """

    text: str
    document: str
    place: str
    link: str
    cut: Cut | None = None
    decided: str = ""
    above: str = ""
    language: str = ""


@dataclass(frozen=True)
class ExpectationView:
    """One row of the table, and its section of evidence."""

    item: Expectation
    title: str
    word: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class FlagView:
    """One red flag."""

    item: Flag
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class MarkView:
    """One mark of a living system."""

    item: Mark
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class CertificateView:
    """One certificate: its fields in words, in one order for all."""

    document: str
    fields: tuple[tuple[str, str], ...]
    expired: bool


@dataclass(frozen=True)
class Unread:
    """What was not read: a file, or part of one, and why."""

    document: str
    what: str
    remedy: str = ""
    code: str = ""


@dataclass(frozen=True)
class ReportView:
    """A report ready to be written down."""

    report: Report
    printed: date
    expectations: tuple[ExpectationView, ...]
    marks: tuple[MarkView, ...]
    flags: tuple[FlagView, ...]
    requests: tuple[Request, ...]
    lanes: tuple[Lane, ...]
    figures: tuple[Figure, ...]
    shared: tuple[Shared, ...]
    certificates: tuple[CertificateView, ...]
    unread: tuple[Unread, ...]
    pages: int
    pages_read: int

    @property
    def day(self) -> date:
        """The day as of which the papers are judged."""
        return date.fromisoformat(self.report.reference_date)

    @property
    def doubtful(self) -> bool:
        """Whether the timeline holds days that stand only in files under a red flag."""
        return any(lane.doubtful for lane in self.lanes)

    @property
    def method(self) -> tuple[str, str]:
        """How the report came about, and what it cannot tell."""
        version = f" (version {self.report.model})" if self.report.model else ""
        return METHOD[0].format(version=version) + _set_apart(self.report.settings), METHOD[1]

    @property
    def first(self) -> tuple[First, ...]:
        """What to ask for first."""
        return first_asks(self.report, self.requests)

    @property
    def timeline_note(self) -> str:
        """How to read the timeline."""
        return f"{TIMELINE_NOTE} {DOUBTFUL_NOTE}" if self.doubtful else TIMELINE_NOTE

    @property
    def timeline(self) -> str:
        """The timeline as SVG."""
        return draw_timeline(self.lanes, self.day)

    @property
    def charts(self) -> tuple[tuple[Figure, str], ...]:
        """The figures that speak most for the factory, each with its chart as SVG."""
        return tuple((figure, draw_figure(figure)) for figure in self.figures[:MOST_FIGURES])

    @property
    def reason(self) -> str:
        """Why the headline is what it is; the counts by status stand beside it and are not told again."""
        return _COUNTED.sub("", self.report.headline_reason)

    @property
    def no_charts(self) -> str:
        """Why no chart is shown, where none is: no figures, or only such as a red flag takes the worth from."""
        still = next((flag.item.title for flag in self.flags if flag.item.id == "kpi_values_constant"), "")
        if still:
            return (
                f"No measure with figures that move over at least three periods was found; see the red flag '{still}'."
            )
        return "No measure with figures over at least three periods was found."

    @property
    def graph(self) -> str:
        """The papers that share numbers as SVG; nothing where none do."""
        return draw_graph(self.shared)

    @property
    def decisions(self) -> tuple[tuple[str, str, str], ...]:
        """Reviewers' decisions: file, words they are about (empty for the whole file), and the sentence."""
        return tuple((one.document, one.quote, sentence_of(one)) for one in self.report.decisions)

    @property
    def statuses(self) -> tuple[tuple[str, str, int], ...]:
        """Status, its word and how many expectations have it, those that occur."""
        counted = [
            (status, word, sum(e.item.status == status for e in self.expectations))
            for status, word in STATUS_WORDS.items()
        ]
        return tuple(entry for entry in counted if entry[2])

    @property
    def severities(self) -> tuple[tuple[str, tuple[FlagView, ...]], ...]:
        """The flags by severity, the gravest first; all three, the empty ones too."""
        return tuple((word, tuple(f for f in self.flags if f.item.severity == word)) for word in SEVERITIES)

    @property
    def failed(self) -> int:
        """Files of which nothing could be read."""
        return sum(document.status == "failed" for document in self.report.documents)


def _set_apart(settings: AssessmentSettings) -> str:
    """What was judged by other than the rules that ship, in a sentence; nothing where all of them hold."""
    titles = {item["id"]: item["title"].lower() for item in table("expectations")["expectation"]}
    flags = {identity: data["title"] for identity, data in table("flags").items()}
    parts = [
        f"evidence for {titles[name]} may be {count_of(months, 'month')} old"
        for name, months in sorted(settings.max_age_months.items())
    ]
    for name, value in sorted(settings.thresholds.items()):
        parts.append(f"'{flags[name.partition('.')[0]]}' from {value:g} {threshold_words(name)}")
    if settings.silenced:
        parts.append("not looked for: " + ", ".join(f"'{flags[name]}'" for name in sorted(settings.silenced)))
    if settings.product:
        parts.append(f"bought: {settings.product}")
    if settings.aliases:
        parts.append("also known as " + ", ".join(settings.aliases))
    return f" Set for this report: {'; '.join(parts)}." if parts else ""


def view_of(report: Report, printing: Printing) -> ReportView:
    """The view of a report. Pictures are cut here, as many as a report shows."""
    day = date.fromisoformat(report.reference_date)
    bundle = Bundle(report.supplier, day, report.documents, report.settings)
    cuts = _Counted(Cuts(printing.cutter, report.documents), MOST_CUTS)

    decided = {(d.document, d.passage): sentence_of(d) for d in report.decisions if d.passage}

    languages = {document.path: document.language for document in report.documents}
    told: dict[tuple[str, str, str], str] = {}

    rows = Rows(report.documents)

    def quotes(citations: tuple[Citation, ...], pictures: int, title: str = "", printed: int = 0) -> tuple[Quote, ...]:
        made = []
        for number, citation in enumerate(citations):
            key = (citation.document, repr(citation.locator), citation.quote)
            above = told.get(key, "")
            if not above and number < printed:
                told[key] = title
            cut = cuts.of(citation) if pictures > 0 and not above else None
            pictures -= cut is not None
            place = where(citation.locators or (citation.locator,))
            said = decided.get((citation.document, citation.passage or ""), "")
            link, language = printing.link(citation), languages.get(citation.document, "")
            words = citation.quote if printed else rows.widened(citation)
            made.append(Quote(words, citation.document, place, link, cut, said, above, language))
        return tuple(made)

    expectations = tuple(
        ExpectationView(
            item, title_of(item.id), STATUS_WORDS[item.status],
            quotes(item.evidence, CUTS_PER_EXPECTATION, title_of(item.id), QUOTES_SHOWN),
        )
        for item in report.expectations
    )  # fmt: skip
    told.clear()  # the flags are read by themselves
    flags = tuple(FlagView(item, quotes(told_once(item.citations), CUTS_PER_FLAG)) for item in report.flags)
    return ReportView(
        report=report,
        printed=printing.printed,
        expectations=expectations,
        marks=tuple(MarkView(item, quotes(told_once(item.evidence), 0)) for item in report.marks),
        flags=flags,
        requests=requests_of(report),
        lanes=lanes_of(bundle, report),
        figures=tuple(replace(f, link=printing.link(f.citation)) if f.citation else f for f in figures_of(bundle)),
        shared=_shared(report, printing),
        certificates=_certificates(bundle, day),
        unread=tuple(entry for document in report.documents for entry in _unread(document)),
        pages=pages_of(report)[0],
        pages_read=pages_of(report)[1],
    )  # fmt: skip


def sentence_of(decision: ReviewerDecision) -> str:
    """A reviewer's decision in a sentence: what holds now, who said so, when and why."""
    word = "Confirmed" if decision.action == "confirm" else "Decided"
    field, value = decision.field, _said(decision.field, decision.value) or "none"
    was = (
        f" (was {_said(decision.field, decision.earlier)})" if decision.action != "confirm" and decision.earlier else ""
    )
    why = f": {decision.reason}" if decision.reason else ""
    return f"{word} by {decision.reviewer} on {decision.day}, {field} {value}{was}{why}".rstrip(".") + "."


def _said(field: str, value: str) -> str:
    """A verdict in the words that the pages use for it."""
    known = MODES.get(value, ("",))[0] if field == "mode" else KINDS.get(value, "") if field == "kind" else ""
    return known or value.replace("_", " ")


class _Counted:
    """Strips up to a number; after that quotes stand alone."""

    def __init__(self, cuts: Cuts, most: int) -> None:
        self._cuts, self._left = cuts, most

    def of(self, citation: Citation) -> Cut | None:
        if self._left <= 0:
            return None
        made = self._cuts.of(citation)
        self._left -= made is not None
        return made


def tone_of(document: DocumentReport) -> str:
    """The colour of a reading: static is bad news only of what should be a record, and the nature of a procedure or certificate."""
    expected = document.reading == "static" and not document.kind.endswith("_record")
    return "plain" if expected else document.reading


def _shared(report: Report, printing: Printing) -> tuple[Shared, ...]:
    return tuple(
        Shared(
            link.code,
            number_title(link.role),
            tuple(mention.document for mention in link.mentions),
            tuple((where(m.locators or (m.locator,)), printing.link(m)) for m in link.mentions),
        )
        for link in report.links
    )


def _certificates(bundle: Bundle, day: date) -> tuple[CertificateView, ...]:
    made = []
    for certificate in certificates(bundle):
        known = {
            **{role: fact.value for role, fact in certificate.fields.items()},
            "standard": ", ".join(certificate.standards),
        }
        for role in REPEATED:
            said = [
                fact.value
                for fact in certificate.document.facts
                if (fact.kind, fact.role) == ("certificate_field", role)
            ]
            known[role] = " · ".join(dict.fromkeys(said))
        known["surveillance"], known["surveillance_due"] = map(" · ".join, visits_told(bundle, certificate.document))
        if certificate.of_quality:
            known["surveillance_told"] = " · ".join(visits_elsewhere(bundle, certificate.document))
        known["edition"] = ", ".join(dict.fromkeys(fact.value for fact in certificate.editions))
        fields = tuple((words, known[role]) for role, words in CERTIFICATE_FIELDS if known.get(role))
        made.append(CertificateView(certificate.document.path, fields, certificate.expired(day)))
    return tuple(made)


def _unread(document: DocumentReport) -> list[Unread]:
    if document.error:
        return [Unread(document.path, document.error.message, document.error.remedy, document.error.code)]
    missing = document.pages - document.pages_read
    if missing > 0 and not document.not_read:
        return [Unread(document.path, f"{missing} of {document.pages} pages could not be read.")]
    return [Unread(document.path, sentence) for sentence in document.not_read]
