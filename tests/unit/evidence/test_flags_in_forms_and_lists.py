"""Flags whose defect stands in a form, a list, a register or a letter, each beside the near miss that must stay silent."""

from tests.unit.evidence.builders import certificate, flags, report

TRACE = {"kind": "traceability_record", "criteria": ("traceability",)}
CASE = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
AUDIT = {"kind": "internal_audit_record", "criteria": ("internal_audit",)}


def test_a_promise_is_no_check_of_the_effect() -> None:
    def told(effect: str) -> object:
        return report(
            "CAPA 4.docx",
            f"# Tindakan perbaikan 4\n\nTanggal :: 3 Maret 2026\nMasalah :: tutup retak\nPenyebab :: cetakan dingin\nTindakan :: pemanas dipasang\nEfektivitas :: {effect}\nDitutup :: 20 Maret 2026\n",
            **CASE,
        )

    assert "no_effectiveness_check" in flags(told("akan dicek"))
    assert "no_effectiveness_check" not in flags(told("April sampai Juni 44 lot, 0 retak"))


def test_the_head_of_the_area_in_brackets() -> None:
    def audit(name: str) -> object:
        return report(
            "内审.docx",
            f"# 内部审核报告\n\n审核日期 :: 2026-06-03 || 审核员 :: 王建军\n受审部门 :: 磨工车间（{name}）\n不符合 :: 砂轮记录空白，6月19日整改完成\n",
            **AUDIT,
        )

    assert "auditor_not_independent" in flags(audit("王建军"))
    assert "auditor_not_independent" not in flags(audit("李文"))


def _targets(period: str) -> object:
    return report(
        "Targets.docx",
        f"# Quality targets ({period})\n\nScrap below 1.5 %\nReturns not more than 4\nOn-time delivery at least 96 %\n",
        kind="procedure",
        mode="prescription",
        criteria=("quality_metrics",),
    )


def test_of_targets_that_lie_ahead_no_figures_are_asked() -> None:
    assert "kpi_target_without_series" not in flags(_targets("October 2026 to September 2027"))
    assert "kpi_target_without_series" in flags(_targets("October 2025 to September 2026"))


def test_a_study_is_judged_by_its_figure_whatever_it_was_taken_for() -> None:
    def study(cpk: str, verdict: str, day: str = "Date :: 4 May 2026 || ") -> object:
        return report(
            "Study.xlsx",
            f"# Capability study\n\n{day}Pieces :: 50\nCp :: 1.21 || Cpk :: {cpk}\nRule :: above 1.33 good / below 1.00 not capable\nResult :: {verdict}\n",
            kind="procedure",
            mode="prescription",
        )

    assert "conclusion_contradicts_data" in flags(study("0.84", "process capable"))
    assert "conclusion_contradicts_data" not in flags(study("1.41", "process capable"))
    assert "conclusion_contradicts_data" not in flags(study("0.84", "process not capable, sorted 100 %"))
    assert "conclusion_contradicts_data" not in flags(study("0.84", "process capable", ""))  # an example in a rule


def test_a_gauge_is_judged_by_its_error_and_not_by_the_rule_beside_it() -> None:
    def study(share: str) -> object:
        return report(
            "Gauge.xlsx",
            f"# Gauge study\n\nDate :: 4 May 2026 || Gauge :: M-7\nEV :: 12.0 || %GRR :: {share}\nRule :: below 10 good / above 30 not acceptable\nResult :: gauge is acceptable\n",
            kind="procedure",
            mode="prescription",
        )

    assert "conclusion_contradicts_data" in flags(study("38.1"))
    assert "conclusion_contradicts_data" not in flags(study("9.4"))


def test_what_was_checked_behind_a_word_for_signing_is_the_check() -> None:
    def told(checked: str) -> object:
        return report(
            "8D 12.docx",
            f"# 8D 12\n\nCame :: 3 March 2026\nProblem :: pin bent on 9 pieces\nCause :: tray too shallow by 4 mm\nAction :: deeper tray from 12 March 2026\nChecked :: {checked}\nClosed :: 30 April 2026\n",
            **CASE,
        )

    assert "no_effectiveness_check" not in flags(told("five deliveries in April, 2,400 pieces, none of them bent"))
    assert "no_effectiveness_check" in flags(told("P. Lind, 30 April 2026"))


