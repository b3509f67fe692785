"""The forms of a report: the same bytes for the same papers, right text in every script, and no way in for an attacker."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.dom import minidom

import jsonschema
import openpyxl
import pypdfium2
import pytest

from evidence.assessment import assess
from evidence.model import DocumentReport, Report, ReviewerDecision
from extractors.errors import ExtractionError
from service.errors import FormatNotAvailable
from service.reports import fonts
from service.reports.formats import FORMATS, render
from service.reports.pdf import breakable
from service.reports.printing import Printing
from service.reports.schema import report_schema, write_schema
from service.reports.view import CERTIFICATE_FIELDS, view_of
from service.reports.words import kind_words
from tests.unit.evidence.builders import TODAY, certificate, report
from tests.unit.service.reported import ATTACKS, PRINTED, SUPPLIER, attacked, documents, sample

ROOT = Path(__file__).parents[3]
PRINTING = Printing(printed=PRINTED)
SAID = {
    "vi": ("Đánh giá nhà cung cấp lô thép số 26-014", "Bien ban.pdf"),
    "th": ("บันทึกการประเมินผู้ขายประจำปี ล็อต TH-26-014", "บันทึก.pdf"),
    "zh": ("供应商评价记录 批号 CN-26-014 结论 合格", "评价记录.pdf"),
    "ko": ("협력업체 평가 기록 로트 KR-26-014 합격", "평가.pdf"),
}


def pdf_text(content):
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def squeezed(text):
    """Without blanks and the marks at which long words may break."""
    return re.sub(r"[\s\u200b\ufeff\xad\ufffe\x02]+", "", text)


class Page(HTMLParser):
    """Tags, attributes and the text a reader sees."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def forms():
    return {form: render(sample(), form, PRINTING) for form in FORMATS}


@pytest.fixture(scope="module")
def attacks():
    return {form: render(attacked(), form, PRINTING) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_papers_give_the_same_bytes(form, forms):
    again = assess(sample().supplier, TODAY, list(reversed(documents())))
    assert render(again, form, PRINTING) == forms[form]


def test_only_the_day_of_printing_makes_a_difference(forms):
    later = replace(PRINTING, printed=date(2027, 3, 4))
    assert render(sample(), "json", later) == forms["json"]
    assert render(sample(), "text", later) == forms["text"]
    html = render(sample(), "html", later).decode()
    assert html.replace("4 March 2027", "1 October 2026").encode() == forms["html"]
    sheets = {}
    for name, content in (("then", forms["xlsx"]), ("later", render(sample(), "xlsx", later))):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets[name] = {entry: archive.read(entry) for entry in archive.namelist()}
    differing = {entry for entry in sheets["then"] if sheets["then"][entry] != sheets["later"][entry]}
    assert differing == {"docProps/core.xml", "xl/worksheets/sheet1.xml"}
    assert squeezed(pdf_text(render(sample(), "pdf", later))).replace("4March2027", "1October2026") == squeezed(
        pdf_text(forms["pdf"])
    )


def test_the_schema_in_the_documentation_is_the_one_of_the_program():
    published = (ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8")
    assert published == write_schema(), "write it anew: livingproof schema --output docs/report.schema.json"


def test_reports_keep_to_the_published_schema(forms, attacks):
    validator = jsonschema.Draft202012Validator(report_schema())
    for content in (forms["json"], attacks["json"]):
        validator.validate(json.loads(content))
        Report.model_validate_json(content)
    broken = {**json.loads(forms["json"]), "headline": "excellent"}
    assert list(validator.iter_errors(broken))


def test_the_first_page_of_the_pdf_has_the_verdict_the_table_the_flags_and_the_coverage(forms):
    first = pypdfium2.PdfDocument(forms["pdf"])[0].get_textpage().get_text_bounded()
    for words in (
        sample().supplier,
        "Partly living",
        "Certification",
        "Management review too old",
        "locked.pdf",
        "1 of them not readable",
    ):
        assert squeezed(words) in squeezed(first)


def test_every_quote_is_in_every_form(forms):
    page = squeezed("".join(Page(forms["html"].decode()).text)).replace("|", "")
    sheet = {
        squeezed(str(row[2].value))
        for row in openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))["Evidence"].iter_rows(min_row=2)
    }
    for item in sample().expectations:
        for citation in item.evidence:
            # Rows of cells stand as tables: the signs between cells are not printed.
            assert squeezed(citation.quote).replace("|", "") in page
            assert squeezed(citation.quote) in sheet


