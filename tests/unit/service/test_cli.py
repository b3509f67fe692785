import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from evidence.model import Passage
from service.cli.lines import answers
from service.cli.main import app
from service.errors import WrongUse

run = CliRunner().invoke


class FakeClassifier:
    def __init__(self):
        self.batches = []

    def classify_texts(self, texts):
        self.batches.append(len(texts))
        return [
            Passage(id=str(n), text=text, locators=(), mode="record", modes={"record": 1.0})
            for n, text in enumerate(texts)
        ]


def commands():
    found = []
    for name, command in typer.main.get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {n}" for n in inner] if inner else [name]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_says_what_it_does_with_examples(command):
    said = run(app, [*command.split(), "--help"]).output
    assert "Example" in said
    assert f"livingproof {command}" in said


def test_without_a_command_the_help_is_shown():
    assert "analyze" in run(app, []).output


def test_a_path_that_does_not_exist_ends_with_2(tmp_path):
    result = run(app, ["analyze", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "wrong_use" in result.stderr


def test_a_format_that_cannot_be_written_is_said_before_the_work(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    result = run(app, ["analyze", str(tmp_path), "--format", "odt"])
    assert result.exit_code == 2
    assert "format_not_available" in result.stderr


def test_a_wrong_date_ends_with_2(tmp_path):
    result = run(app, ["analyze", str(tmp_path), "--reference-date", "31.3.2026"])
    assert result.exit_code == 2


def test_answers_come_in_order_and_in_batches():
    classifier = FakeClassifier()
    lines = [json.dumps({"id": n, "text": f"text {n}"}).encode() for n in range(7)]
    lines.insert(3, b"\n")
    found = [json.loads(line) for line in answers(lines, classifier, batch=3)]
    assert [row["id"] for row in found] == list(range(7))
    assert classifier.batches == [3, 3, 1]
    assert set(found[0]) == {"id", "mode", "modes", "criteria"}


def test_a_line_that_is_no_passage_is_named():
    with pytest.raises(WrongUse, match="Line 2"):
        list(answers([b'{"id": 1, "text": "a"}', b'{"id": 2}'], FakeClassifier(), batch=1))


def test_search_in_an_empty_folder_says_that_nothing_was_read(tmp_path):
    result = run(app, ["search", "audit", "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "not_found" in result.stderr


def test_serving_strangers_without_a_token_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("LIVINGPROOF_API_TOKEN", raising=False)
    result = run(app, ["serve", "--data", str(tmp_path), "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "unsafe_setting" in result.stderr


def test_a_file_that_cannot_be_read_is_answered_without_what_only_others_need(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 torn")
    program = (
        "import sys; from service.cli.main import app; app(['analyze', sys.argv[1], '--format', 'json'], standalone_mode=False);"
        "print([name for name in ('numpy', 'torch', 'spacy', 'sqlalchemy', 'redis', 'fastapi') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    report, loaded = said.stdout.strip().splitlines()
    assert json.loads(report)["documents"][0]["error"]["code"] == "damaged_file"
    assert loaded == "[]"
