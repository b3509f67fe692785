"""What a supplier writes moves no cursor and colours nothing where a person reads on a terminal."""

import io
import logging

import pytest
from rich.progress import Progress

from evidence.model import Citation
from service.cli.output import fail, start_log
from service.cli.progress import Bars
from service.documents.analysis import Step
from service.errors import WrongUse
from service.reports.requests import letter_of, write_letter
from service.reports.terminal import Terminal
from service.reports.text import print_report, render_text
from tests.unit.service.reported import attacked, sample

# Clears the line, renames the window, puts a word into the clipboard, goes back, and turns the direction.
OBEYED = "a\x1b[2K\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x9b31m\rb\u202egnp"


def told(**how):
    sink = io.StringIO()
    terminal = Terminal(file=sink, width=100, force_terminal=True, color_system="standard", **how)
    return terminal, sink


def test_a_report_prints_colours_of_its_own_and_no_sign_of_a_supplier():
    words = sample().expectations[0]
    hostile = words.model_copy(
        update={
            "explanation": OBEYED,
            "evidence": (
                Citation(document=f"{OBEYED}.pdf", locator=words.evidence[0].locator, quote=OBEYED, passage=None),
            ),
        }
    )
    report = attacked().model_copy(update={"expectations": (hostile,), "supplier": OBEYED, "headline": "living"})
    terminal, sink = told(highlight=False)
    print_report(report, terminal)
    said = sink.getvalue()
    assert "\x1b[1;32mliving" in said  # the colour of the program
    for sign in ("\x1b]", "\x1b[2K", "\x9b", "\x07", "\r", "\u202e"):
        assert sign not in said
    plain = render_text(report)
    assert "\x1b" not in plain
    assert "\u202e" not in plain


def test_a_letter_and_an_error_print_none_either(capsys):
    flag = sample().flags[0].model_copy(
        update={"citations": (Citation(document=f"{OBEYED}.pdf", locator=sample().flags[0].citations[0].locator, quote=OBEYED),)}
    )  # fmt: skip
    letter = write_letter(letter_of(sample().model_copy(update={"flags": (flag,)}), "vi"))
    fail(WrongUse(f"The file {OBEYED} cannot be used.", "Ask for another."))
    for said in (letter, capsys.readouterr().err):
        assert "\x1b" not in said
        assert "\u202e" not in said


def test_the_log_holds_none(capsys):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        start_log("WARNING")
        logging.getLogger("reader").warning("cannot read %s", OBEYED)
    finally:
        root.handlers[:], root.level = before, level
    said = capsys.readouterr().err
    assert "WARNING reader: cannot read a" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize("name", [OBEYED, "audit [/red] 2026.pdf", "[link=file:///etc/passwd]open me[/link].pdf"])
def test_a_file_that_cannot_be_read_is_named_as_it_is_called(name):
    terminal, sink = told()
    with Progress(console=terminal, transient=True) as progress:
        bars = Bars(progress)
        bars.begin([])
        bars.tell(Step(number=0, name=name, stage="done", status="failed"))
    said = sink.getvalue()
    assert "\x1b]" not in said
    if name != OBEYED:
        assert name in said
