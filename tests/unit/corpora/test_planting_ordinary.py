"""What is ordinary, planted beside the papers of a bundle: each form says what it must, and nothing is planted where nothing fits."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.authored import LANGUAGES, AuthoredSupplier, load_document
from corpora.planting_copies import (
    before_last_rows,
    blank_of,
    deck_of,
    each,
    for_other_parts,
    in_other_format,
    request_of,
)
from corpora.planting_files import converted, half_sums, with_hidden
from corpora.planting_ordinary import TOGETHER, planted
from corpora.planting_papers import PAPERS, in_two_languages, laid_beside, paper

REGISTER = """---
file: Shipped lots October.xlsx
render: xlsx
kind: traceability_record
reading: living
language: en
---
@record traceability
=== Oct

| Day | Lot | Pieces |
| 01.10.2026 | K-101 | 40 |
| 02.10.2026 | K-102 | 44 |
| 05.10.2026 | K-103 | 41 |
| 06.10.2026 | K-104 | 39 |
| 07.10.2026 | K-105 | 47 |
| 08.10.2026 | K-106 | 50 |
| 09.10.2026 | K-107 | 42 |
"""

CASE = """---
file: 8D C-26-04.docx
render: docx
kind: corrective_action_record
reading: living
language: en
---
@record corrective_action
# 8D C-26-04

Opened :: 3 March 2026 || Problem :: 12 leaking caps || Lot :: K-101

Root cause :: seal ring of the old mould || Action :: ring exchanged 9 March

Effectiveness :: 5 lots, none || Closed :: 4 May 2026
"""

READINGS = """---
file: Inspection P-2201.xlsx
render: xlsx
kind: traceability_record
reading: living
language: en
---
@record traceability
=== 1

| Part P-2201, lot K-104, 6 October 2026 | < | < | < | < |
| Item | Limits | 1 | 2 | 3 |
| Bore mm | 12.0 +/- 0.3 | 12.0 | 12.1 | 12.1 |
"""

KPI = """---
file: KPI 2026.xlsx
render: xlsx
kind: metrics_record
reading: living
language: en
---
@record quality_metrics
=== 2026

