"""Limits of office files and mails that are settings of the policy."""

import email.header

import olefile
import pytest
from office_files import A, P, R, package, relations

from extractors import mail, progress, slides, spreadsheet, web, word
from extractors.draft import Draft
from extractors.embedded import ICON_BYTES, Pictures
from extractors.errors import DamagedFile, LimitExceeded
from extractors.locators import ParagraphLocator
from extractors.mail_msg import msg_attachments
from extractors.policy import ExtractionPolicy
from tests.fuzz.bombs import word as docx
from tests.fuzz.bombs import workbook
from tests.fuzz.compound import compound

_TEXT = "<w:p><w:r><w:t>Lot 4711 was released.</w:t></w:r></w:p>"


def kept(tmp_path, data):
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("prolog", ["<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY a "ha">]>'])
def test_declarations_are_refused_by_default(tmp_path, prolog):
    with pytest.raises(DamagedFile):
        word.read(kept(tmp_path, docx(_TEXT, prolog)), "a.docx", ExtractionPolicy())


@pytest.mark.parametrize(("entities", "read"), [(1, True), (2, True), (3, False)])
def test_as_many_entities_as_allowed_are_passed_over_and_never_resolved(tmp_path, entities, read):
    prolog = "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n} "secret">' for n in range(entities)) + "]>"
    body = _TEXT + "<w:p><w:r><w:t>&a0;</w:t></w:r></w:p>"
    path, policy = kept(tmp_path, docx(body, prolog)), ExtractionPolicy(xml_entities=2)
    if not read:
        with pytest.raises(DamagedFile):
            word.read(path, "a.docx", policy)
        return
    found = word.read(path, "a.docx", policy)
    assert [block.text for block in found.blocks][:1] == ["Lot 4711 was released."]
    assert "secret" not in found.model_dump_json()


def test_all_parts_of_an_office_file_together_are_limited(tmp_path):
    path = kept(tmp_path, docx(_TEXT * 1_000))
    assert word.read(path, "a.docx", ExtractionPolicy()).blocks
    with pytest.raises(LimitExceeded):
        word.read(path, "a.docx", ExtractionPolicy(package_bytes=10_000))


def test_parts_of_a_mail_are_limited(tmp_path):
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nLot %d was released.\r\n"
    raw = b'Subject: x\r\nFrom: a@b.c\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    path = kept(tmp_path, raw + b"".join(part % n for n in range(9)) + b"--b--")
    text = mail.read(path, "a.eml", ExtractionPolicy(mail_parts=4)).model_dump_json()
    assert [f"Lot {n} was" in text for n in range(9)] == [n < 4 for n in range(9)]


def said(document):
    return [item.code for item in document.not_read]


def test_parts_of_a_mail_left_out_are_said_to_be(tmp_path):
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nLot %d was released.\r\n"
    raw = b'Subject: x\r\nFrom: a@b.c\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    path = kept(tmp_path, raw + b"".join(part % n for n in range(9)) + b"--b--")
    assert said(mail.read(path, "a.eml", ExtractionPolicy(mail_parts=4))) == ["limit_exceeded"]
    assert not said(mail.read(path, "a.eml", ExtractionPolicy()))


def test_a_field_of_a_mail_is_read_to_a_limit(tmp_path, monkeypatch):
    """A hundred thousand encoded words in a subject kept the reading process busy until it was ended: decoding takes the
    square of their number."""
    decode = email.header.decode_header
    decoded = []

    def short(value):
        decoded.append(len(value))
        assert len(value) <= mail.FIELD_CHARACTERS
        return decode(value)

    monkeypatch.setattr(email.header, "decode_header", short)
    path = kept(tmp_path, b"From: a@b.c\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nLot 4711 was released.")
    document = mail.read(path, "a.eml", ExtractionPolicy())
    assert max(decoded) == mail.FIELD_CHARACTERS
    assert said(document) == ["limit_exceeded"]
    assert document.blocks[-1].text == "Lot 4711 was released."


def test_attachments_of_an_outlook_mail_are_limited(tmp_path):
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": "Papers".encode("utf-16-le")}
    for number in range(5):
        place = f"__attach_version1.0_#{number:08X}/__substg1.0_"
        streams[f"{place}3707001F"] = f"record {number}.txt".encode("utf-16-le")
        streams[f"{place}37010102"] = f"Lot {number} was released.".encode()
    path = kept(tmp_path, compound(streams))
    policy = ExtractionPolicy(mail_parts=3)
    document = mail.read(path, "a.msg", policy)
    assert document.attachments == ("record 0.txt", "record 1.txt", "record 2.txt")
    assert said(document) == ["limit_exceeded"]
    assert [name for name, _ in msg_attachments(path, policy)] == list(document.attachments)
    assert not said(mail.read(path, "a.msg", ExtractionPolicy()))


def deck(tmp_path, shapes):
    """A presentation of one slide with these shapes."""
    names = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'
    return package(
        tmp_path / "a.pptx",
        {
            "_rels/.rels": relations(r1=("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f"<p:sld {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
        },
    )


@pytest.mark.parametrize("most", [2, 5])
def test_shapes_of_a_slide_are_limited(tmp_path, most):
    shape = "<p:sp><p:nvSpPr><p:cNvPr id='2' name='Box'/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:p><a:r><a:t>Lot {}</a:t></a:r></a:p></p:txBody></p:sp>"
    path = deck(tmp_path, "".join(map(shape.format, range(4))))
    document = slides.read(path, "a.pptx", ExtractionPolicy(shapes=most))
    assert [block.text for block in document.blocks] == [f"Lot {n}" for n in range(min(4, most))]
    assert said(document) == (["limit_exceeded"] if most < 4 else [])


class Fixed(Pictures):
    """Reads every picture as the same words."""

    def _words(self, data):
        return "Lot 4711", 0.9


def test_different_pictures_of_a_file_are_limited_and_the_same_one_counts_once(tmp_path):
    draft = Draft(kept(tmp_path, b"x"), "a.docx", "", ExtractionPolicy(embedded_pictures=2))
    pictures, place = Fixed(None, draft), ParagraphLocator(paragraph=1)
    for letter in (b"a", b"a", b"b", b"c", b"a"):
        pictures.write_bytes(b"\x89PNG" + letter * ICON_BYTES, place)
    assert [block.text for block in draft.blocks] == ["Lot 4711"] * 4
    assert [item.code for item in draft.not_read] == ["picture_not_read"]


def test_a_page_nested_too_deep_says_what_was_left_out(tmp_path):
    deep = b"<p>Lot 4711</p>" + b"<div>" * 3_000 + b"x" + b"</div>" * 3_000
    document = web.read(kept(tmp_path, b"<html><body>" + deep), "a.html", ExtractionPolicy())
    assert [block.text for block in document.blocks] == ["Lot 4711"]
    assert said(document) == ["limit_exceeded"]
    shallow = b"<html><body><div><div><p>Lot 4711</p></div></div>"
    document = web.read(kept(tmp_path, shallow), "a.html", ExtractionPolicy(xml_depth=3))
    assert said(document) == ["limit_exceeded"]
    assert not said(web.read(kept(tmp_path, shallow), "a.html", ExtractionPolicy()))


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + "<w:ins>" * 200 + "<w:r><w:t>deep</w:t></w:r>" + "</w:ins>" * 200 + "</w:p>",
        "<w:tbl><w:tr><w:tc>" * 40 + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 40,
    ],
)
def test_a_document_nested_too_deep_says_what_was_left_out(tmp_path, body):
    document = word.read(kept(tmp_path, docx(_TEXT + body)), "a.docx", ExtractionPolicy())
    assert document.blocks[0].text == "Lot 4711 was released."
    assert said(document) == ["limit_exceeded"]


def test_groups_of_a_slide_nested_too_deep_say_what_was_left_out(tmp_path):
    shape = "<p:sp><p:nvSpPr><p:cNvPr id='2' name='Box'/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    path = deck(tmp_path, shape.format("seen") + "<p:grpSp>" * 40 + shape.format("deep") + "</p:grpSp>" * 40)
    document = slides.read(path, "a.pptx", ExtractionPolicy())
    assert [block.text for block in document.blocks] == ["seen"]
    assert said(document) == ["limit_exceeded"]


def test_merged_ranges_of_a_sheet_are_limited(tmp_path):
    cell = '<c r="{1}{0}" t="inlineStr"><is><t>Lot {0}</t></is></c>'
    rows = "".join(
        f'<row r="{n}">{cell.format(n, "A") if n not in (2, 4) else ""}{cell.format(n, "B")}</row>' for n in range(1, 7)
    )
    merges = '<mergeCell ref="A1:A2"/><mergeCell ref="A3:A4"/>'
    path = kept(tmp_path, workbook(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"))

    def spans(policy):
        blocks = spreadsheet.read(path, "a.xlsx", policy).blocks
        cells = [cell for block in blocks for cell in (block.table.cells if block.table else ())]
        return sum(cell.row_span == 2 for cell in cells)

    assert spans(ExtractionPolicy()) == 2
    assert spans(ExtractionPolicy(merges=1)) == 1
    assert said(spreadsheet.read(path, "a.xlsx", ExtractionPolicy(merges=1))) == ["limit_exceeded"]
    assert not said(spreadsheet.read(path, "a.xlsx", ExtractionPolicy(merges=2)))


def test_attachments_are_listed_without_looking_through_all_of_them_for_each(tmp_path, monkeypatch):
    """The library looks for a name among all entries: a thousand attachments took 19 seconds."""
    streams = {"__properties_version1.0": bytes(32)}
    for number in range(200):
        streams[f"__attach_version1.0_#{number:08X}/__substg1.0_3707001F"] = f"record {number}.txt".encode("utf-16-le")
    path = kept(tmp_path, compound(streams))
    monkeypatch.setattr(olefile.OleFileIO, "_find", None)
    assert len(mail.read(path, "a.msg", ExtractionPolicy()).attachments) == 200


def test_a_reader_that_runs_out_of_time_keeps_what_it_has(tmp_path):
    path = kept(tmp_path, docx(_TEXT * 20_000))
    progress.listen(None, progress.Allowance(wall=60, work=0.2, fruitless=60))
    try:
        document = word.read(path, "a.docx", ExtractionPolicy())
    finally:
        progress.listen(None)
    assert document.blocks[0].text == "Lot 4711 was released."
    assert len(document.blocks) < 20_000
    assert said(document) == ["limit_exceeded"]
