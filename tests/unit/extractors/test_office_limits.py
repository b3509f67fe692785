"""Limits of office files and mails that are settings of the policy."""

import pytest

from extractors import mail, spreadsheet, word
from extractors.errors import DamagedFile, LimitExceeded
from extractors.policy import ExtractionPolicy
from tests.fuzz.bombs import word as docx
from tests.fuzz.bombs import workbook

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