| Month | Made | Rejects % |
| January | 410 | 2.1 |
| February | 388 | 2.0 |
| March | 402 | 2.2 |
| April | 415 | 1.9 |
| May | 377 | 1.8 |
| June | 396 | 1.7 |
"""


def supplier(folder: Path, *texts: str) -> AuthoredSupplier:
    made = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.md"
        path.write_text(text, encoding="utf-8")
        made.append(load_document(path, "somebody"))
    return AuthoredSupplier("somebody", "Somebody Ltd", "castings", "GB", False, "train", "2026-11-20", "", tuple(made))


def words(of: AuthoredSupplier) -> str:
    """What the last paper of a bundle says."""
    return "\n".join(text for block in of.documents[-1].blocks() for text, _ in block.labelled_texts())


def test_an_edition_before_lacks_the_last_rows_and_a_sum_stops_it(tmp_path: Path) -> None:
    made = each(before_last_rows)(supplier(tmp_path, REGISTER))
    assert made.documents[-1].file == "Shipped lots October previous edition.xlsx"
    assert "K-104" in words(made)
    assert "K-105" not in words(made)
    summed = supplier(tmp_path, REGISTER + "| Total | 7 lots | 303 |\n")
    assert each(before_last_rows)(summed) == summed


def test_a_blank_has_the_places_and_nothing_in_them(tmp_path: Path) -> None:
    made = each(blank_of)(supplier(tmp_path, CASE))
    assert made.documents[-1].file == "blank form.docx"
    fields = [field for block in made.documents[-1].blocks() for field in block.fields]
    assert {field.name for field in fields} >= {"Opened", "Root cause", "Effectiveness"}
    assert not any(field.value for field in fields)
    assert not re.search(r"\d", words(made))


def test_a_request_tells_the_problem_and_asks_for_the_rest(tmp_path: Path) -> None:
    made = each(request_of)(supplier(tmp_path, CASE))
    told = {field.name: field.value for block in made.documents[-1].blocks() for field in block.fields}
    assert told["Problem"] == "12 leaking caps"
    assert not any(told[name] for name in ("Root cause", "Action", "Effectiveness", "Closed"))


def test_a_form_for_other_parts_has_their_numbers_and_readings_within_those_of_its_row(tmp_path: Path) -> None:
    made = for_other_parts(supplier(tmp_path, READINGS))
    assert [one.file for one in made.documents] == [
        "Inspection P-2201.xlsx",
        "Inspection P-2204.xlsx",
        "Inspection P-2207.xlsx",
    ]
    assert {"P-2207", "K-110"} <= set(re.findall(r"[A-Z]-\d+", words(made)))
    assert "P-2201" not in words(made)
    rows = next(made.documents[-1].blocks()).rows
    assert set(rows[-1].cells[2:]) <= {"12.0", "12.1"}


def test_a_deck_ends_two_months_before_its_sheet(tmp_path: Path) -> None:
    made = each(deck_of)(supplier(tmp_path, KPI))
    assert made.documents[-1].file == "Quality report to April 2026.pptx"
    assert "April 415 1.9" in words(made)
    assert "May" not in words(made)
    assert len(each(deck_of)(supplier(tmp_path, KPI.replace("KPI 2026", "KPI 2025"))).documents) == 1


def test_a_print_keeps_what_is_said_and_a_certificate_is_nobodys_to_edit(tmp_path: Path) -> None:
    made = each(in_other_format)(supplier(tmp_path, REGISTER))
    assert made.documents[-1].file == "Shipped lots October.pdf"
    assert made.documents[-1].parts == made.documents[0].parts
    certificate = supplier(tmp_path, CASE.replace("kind: corrective_action_record", "kind: certificate"))
    assert each(in_other_format)(certificate) == certificate


def test_files_get_a_hidden_sheet_and_the_day_of_a_conversion(tmp_path: Path) -> None:
    made = with_hidden(half_sums, "calc")(supplier(tmp_path, REGISTER))
    hidden = made.documents[0].parts[-1]
    assert hidden.hidden
    assert hidden.blocks[0].rows[0].cells == ("Pieces", "125", "178")
    made = converted(("xlsx",), "Canon")(supplier(tmp_path, REGISTER, CASE))
    assert [one.front.get("created") for one in made.documents] == ["2026-11-16", None]


NAMES = sorted({path.stem.rsplit("-", 1)[0] for path in PAPERS.glob("*.md")})


@pytest.mark.parametrize("name", NAMES)
def test_each_paper_of_our_own_stands_in_all_languages_and_has_no_place_left(name: str, tmp_path: Path) -> None:
    sound = supplier(tmp_path, REGISTER)
    for language in LANGUAGES:
        made = paper(name, language, sound)
        told = made.file + "\n".join(text for block in made.blocks() for text, _ in block.labelled_texts())
        assert made.language == language
        assert not re.search(r"[{}]", told), (name, language)
        assert paper(name, language, sound) == made  # each run plants the same


def test_days_are_counted_from_the_reference_date(tmp_path: Path) -> None:
    sound = supplier(tmp_path, REGISTER)
    assert "valid until 11 October 2026" in words(laid_beside("laboratory")(sound))
    assert "Internal audit programme 2027" in words(laid_beside("auditplan")(sound))
    two = in_two_languages("minutes")(sound).documents[1:]
    assert two[0].language == "en"
    assert two[1].language != "en"


def test_every_thing_is_planted_somewhere_and_told_by_its_papers(tmp_path: Path) -> None:
    sound = supplier(tmp_path, REGISTER, CASE, READINGS, KPI)
    sound = replace(
        sound, documents=(*sound.documents, replace(sound.documents[1], file="8D C-26-04.pdf", render="pdf"))
    )
    for group in TOGETHER:
        made, files = planted(sound, group)
        assert set(files) == set(group)
        changed = {one.file for one in made.documents if one not in sound.documents}
        assert changed == set().union(*files.values())