@pytest.mark.parametrize("language", SAID)
def test_every_script_stands_in_the_pdf_as_it_was_written(language):
    sentence, name = SAID[language]
    paper = report(
        name,
        f"# {sentence}\n\n12/03/2026: {sentence}.",
        kind="supplier_evaluation_record",
        criteria=("supplier_control",),
    )
    made = assess(sentence, TODAY, [paper, *documents()])
    text = squeezed(pdf_text(render(made, "pdf", PRINTING)))
    assert squeezed(sentence) in text
    assert squeezed(name) in text


def test_each_script_has_a_font_of_its_own_package():
    assert fonts.scripts_without_font() == []
    there = set(fonts.families())
    assert {script.family for script in fonts.SCRIPTS} <= there


def test_a_script_without_a_font_is_named(monkeypatch):
    class Few:
        def families(self):
            return ["Noto Sans", "Noto Sans SC"]

    monkeypatch.setattr(fonts, "fonts", lambda: Few())
    assert fonts.scripts_without_font() == ["Thai", "Korean"]


def test_long_names_may_break_and_stay_what_they_are():
    name = "8D_report_for_the_second_housing_of_line_four_final_final_v12.xlsx"
    assert breakable(name).replace("\u200b", "") == name
    assert max(len(piece) for piece in breakable(name + "x" * 90).split("\u200b")) <= 18
    assert breakable("a short one") == "a short one"


def test_hostile_text_is_only_text_in_the_page(attacks):
    page = Page(attacks["html"].decode())
    assert not page.tags & {"script", "iframe", "object", "embed", "form", "link", "base"}
    assert not {name for name in page.attributes if name.startswith("on")}
    shown = "".join(page.text)
    assert "<script>window.hacked=1</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "49 " not in shown.split("{{ 7*7 }}")[0][-10:]


def test_hostile_text_is_only_text_in_the_drawings():
    view = view_of(attacked(), PRINTING)
    for drawn in (view.timeline, *(svg for _, svg in view.charts), view.graph):
        if drawn:
            elements = {node.tagName for node in minidom.parseString(drawn).getElementsByTagName("*")}
            assert elements <= {"svg", "g", "title", "text", "line", "path", "circle", "rect"}


def test_hostile_text_is_only_text_in_the_pdf(attacks):
    document = pypdfium2.PdfDocument(attacks["pdf"])
    text = squeezed("\n".join(page.get_textpage().get_text_bounded() for page in document))
    assert squeezed('#panic("typst")') in text
    assert squeezed('#import "/etc/passwd": *') in text
    raw = attacks["pdf"]
    assert b"/JavaScript" not in raw
    assert b"/Launch" not in raw
    assert b"/URI" not in raw


