import json

import pytest

from tests.unit.service.papers import add_document, add_supplier, passage, report

TEXT = "Vent blocked on 3 May 2025, cleaned the same shift, 0 of 600 on re-check."


@pytest.fixture
def document(client):
    database = client.app.state.services.database
    found = report("8d.pdf", [passage("p1", TEXT, mode="prescription", criteria=("corrective_action",), page=2)])
    return add_document(database, add_supplier(database), found)


def decide(client, of, **changes):
    body = {"document": of, "passage": "p1", "field": "mode", "action": "override", "value": "record"}
    return client.post("/api/v1/reviews", json={**body, "reason": "Dated.", **changes})


def test_a_decision_is_given_seen_in_the_report_and_taken_back(client, document):
    given = decide(client, document)
    assert (given.status_code, given.json()["earlier"], given.json()["model"]) == (201, "prescription", "model-1")
    address = f"/api/v1/reviews/{given.json()['id']}"
    assert client.get(address).json() == given.json()
    shown = client.get(f"/api/v1/suppliers/{given.json()['supplier']}/report").json()["documents"][0]["passages"][0]
    assert (shown["mode"], shown["reasons"][0]["feature"]) == ("record", "reviewer")
    taken = client.post(f"{address}/undo")
    assert (taken.status_code, taken.json()["standing"]) == (200, False)
    assert client.post(f"{address}/undo").json()["code"] == "not_now"
    listed = client.get("/api/v1/reviews", params={"document": document}).json()
    assert (listed["total"], listed["items"][0]["undone_by"]) == (1, "Local administrator")


@pytest.mark.parametrize(("second", "told"), [(0.01, False), (0.28, True)])
def test_other_kinds_are_told_only_where_one_was_thought_of(client, second, told):
    database = client.app.state.services.database
    found = report("8d.pdf", [passage("p1", TEXT)]).model_copy(
        update={"kinds": {"corrective_action_record": 1 - second, "manual": second}}
    )
    page = client.get(f"/documents/{add_document(database, add_supplier(database), found)}").text
    assert ("Other kinds thought of: " in page) is told
    assert ("manual (" in page) is told


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"reason": ""}, 422),
        ({"value": "poem"}, 422),
        ({"action": "maybe"}, 422),
        ({"extra": 1}, 422),
        ({"passage": "p9"}, 404),
        ({"document": "nobody"}, 404),
        ({"seen": "claim"}, 409),
    ],
)
def test_a_decision_that_cannot_be_is_answered_with_code_sentence_and_remedy(client, document, changes, status):
    answer = decide(client, document, **changes)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"code", "message", "remedy"}


def test_labels_come_as_a_line_for_each_decided_document(client, document):
    assert client.get("/api/v1/reviews/labels").text == ""
    decide(client, document)
    answer = client.get("/api/v1/reviews/labels")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    (line,) = answer.text.splitlines()
    found = json.loads(line)
    assert (found["document"], found["group"], found["passages"][0]["by"]) == ("8d.pdf", "Song Cam", "reviewer")


def test_search_answers_by_document_with_quote_terms_and_place(client, document):
    answer = client.get("/api/v1/search", params={"q": "vent cleaned", "criterion": "corrective_action"}).json()
    (group,) = answer["documents"]
    (hit,) = group["hits"]
    assert (group["document"], hit["passage"], hit["place"], hit["quote"]) == (document, "p1", "page 2", TEXT)
    assert client.get("/api/v1/search", params={"q": "vent", "mode": "poem"}).json()["code"] == "wrong_use"
    assert client.get("/api/v1/search", params={"q": "vent", "since": "2030-01-01"}).json()["nothing_relevant"]


def test_the_description_of_the_interface_has_every_route_with_its_errors(client):
    described = client.get("/api/v1/openapi.json").json()["paths"]
    for address in ("/api/v1/reviews", "/api/v1/reviews/labels", "/api/v1/reviews/{review}/undo", "/api/v1/search"):
        for operation in described[address].values():
            assert {"404", "409", "422"} <= set(operation["responses"])
            assert operation["summary"]


HEADS = {"sec-fetch-site": "same-origin", "accept": "text/html"}


def test_the_queue_page_shows_what_was_decided_takes_it_back_and_ends_with_a_next_step(client, document):
    page = client.get("/review", headers=HEADS).text
    form = {"document": document, "passage": "p1", "value": "record", "reason": "Dated."}
    assert "p1" in page
    sent = client.post("/review", data=form, headers=HEADS, follow_redirects=False)
    address = sent.headers["location"]
    shown = client.get(address, headers=HEADS).text
    assert "Changed: record" in shown
    assert "Nothing waits for a decision" in shown
    assert 'href="/models"' in shown
    verdict = address.partition("done=")[2]
    back = client.post("/review/undo", data={"verdict": verdict}, headers=HEADS, follow_redirects=False)
    assert back.headers["location"] == f"/review#passage-{document}-p1"
    again = client.get(address, headers=HEADS).text
    assert "Changed: record" not in again
    assert "Nothing waits for a decision" not in again
    assert client.get("/review?done=nobody", headers=HEADS).status_code == 200
    assert client.post("/review/undo", data={"verdict": verdict}, headers=HEADS).status_code == 409


def test_a_saved_search_is_said_to_be_saved_and_keeps_its_words(client, document):
    form = {"q": "vent  blocked", "mode": "prescription", "name": "vents + presses"}
    sent = client.post("/search/saved", data=form, headers=HEADS)
    assert sent.status_code == 200
    shown = client.get("/search", params={"q": "vent blocked", "mode": "prescription"}, headers=HEADS).text
    other = client.get("/search", params={"q": "vent blocked"}, headers=HEADS).text
    assert ("vents + presses" in shown, "vents + presses" in other) == (True, False)
    dated = client.post(
        "/search/saved", data={"q": " vent\tlots", "from": "20250331", "name": "since spring"}, headers=HEADS
    )
    assert dated.url.params["q"] == "vent lots"
    assert "since spring" in dated.text
