"""Every passage of a file without pages is found verbatim at its paragraphs and cells, as they were written into it."""

import html
import string
import zipfile
from email.message import EmailMessage

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import range_boundaries

from evidence.passages import cut
from extractors.locators import ParagraphLocator
from extractors.policy import ExtractionPolicy
from extractors.read import read_document

POLICY = ExtractionPolicy()
WORD = st.text(string.ascii_lowercase, min_size=2, max_size=9)
SENTENCE = st.lists(WORD, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
TABLE = st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=5)
# A file begins with a sentence: formats without a head would take a first table for one. Another follows each table.
STEP = SENTENCE.map(lambda one: [one]) | st.tuples(TABLE, SENTENCE).map(list)
FLOW = st.tuples(SENTENCE, st.lists(STEP, min_size=1, max_size=6)).map(
    lambda parts: [parts[0], *(item for step in parts[1] for item in step)]
)
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain(text):
    return "".join(text.replace("|", "").split())


def as_docx(path, flow):
    made = docx.Document()
    for item in flow:
        if isinstance(item, str):
            made.add_paragraph(item)
        else:
            table = made.add_table(len(item), 3)
            for row, words in enumerate(item):
                for column, word in enumerate(words):
                    table.cell(row, column).text = word
    made.save(path)


def as_odt(path, flow):
    body = "".join(
        f"<text:p>{item}</text:p>"
        if isinstance(item, str)
        else "<table:table>{}</table:table>".format(
            "".join(
                "<table:table-row>{}</table:table-row>".format(
                    "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in row)
                )
                for row in item
            )
        )
        for item in flow
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )


def web(flow):
    return "".join(
        f"<p>{html.escape(item)}</p>"
        if isinstance(item, str)
        else "<table>{}</table>".format(
            "".join("<tr>{}</tr>".format("".join(f"<td>{word}</td>" for word in row)) for row in item)
        )
        for item in flow
    )


def as_html(path, flow):
    path.write_text(f"<!DOCTYPE html><html><body>{web(flow)}</body></html>")


def as_markdown(path, flow):
    parts = []
    for item in flow:
        if isinstance(item, str):
            parts.append(item)
        else:
            rows = [f"| {' | '.join(row)} |" for row in item]
            parts.append("\n".join([rows[0], "| --- | --- | --- |", *rows[1:]]))
    # Its head and its list tell a text from a table of values by its bytes.
    path.write_text("\n\n".join([f"# {TITLE}", *parts, f"- {LAST}"]) + "\n")


def as_rtf(path, flow):
    parts = [r"{\rtf1\ansi "]
    for item in flow:
        if isinstance(item, str):
            parts.append(rf"\pard {item}\par ")
        else:
            for row in item:
                parts.append(r"\trowd\cellx2000\cellx4000\cellx6000 ")
                parts += [rf"\pard\intbl {word}\cell " for word in row]
                parts.append(r"\row ")
    path.write_text("".join([*parts, r"\pard }"]))


def as_mail(path, flow):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "mai@example.com", "buyer@example.com", "Answer"
    made.set_content("See the web page.")
    made.add_alternative(f"<html><body>{web(flow)}</body></html>", subtype="html")
    path.write_bytes(bytes(made))


TITLE, LAST = "Report of the shift", "The last point of the list."
FIELDS = [["From:", "mai@example.com"], ["To:", "buyer@example.com"], ["Subject:", "Answer"]]


@few
@given(FLOW)
@pytest.mark.parametrize(
    ("ending", "write"),
    [
        ("docx", as_docx), ("odt", as_odt), ("html", as_html), ("md", as_markdown), ("rtf", as_rtf), ("eml", as_mail),
    ],
)  # fmt: skip
def test_of_a_text_in_its_paragraphs_and_cells(tmp_path, ending, write, flow):
    path = tmp_path / f"a.{ending}"
    write(path, flow)
    # Paragraphs and cells by their number, tables by theirs.
    numbered, tables = [""], [[]]
    around = {"eml": ([FIELDS], []), "md": ([TITLE], [LAST])}.get(ending, ([], []))
    for item in [*around[0], *flow, *around[1]]:
        if isinstance(item, str):
            numbered.append(item)
        else:
            numbered += [word for row in item for word in row]
            tables.append(item)
    drafts = cut(read_document(path, path.name, POLICY))
    for draft in drafts:
        held = []
        for place in draft.locators:
            assert isinstance(place, ParagraphLocator)
            here = numbered[place.paragraph : (place.last or place.paragraph) + 1]
            if place.table and place.cell:
                left, top, right, bottom = range_boundaries(place.cell)
                cells = [word for row in tables[place.table][top - 1 : bottom] for word in row[left - 1 : right]]
                assert here[0] == cells[0]
                here = cells
            held += here
        assert plain(draft.text) in plain(" ".join(held))
        assert (ending == "eml") == any(place.mail for place in draft.locators)
    # And nothing of the file is missing.
    said = plain(" ".join(draft.text for draft in drafts))
    assert all(plain(words) in said for words in numbered)
