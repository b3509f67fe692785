import errno
import json
import sqlite3

import psycopg
import pytest
from fastapi.testclient import TestClient
from markupsafe import escape
from redis import ConnectionError, ResponseError
from sqlalchemy import delete
from sqlalchemy.exc import InternalError, OperationalError

from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from service import bootstrap
from service.reports.models import Assessment
from service.settings import Settings
from service.web.app import create_app
from service.work.queue import FakeQueue
from tests.unit.service.workshop import RUN, Workshop, fake_assess

TOKEN = "a-long-random-word-for-tests"
JSON = {"content-type": "application/json"}


def client_of(settings, **options):
    parts = bootstrap.services(
        settings, queue=FakeQueue(), open_index=lambda folder: HybridIndex(folder, FakeEmbedder())
    )
    return TestClient(create_app(parts), base_url="http://127.0.0.1:8321", raise_server_exceptions=False, **options)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "assess", fake_assess)
    return Settings(data=tmp_path, api_token=None)


@pytest.fixture
def client(settings):
    with client_of(settings) as client:
        yield client


@pytest.fixture
def shop(client, database, tmp_path):
    """A worker on the same data as the client."""
    parts = client.app.state.services
    shop = Workshop(parts.database, tmp_path)
    shop.queue = parts.queue
    shop.become("worker-1")
    return shop


def send(client, supplier, **files):
    parts = [("files", (f"{name}.txt", text.encode())) for name, text in files.items()]
    return client.post(f"/api/v1/suppliers/{supplier}/bundles", files=parts)


def test_a_full_disk_is_said_and_nothing_is_kept(client, shop, monkeypatch):
    supplier = client.post("/api/v1/suppliers", json={"name": "Jepara Teak"}).json()["id"]
    for trouble in (
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
        OperationalError("INSERT", {}, psycopg.errors.DiskFull("could not extend file")),
        InternalError(
            "COMMIT", {}, psycopg.OperationalError('could not write to file "pg_wal": No space left on device')
        ),
        ResponseError("MISCONF Errors writing to the AOF file: No space left on device"),
    ):

        def full(*given, trouble=trouble):
            raise trouble

        monkeypatch.setattr(type(client.app.state.services.blobs), "_keep", full)
        answer = send(client, supplier, a="Audit of 12 March")
        assert (answer.status_code, answer.json()["code"]) == (507, "no_room")
        assert "doctor" in answer.json()["remedy"]
    assert client.get(f"/api/v1/suppliers/{supplier}").json()["bundles"] == 0


def test_a_supplier_whose_kept_headline_no_longer_holds_is_assessed_for_the_list(client, shop, monkeypatch):
    supplier = client.post("/api/v1/suppliers", json={"name": "Jepara Teak"}).json()["id"]
    send(client, supplier, a="Audit of 12 March")
    shop.work()
    monkeypatch.setattr("service.suppliers.service.program", lambda: "the next one")
    for _ in range(2):  # however often it is looked at, it waits once
        assert "being assessed, look again soon" in client.get("/").text
    assert shop.queue.jobs == [("supplier", supplier, 0)]
    monkeypatch.undo()
    with shop.database.write() as session:
        session.execute(delete(Assessment))
    shop.work()
    assert "not enough evidence" in client.get("/").text
    assert shop.queue.jobs == []


def test_a_bundle_says_that_it_waits_behind_another_and_knows_no_number_before_it_is_unpacked(client, shop):
    one, two = (client.post("/api/v1/suppliers", json={"name": name}).json()["id"] for name in ("Jepara", "Thornbeck"))
    send(client, one, a="Audit of 12 March", b="Audit of 13 March")
    send(client, two, a="Audit of 14 March")
    page = client.get(f"/suppliers/{two}").text
    assert "Its files are counted when it is unpacked." in page
    assert "0 of 0" not in page
    for kind, subject, _ in shop.queue.take():
        RUN[kind](subject)
    assert "turn: 2 files that were sent before are read first." in client.get(f"/suppliers/{two}").text
    assert "Its files wait for their turn.</span>" in client.get(f"/suppliers/{one}").text
    shop.work(rounds=1)
    shop.work()
    done = client.get(f"/suppliers/{two}").text
    assert "1 of 1 file done" in done
    assert "turn." in done  # for the script alone, in an attribute
    assert "turn.</span>" not in done


def test_the_list_of_suppliers_opens_while_the_queue_is_away(client, shop, monkeypatch):
    supplier = client.post("/api/v1/suppliers", json={"name": "Jepara Teak"}).json()["id"]
    send(client, supplier, a="Audit of 12 March")
    shop.work()
    with shop.database.write() as session:
        session.execute(delete(Assessment))

    def away(*given):
        raise ConnectionError("away")

    monkeypatch.setattr(shop.queue, "waiting", away)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "open the page to assess" in answer.text


