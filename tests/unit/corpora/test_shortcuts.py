"""Titles, names and lengths must not tell the living twin from the dead one, and the check must notice when they do."""

from dataclasses import replace
from pathlib import Path

from corpora.authored import AuthoredSupplier, load_document
from corpora.shortcuts import slips, told_by_file_name, told_by_length, told_by_title, twin_pairs

PAPER = """---
file: {file}
render: docx
kind: {kind}
reading: {reading}
language: en
family: sheet
---

@{mode}
# {title}

{text}
"""


def suppliers(folder: Path, title: dict[str, str], text: dict[str, str]) -> list[AuthoredSupplier]:
    found = []
    for number in range(8):
        documents = []
        for reading, kind, mode in (("living", "traceability_record", "record"), ("static", "blank_form", "template")):
            path = folder / f"s{number}" / "documents" / f"{reading}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            name = f"{title[reading]} {number}.docx"
            page = PAPER.format(
                file=name, kind=kind, reading=reading, mode=mode, title=title[reading], text=text[reading]
            )
            path.write_text(page, encoding="utf-8")
            documents.append(load_document(path, f"s{number}"))
        found.append(
            AuthoredSupplier(
                id=f"s{number}", name="x", industry="castings", country="VN", demo=False, split="train",
                reference_date="2026-09-30", story="", documents=tuple(documents),
            )
        )  # fmt: skip
    return found


SAME_TITLE = {"living": "Lot card", "static": "Lot card"}
SAME_TEXT = {"living": "Lot 25C07 rejected, 3 of 120 porous", "static": "Lot _____ result _____ quantity ___"}


def test_twins_of_one_title_cannot_be_told_by_it(tmp_path):
    papers = suppliers(tmp_path, SAME_TITLE, SAME_TEXT)
    assert told_by_title(papers) == (0.5, 8)
    assert len(twin_pairs([d for s in papers for d in s.documents])) == 8


def test_titles_that_give_the_answer_away_are_a_slip(tmp_path):
    papers = suppliers(tmp_path, {"living": "Result found", "static": "Blank form"}, SAME_TEXT)
    assert told_by_title(papers)[0] == 1.0
    assert told_by_file_name(papers)[0] == 1.0
    assert any("titles alone tell" in slip for slip in slips(papers))


def test_lengths_that_give_the_answer_away_are_a_slip(tmp_path):
    papers = suppliers(
        tmp_path, SAME_TITLE, {"living": "Lot 25C07 rejected. " * 20, "static": "Lot ____ and result ____"}
    )
    assert told_by_length(papers)[0] == 1.0
    assert any("lengths alone tell" in slip for slip in slips(papers))


def test_too_few_suppliers_say_nothing(tmp_path):
    papers = suppliers(tmp_path, {"living": "Result found", "static": "Blank form"}, SAME_TEXT)
    assert list(slips([replace(p) for p in papers[:3]])) == []


def test_folders_of_living_papers_alone_are_checked_without_a_figure(tmp_path: Path) -> None:
    both = suppliers(
        tmp_path, dict.fromkeys(("living", "static"), "Log"), dict.fromkeys(("living", "static"), "Lot 4711 was read.")
    )
    alone = [replace(s, documents=tuple(d for d in s.documents if d.reading == "living")) for s in both]
    assert told_by_length(alone) == (0.5, 0)
    assert list(slips(alone)) == []