def test_hostile_text_is_never_a_formula_or_a_link_in_the_workbook(attacks):
    book = openpyxl.load_workbook(io.BytesIO(attacks["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK") or "=HYPERLINK" in str(cell.value) for cell in cells)
    targets = {cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target}
    assert targets == set()
    with zipfile.ZipFile(io.BytesIO(attacks["xlsx"])) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                minidom.parseString(archive.read(name))
                assert b"<f>" not in archive.read(name)


def test_cells_that_begin_like_formulas_keep_their_text():
    facts = [fact for d in attacked().documents for fact in d.facts]
    assert facts
    book = openpyxl.load_workbook(io.BytesIO(render(attacked(), "xlsx", PRINTING)))
    names = {cell.value for cell in book["Documents"]["A"]}
    for attack in ATTACKS[2:6]:
        assert any(attack in str(name) for name in names)


def test_the_workbook_has_filters_frozen_heads_and_links(forms):
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes == "A2", sheet.title
    inside = [cell.hyperlink.location for row in book["Summary"].iter_rows() for cell in row if cell.hyperlink]
    assert "'Expectations'!A1" in inside
    linked = render(sample(), "xlsx", Printing(PRINTED, lambda citation: f"https://proof.example/{citation.passage}"))
    evidence = openpyxl.load_workbook(io.BytesIO(linked))["Evidence"]
    targets = [cell.hyperlink.target for row in evidence.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert targets
    assert all(target.startswith("https://proof.example/") for target in targets)


def test_the_page_needs_nothing_from_elsewhere(forms):
    text = forms["html"].decode()
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", text)


def test_an_unknown_format_is_refused():
    with pytest.raises(FormatNotAvailable):
        render(sample(), "odt")


def test_papers_that_share_numbers_stand_in_every_form():
    made = sample()
    assert {link.code for link in made.links} >= {"CAR-26-014", "L2604-02"}
    page = render(made, "html", PRINTING).decode()
    assert "Papers that know of each other" in page
    assert "<strong>CAR-26-014</strong> (corrective action)" in page
    assert "Papersthatknowofeachother" in squeezed(pdf_text(render(made, "pdf", PRINTING)))
    book = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx", PRINTING)))
    rows = {row[:3] for row in book["Links"].iter_rows(values_only=True)}
    assert ("CAR-26-014", "corrective action", "IA-26-01.pdf") in rows
    assert json.loads(render(made, "json", PRINTING))["links"][0]["mentions"][0]["quote"]


def test_what_a_reviewer_decided_is_shown_as_such_in_every_form():
    made = sample()
    cited = next(e for row in made.expectations for e in row.evidence if e.passage)
    decision = ReviewerDecision(
        document=cited.document, passage=cited.passage, field="mode", action="override", value="record", earlier="claim",
        reviewer="Mai <b>Linh</b>", day="2026-09-12", reason="Seen in the plant", quote=cited.quote,
    )  # fmt: skip
    said = "Decided by Mai <b>Linh</b> on 2026-09-12, mode record (was claim): Seen in the plant."
    made = made.model_copy(update={"decisions": (decision,)})
    page = Page(render(made, "html", PRINTING).decode())
    assert squeezed("".join(page.text)).count(squeezed(said)) >= 2  # under the quote, and in the list
    assert "Decidedbyreviewers" in squeezed(pdf_text(render(made, "pdf", PRINTING)))
    book = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx", PRINTING)))
    assert said in {row[2] for row in book["Decisions"].iter_rows(values_only=True)}
    assert json.loads(render(made, "json", PRINTING))["decisions"][0]["reviewer"] == "Mai <b>Linh</b>"
    assert "Decided by reviewers" not in render(sample(), "html", PRINTING).decode()


def test_a_certificate_shows_every_field_that_was_read_of_it():
    made = view_of(sample(), PRINTING)
    shown = {words for one in made.certificates for words, _ in one.fields}
    assert {"Holder", "Number", "Issued by", "Accreditation", "Issued", "Valid until", "Scope"} <= shown
    read = {fact.role for document in documents() for fact in document.facts if fact.kind == "certificate_field"}
    assert read <= {role for role, _ in CERTIFICATE_FIELDS}


def test_a_certificate_shows_the_visits_that_were_held_and_no_address_that_is_its_holder():
    paper = report(
        "certificate.pdf",
        "# ISO 9001:2015\n\nThe management system of Lotus Valley Pumps Co., Ltd. (บริษัท โลตัส วัลเลย์ ปั๊มส์ จำกัด), 77/4 Moo 6, "
        "Theparak Rd., Samut Prakan 10540 has been audited and registered.\n\nScope of registration: Manufacture of pumps\n\n"
        "Certificate no. TH-Q 50931 Approval date: 29 June 2024 Expiry date: 28 June 2027 Surveillance visits: 11 June 2025 "
        "(satisfactory), 17 June 2026 (satisfactory, 1 minor closed)",
        kind="certificate", mode="credential",
    )  # fmt: skip
    (shown,) = view_of(assess(SUPPLIER, TODAY, [paper]), PRINTING).certificates
    fields = dict(shown.fields)
    assert fields["Surveillance held"] == "2025-06-11 · 2026-06-17"
    assert "Surveillance planned" not in fields
    assert "Address" not in fields


def test_a_certificate_shows_the_visits_that_other_papers_tell_of():
    letter = report(
        "letters/visit.docx",
        "# Surveillance audit\n\nThe surveillance audit of your certificate was held on 4 July 2026 and closed without a major finding.",
        kind="other",
    )  # fmt: skip
    (shown,) = view_of(
        assess(SUPPLIER, TODAY, [certificate(more="Valid with annual surveillance."), letter]), PRINTING
    ).certificates
    assert dict(shown.fields)["Surveillance in other papers"] == "2026-07-04 (visit.docx)"


def test_a_quote_stands_once_among_the_expectations_and_is_pointed_to_after_that(forms):
    rows = view_of(sample(), PRINTING).expectations
    again = [(row.title, quote) for row in rows for quote in row.quotes if quote.above]
    first = {(quote.document, quote.place, quote.text) for row in rows for quote in row.quotes if not quote.above}
    for title, quote in again:
        assert quote.above != title
        assert (quote.document, quote.place, quote.text) in first
    assert ("The same words as under" in forms["html"].decode()) == bool(again)


def test_a_target_in_a_chart_has_the_unit_of_its_figures(forms):
    drawn = [svg for figure, svg in view_of(sample(), PRINTING).charts if figure.unit == "%"]
    assert drawn
    assert all("target 2.5%" in svg for svg in drawn)


def test_charts_leave_room_for_their_last_figure(forms):
    for _, drawn in view_of(sample(), PRINTING).charts:
        for x, anchor in re.findall(r'<text x="([\d.]+)"[^>]*?(text-anchor="end")?[^>]*>', drawn):
            assert float(x) <= 480 - (0 if anchor else 30)


def test_a_bare_list_of_suppliers_is_not_told_as_a_procedure():
    head = "| No | Nhà cung cấp | Vùng nuôi | SĐT |\n"
    rows = "".join(
        f"| {n} | Đại lý {name} | Mỹ Xuyên | 09{n} |\n" for n, name in enumerate(("Ba Khía", "Út Thảo", "Hòa"), 1)
    )
    listed, rule = (
        report(path, text, kind="procedure", reading="static", mode=mode, criteria=("supplier_control",))
        for path, text, mode in (
            ("DS nhà cung cấp.xlsx", head + rows, "other"),
            ("Thủ tục.docx", "Nhà cung cấp phải được đánh giá trước khi mua hàng.", "prescription"),
        )
    )
    assert [kind_words(one) for one in (listed, rule)] == ["list of suppliers", "procedure"]
    assert "list of suppliers" in render(assess("Vàm Láng", TODAY, [listed, rule]), "html", PRINTING).decode()


def test_nothing_sent_and_nothing_read_are_said_as_such():
    nothing = assess("Nothing Sent Ltd", TODAY, [])
    assert nothing.headline_reason == "No document was sent."
    assert {item.provided for item in nothing.expectations} == {"Nothing was sent."}
    unread = DocumentReport.unreadable("scan.pdf", "ab" * 32, ExtractionError())
    told = assess("Only Scans Ltd", TODAY, [unread])
    assert told.headline_reason.startswith("Nothing that was sent could be read.")
    assert told.expectations[0].explanation == "The one document sent could not be read: nothing can be said."


def test_a_long_name_takes_one_line_in_the_foot_of_a_page():
    name = "Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất Thương mại Dịch vụ Cơ khí Chính xác và Tự động hóa Hoàng Long"
    text = pdf_text(render(assess(name, TODAY, []), "pdf", PRINTING))
    assert text.count("Hoàng Long") < text.count("evidence report · Công ty")
    assert "…" in text


def test_an_empty_sheet_of_the_workbook_says_why():
    book = openpyxl.load_workbook(io.BytesIO(render(assess("Nothing Sent Ltd", TODAY, []), "xlsx", PRINTING)))
    told = {name: book[name]["A2"].value for name in ("Red flags", "Timeline", "Quality figures", "Certificates")}
    assert told["Red flags"] == "No red flag was raised."
    assert told["Certificates"] == "No certificate was found that could be read."
    assert all(told.values())
    assert book["Red flags"].auto_filter.ref is None
