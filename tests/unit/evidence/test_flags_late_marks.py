"""Red flags on what was put in a signed record later, whatever it is, and on editions nobody signed; beside each what is honest."""

import pytest

from tests.unit.evidence.builders import flags, report

LOT = {"kind": "traceability_record", "criteria": ("traceability",)}


def _told(name: str, text: str, language: str = "en", **kind) -> bool:
    return "changed_after_signature" in flags(report(name, text, language=language, **(kind or LOT)))


@pytest.mark.parametrize(
    ("language", "cell", "signed", "raised"),
    [
        ("en", "Pass, added 14 Aug 2026", "Verified and signed: Ann Lowe, 25 May 2026", True),
        ("en", "Pass, seen again 14 Aug 2026", "Verified and signed: Ann Lowe, 25 May 2026", False),
        ("en", "Pass, added 14 May 2026", "Verified and signed: Ann Lowe, 25 May 2026", False),
        ("id", "4150 cP (semula 3850 cP, diganti 02-09-2026 Wulan)", "Diluluskan oleh: Ratna Dewi 16-08-2026", True),
        ("id", "4150 cP (semula 3850 cP, diganti 12-08-2026 Wulan)", "Diluluskan oleh: Ratna Dewi 16-08-2026", False),
        ("zh", "合格（2026-09-10 补记）", "批准：罗敏 2026-08-03", True),
        ("ko", "합격 (2026.09.10 추가 기입)", "승인: 강민서 2026.08.04", True),
    ],
)
def test_a_mark_in_a_cell_of_a_signed_record(language, cell, signed, raised):
    text = f"# Test sheet\n\nLot :: R61012\n\n| Item | Limit | Result |\n| Seal | 3.5 - 5.0 | 4.2 |\n| Other | 100 - 9000 | {cell} |\n\n{signed}\n"
    assert _told("Sheet.docx", text, language) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Remark: D4 reworded on 21.08.2026 by marketing", True),
        ("Remark: copy sent to the customer on 21.08.2026", False),
        ("Disposal: 5 pcs scrapped (21.08.2026 changed to use as is, planning)", True),
        ("Disposal: 5 pcs scrapped (done 21.08.2026)", False),
        ("Supplier: primer (follow-up 09/2026: changed to Delta Coatings on 21.08.2026)", False),
        ("Grade: minor (major until 9 August 2026, J. Brandt)", True),
        ("Permit: open (valid until 9 August 2026)", False),
    ],
)
def test_a_report_of_a_case_whose_words_were_written_anew(line, raised):
    text = (
        "# 8D report CC-26-031\n\nProblem :: burr 0.35 mm, found 02.06.2026\nCause :: regrind counter not reset\n"
        f"Action :: counter interlocked 10.06.2026\nSigned :: A. Kulkarni, 08.07.2026\n\n{line}\n"
    )
    kind = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
    assert _told("8D CC-26-031.docx", text, **kind) is raised


def test_a_running_sheet_under_the_signature_of_its_form_is_written_on():
    text = (
        "# Temperature log\n\nForm approved: Ann Lowe, 3 January 2026\n\n| Date | Lot | °C | Note |\n"
        "| 04/05/2026 | L-1 | 2.8 | door seal changed |\n| 11/05/2026 | L-2 | 3.1 | 3.0 corrected 11/05/2026 |\n"
    )
    assert not _told("Log.xlsx", text)


def test_a_correction_that_was_approved_in_the_line_below_is_signed():
    text = (
        "# Ölçüm raporu\n\nParti :: 26-D-204\n\n| No | Ölçü | Parça 1 | Parça 2 |\n| 1 | 120,0 ±0,3 | 120,1 | 119,9 |\n"
        "| 2 | 32 ±0,15 | 32,04 | 32,09 |\n\nÖlçen: Ahmet Çelik 08.09.2026 - Onay: Zeynep Acar 09.09.2026\n\n"
        "Düzeltme 14.09.2026: parça 2, 32,06 yerine 32,09\n\n{}\n"
    )
    assert not _told("OR-557.docx", text.format("Düzeltmeden sonra yeniden onay: Zeynep Acar 15.09.2026"), "tr")
    assert _told("OR-557.docx", text.format(""), "tr")


@pytest.mark.parametrize(
    ("approved", "head", "raised"),
    [
        ("10.03.2026", "Rev | Tarih | Değişiklik", True),
        ("16.09.2026", "Rev | Tarih | Değişiklik", False),
        ("10.03.2026", "Rev | Tarih | Onaylayan", False),
        ("10.03.2025", "Rev | Tarih | Değişiklik", False),
    ],
)
def test_an_edition_that_nobody_signed(approved, head, raised):
    text = (
        "# TL-14 Muayene talimatı, rev. 03\n\nHer partiden 10 bobin alınır.\n\n"
        f"| {head} |\n| 01 | 11.02.2025 | İlk yayın |\n| 02 | 09.03.2026 | Örnek sayısı |\n| 03 | 15.09.2026 | Numara sapması |\n\n"
        f"Onaylayan :: Murat Doğan, {approved}\n"
    )
    kind = {"kind": "procedure", "mode": "prescription", "criteria": ("traceability",)}
    assert _told("TL-14.docx", text, "tr", **kind) is raised


def test_a_letter_that_tells_of_the_old_signature_over_a_new_figure():
    letter = "Date: | 2026-09-04\n\nDear Trang,\n\nOn 4 Sep I typed the colour as 6, it was 7 on the paper that Mr. Loc signed 24 Aug. {}\n"
    kept = "His signature picture stays the same, so no need to ask him again."
    assert _told("FW COA.eml", letter.format(kept), **LOT)
    assert not _told("FW COA.eml", letter.format("His signature must be renewed before it is sent."), **LOT)
