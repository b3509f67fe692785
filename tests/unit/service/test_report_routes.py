"""Reports, request lists and comparisons over HTTP, and their pages."""

import datetime

import pytest
from sqlalchemy import select

from evidence.bundle import evidence_period
from evidence.data import fingerprint
from service.cli.analyze import parse_day
from service.documents.models import Bundle
from service.errors import WrongUse
from service.suppliers.models import Supplier
from tests.unit.evidence.builders import report as read
from tests.unit.service.papers import add_document, add_supplier, passage, report

ATTACK = "<img src=x onerror=window.hacked=1>"
TEXT = f"CAPA-26-014 of 3 May 2026: vent blocked, {ATTACK}, cleaned the same shift, 0 of 600 on re-check."


@pytest.fixture
def suppliers(client):
    database = client.app.state.services.database
    made = []
    for name in ("Song Cam", ATTACK):
        supplier = add_supplier(database, name)
        add_document(database, supplier, report("8d.pdf", [passage("p1", TEXT, criteria=("corrective_action",))]))
        made.append(supplier)
    return made


@pytest.mark.parametrize("form", ["text", "json", "html", "pdf", "xlsx"])
def test_a_report_is_taken_away_in_each_form(client, suppliers, form):
    answer = client.get(f"/api/v1/suppliers/{suppliers[0]}/report/export", params={"format": form, "download": True})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    starts = {"pdf": b"%PDF-", "xlsx": b"PK", "html": b"<!doctype html>", "json": b"{"}
    assert answer.content.startswith(starts.get(form, b"Song Cam"))


def test_citations_of_a_file_lead_back_to_the_service(client, suppliers):
    answer = client.get(f"/api/v1/suppliers/{suppliers[0]}/report/export", params={"format": "html"})
    assert 'href="http://127.0.0.1:8321/documents/' in answer.text


def test_what_to_request_is_said_in_five_languages(client, suppliers):
    texts = set()
    for language in ("en", "vi", "id", "th", "zh"):
        found = client.get(f"/api/v1/suppliers/{suppliers[0]}/request", params={"language": language}).json()
        assert found["language"] == language
        assert found["records"]
        assert all(line["ask"] for line in found["records"])
        texts.add(found["text"])
        page = client.get(f"/suppliers/{suppliers[0]}/request", params={"language": language})
        assert page.status_code == 200
        assert found["records"][0]["ask"][:30] in page.text
    assert len(texts) == 5
    assert client.get(f"/api/v1/suppliers/{suppliers[0]}/request", params={"language": "xx"}).status_code == 422


def test_suppliers_stand_side_by_side(client, suppliers):
    found = client.get("/api/v1/comparison", params={"supplier": suppliers}).json()
    assert [column["supplier"] for column in found["columns"]] == suppliers
    assert len(found["expectations"]) == 10
    page = client.get("/compare", params={"supplier": suppliers})
    assert page.status_code == 200
    assert ATTACK not in page.text
    assert "&lt;img src=x" in page.text


def test_one_supplier_alone_or_an_unknown_one_cannot_be_compared(client, suppliers):
    assert client.get("/api/v1/comparison", params={"supplier": suppliers[:1]}).json()["code"] == "wrong_use"
    assert client.get("/api/v1/comparison", params={"supplier": [*suppliers, "nobody"]}).status_code == 404
    assert client.get("/compare", follow_redirects=False).status_code == 303
    assert client.get("/compare", params={"supplier": suppliers[0]}).status_code == 422


def test_bundles_over_time_say_what_improved(client, suppliers):
    database = client.app.state.services.database
    case = [
        passage(f"p{n}", f"CAPA-26-0{n} of {n} May 2026: cause found, closed on 2{n} June 2026.", criteria=("corrective_action",))
        for n in range(2, 7)
    ]  # fmt: skip
    more = report("cases.pdf", case).model_copy(update={"sha256": "cd" * 32})
    add_document(database, suppliers[0], more)
    with database.write() as session:  # the first bundle came two years ago
        first = session.scalars(
            select(Bundle).where(Bundle.supplier_id == suppliers[0]).order_by(Bundle.created_at)
        ).first()
        first.created_at -= datetime.timedelta(days=720)
        first_id = first.id
    found = client.get(f"/api/v1/suppliers/{suppliers[0]}/history").json()
    assert found["columns"][0]["bundle"] == first_id
    assert [column["documents"] for column in found["columns"]][:2] == [1, 2]
    assert len(found["changes"]) == len(found["columns"]) - 1
    page = client.get(f"/suppliers/{suppliers[0]}/history")
    assert page.status_code == 200
    assert ATTACK not in page.text


