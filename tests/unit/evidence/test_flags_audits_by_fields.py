"""Audits by their fields and sentences: a field for findings that holds a word for nothing, an auditor with his rank behind his name, an audit
of which minutes tell only the month; each with its near miss.
"""

import pytest

from evidence.facts.people import normal
from evidence.flags.zero_counts import field_denies_finding
from tests.unit.evidence.builders import flags, report

AUDITS = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


@pytest.mark.parametrize(
    "field",
    [
        "Findings | none",
        "Điểm không phù hợp | không có",
        "Temuan : tidak ada",
        "Penemuan | tiada",
        "ข้อบกพร่อง | ไม่มี",
        "不符合项：无",
        "不符合項 | 無",
        "지적사항 : 없음",
        "指摘事項 | なし",
        "Bulgular | yok",
    ],
)
def test_a_field_for_findings_that_holds_a_word_for_nothing(field):
    assert field_denies_finding(field)


@pytest.mark.parametrize(
    "field", ["Findings | 2 minor", "Auditor | none", "Temuan | tidak ada label di rak 4", "Remarks | none"]
)
def test_a_field_that_denies_no_finding(field):
    assert not field_denies_finding(field)


REPORT = """# Báo cáo đánh giá nội bộ lần 1/2026
Ngày đánh giá :: 18/05/2026 || Trưởng đoàn :: Lê Văn Minh
Kinh doanh, mua hàng, xưởng may, kho và KCS đã được đánh giá theo ISO 9001.
Điểm không phù hợp :: {0}
Kết luận :: hệ thống được duy trì"""


def test_a_report_whose_field_for_findings_is_empty_in_words():
    def all_good(told: str) -> bool:
        return "audits_without_finding" in flags(report("bao cao.docx", REPORT.format(told), language="vi", **AUDITS))

    assert all_good("không có")
    assert not all_good("2 thẻ kho chưa ký, đã ký lại 25/05/2026")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("이정훈 과장", "이정훈"),
        ("박영희님", "박영희"),
        ("森田 課長", "森田"),
        ("佐野さん", "佐野"),
        ("王芳 主管", "王芳"),
        ("김철수", "김철수"),
        ("생산부장", "생산부장"),
    ],
)
def test_a_name_without_the_rank_behind_it(written, name):
    assert normal(written) == name


OWN = """# 내부심사 실시현황 2026
| 부서 | 부서장 | 심사원 | 지적사항 |
| 생산팀 | 최민호 | 이정훈 과장 | 작업표준서 구판 1건, 6/2 교체 |
| 품질팀 | {head} | 이정훈 과장 | 없음 |"""


def test_an_auditor_with_his_rank_who_heads_what_he_audits():
    def own(head: str) -> bool:
        return "auditor_not_independent" in flags(report("심사.xlsx", OWN.format(head=head), language="ko", **AUDITS))

    assert own("이정훈")
    assert not own("정수진")


MINUTES = """# Yönetim Gözden Geçirme Toplantısı
Tarih :: 10 Temmuz 2026 || Katılanlar :: Genel müdür, kalite, üretim
1. Son iç tetkik {0}'te yapıldı, sonraki planlanacak.
2. Müşteri şikayetleri 4 adet, geçen yıl 7."""


def test_minutes_that_tell_only_the_month_of_the_last_audit():
    def too_old(month: str) -> bool:
        paper = report(
            "YGG.docx",
            MINUTES.format(month),
            kind="management_review_record",
            criteria=("management_review",),
            language="tr",
        )
        return "internal_audit_too_old" in flags(paper)

    assert too_old("Mart 2025")
    assert not too_old("Mart 2026")