def test_the_rows_of_a_register_are_no_form() -> None:
    rows = "\n".join(
        f"| K-{number} | {number} March 2026 | seam open on {number} bags | needle worn after the long run | needle changed every shift | {number + 9} March 2026 | {number} May 2026, 300 bags good |"
        for number in (2, 5, 9)
    )
    register = report(
        "ทะเบียน.xlsx", f"=== 1\n| เลขที่ | วันที่แจ้ง | ปัญหา | สาเหตุ | การแก้ไข | เสร็จ | ติดตามผล |\n{rows}\n", **CASE
    )
    assert "no_effectiveness_check" not in flags(register)
    assert not [fact for fact in register.facts if fact.kind == "case" and fact.role == "form"]


def test_a_field_without_a_known_head_before_the_action_holds_the_cause() -> None:
    def told(study: str) -> object:
        return report(
            "Phieu 7.docx",
            f"# Phiếu 7\n\nNgày phát hiện :: 02/07/2026 || Sự việc :: rò dầu ở 4 máy\n{study}Biện pháp :: đổi gioăng từ 10/07/2026\nXác nhận hiệu quả :: 28/08/2026, 60 máy không rò\nĐóng :: 30/08/2026\n",
            kind="corrective_action_record",
            criteria=("corrective_action", "supplier_control"),
        )

    assert "no_root_cause" not in flags(told("Phân tích :: gioăng của đợt tháng 5 cứng quá mức yêu cầu\n"))
    assert "no_root_cause" in flags(told(""))


def test_a_supplier_named_in_a_form_of_empty_fields() -> None:
    def rated(quality: str) -> object:
        return report(
            "Sheet.docx",
            f"# Supplier evaluation\n\nSupplier :: North Wire || We buy :: wire\nDate :: 12 May 2026 || By :: A. Holt\nQuality (0-10) :: {quality}\nDelivery (0-10) :: {quality}\nPrice (0-10) :: {quality}\nTotal :: {quality}\n",
            kind="supplier_evaluation_record",
            criteria=("supplier_control",),
        )

    assert "evaluation_without_result" in flags(rated(""))
    assert "evaluation_without_result" not in flags(rated("8"))


def test_a_list_of_suppliers_in_lines() -> None:
    def listed(rating: str) -> object:
        return report(
            "Suppliers.docx",
            "# Approved supplier list\n\n"
            + "\n".join(
                f"{name}: {goods}, 040 555 {1000 + at}{rating}"
                for at, (name, goods) in enumerate(
                    (("North Wire", "wire"), ("Holm Paint", "paint"), ("Kay Boxes", "boxes"))
                )
            )
            + "\n",
            mode="other",
        )

    assert "supplier_list_without_evaluation" in flags(listed(""))
    assert "supplier_list_without_evaluation" not in flags(listed(", score 87"))


def test_goods_and_services_are_no_rating() -> None:
    def listed(head: str, cells: tuple[str, str, str]) -> object:
        rows = "\n".join(
            f"| {name} | {cell} | 02-555-018 |"
            for name, cell in zip(("North Wire", "Holm Paint", "Kay Boxes"), cells, strict=True)
        )
        return report("Supplier list.xlsx", f"=== 1\n| Supplier | {head} | Phone |\n{rows}\n", mode="prescription")

    assert "supplier_list_without_evaluation" in flags(listed("Product / service", ("wire T8", "painting", "boxes")))
    assert "supplier_list_without_evaluation" not in flags(listed("Service", ("8", "9", "7")))


def test_findings_numbered_before_their_word_and_a_mail_that_nobody_answered() -> None:
    found = "# Internal audit\n\nDate :: 10 March 2026 || Auditor :: M. Teale\n\n1. Nonconformity. Wire coils in bay 2 carry no label.\n2. Nonconformity. Booking ledger not kept since February.\n"
    audit = report("Audit.docx", found, **AUDIT)
    mail = report(
        "Points.docx", "None of the points of my report on coils, label, bay and ledger has had an answer.\n", **CASE
    )
    assert "audit_findings_not_followed_up" in flags(audit, mail)
    done = report("Audit.docx", found.replace("no label.", "no label; labelled, closed 2 April 2026."), **AUDIT)
    assert "audit_findings_not_followed_up" not in flags(done)