def test_a_kept_report_is_worked_out_anew_when_a_rule_or_a_setting_changed(client, suppliers, monkeypatch):
    worked_out = []
    service = client.app.state.services.reports
    assess = service._assess
    monkeypatch.setattr(service, "_assess", lambda *given: worked_out.append(given) or assess(*given))

    def opened():
        worked_out.clear()
        report = client.get(f"/api/v1/suppliers/{suppliers[0]}/report").json()
        listed = client.get("/api/v1/suppliers").json()["items"]
        return len(worked_out), report["headline"], listed

    opened()
    times, headline, listed = opened()
    assert times == 0  # kept
    assert headline in [one["headline"] for one in listed]
    for module in ("service.reports.service", "service.suppliers.service"):
        monkeypatch.setattr(f"{module}.program", lambda: "0.1.0 other rules")
    before = client.get("/api/v1/suppliers").json()["items"]
    assert [one["headline"] for one in before] == [None, None]
    assert opened()[0] == 1  # a rule or a data file is another one
    assert opened()[0] == 0
    with client.app.state.services.database.write() as session:  # a setting, though nothing counted it
        session.get(Supplier, suppliers[0]).product = "pump housings"
    assert opened()[0] == 1


def test_the_fingerprint_of_the_rules_changes_with_any_of_them(tmp_path, monkeypatch):
    rules = tmp_path / "evidence"
    (rules / "data").mkdir(parents=True)
    (rules / "headline.py").write_text("LEAST = 6\n")
    (rules / "data" / "flags.toml").write_text("days = 90\n")
    (rules / "notes.txt").write_text("nothing of a rule\n")
    monkeypatch.setattr("evidence.data.resources.files", lambda package: rules)
    seen = set()
    for name, text in (("headline.py", "LEAST = 7\n"), ("data/flags.toml", "days = 60\n"), ("notes.txt", "more\n")):
        fingerprint.cache_clear()
        seen.add(fingerprint())
        (rules / name).write_text(text)
    fingerprint.cache_clear()
    assert fingerprint() in seen
    assert len(seen) == 3
    fingerprint.cache_clear()


def test_bundles_keep_their_numbers_where_the_oldest_are_no_longer_shown(client, suppliers):
    database = client.app.state.services.database
    for number in range(7):
        more = report(f"{number}.pdf", [passage("p1", TEXT)]).model_copy(update={"sha256": f"{number:064}"})
        add_document(database, suppliers[0], more)
    with database.read() as session:
        sent = len(session.scalars(select(Bundle).where(Bundle.supplier_id == suppliers[0])).all())
    columns = client.get(f"/api/v1/suppliers/{suppliers[0]}/history").json()["columns"]
    shown = [column["name"] for column in columns if column["bundle"]]
    assert sent > len(shown)
    assert shown == [f"bundle {number}" for number in range(sent - len(shown) + 1, sent + 1)]


def test_a_supplier_without_files_has_no_history_yet(client):
    supplier = add_supplier(client.app.state.services.database, "New")
    assert "No bundle has been read yet" in client.get(f"/suppliers/{supplier}/history").text


def test_the_schema_is_published(client):
    assert client.get("/api/v1/report.schema.json").json()["title"] == "Livingproof report, version 1"


def test_the_page_of_a_supplier_offers_all_forms_and_the_next_steps(client, suppliers):
    client.get(f"/api/v1/suppliers/{suppliers[1]}/report")  # worked out once, it is shown though files still come in
    text = client.get(f"/suppliers/{suppliers[1]}").text
    for form in ("pdf", "xlsx", "html", "json", "text"):
        assert f"format={form}" in text
    assert f"/suppliers/{suppliers[1]}/request" in text
    assert ATTACK not in text


@pytest.mark.parametrize("day", ["0001-01-01", "1986-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_refused_and_not_stumbled_over(client, day):
    for address in ("suppliers/some/report", "suppliers/some/request", "comparison?supplier=a&supplier=b"):
        sign = "&" if "?" in address else "?"
        answer = client.get(f"/api/v1/{address}{sign}reference_date={day}")
        assert (answer.status_code, answer.json()["code"]) == (422, "wrong_use")
    assert client.put("/api/v1/rules", json={"reference_date": day}).status_code == 422
    page = client.post("/rules", data={"reference_date": day}, headers={"accept": "text/html"})
    assert page.status_code == 422
    with pytest.raises(WrongUse):
        parse_day(day)


def test_a_kept_report_says_what_the_first_said(client, suppliers):
    """Days of a plan are no evidence, whether the report is new or kept."""
    plan = read("plan.docx", "Checked on 3 May 2026 by Maria Santos.\n\nChecked on 3 May 2126 by Maria Santos.")
    add_document(
        client.app.state.services.database,
        suppliers[0],
        plan.model_copy(update={"evidence_period": evidence_period(plan.passages, plan.facts)}),
    )
    asked = {"reference_date": "2026-09-30"}
    first, kept = (client.get(f"/api/v1/suppliers/{suppliers[0]}/report", params=asked).json() for _ in range(2))
    assert first == kept
    periods = {one["path"]: one["evidence_period"] for one in kept["documents"]}
    assert periods["plan.docx"] == ["2026-05-03", "2026-05-03"]
