"""By what a workspace judges: over HTTP, on its page, and from a file of the command line."""

import datetime

import pytest
from typer.testing import CliRunner

from evidence.settings import AssessmentSettings, ages, threshold_words, thresholds
from service.cli.main import app
from service.cli.rules import rules_of
from service.errors import WrongUse
from tests.unit.evidence.builders import TODAY, certificate
from tests.unit.evidence.builders import report as read
from tests.unit.service.papers import add_document, add_supplier

OLD_AUDIT = """
# Internal audit report IA-25-01

Audit date :: 12 May 2025 || Auditor :: Tran Van Minh
NC 1: gauge G-12 at press 4 was overdue, cause: lent to the tool room, action: lending book, closed 30 May 2025.
"""


@pytest.fixture
def supplier(client):
    database = client.app.state.services.database
    made = add_supplier(database, "Lotus Valley Pumps Co., Ltd")
    add_document(
        database, made, read("audit.docx", OLD_AUDIT, kind="internal_audit_record", criteria=("internal_audit",))
    )
    add_document(database, made, certificate(expiry="20 December 2026"))
    return made


def seen(client, supplier, **params):
    answer = client.get(f"/api/v1/suppliers/{supplier}/report", params=params)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    statuses = {one["id"]: one["status"] for one in found["expectations"]}
    return found, statuses, {flag["id"] for flag in found["flags"]}


def put(client, **rules):
    return client.put("/api/v1/rules", json=rules)


def test_a_reference_date_of_the_workspace_holds_where_a_request_names_none(client, supplier):
    assert seen(client, supplier)[0]["reference_date"] == datetime.date.today().isoformat()
    assert put(client, reference_date="2026-01-31").status_code == 200
    found, _, flags = seen(client, supplier)
    assert found["reference_date"] == "2026-01-31"
    assert "internal_audit_too_old" not in flags
    assert seen(client, supplier, reference_date=TODAY.isoformat())[0]["reference_date"] == TODAY.isoformat()


def test_ages_and_thresholds_change_statuses_and_flags_at_once(client, supplier):
    day = TODAY.isoformat()
    _, statuses, flags = seen(client, supplier, reference_date=day)
    assert statuses["continuous_improvement"] == "stale"
    assert "internal_audit_too_old" in flags
    put(client, max_age_months={"continuous_improvement": 36}, thresholds={"internal_audit_too_old.months": 36})
    found, statuses, flags = seen(client, supplier, reference_date=day)
    assert statuses["continuous_improvement"] != "stale"
    assert "internal_audit_too_old" not in flags
    assert found["settings"]["max_age_months"] == {"continuous_improvement": 36}
    html = client.get(f"/api/v1/suppliers/{supplier}/report/export", params={"reference_date": day}).text
    assert "evidence for continuous improvement may be 36 months old" in html
    put(client)
    assert seen(client, supplier, reference_date=day)[1]["continuous_improvement"] == "stale"


def test_a_flag_that_is_switched_off_is_not_looked_for(client, supplier):
    put(client, silenced=["internal_audit_too_old"])
    assert "internal_audit_too_old" not in seen(client, supplier, reference_date=TODAY.isoformat())[2]
    events = client.get("/api/v1/events").json()
    assert events[0]["tag"] == "user:rules:change"
    assert events[0]["detail"]["after"] == {"silenced": ["internal_audit_too_old"]}


def test_the_letter_names_the_day_of_the_ages_that_were_set(client, supplier):
    address, params = f"/api/v1/suppliers/{supplier}/request", {"reference_date": "2026-09-30"}
    put(client, max_age_months={"defect_metrics": 7})
    asked = {line["title"]: line["since"] for line in client.get(address, params=params).json()["records"]}
    assert "2026-02-28" in asked["Defect reduction metrics"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_age_months": {"poems": 3}},
        {"max_age_months": {"defect_metrics": 0}},
        {"thresholds": {"internal_audit_too_old.colour": 3}},
        {"thresholds": {"internal_audit_too_old.months": -1}},
        {"silenced": ["no_such_flag"]},
        {"product": "castings"},
        {"reference_date": "tomorrow"},
    ],
)
def test_rules_that_cannot_be_are_refused_and_nothing_changes(client, wrong):
    answer = put(client, **wrong)
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "message", "remedy"}
    assert client.get("/api/v1/rules").json()["thresholds"] == {}


