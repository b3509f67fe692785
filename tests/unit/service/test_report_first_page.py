"""What a reader of one page learns: whether the system lives, and what to ask for first; and quotes that tell something."""

import pypdfium2
import pytest

from evidence.model import Citation, Expectation, Flag
from extractors.locators import SheetLocator
from service.reports.brief import MOST_FIRST, first_asks
from service.reports.formats import render
from service.reports.printing import Printing
from service.reports.quoting import Rows, told_once
from service.reports.requests import requests_of
from service.reports.text import render_text
from service.reports.view import view_of
from tests.unit.evidence.builders import report
from tests.unit.service.reported import PRINTED, sample

PRINTING = Printing(PRINTED)

CELL, ROW = SheetLocator(sheet="8D", cells="A4:D4"), SheetLocator(sheet="8D", cells="A5:D5")


def cited(name, quote="Valve 7", place=CELL, passage="p1"):
    return Citation(document=name, locator=place, quote=quote, passage=passage)


def flag(identity, severity, name):
    return Flag(
        id=identity, severity=severity, title=identity.replace("_", " "), explanation="Seen.", citations=(cited(name),),
        ask=f"About {identity}?",
    )  # fmt: skip


def expectation(identity, status):
    return Expectation(
        id=identity, status=status, rule="few_areas", explanation="", expects="", gap="", ask=f"Records of {identity}.",
    )  # fmt: skip


@pytest.fixture
def mixed():
    return sample().model_copy(
        update={
            "expectations": (
                expectation("supplier_records", "missing"),
                expectation("corrective_action", "partial"),
                expectation("certification", "living"),
            ),
            "flags": (
                flag("certificate_other_holder", "high", "certificate.pdf"),
                flag("certificate_scope_mismatch", "high", "certificate.pdf"),
                flag("identical_readings", "high", "readings.pdf"),
                flag("audits_without_finding", "medium", "audit.pdf"),
            ),
        }
    )


def titles(report):
    return [one.ask.partition(" ('")[0] for one in first_asks(report, requests_of(report))]


def test_a_question_asked_first_names_its_papers(mixed):
    asked = [one.ask for one in first_asks(mixed, requests_of(mixed))]
    assert asked[:2] == [
        "About certificate_other_holder? ('certificate.pdf')",
        "About identical_readings? ('readings.pdf')",
    ]
    many = mixed.flags[0].model_copy(
        update={
            "citations": tuple(
                mixed.flags[0].citations[0].model_copy(update={"document": f"{n}.pdf"}) for n in range(4)
            )
        }
    )
    (first, *_) = first_asks(one := mixed.model_copy(update={"flags": (many,)}), requests_of(one))
    assert first.ask == "About certificate_other_holder? ('0.pdf', '1.pdf' and 2 more)"


def test_grave_flags_are_asked_first_each_paper_once_then_what_the_headline_hangs_on(mixed):
    assert titles(mixed) == [
        "About certificate_other_holder?", "About identical_readings?", "Records of corrective_action.",
    ]  # fmt: skip
    expired = (expectation("certification", "stale"), *mixed.expectations[:2])
    grave = mixed.model_copy(
        update={"flags": (flag("certificate_expired", "high", "certificate.pdf"),), "expectations": expired}
    )
    assert titles(grave)[0] == "Records of certification."  # its ask stands for that of the flag
    rule = flag("procedure_without_record", "high", "lots.pdf").model_copy(
        update={"ask": "Please send two records of traceability from the last twelve months."}
    )
    lots = (expectation("corrective_action", "missing"), expectation("traceability", "static_only"))
    assert titles(mixed.model_copy(update={"flags": (rule,), "expectations": lots}))[0] == "Records of traceability."
    few = mixed.model_copy(update={"flags": mixed.flags[:2], "expectations": mixed.expectations[2:]})
    assert titles(few) == ["About certificate_other_holder?", "About certificate_scope_mismatch?"]


def test_without_grave_flags_the_core_comes_before_what_is_missing_elsewhere_and_light_flags_last(mixed):
    light = mixed.model_copy(update={"flags": mixed.flags[3:]})
    assert titles(light) == [
        "Records of corrective_action.", "Records of supplier_records.", "About audits_without_finding?",
    ]  # fmt: skip
    assert titles(mixed.model_copy(update={"flags": (), "expectations": mixed.expectations[2:]})) == []


def test_the_first_page_of_every_form_says_whether_the_system_lives_and_what_to_ask_first():
    asked = first_asks(sample(), requests_of(sample()))
    assert len(asked) == MOST_FIRST
    pdf = pypdfium2.PdfDocument(render(sample(), "pdf", PRINTING))[0].get_textpage().get_text_bounded()
    page = render(sample(), "html", PRINTING).decode()
    front = page[: page.index('id="expectations"')]
    text = render_text(sample())
    squeezed = "".join(pdf.split())
    for one in asked:
        assert "".join(one.ask.split()) in squeezed
        assert one.title in front
        assert f'id="{one.anchor}"' in page
        assert one.title in text[: text.index("What buyers expect")]
    for mark in sample().marks:
        assert "".join(mark.title.split()) in squeezed
        assert mark.title in front


def test_what_was_not_read_stands_in_the_pdf_whole_however_long_the_first_page_is():
    first = sample().documents[-1]
    many = [first.model_copy(update={"path": f"scans/locked {n:02}.pdf"}) for n in range(12)]
    made = sample().model_copy(update={"documents": (*sample().documents, *many)})
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(render(made, "pdf", PRINTING))]
    assert "listedunder" in "".join(pages[0].split())
    last = "".join("".join(pages[-2:]).split())
    assert all(f"locked{n:02}.pdf" in last for n in range(2, 12))


def test_a_quote_within_a_longer_one_of_its_place_is_not_told_again():
    whole = cited("8d.xlsx", "Defect | Flash | Date | 2026-03-05")
    assert told_once((whole, cited("8d.xlsx", "Flash"))) == (whole,)
    elsewhere, other = cited("8d.xlsx", "Flash", ROW), cited("other.xlsx", "Flash")
    assert told_once((whole, elsewhere, other)) == (whole, elsewhere, other)
    assert told_once((whole, whole)) == (whole, whole)


def test_a_lone_figure_is_shown_with_its_row():
    paper = report("ncr.docx", "# NCR\n\n| Line | Checked | Bad |\n| 16 | 20 | 6 |\n")
    (passage,) = [one for one in paper.passages if "20" in one.text]
    rows = Rows([paper])
    short = Citation(document=paper.path, locator=passage.locators[0], quote="6", passage=passage.id)
    assert rows.widened(short) == "16 | 20 | 6"  # not the 6 within 16 of another row
    assert rows.widened(short.model_copy(update={"passage": None})) == "6"
    assert rows.widened(short.model_copy(update={"quote": "not there"})) == "not there"
    long = short.model_copy(update={"quote": "a sentence that tells enough"})
    assert rows.widened(long) == long.quote


def test_flags_of_a_report_show_the_row_and_the_data_file_keeps_the_quote():
    paper = next(d for d in sample().documents if d.path.startswith("inspection"))
    passage = next(p for p in paper.passages if "42.03" in p.text)
    short = Citation(document=paper.path, locator=passage.locators[0], quote="42.03", passage=passage.id)
    held = flag("identical_readings", "high", "x").model_copy(update={"citations": (short,)})
    made = sample().model_copy(update={"flags": (held,)})
    (shown,) = view_of(made, PRINTING).flags
    assert "Housing H-3" in shown.quotes[0].text
    assert made.flags[0].citations[0].quote == "42.03"
