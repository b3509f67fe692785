"""Points, suppliers and cases that are all judged in one sentence, wherever it stands."""

import pytest

from tests.unit.evidence.builders import flags, report

RULE = "same_sentence_as_verdict"


def _raised(kind: str, text: str) -> bool:
    criteria = {"internal_audit_record": "internal_audit", "supplier_evaluation_record": "supplier_control"}
    made = report("paper.docx", text, kind=kind, criteria=(criteria.get(kind, "corrective_action"),))
    return RULE in flags(made)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "internal_audit_record",
            "# Đánh giá nội bộ ngày 12/03/2026\n\n| Điều khoản | Nội dung | Ghi nhận | KQ |\n"
            + "\n".join(f"| {c} | {w} | Bộ phận thực hiện đúng quy định | Đạt |" for c, w in [("7.1.5", "thiết bị"), ("7.2", "đào tạo"), ("8.4", "mua hàng"), ("8.7", "hàng lỗi")]),
        ),
        (
            "internal_audit_record",
            "# 内部審核報告 2026-03-12\n\n| 條款 | 內容 | 審核記錄 |\n"
            + "\n".join(f"| {c} | {w} | 現場查核均按規定執行並符合要求 |" for c, w in [("7.1.5", "量具"), ("7.2", "訓練"), ("8.4", "採購"), ("8.5", "生產"), ("8.7", "不良品")]),
        ),
        (
            "supplier_evaluation_record",
            "# Vendor evaluation June 2026\n\n| Vendor | Item | Points | Assessor's remark |\n"
            + "\n".join(f"| {v} | {i} | {p} | Vendor meets our requirements in all respects |" for v, i, p in [("Uva Board", "cartons", 82), ("Kelani Foils", "pouches", 79), ("Ratna Estate", "leaf", 91), ("Matale Pallets", "pallets", 74)]),
        ),
        (
            "corrective_action_record",
            "# DÖF özeti\n\n"
            + "\n\n".join(f"DÖF {n} ({d}) {w}. Değerlendirme: Faaliyetin etkin olduğu görüldü." for n, d, w in [(1, "04.01.2026", "leke: filtre değişti"), (2, "09.02.2026", "ebat: şablon yenilendi"), (3, "04.03.2026", "geç sevk: plan haftalık"), (4, "14.04.2026", "renk: reçete kilitlendi")]),
        ),
    ],
)  # fmt: skip
def test_one_sentence_behind_every_point_is_flagged(kind: str, text: str) -> None:
    assert _raised(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "internal_audit_record",
            "# Internal audit 12 March 2026\n\n| Clause | Question | Seen | Result |\n| 7.1.5 | gauges | G-12 labelled to June | conforms |\n"
            "| 7.2 | training | matrix of 3 March | conforms |\n| 8.4 | vendors | 4 of 5 rated | conforms |\n| 8.7 | rejects | cage locked | conforms |",
        ),
        (
            "internal_audit_record",
            "# Internal audit 12 March 2026\n\n| Clause | Question | Seen |\n| 7.1.5 | gauges | no deviation from the procedure found |\n"
            "| 7.2 | training | no deviation from the procedure found |\n| 8.4 | vendors | two of nine not rated |\n| 8.5 | traveller | lot missing on 3 |\n"
            "| 8.7 | rejects | no deviation from the procedure found |",
        ),
        (
            "supplier_evaluation_record",
            "# Vendors 2026\n\n| Vendor | Item | Responsible | Points |\n| Uva Board | cartons | Purchasing department of the head office | 82 |\n"
            "| Kelani Foils | pouches | Purchasing department of the head office | 79 |\n| Ratna | leaf | Purchasing department of the head office | 91 |\n"
            "| Matale | pallets | Purchasing department of the head office | 74 |",
        ),
    ],
)
def test_short_verdicts_mixed_remarks_and_who_is_responsible_are_ordinary(kind: str, text: str) -> None:
    assert not _raised(kind, text)
