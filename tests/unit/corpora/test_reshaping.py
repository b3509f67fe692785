"""The same paper laid out otherwise says the same."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpora import reshaping
from corpora.authored import AuthoredDocument, AuthoredSupplier, load_document
from corpora.reshaping import WAYS, other_heads, reshaped, reshaped_document

REGISTER = """---
file: register.xlsx
render: xlsx
kind: corrective_action_record
reading: living
language: en
---
=== CAPA

@record corrective_action
| Corrective actions 2026 | < | < | < |
| No | Problem | Root cause | Closed |
| 1 | Burr on the flange of lot 26C07 | Die worn at 42,000 shots, no limit set | 12-Mar-2026 |
| 2 | Label of another model on carton 14 | Two reels side by side at the printer | 2026-04-02 |
| 3 | Bore 10.06, limit 10.05 | Insert changed, offset not zeroed | 15/04/2026 |
| kept by QA | < | < | < |
"""

FIGURES = """---
file: kpi.xlsx
render: xlsx
kind: metrics_record
reading: living
language: vi
---
=== KPI

@record quality_metrics
| Chỉ tiêu (%) | T1 | T2 | T3 |
| FPY (%) | 98,1 | 98,4 | 98,9 |
| OTD (%) | 96,0 | 95,2 | 97,3 |
"""


def written(folder: Path, text: str) -> AuthoredDocument:
    path = folder / "01.md"
    path.write_text(text, encoding="utf-8")
    return load_document(path, "somebody")


def cells(document: AuthoredDocument) -> Iterator[str]:
    for block in document.blocks():
        yield from (cell for row in block.rows for cell in row.cells if cell not in ("", "<", "^"))
        yield from (field.value for field in block.fields if field.value)


@pytest.mark.parametrize("way", ["turned", "shuffled", "cards"])
@pytest.mark.parametrize("text", [REGISTER, FIGURES])
def test_what_stands_in_the_rows_stays(tmp_path: Path, way: str, text: str) -> None:
    document = written(tmp_path, text)
    before, after = Counter(cells(document)), Counter(cells(reshaped_document(document, way)))
    heads = {cell for block in document.blocks() for row in block.rows[:2] for cell in row.cells}
    assert {cell: count for cell, count in before.items() if cell not in heads} == {
        cell: count for cell, count in after.items() if cell not in heads
    }


def test_each_row_of_a_register_becomes_a_form(tmp_path: Path) -> None:
    made = reshaped_document(written(tmp_path, REGISTER), "cards")
    forms = [block for block in made.blocks() if block.kind == "form"]
    assert [form.fields[1].value for form in forms] == [
        "Burr on the flange of lot 26C07", "Label of another model on carton 14", "Bore 10.06, limit 10.05"
    ]  # fmt: skip
    assert [field.name for field in forms[0].fields] == ["No", "Problem", "Root cause", "Closed"]


def test_a_sheet_is_turned_and_a_register_is_not(tmp_path: Path) -> None:
    register, figures = written(tmp_path, REGISTER), written(tmp_path, FIGURES)
    assert reshaped_document(register, "turned") == register
    (table,) = reshaped_document(written(tmp_path, FIGURES), "turned").blocks()
    assert [row.cells for row in table.rows] == [
        ("Chỉ tiêu (%)", "FPY (%)", "OTD (%)"), ("T1", "98,1", "96,0"), ("T2", "98,4", "95,2"), ("T3", "98,9", "97,3")
    ]  # fmt: skip
    assert figures.parts[0].blocks[0].rows[0].cells[0] == "Chỉ tiêu (%)"


def test_units_move_below_their_heads_and_titles_stay_whole(tmp_path: Path) -> None:
    (table,) = reshaped_document(written(tmp_path, FIGURES), "two rows").blocks()
    assert [row.cells for row in table.rows[:2]] == [("Chỉ tiêu", "T1", "T2", "T3"), ("%", "", "", "")]
    (table,) = reshaped_document(written(tmp_path, REGISTER), "numbered").blocks()
    assert table.rows[0].cells == ("Corrective actions 2026", "<", "<", "<", "<")
    assert [row.cells[0] for row in table.rows[1:5]] == ["", "", "", ""]


def test_dates_are_the_same_days(tmp_path: Path) -> None:
    (table,) = reshaped_document(written(tmp_path, REGISTER), "dates").blocks()
    assert [row.cells[3] for row in table.rows[2:5]] == ["2026-03-12", "2 Apr 2026", "15-Apr-2026"]


def test_heads_are_said_in_other_words_only_where_a_row_is_one_of_heads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"Problem": ("Trouble", "What happened"), "Root cause": ("Why",), "Closed": ("Finished on", "Shut")}
    monkeypatch.setattr(reshaping, "other_heads", lambda: words)
    document = written(tmp_path, REGISTER.replace("Two reels side by side at the printer", "Closed"))
    (table,) = reshaped_document(document, "heads").blocks()
    assert table.rows[1].cells == ("No", "Trouble", "Why", "Finished on")
    assert table.rows[3].cells[2] == "Closed"
    (table,) = reshaped_document(document, "heads2").blocks()
    assert table.rows[1].cells == ("No", "What happened", "Why", "Shut")


def test_a_table_with_a_chart_stays(tmp_path: Path) -> None:
    document = written(tmp_path, FIGURES + "\n!chart line FPY\n")
    assert reshaped_document(document, "turned") == document


def test_the_words_for_heads_are_other_words_with_the_same_figures() -> None:
    words = other_heads()
    assert len(words) > 2_000
    for head, others in words.items():
        assert 1 <= len(others) <= 2, head
        assert all(other.strip() == other and "|" not in other for other in others), head
    kept = [
        set(re.findall(r"\d+", head)) <= set(re.findall(r"\d+", " ".join(others))) for head, others in words.items()
    ]
    assert sum(kept) > 0.97 * len(kept)


def test_every_way_leaves_papers_that_can_be_written(tmp_path: Path) -> None:
    for text in (REGISTER, FIGURES):
        document = written(tmp_path, text)
        for way in WAYS:
            made = reshaped_document(document, way)
            assert replace(made, parts=document.parts) == document
            assert all(
                block.kind != "table" or len({len(row.cells) for row in block.rows}) == 1 for block in made.blocks()
            )


def test_a_workbook_is_printed_with_the_names_of_its_sheets(tmp_path: Path) -> None:
    made = reshaped_document(written(tmp_path, REGISTER), "printed")
    assert (made.file, made.render) == ("register.pdf", "pdf")
    assert [block.text for block in made.blocks() if block.kind == "heading"] == ["CAPA"]
    assert Counter(cells(made)) == Counter(cells(written(tmp_path, REGISTER)))


@pytest.mark.parametrize("front", ["modified: 2026-04-02", "created: 2026-04-02"])
def test_what_only_the_first_kind_of_file_tells_stays_in_it(tmp_path: Path, front: str) -> None:
    document = written(tmp_path, REGISTER.replace("language: en", f"language: en\n{front}"))
    assert reshaped_document(document, "scanned") == document


def test_nobody_makes_an_editable_file_of_a_certificate(tmp_path: Path) -> None:
    text = REGISTER.replace("corrective_action_record", "certificate").replace("xlsx", "pdf").replace("=== CAPA\n", "")
    document = written(tmp_path, text)
    assert reshaped_document(document, "typed") == document
    assert reshaped_document(document, "scanned").render == "scan"


def test_a_mail_names_its_attachments_as_they_are_sent_now(tmp_path: Path) -> None:
    mail = REGISTER.replace("render: xlsx", "render: eml\nattach: register.xlsx").replace("=== CAPA\n", "")
    sheet, letter = written(tmp_path, REGISTER), written(tmp_path, mail.replace("register.xlsx", "mail.eml", 1))
    about = dict.fromkeys(("id", "name", "industry", "country", "split", "reference_date", "story"), "")
    supplier = AuthoredSupplier(**about, demo=False, documents=(sheet, letter))
    assert reshaped(supplier, "printed").documents[1].front["attach"] == ["register.pdf"]
