"""The commands around reports, on reports that were written before."""

import json

import pytest
from typer.testing import CliRunner

from service.cli.main import app
from tests.unit.service.reported import attacked, sample

run = CliRunner().invoke


@pytest.fixture
def reports(tmp_path):
    made = []
    for name, report in (("a", sample()), ("b", attacked())):
        path = tmp_path / f"{name}.json"
        path.write_text(report.model_dump_json(), encoding="utf-8")
        made.append(str(path))
    return made


def test_a_letter_is_written_from_a_report(reports):
    result = run(app, ["request", reports[0], "--language", "vi"])
    assert result.exit_code == 0
    assert "Kính gửi Lotus Valley Pumps Co., Ltd," in result.output


def test_a_letter_in_an_unknown_language_ends_with_2(reports):
    result = run(app, ["request", reports[0], "--language", "xx"])
    assert result.exit_code == 2
    assert "en, vi, id, th, zh" in result.stderr


def test_reports_are_set_side_by_side(reports, tmp_path):
    assert "Lotus Valley Pumps" in run(app, ["compare", *reports]).output
    output = tmp_path / "both.json"
    assert run(app, ["compare", *reports, "--format", "json", "--output", str(output)]).exit_code == 0
    assert len(json.loads(output.read_text(encoding="utf-8"))["columns"]) == 2


def test_a_file_that_is_no_report_is_named(tmp_path, reports):
    other = tmp_path / "c.json"
    other.write_text("{}")
    result = run(app, ["compare", reports[0], str(other)])
    assert result.exit_code == 2
    assert "is no report" in result.stderr
    assert run(app, ["compare", reports[0]]).exit_code == 2


def test_the_schema_is_written():
    assert json.loads(run(app, ["schema"]).output)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
