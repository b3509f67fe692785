from pathlib import Path

import pytest

from corpora.authored import load_document
from corpora.blocks import AuthoringError
from corpora.markup import parse_body


def blocks(text: str):
    return [block for part in parse_body(text.strip("\n").split("\n"), "body") for block in part.blocks]


def test_label_holds_until_the_next_one():
    found = blocks("@other\n# Title\n\n@record traceability\nLot 7 was checked.\nIt passed.\n\n@template\nName:")
    assert [(b.kind, b.label.mode, b.label.criteria) for b in found] == [
        ("heading", "other", ()),
        ("paragraph", "record", ("traceability",)),
        ("paragraph", "template", ()),
    ]
    assert found[1].text == "Lot 7 was checked. It passed."


def test_label_changes_inside_a_table():
    (table,) = blocks("@template\n| No | Reading |\n@record calibration\n| 1 | 41.207 |\n| 2 | |")
    assert [(row.cells, row.label.mode) for row in table.rows] == [
        (("No", "Reading"), "template"),
        (("1", "41.207"), "record"),
        (("2", ""), "record"),
    ]


def test_label_after_a_table_belongs_to_what_follows():
    found = blocks("@template\n| a | b |\n@record\nText below.")
    assert [b.label.mode for b in found] == ["template", "record"]


def test_a_comment_in_a_form_is_no_field_of_it():
    (form,) = blocks("@template\nPart no. ::\n%% the lot :: left out on purpose\nDate ::")
    assert [(f.name, f.row) for f in form.fields] == [("Part no.", 0), ("Date", 1)]


def test_form_fields_keep_empty_values():
    (form,) = blocks("@template\nPart no. :: || Lot :: 25C07\nDate ::")
    assert [(f.name, f.value, f.row) for f in form.fields] == [
        ("Part no.", "", 0),
        ("Lot", "25C07", 0),
        ("Date", "", 1),
    ]


def test_lists_and_their_continuation_lines():
    (items,) = blocks("@record\n1. first\n   goes on\n2. second")
    assert items.items == ("first goes on", "second")
    assert items.ordered


@pytest.mark.parametrize("body", ["Text without a label", "@rekord\nText", "@record root_cause\nText"])
def test_slips_are_errors_with_their_line(body):
    with pytest.raises(AuthoringError, match=r"body:1"):
        blocks(body)


def test_a_workbook_needs_its_sheets_named():
    with pytest.raises(AuthoringError, match="==="):
        parse_body(["@other", "# Title"], "body", sheets=True)


def test_front_matter_is_taken_as_written(tmp_path: Path):
    path = tmp_path / "01-x.md"
    path.write_text(
        '---\nfile: 8D: leak [final] "v2".pdf\nrender: pdf\nkind: other\nreading: static\nlanguage: en\nfooter: {page}/{pages}\n'
        "attach:\n  - a.pdf\n---\n@other\nText\n"
    )
    document = load_document(path, "s")
    assert document.file == '8D: leak [final] "v2".pdf'
    assert document.front["footer"] == "{page}/{pages}"
    assert document.front["attach"] == ["a.pdf"]


def test_an_unknown_kind_is_refused(tmp_path: Path):
    path = tmp_path / "01-x.md"
    path.write_text("---\nfile: a\nrender: pdf\nkind: novel\nreading: static\nlanguage: en\n---\n@other\nText\n")
    with pytest.raises(AuthoringError, match="kind"):
        load_document(path, "s")


def test_emphasis_shows_its_words_alone():
    text = "@other\n# **Answers**\n\n**1.** Dry **at most** 2 ** 3 hours.\n\n- **Wear** goggles\n\n**Lot** :: **L-7**\n\n| **a** | 2**3 |"
    heading, paragraph, points, form, table = blocks(text)
    assert (heading.text, paragraph.text, points.items) == (
        "Answers",
        "1. Dry at most 2 ** 3 hours.",
        ("Wear goggles",),
    )
    assert [(f.name, f.value) for f in form.fields] == [("Lot", "L-7")]
    assert table.rows[0].cells == ("a", "2**3")