def test_suppliers_are_made_renamed_found_and_deleted(client):
    made = client.post("/api/v1/suppliers", json={"name": "  Jepara Teak "})
    assert (made.status_code, made.json()["name"]) == (201, "Jepara Teak")
    address = f"/api/v1/suppliers/{made.json()['id']}"
    assert client.patch(address, json={"name": "Jepara Wood"}).json()["name"] == "Jepara Wood"
    assert client.get("/api/v1/suppliers", params={"search": "WOOD"}).json()["total"] == 1
    assert client.get("/api/v1/suppliers", params={"search": "100%"}).json()["total"] == 0
    assert client.delete(address).status_code == 204
    assert client.get(address).json()["code"] == "not_found"


def test_a_name_is_given_once(client):
    client.post("/api/v1/suppliers", json={"name": "Song Cam"})
    again = client.post("/api/v1/suppliers", json={"name": "Song Cam"})
    assert (again.status_code, again.json()["code"]) == (409, "name_taken")


def test_a_bundle_is_sent_read_searched_and_reported(client, shop):
    sent = send(client, shop.supplier, a="Audit of 12 March found porosity", b="damaged")
    assert sent.status_code == 202
    bundle = sent.json()["id"]
    shop.work()
    state = client.get(f"/api/v1/bundles/{bundle}").json()
    assert (state["state"], state["files_done"], state["files_failed"]) == ("done", 2, 1)
    failed = next(d for d in state["documents"] if d["state"] == "failed")
    assert set(failed["error"]) == {"code", "message", "remedy"}
    report = client.get(f"/api/v1/suppliers/{shop.supplier}/report", params={"reference_date": "2026-03-01"}).json()
    assert {"supplier", "reference_date", "headline", "counts", "documents", "expectations", "flags"} <= set(report)
    assert report["documents"][0]["passages"][0]["mode"] == "record"
    found = client.get("/api/v1/search", params={"q": "porosity", "supplier": shop.supplier})
    assert found.status_code == 200
    assert "porosity" in found.text


def test_the_file_comes_back_only_as_a_download(client, shop):
    text = "<script>alert(1)</script> 12 March"
    bundle = send(client, shop.supplier, **{'quote " and ü': text}).json()["id"]
    shop.work()
    (document,) = client.get(f"/api/v1/bundles/{bundle}").json()["documents"]
    raw = client.get(f"/api/v1/documents/{document['id']}/raw")
    assert raw.content == text.encode()
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment;")


def test_progress_is_streamed_and_resumed(client, shop):
    bundle = send(client, shop.supplier, a="Audit of 12 March", b="damaged").json()["id"]
    shop.work()
    said = client.get(f"/api/v1/bundles/{bundle}/events")
    assert said.headers["content-type"].startswith("text/event-stream")
    events = dict(part.split("\n", 1) for part in said.text.strip().split("\n\n") if part.startswith("event"))
    number, data = events["event: progress"].split("\n", 1)
    assert len(json.loads(data.removeprefix("data: "))["documents"]) == 2
    assert "event: end" in events
    resumed = client.get(f"/api/v1/bundles/{bundle}/events", headers={"Last-Event-ID": number.removeprefix("id: ")})
    data = resumed.text.split("data: ")[1].split("\n")[0]
    assert json.loads(data)["documents"] == []


def test_the_sheet_behind_a_citation_can_be_read(client, shop):
    bundle = send(client, shop.supplier, a="Audit of 12 March").json()["id"]
    shop.work()
    (document,) = client.get(f"/api/v1/bundles/{bundle}").json()["documents"]
    sheet = client.get(f"/api/v1/documents/{document['id']}/sheets/1").json()
    assert sheet["blocks"][0]["text"] == "Audit of 12 March"
    assert client.get(f"/api/v1/documents/{document['id']}/sheets/9").json()["code"] == "not_found"


def test_an_upload_that_is_too_large_is_refused_while_it_comes(settings, tmp_path):
    limits = settings.limits.model_copy(update={"upload_bytes": 200_000})
    with client_of(settings.model_copy(update={"limits": limits})) as client:
        supplier = client.post("/api/v1/suppliers", json={"name": "Song Cam"}).json()["id"]
        answer = send(client, supplier, a="x" * 150_000, b="x" * 150_000)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert client.get("/api/v1/bundles").json()["total"] == 0
        assert [p for p in (tmp_path / "blobs").rglob("*") if p.is_file()] == []


def test_an_upload_without_files_or_of_another_form_is_refused(client, shop):
    address = f"/api/v1/suppliers/{shop.supplier}/bundles"
    assert client.post(address, files={"note": (None, "no file")}).json()["code"] == "nothing_sent"
    assert client.post(address, json={}).json()["code"] == "wrong_use"
    cut = client.post(
        address, content=b"--x\r\nContent-Disp", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert (cut.status_code, cut.json()["code"]) == (400, "malformed")
    assert client.get("/api/v1/bundles").json()["total"] == 0


def test_an_upload_for_nobody_is_not_found(client):
    answer = send(client, "nobody", a="x" * 3_000_000)
    assert answer.json()["code"] == "not_found"


def test_other_requests_are_small(client):
    answer = client.post("/api/v1/suppliers", content=b'{"name": "' + b"x" * 2_000_000 + b'"}', headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("PUT", "/api/v1/suppliers", 405),
        ("POST", "/api/v1/suppliers", 422),
        ("GET", "/api/v1/bundles/none", 404),
        ("GET", "/api/v1/bundles/none/events", 404),
        ("GET", "/api/v1/documents/none", 404),
        ("GET", "/api/v1/documents/none/raw", 404),
        ("GET", "/api/v1/documents/none/pages/1.png", 404),
        ("GET", "/api/v1/suppliers/none/report", 404),
        ("GET", "/api/v1/search", 422),
        ("GET", f"/api/v1/suppliers?offset={10**30}", 422),
        ("GET", f"/api/v1/bundles/none/events?since={10**30}", 404),
    ],
)
def test_every_error_has_the_same_three_fields(client, method, address, status):
    answer = client.request(method, address)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "remedy"}
    assert all(answer.json().values())


