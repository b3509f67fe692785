"""Red flags on when papers were made and on days that lie ahead, in shapes that hands who had not seen the rules wrote."""

import pytest

from tests.unit.evidence.builders import flags, report


def made(path: str, day: str, created: str = "2026-08-28T09:30:00", **metadata: str):
    return report(
        path,
        f"# Break test\n\nTested on {day}, lot P12-06{day[:2]}, 36.{day[:2]} kN, splice.",
        kind="traceability_record",
        criteria=("traceability",),
        metadata={"created": created, "producer": "Microsoft Word", **metadata},
    )


DAYS = ("11 February 2026", "13 April 2026", "19 May 2026")


def test_three_records_of_one_author_made_on_one_day():
    own = [made(f"{day}.docx", day, author="Lan") for day in DAYS]
    assert flags(*own)["many_records_one_sitting"].explanation.endswith("were all created on 2026-08-28 by Lan.")
    assert "many_records_one_sitting" not in flags(*own[:2])
    assert "many_records_one_sitting" not in flags(*[made(f"{day}.docx", day) for day in DAYS])
    saved = [made(f"{day}.docx", day, last_modified_by="Lan") for day in DAYS]
    assert "many_records_one_sitting" in flags(*saved)


def test_a_file_without_an_author_counts_with_those_of_its_day():
    papers = [made(f"{day}.docx", day, last_modified_by="Lan") for day in DAYS]
    other = made("22 June.xlsx", "22 June 2026", producer="Microsoft Excel")
    assert "4 records" in flags(*papers, other)["many_records_one_sitting"].explanation


@pytest.mark.parametrize(
    ("created", "more"),
    [
        ("2026-05-20T09:30:00", {"author": "Lan"}),  # the last of them on its own day
        ("2026-08-28T09:30:00", {"author": "openpyxl"}),
        ("2026-08-28T09:30:00", {"author": "Lan", "producer": "Apache POI"}),
    ],
)
def test_what_was_made_at_the_end_of_a_month_or_by_a_program_is_no_sitting(created, more):
    assert "many_records_one_sitting" not in flags(*[made(f"{day}.docx", day, created, **more) for day in DAYS])


TRAINING = """=== 2026
| {title} |
| Name | Course | {head} | {last} |
| Ann Lowe | gauges | 11.02.2026 | 88 |
| Ben Ito | gauges | 11.02.2026 | 74 |
| Cem Ak | looms | 28.08.2026 | 81 |
| Dao Vu | looms | 21.12.2026 | {value} |
"""


