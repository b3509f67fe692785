"""One fault planted in papers that are otherwise left as they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpora.authored import AuthoredSupplier, load_document
from corpora.planting import told_again
from corpora.planting_cases import look_under_any_head, without_cause, without_look, without_marks
from corpora.planting_limits import beyond_limits, limits_elsewhere

LOG = """---
file: log.xlsx
render: xlsx
kind: traceability_record
reading: living
language: id
---
=== Log

@record traceability
| Tgl | Lot | Kadar air % (maks 12) | Tebal mm 17,5 ± 0,4 | Catatan |
| 01/10 | P-01 | 10,4 | 17,6 | |
| 02/10 | P-02 | 11,1 | 17,4 | dikeringkan lagi 03/10, ok |
| 05/10 | P-03 | 9,8 | 17,7 | |
| 06/10 | P-04 | 10,9 | 17,3 | |
"""

SHEET = """---
file: kpi.xlsx
render: xlsx
kind: metrics_record
reading: living
language: vi
---
=== KPI

@record quality_metrics
| Chỉ tiêu | Mục tiêu | T1 | T2 | T3 | T4 |
| Phế phẩm (%) | 2,5 | 3,1 | 2,9 | 2,6 | 2,7 |
| Phế phẩm (%) | 2,5 | 3,1 | 2,9 | 2,6 | 2,7 |
"""


def supplier(folder: Path, text: str) -> AuthoredSupplier:
    path = folder / "01.md"
    path.write_text(text, encoding="utf-8")
    made = load_document(path, "somebody")
    return AuthoredSupplier("somebody", "Somebody", "castings", "ID", False, "train", "2026-11-20", "", (made,))


def test_one_reading_lies_beyond_its_limit_in_a_row_that_says_nothing(tmp_path: Path) -> None:
    before = supplier(tmp_path, LOG)
    (planted,) = beyond_limits(before)
    rows, earlier = (next(made.documents[0].blocks()).rows for made in (planted.supplier, before))
    (changed,) = [(row.cells, was.cells) for row, was in zip(rows, earlier, strict=True) if row != was]
    differing = [(new, old) for new, old in zip(*changed, strict=True) if new != old]
    assert differing in [[("15,0", was)] for was in ("10,4", "9,8", "10,9")] + [
        [("18,1", was)] for was in ("17,6", "17,7", "17,3")
    ]
    assert changed[0][1] != "P-02"
    assert [one.what for one in beyond_limits(before)] == [planted.what]  # each run plants the same


@pytest.mark.parametrize("right", [True, False])
def test_a_figure_of_the_sheet_is_told_in_minutes_by_its_name(tmp_path: Path, right: bool) -> None:
    (planted,) = told_again(supplier(tmp_path, SHEET), right=right)
    assert "Phế phẩm" in planted.what
    assert planted.supplier.documents[1].kind == "management_review_record"
    figures = {"3,1": 1, "2,9": 2, "2,6": 3, "2,7": 4}
    told = next((month for figure, month in figures.items() if f" {figure}" in planted.what), None)
    assert (told is not None and f"tháng {told}" in planted.what) is right


def test_nothing_is_planted_where_nothing_is_limited_or_told_by_months(tmp_path: Path) -> None:
    assert not list(beyond_limits(supplier(tmp_path, LOG.replace("(maks 12)", "").replace("± 0,4", ""))))
    assert not list(beyond_limits(supplier(tmp_path, LOG.replace("10,9", "12,9").replace("17,3", "19,9"))))
    assert not list(told_again(supplier(tmp_path, SHEET.replace("| T3 | T4 |", "| A | B |")), right=True))
    aimed = supplier(tmp_path, LOG)
    assert not list(beyond_limits(replace(aimed, documents=(replace(aimed.documents[0], kind="metrics_record"),))))


CASES = """---
file: capa.xlsx
render: xlsx
kind: corrective_action_record
reading: living
language: id
---
=== CAPA

@record corrective_action
| No | Masalah | Akar masalah | Tindakan | Selesai | Efektivitas |
| 1 | Bocor | Seal aus | Ganti seal | 10/01 | 3 lot, 0 bocor |
| 2 | Retak | Suhu rendah | Alarm suhu | 11/02 | 4 lot, 0 retak |
| 3 | Karat | Pelapis tipis | Ukur tebal | 12/03 | 2 lot, 0 karat |
"""

MARKS = """---
file: evaluasi.xlsx
render: xlsx
kind: supplier_evaluation_record
reading: living
language: id
---
=== 2026

@record supplier_control
| Pemasok | Barang | Mutu | Kirim |
| CV Satu | Kawat | 88 | 91 |
| CV Dua | Pita | 75 | 80 |
| CV Tiga | Cat | 90 | 70 |
"""


def _head(one: AuthoredSupplier) -> tuple[str, ...]:
    return next(one.documents[0].blocks()).rows[0].cells


def test_a_register_loses_a_column_or_only_the_word_for_it(tmp_path: Path) -> None:
    before = supplier(tmp_path, CASES)
    (dropped,), (renamed,), (unreasoned,) = (
        list(plant(before)) for plant in (without_look, look_under_any_head, without_cause)
    )
    assert _head(dropped.supplier) == ("No", "Masalah", "Akar masalah", "Tindakan", "Selesai")
    assert _head(renamed.supplier)[5] == "Informasi"
    assert not renamed.raises
    assert _head(unreasoned.supplier) == ("No", "Masalah", "Tindakan", "Selesai", "Efektivitas")


def test_an_evaluation_loses_its_marks(tmp_path: Path) -> None:
    (planted,) = without_marks(supplier(tmp_path, MARKS))
    rows = [row.cells for row in next(planted.supplier.documents[0].blocks()).rows]
    assert rows[1:] == [("CV Satu", "Kawat", "", ""), ("CV Dua", "Pita", "", ""), ("CV Tiga", "Cat", "", "")]


@pytest.mark.parametrize("place", ["title", "below", "row", "paper"])
def test_limits_move_out_of_their_head(tmp_path: Path, place: str) -> None:
    (planted,) = limits_elsewhere(supplier(tmp_path, LOG), place=place, beyond=False)
    blocks = list(planted.supplier.documents[0].blocks())
    rows = next(block.rows for block in blocks if block.rows)
    laid = [
        " ".join(row.cells) for made in planted.supplier.documents[1:] for block in made.blocks() for row in block.rows
    ]
    told = {"title": blocks[0].text, "below": blocks[-1].text, "row": " ".join(rows[1].cells), "paper": laid[-1:]}[
        place
    ]
    told = "".join(told)
    assert ("maks 12" in told) != ("17,5 ± 0,4" in told)
    assert ("maks 12" in rows[0].cells[2]) != ("17,5 ± 0,4" in rows[0].cells[3])
    assert not planted.raises