def test_what_nobody_foresaw_leaks_nothing(client, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("secret internals")

    monkeypatch.setattr(type(client.app.state.services.suppliers), "list", fail)
    answer = client.get("/api/v1/suppliers")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text


def test_a_queue_out_of_reach_is_said_by_readiness(client, monkeypatch):
    def fail(self):
        raise ConnectionError("10.0.0.5 refused")

    monkeypatch.setattr(FakeQueue, "check", fail)
    answer = client.get("/api/v1/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert "10.0.0.5" not in answer.text
    assert client.get("/api/v1/health").status_code == 200


def test_unknown_hosts_are_refused(client):
    assert client.get("/api/v1/health", headers={"host": "evil.example"}).status_code == 403
    assert client.get("/api/v1/health", headers={"host": "localhost:9999"}).status_code == 200
    assert client.get("/api/v1/health", headers={"host": "127.0.0.1.evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://127.0.0.1:8321"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"cookie": "livingproof_session=x"}, False),
    ],
)
def test_foreign_pages_change_nothing(client, headers, allowed):
    answer = client.post("/api/v1/suppliers", json={"name": "Song Cam"}, headers=headers)
    assert answer.status_code == (201 if allowed else 403)


def test_every_answer_carries_the_protecting_headers(client):
    for address in ("/api/v1/health", "/api/v1/nothing", "/api/v1/suppliers"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


def test_with_a_token_nobody_gets_in_without_it(settings):
    with client_of(settings.model_copy(update={"api_token": Settings(api_token=TOKEN).api_token})) as client:
        assert client.get("/api/v1/health").status_code == 200
        assert client.get("/api/v1/suppliers").json()["code"] == "not_signed_in"
        assert client.get("/api/v1/suppliers", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/api/v1/suppliers", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        page = client.get("/suppliers", headers={"accept": "text/html"}, follow_redirects=False)
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=/suppliers")
        assert client.post("/api/v1/session", json={"token": "wrong"}).status_code == 401
        signed = client.post("/api/v1/session", json={"token": TOKEN})
        assert signed.status_code == 204
        assert "HttpOnly" in signed.headers["set-cookie"]
        assert "samesite=strict" in signed.headers["set-cookie"].lower()
        assert client.get("/api/v1/suppliers").status_code == 200


def test_the_page_of_the_interface_tells_every_operation_and_loads_nothing_from_elsewhere(client):
    page = client.get("/docs").text
    described = client.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method, about in methods.items():
            assert f"<b>{method.upper()}</b> <code>{path}</code>" in page
            assert str(escape(about["summary"])) in page
    assert "://" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_description_is_complete(client):
    described = client.get("/api/v1/openapi.json").json()
    problem = {"$ref": "#/components/schemas/Problem"}
    for address, methods in described["paths"].items():
        if not address.startswith("/api/"):
            continue
        for method, operation in methods.items():
            assert operation["summary"], (method, address)
            assert operation["description"], (method, address)
            answers = operation["responses"]
            for status in ("401", "403", "404", "422", "503"):
                assert answers[status]["content"]["application/json"]["schema"] == problem, (method, address, status)
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_a_report_is_taken_away_as_one_file(client, shop):
    send(client, shop.supplier, a="Audit of 12 March")
    shop.work()
    address = f"/api/v1/suppliers/{shop.supplier}/report/export"
    page = client.get(address, params={"format": "html", "download": True})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "script" not in page.headers["content-security-policy"]
    client.patch(f"/api/v1/suppliers/{shop.supplier}", json={"name": "Krog A/S"})
    named = client.get(address, params={"format": "text"}).headers["content-disposition"]
    assert named.startswith("inline; filename*=UTF-8''Krog%20A%2FS%20")  # RFC 8187 takes no bare slash
    client.patch(f"/api/v1/suppliers/{shop.supplier}", json={"name": "Song Cam"})
    assert "Song Cam" in client.get(address, params={"format": "text"}).text


def test_events_tell_who_did_what(client, shop):
    send(client, shop.supplier, a="Audit of 12 March")
    shop.work()
    tags = [event["tag"] for event in client.get("/api/v1/events").json()]
    assert "user:bundle:send" in tags
    assert "user:supplier:create" in tags