def test_what_is_bought_is_held_against_the_scope(client, supplier):
    address, day = f"/api/v1/suppliers/{supplier}", TODAY.isoformat()
    assert "certificate_scope_mismatch" not in seen(client, supplier, reference_date=day)[2]
    changed = client.patch(address, json={"product": "umbrellas", "aliases": ["Lotus Pumps"]}).json()
    assert (changed["product"], changed["aliases"]) == ("umbrellas", ["Lotus Pumps"])
    found, _, flags = seen(client, supplier, reference_date=day)
    assert "certificate_scope_mismatch" in flags
    assert found["settings"]["aliases"] == ["Lotus Pumps"]
    assert client.patch(address, json={"name": "Lotus"}).json()["product"] == "umbrellas"
    client.post(f"/suppliers/{supplier}/about", data={"product": "", "aliases": ""})
    assert "certificate_scope_mismatch" not in seen(client, supplier, reference_date=day)[2]


def test_the_page_of_rules_keeps_what_was_typed(client, supplier):
    page = client.get("/rules").text
    assert page.count('name="age.') == len(ages())
    assert page.count('name="threshold.') == len(thresholds())
    on = [part.split('"')[0] for part in page.split('name="on" value="')[1:]]
    fields = {
        "age.defect_metrics": "6",
        "threshold.certificate_expires_soon.days": "120",
        "reference_date": "2026-03-31",
    }
    kept = client.post("/rules", data={**fields, "on": [name for name in on if name != "hidden_text"]})
    assert kept.status_code == 200  # after the way back to the page
    assert "Saved." in kept.text
    assert client.get("/api/v1/rules").json() == {
        "reference_date": "2026-03-31",
        "max_age_months": {"defect_metrics": 6},
        "thresholds": {"certificate_expires_soon.days": 120.0},
        "silenced": ["hidden_text"],
    }


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("age.defect_metrics", "many", "Defect reduction metrics"),
        ("age.defect_metrics", "1.5", "Defect reduction metrics"),
        ("threshold.date_in_future.days", "-2", "Date in the future"),
        ("threshold.date_in_future.days", "nan", "Date in the future"),
        ("threshold.no_such.days", "x", "no_such.days"),
        ("reference_date", "2300-01-01", "the reference date"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_words_and_costs_nothing_else(client, field, value, told):
    typed = {"age.certification": "7", "threshold.certificate_expires_soon.days": "120", "on": "hidden_text"}
    wrong = client.post("/rules", data={**typed, field: value})
    assert wrong.status_code == 422
    assert f"&#39;{value}&#39; cannot be used for {told}." in wrong.text
    assert 'name="age.certification" value="7"' in wrong.text
    assert 'name="threshold.certificate_expires_soon.days" value="120"' in wrong.text
    assert wrong.text.count(" checked") == 1
    assert client.get("/api/v1/rules").json()["max_age_months"] == {}


def test_the_file_that_the_command_writes_changes_nothing_until_it_is_changed(tmp_path):
    path = tmp_path / "rules.toml"
    assert CliRunner().invoke(app, ["rules", "--output", str(path)]).exit_code == 0
    read_back = rules_of(path)
    assert read_back.settings.max_age_months == ages()
    assert read_back.settings.thresholds == thresholds()
    assert read_back.reference_date is None
    text = (
        path.read_text(encoding="utf-8")
        .replace("# reference_date", "reference_date")
        .replace("defect_metrics = 3", "defect_metrics = 8")
    )
    path.write_text(text, encoding="utf-8")
    changed = rules_of(path, "castings", ("Lotus",))
    assert changed.reference_date == datetime.date(2026, 3, 31)
    assert (changed.settings.max_age_months["defect_metrics"], changed.settings.product) == (8, "castings")
    assert changed.settings.aliases == ("Lotus",)


@pytest.mark.parametrize(
    "text",
    ["[max_age_months]\npoems = 3", "colour = 'blue'", "reference_date = 'soon'", "not toml", "[thresholds]\nx = 1"],
)
def test_a_file_of_rules_that_cannot_be_used_is_said_before_the_work(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse):
        rules_of(path)
    (tmp_path / "paper.txt").write_text("x")
    result = CliRunner().invoke(app, ["analyze", str(tmp_path / "paper.txt"), "--rules", str(path)])
    assert result.exit_code == 2


def test_settings_say_whether_they_change_anything():
    assert not AssessmentSettings().changed
    assert AssessmentSettings(product="x").changed


def test_every_threshold_is_told_in_words():
    for name in thresholds():
        told = threshold_words(name)
        assert " " in told, name
        assert told != name.partition(".")[2].replace("_", " "), name
