"""Rich text files, written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import rich_text
from extractors.errors import DamagedFile, ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.rich_text_colours import Colours
from tests.unit.work import MOST, growth

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset2 Wingdings;}{\f2\fcharset204 Arial CYR;}}"


def blocks(tmp_path, body: str | bytes, policy=None):
    path = tmp_path / "report.rtf"
    path.write_bytes(HEAD.encode() + (body.encode("ascii") if isinstance(body, str) else body) + b"}")
    return rich_text.read(path, "report.rtf", policy or ExtractionPolicy())


def texts(document):
    return [(block.kind, block.text) for block in document.blocks]


def test_paragraphs_headings_and_lists(tmp_path):
    document = blocks(
        tmp_path,
        r"{\info{\title Audit 3}{\author N. Rao}}{\stylesheet{\s1 heading 1;}}"
        r"\pard\outlinelevel0 Internal audit\par\pard Carried out on 12 March 2025.\par"
        r"{\b Findings}\par {\listtext 1.\tab}\pard No lot number on tag 4711.\par",
    )
    assert texts(document) == [
        ("heading", "Internal audit"),
        ("paragraph", "Carried out on 12 March 2025."),
        ("heading", "Findings"),
        ("list_item", "1. No lot number on tag 4711."),
    ]
    assert (document.metadata.title, document.metadata.author) == ("Audit 3", "N. Rao")


def test_letters_of_every_code_page_and_of_unicode(tmp_path):
    words = rb"caf\'e9 \u7879?\uc2 \u26816\'bc\'ec {\f2\'ef\'f0\'e8\'e2\'e5\'f2} {\f1\'fc} \endash\~5 \'b5m\par"
    assert texts(blocks(tmp_path, words)) == [("paragraph", "café ệ检 привет ✓ – 5 µm")]


def test_tables_keep_their_empty_cells(tmp_path):
    row = r"\trowd\cellx1000\cellx2000\cellx3000 \pard\intbl {}\cell {}\cell {}\cell\row "
    body = "".join(
        row.replace("{}", "{%s}", 3) % cells
        for cells in (("Lot", "Result", "By"), ("4711", "OK", ""), ("4712", "", ""))
    )
    document = blocks(tmp_path, body + r"\pard after\par")
    table = document.blocks[0].table
    assert table
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (1, 1, "Lot"), (1, 2, "Result"), (1, 3, "By"), (2, 1, "4711"), (2, 2, "OK"), (2, 3, ""),
        (3, 1, "4712"), (3, 2, ""), (3, 3, ""),
    ]  # fmt: skip
    assert texts(document)[1] == ("paragraph", "after")


def test_heads_notes_comments_and_boxes_are_told_apart(tmp_path):
    document = blocks(
        tmp_path,
        r"{\header F-QA-12 rev 3\par}{\footer page\par}Text{\footnote see drawing}{\*\annotation check this} goes on\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Cause: worn tool\par}}}",
    )
    found = texts(document)
    for entry in (("header", "F-QA-12 rev 3"), ("footer", "page"), ("note", "see drawing"), ("comment", "check this")):
        assert entry in found
    assert ("drawing", "Cause: worn tool") in found
    assert ("paragraph", "Text goes on") in found


def test_hidden_deleted_and_field_codes(tmp_path):
    document = blocks(
        tmp_path,
        r"Due {\field{\*\fldinst DATE}{\fldrslt 1 May 2025}} {\deleted gone}{\v secret}\par{\*\unknownthing words}",
    )
    assert texts(document) == [("paragraph", "Due 1 May 2025"), ("paragraph", "gonesecret")]
    assert document.blocks[1].hidden


def test_pictures_and_objects_are_said_not_to_be_read(tmp_path):
    document = blocks(tmp_path, rb"before {\pict\pngblip\bin5 }{}\\}{\object\objemb{\*\objdata 00ff}} after\par")
    assert [item.code for item in document.not_read] == ["picture_not_read", "object_not_read"]
    assert texts(document) == [("paragraph", "before  after")]


def test_no_rich_text_is_damaged(tmp_path):
    path = tmp_path / "x.rtf"
    path.write_bytes(b"plain words")
    with pytest.raises(DamagedFile):
        rich_text.read(path, "x.rtf", ExtractionPolicy())


@given(
    st.lists(
        st.sampled_from(
            [
                b"{",
                b"}",
                rb"\par ",
                rb"\cell",
                rb"\row",
                rb"\'e9",
                rb"\u-5 ",
                rb"\bin9 ",
                b"abc",
                rb"\*",
                rb"\pict",
                rb"\f9",
                rb"\header",
                b"\\",
                b"\xff",
                rb"\fonttbl",
                rb"\uc9 ",
            ]
        ),
        max_size=60,
    )
)
def test_broken_files_give_text_or_an_error_that_says_so(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("rtf") / "x.rtf"
    path.write_bytes(b"{\\rtf1 " + b"".join(parts))
    try:
        document = rich_text.read(path, "x.rtf", ExtractionPolicy())
    except ExtractionError:
        return
    assert all(block.locators for block in document.blocks)


def test_hidden_words_of_cells_and_page_headers_are_hidden(tmp_path):
    row = r"\trowd\cellx1000\cellx2000 \pard\intbl 4711\cell open{\v closed}\cell\row "
    document = blocks(tmp_path, r"{\header QP-07 {\v draft}}" + row * 2 + r"\pard Behind\par")
    assert [(block.text, block.hidden) for block in document.blocks] == [
        ("QP-07", False),
        ("4711 | open\n4711 | open", False),
        ("draft", True),
        ("closed", True),
        ("closed", True),
        ("Behind", False),
    ]


def row(*cells, edges, more=""):
    ends = "".join(rf"\cellx{edge}" for edge in edges)
    return rf"\trowd{more}{ends} \pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "


@pytest.mark.parametrize("between", ["empty line", "numbered rows", "other edges"])
def test_two_tables_that_follow_each_other_stay_two(tmp_path, between):
    numbered = between == "numbered rows"
    first = [
        row("Lot", "Result", edges=(3000, 6000), more=r"\irow0" if numbered else ""),
        row("L1", "pass", edges=(3000, 6000), more=r"\irow1" if numbered else ""),
    ]
    edges = (2000, 4000, 8000) if between == "other edges" else (3000, 6000, 9000)
    second = [
        row("Gauge", "Due", "By", edges=edges, more=r"\irow0" if numbered else ""),
        row("G7", "May", "AN", edges=edges, more=r"\irow1" if numbered else ""),
    ]
    document = blocks(tmp_path, "".join(first) + (r"\pard\par " if between == "empty line" else "") + "".join(second))
    assert [text for _, text in texts(document)] == ["Lot | Result\nL1 | pass", "Gauge | Due | By\nG7 | May | AN"]


def test_rows_of_one_form_split_at_other_places_stay_one_table(tmp_path):
    body = row("Name", "Rao", edges=(3000, 9000)) + row("Day", "12", "Shift", "A", edges=(1500, 4500, 6000, 9000))
    assert len(blocks(tmp_path, body).blocks) == 1


def test_fields_of_forms_show_boxes_and_chosen_entries(tmp_path):
    field = r"{\field{\*\fldinst FORM{\*\formfield{\fftype%d\ffres%d\ffdefres%d%s}}}{\fldrslt}}"
    entries = r"{\*\ffl Accepted}{\*\ffl Rejected}"
    found = [
        field % (1, 1, 0, ""), field % (1, 25, 0, ""), field % (1, 25, 1, ""), field % (2, 1, 0, entries),
        field % (2, 25, 0, entries), field % (2, 9, 0, entries),
    ]  # fmt: skip
    assert texts(blocks(tmp_path, r"\par ".join(found) + r"\par")) == [
        ("paragraph", shown) for shown in ("☒", "☐", "☒", "Rejected", "Accepted")
    ]


def test_older_text_boxes_and_what_is_shown_of_objects_are_read(tmp_path):
    document = blocks(
        tmp_path, r"{\*\do\dptxbx{\dptxbxtext Effect: scrap}}{\object{\*\objdata 00}{\result Lot 4711}}\par"
    )
    assert texts(document) == [("drawing", "Effect: scrap"), ("paragraph", "Lot 4711")]


def test_pictures_are_read_by_their_digits_or_their_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr("extractors.embedded.Pictures._words", lambda self, data: (f"{len(data)} bytes", 0.9))
    picture = b"\x89PNG" + bytes(4_000)
    wrapped = "\n".join(picture.hex()[at : at + 70] for at in range(0, len(picture.hex()), 70))
    document = blocks(tmp_path, r"{\pict{\*\picprop{\sp{\sn a}{\sv b}}}\pngblip\picw9 " + wrapped + "}")
    assert texts(document) == [("drawing", "4004 bytes")]
    path = tmp_path / "b.rtf"
    path.write_bytes(rb"{\rtf1{\pict\pngblip\bin4004 " + picture + rb"}x\par}")
    assert texts(rich_text.read(path, "b.rtf", ExtractionPolicy())) == [("drawing", "4004 bytes"), ("paragraph", "x")]


def test_of_words_written_twice_those_for_programs_of_today_are_read(tmp_path):
    document = blocks(
        tmp_path,
        r"{\info{\upr{\title ??}{\*\ud{\title \u26816?\u39564?}}}}Found: {\upr{??? }{\*\ud{\u26816?\u39564? }}}2 lots\par"
        r"{\header {\upr{?}{\*\ud{\u21378?}}} 3\par}",
    )
    assert document.metadata.title == "检验"
    assert ("paragraph", "Found: 检验 2 lots") in texts(document)
    assert " ".join(text for kind, text in texts(document) if kind == "header").split() == ["厂", "3"]


def test_letters_of_ornaments_are_read_and_other_properties_of_shapes_are_not(tmp_path):
    properties = (
        r"{\sp{\sn shapeType}{\sv 136}}{\sp{\sn gtextUNICODE}{\sv CONTROLLED COPY}}{\sp{\sn wzName}{\sv Box 1}}"
    )
    document = blocks(tmp_path, rf"{{\shp{{\*\shpinst{properties}{{\shptxt Stamp\par}}}}}}End\par")
    assert texts(document) == [("drawing", "CONTROLLED COPY"), ("drawing", "Stamp"), ("paragraph", "End")]


COLOURS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red31\green73\blue125;\red253\green253\blue253;}"


def told(document):
    return [(block.text, block.hidden) for block in document.blocks]


@pytest.mark.parametrize(
    "body",
    [
        r"Lot 17 was scrapped {\cf2 and replaced}\par",
        r"Lot 17 was scrapped {\cf4 and }{\cf2\highlight0 replaced}\par",
        r"\pard\cbpat3 On blue\par\pard Lot 17 was scrapped \cf2 and replaced\par\plain",
        r"Lot 17 was scrapped {\cf2\cb2 and replaced}\par",
    ],
)
def test_white_letters_on_white_paper_are_hidden(tmp_path, body):
    assert told(blocks(tmp_path, COLOURS + body))[-2:] == [("Lot 17 was scrapped", False), ("and replaced", True)]


@pytest.mark.parametrize(
    "body",
    [
        r"{\cf3 and replaced}\par",
        r"{\cf0 and replaced}\par",
        r"{\cf2\highlight3 and replaced}\par",
        r"{\cf2\chcbpat3 and replaced}\par",
        r"{\cf2\outl and replaced}\par",
        r"\pard\cbpat3{\cf2 and replaced}\par",
        r"\pard\shading10000{\cf2 and replaced}\par",
        r"{\cf2 \plain and replaced}\par",
        r"{\shp{\*\shpinst\shpfblwtxt1}}{\cf2 and replaced}\par",
        r"{\*\background{\shp{\*\shpinst}}}{\cf2 and replaced}\par",
    ],
)
def test_white_letters_on_a_ground_and_others_are_seen(tmp_path, body):
    assert told(blocks(tmp_path, COLOURS + body)) == [("and replaced", False)]


@pytest.mark.parametrize(
    ("row", "cell", "more", "hidden"),
    [
        ("", "", "", True),
        ("", r"\clcbpat2", "", True),
        ("", r"\clcbpat3", "", False),
        ("", r"\clshdng5000", "", False),
        (r"\trcbpat3", "", "", False),
        ("", "", r"{\stylesheet{\ts1\tscellcbpat3 Banded;}}", False),
    ],
)
def test_white_letters_in_cells_are_hidden_where_nothing_paints_a_ground(tmp_path, row, cell, more, hidden):
    body = (
        rf"{COLOURS}{more}\trowd{row}\clcbpat3\cellx1000{cell}\cellx2000\pard\intbl {{\cf2 17}}\cell "
        r"closed{\cf2  and replaced}\cell\row\pard end\par"
    )
    seen = "17 | closed" if hidden else "17 | closed and replaced"
    assert told(blocks(tmp_path, body)) == [(seen, False), *([("and replaced", True)] * hidden), ("end", False)]


def test_tables_of_colours_without_end_cost_their_length(tmp_path):
    """The end of each was looked for through 100,000 letters: of a million tables for a quarter of an hour."""
    assert growth(lambda number: b"\\colortbl" * number, lambda body: blocks(tmp_path, body), 1_000) < MOST
    assert not Colours(b"\\colortbl" * 1_000_000).hides_white(None)