@pytest.mark.parametrize(
    ("title", "head", "last", "value", "raised"),
    [
        ("Training", "Given on", "Trainer no", "7", True),
        ("Eğitim", "Verildiği gün", "Sicil", "7", True),
        ("Training", "Day", "Score", "79", True),
        ("Pelatihan", "Tgl", "Nilai", "79", True),
        ("PELATIHAN YANG SUDAH DILAKSANAKAN", "Tgl", "Peserta", "14", True),
        ("Đào tạo", "Ngày", "Điểm thi", "79", True),
        ("Training", "Day", "Score", "", False),
        ("Training", "Day", "Hours", "4", False),
        ("Training plan", "Given on", "Score", "79", False),
        ("Pelatihan", "Rencana tgl", "Nilai", "79", False),
    ],
)
def test_a_day_ahead_in_a_column_of_what_was_done(title, head, last, value, raised):
    text = TRAINING.format(title=title, head=head, last=last, value=value)
    paper = report("Matrix.xlsx", text, kind="training_record", criteria=("competence",))
    assert ("date_in_future" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Effectiveness :: seen on 14-12-2026, three lots 0 failures of 5,920", True),
        ("Effectiveness :: to be seen on 14-12-2026 at three lots", False),
        ("Efektivitas :: telah dilakukan pemeriksaan 14-12-2026, 3 lot tanpa cacat", True),
        ("Etkinlik :: 14-12-2026 günü görüldü, üç partide hata yok", True),
        ("Etkinlik :: 14-12-2026 günü bakılacak, hedef 0 hata", False),
        ("Check :: metal detector retained nothing, looked at 14-12-2026", True),
        ("Check :: planned for 14-12-2026", False),
        ("Review :: 14-12-2026, 40 kits counted, none short", True),
        ("Durum :: açık, cevap günü 14-12-2026", False),
        ("Karar :: tank kiralanmasına karar verildi, Selim, 14-12-2026", False),
        ("Karar :: Selim takip edecek, 14-12-2026 tarihinde", False),
    ],
)
def test_a_sentence_on_what_was_done_on_a_day_ahead(line, raised):
    text = f"# CAPA 26-12\n\nRaised :: 16-06-2026 || Source :: field return\nProblem :: 23 drivers dead\n{line}\n"
    paper = report("CAPA.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert ("date_in_future" in flags(paper)) is raised


def test_a_plan_that_another_cell_tells_of_says_nothing_of_the_day():
    rows = "".join(
        f"| {n} | 0{n}.03.2026 | delivery plan was late by a whole week | 1{n}.04.2026 |\n" for n in range(1, 5)
    )
    sheet = f"=== a\n| No | Opened | Complaint | Closed |\n{rows}| 6 | 01.06.2026 | the next target for delivery was not met | {{}} |\n"
    taken = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}
    assert "date_in_future" in flags(report("Log.xlsx", sheet.format("14.12.2026"), **taken))
    assert "date_in_future" not in flags(report("Log.xlsx", sheet.format("14.06.2026"), **taken))


def test_a_gauge_of_taiwan_calibrated_in_a_month_to_come():
    sheet = "=== 115年\n| 量具編號 | 名稱 | 本次校正 | 結果 | 下次 |\n" + "".join(
        f"| DM-0{n} | 分厘卡 | {day} | 合格 | {next_day} |\n"
        for n, (day, next_day) in enumerate(
            [
                ("115/03/12", "116/03/11"),
                ("115/03/13", "116/03/12"),
                ("115/12/08", "116/12/07"),
                ("115/05/26", "116/05/25"),
            ]
        )
    )
    taken = {"kind": "calibration_record", "criteria": ("calibration",), "language": "zh"}
    assert "date_in_future" in flags(report("校正.xlsx", sheet, **taken))
    assert "date_in_future" not in flags(report("校正.xlsx", sheet.replace("115/12/08", "115/02/08"), **taken))


@pytest.mark.parametrize(
    ("title", "raised"), [("114 年度不合格品處理一覽表", True), ("115 年度不合格品處理一覽表", False)]
)
def test_days_of_taiwan_under_a_heading_that_names_a_year(title, raised):
    rows = "".join(f"| 115/0{n}/14 | 染整 | 布帶色差 4 級以下 | 82{n} m | 重染 |\n" for n in range(1, 6))
    text = f"{title}\n\n| 日期 | 站別 | 內容 | 數量 | 處置 |\n{rows}"
    paper = report("一覽.pdf", text, kind="corrective_action_record", criteria=("corrective_action",), language="zh")
    assert ("heading_year_left_over" in flags(paper)) is raised


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Dear [Mr/Mrs name], half of the sheets had been cut with the grain across.", True),
        ("The cartons were folded at 40 places out of [number] and no crack seen.", True),
        ("Defects [number] | Weight [kg] | Day", False),
        ("The cartons of [customer] were folded at 40 places [2] and no crack seen.", False),
    ],
)
def test_what_the_sentence_of_a_model_letter_left_open(line, raised):
    text = f"# Your complaint of 5 May 2026\n\n12 May 2026\n\n{line}\n"
    letter = report("Letter.docx", text, kind="corrective_action_record", criteria=("corrective_action",))
    assert ("placeholder_left" in flags(letter)) is raised