def test_findings_closed_in_long_chinese_signs() -> None:
    def audit(end: str) -> object:
        return report(
            "內部稽核.docx",
            f"# 內部稽核報告\n\n稽核日期:115 年 3 月 18 日。稽核員:王雅惠。\n\n缺失 1:分析紀錄二月第三週未做。{end}\n缺失 2:量具箱內有報廢卡尺一支。\n",
            **AUDIT,
        )

    assert "audit_findings_not_followed_up" not in flags(audit("改由早班固定取樣,複查四週皆有,結案。"))
    assert "audit_findings_not_followed_up" in flags(audit(""))


def test_a_cause_that_repeats_the_problem_with_a_prefix() -> None:
    def told(cause: str) -> object:
        return report(
            "LKS 3.docx",
            f"# Laporan ketidaksesuaian 3\n\nTanggal :: 3 Maret 2026\nMasalah :: karet roda lepas dari velg, 33 pcs\nAkar masalah :: {cause}\nTindakan :: 33 pcs diganti\n",
            **CASE,
        )

    assert "no_root_cause" in flags(told("karet terlepas dari velg roda"))
    assert "no_root_cause" not in flags(told("lem kedaluwarsa dua bulan"))


def test_the_accreditation_body_by_its_other_sign() -> None:
    def held(line: str) -> object:
        return report(
            "ใบรับรอง.pdf",
            f"# ใบรับรอง\n\nบริษัท ล้านนา เซอร์ทิฟาย จำกัด รับรองว่า\n\nบริษัท ผ้าไหมทอง จำกัด\n\nISO 9001:2015 ขอบข่าย การทอผ้า\n\nเลขที่ LC-77\n\nออกให้ 12 มีนาคม 2567\n\nหมดอายุ 11 มีนาคม 2570\n\n{line}\n",
            kind="certificate",
            mode="credential",
            criteria=("certification",),
        )

    assert "no_accreditation" not in flags(held("รับรองระบบงาน: NSC"))
    assert "no_accreditation" in flags(held("เอกสาร: NSC"))


def test_a_figure_put_in_the_place_of_another_after_the_approval() -> None:
    def record(note: str) -> object:
        return report(
            "Coating.docx",
            f"# Coating record lot K0512\n\nLot :: K0512\nThickness :: 9.1 / 8.8 / 9.4\nApproved by :: P. Lind, 13 May 2026\nNote :: {note}\n",
            **TRACE,
        )

    assert "changed_after_signature" in flags(record("27 May 2026, second reading 7.2 changed to 8.8"))
    assert "changed_after_signature" not in flags(record("12 May 2026, second reading 7.2 changed to 8.8"))
    assert "changed_after_signature" not in flags(record("27 May 2026, lot sent, 40 boxes"))


def test_a_manual_of_gaps_is_no_blank_form() -> None:
    def paper(text: str) -> object:
        return report("Manual.docx", f"# Quality manual\n\n{text}\n", kind="blank_form", mode="template")

    assert "placeholder_left" in flags(paper("[COMPANY NAME] supplies what its customers ask for."))
    assert "placeholder_left" not in flags(paper("Holm Paint supplies what its customers ask for."))
    fields = report("Form of manual.docx", "# Form\n\nName :: [COMPANY NAME]\n", kind="blank_form", mode="template")
    assert "placeholder_left" not in flags(fields)


def test_the_words_of_a_name_scattered_over_a_certificate_do_not_name_it() -> None:
    other = report("Lot.docx", "# Northern Lake Steel Frames, final inspection lot K7\n\nLot :: K7\n", **TRACE)

    def held(more: str) -> object:
        return certificate(holder="Phu Thanh Mechanical JSC", scope="making of steel bicycle frames", more=more)

    supplier = "Northern Lake Steel Frames Ltd"
    assert "certificate_other_holder" in flags(held("Northern office, Lake Road 7."), other, supplier=supplier)
    assert "certificate_other_holder" not in flags(
        held("Site: Northern Lake Steel Frames, Lake Road 7."), other, supplier=supplier
    )
