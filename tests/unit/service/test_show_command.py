"""`livingproof show`: what was read of one file, and where it stands."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from service.cli.main import app

run = CliRunner().invoke


@pytest.fixture
def audit(tmp_path):
    path = tmp_path / "audit.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "The auditor found gauge G-12 overdue since March and stopped the line at once.")
    canvas.save()
    return path


def test_passages_are_told_with_their_places(audit):
    said = run(app, ["show", str(audit)])
    assert said.exit_code == 0
    assert "[1] page 1 (paragraph)" in said.output
    assert "gauge G-12 overdue" in said.output


def test_boxes_are_drawn_over_the_picture_of_the_page(audit, tmp_path):
    target = tmp_path / "boxes.html"
    said = run(app, ["show", str(audit), "--boxes", "--output", str(target)])
    assert said.exit_code == 0
    page = target.read_text()
    assert "data:image/png;base64," in page
    assert page.count("<rect ") == 1
    assert ">1</text>" in page
    assert "gauge G-12 overdue" in page


def test_a_sheet_is_drawn_as_a_grid_with_its_passages(tmp_path):
    path, target = tmp_path / "scrap.csv", tmp_path / "scrap.html"
    path.write_text("Lot,Result,Cause\nA-17,scrapped,<b>die</b> worn\nA-18,reworked,cold shut\n")
    assert run(app, ["show", str(path), "--boxes", "--output", str(target)]).exit_code == 0
    page = target.read_text()
    assert "<table>" in page
    assert "cold shut<sup>1</sup>" in page
    assert "&lt;b&gt;die" in page


def test_a_file_without_pages_is_told_so(tmp_path):
    path, target = tmp_path / "note.md", tmp_path / "note.html"
    path.write_text("# Note\n\nThe furnace was relined on 12 March 2025 and released by the foreman.\n")
    assert run(app, ["show", str(path), "--boxes", "--output", str(target)]).exit_code == 0
    assert "no pages and no sheets" in target.read_text()


@pytest.mark.parametrize(
    ("name", "content", "code"), [("a.pdf", b"%PDF-1.7\nno use", "damaged_file"), (None, b"", "wrong_use")]
)
def test_what_cannot_be_shown_is_said_plainly(tmp_path, name, content, code):
    path = tmp_path / (name or "missing.pdf")
    if name:
        path.write_bytes(content)
    said = run(app, ["show", str(path)])
    assert said.exit_code != 0
    assert f"[{code}]" in said.output
