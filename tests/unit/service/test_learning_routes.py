"""The pages and the interface of the review queue and of models."""

import pytest

from tests.unit.service.papers import add_document, add_supplier, passage, report

TEXTS = [f"Vent {word} found blocked and cleaned" for word in ("one", "two", "three", "four", "five", "six")]


@pytest.fixture
def document(client):
    database = client.app.state.services.database
    found = [
        passage(f"p{n}", text) for n, text in enumerate([*TEXTS, *(f"Vent {n} of the <b>oven</b>" for n in range(8))])
    ]
    return add_document(database, add_supplier(database), report("8d.pdf", found))


def test_the_queue_is_shown_decided_and_shown_again(client, document):
    before = client.get("/review")
    assert before.status_code == 200
    assert "drawn by chance" in before.text
    assert " like it</span>" in before.text
    assert "<b>oven</b>" not in before.text  # what a supplier wrote is text
    item = client.get("/api/v1/reviews/queue").json()["items"][0]
    form = {"document": document, "passage": item["passage"]["id"], "value": "claim", "reason": "", "action": "confirm", "seen": "record"}  # fmt: skip
    assert (
        client.post(
            "/review", data=form, headers={"origin": "http://127.0.0.1:8321"}, follow_redirects=False
        ).status_code
        == 303
    )
    (given,) = client.get("/api/v1/reviews", params={"document": document}).json()["items"]
    assert (given["action"], given["value"]) == ("confirm", "record")


def test_a_drawn_item_hides_the_answer_and_needs_no_reason(client, document):
    answer = client.get("/api/v1/reviews/queue").json()
    item = next(item for item in answer["items"] if item["drawn"])
    body = {"document": document, "passage": item["passage"]["id"], "value": "other", "drawn": True}
    assert client.post("/api/v1/reviews/queue", json=body).json() == {"decisions": 1}
    (line,) = client.get("/api/v1/reviews/queue").json()["accuracy"]
    assert (line["right"], line["of"]) == (0, 1)
    assert "0 of 1" in client.get("/review").text
    page = client.get("/review").text
    blind = page[page.index("drawn by chance</span>") :]
    assert '" required checked>' not in blind[: blind.index("</form>")]


def test_models_are_trained_and_taken_back_by_page_and_interface(client, document):
    page = client.get("/models")
    assert page.status_code == 200
    assert "Nothing was trained yet" in page.text
    assert "Judge 1 document again" in page.text
    assert "Decided so far: 0." in page.text
    item = client.get("/api/v1/reviews/queue").json()["items"][0]
    body = {"document": document, "passage": item["passage"]["id"], "value": "other", "drawn": True}
    client.post("/api/v1/reviews/queue", json=body)
    assert "Decided so far: 1 of 1 supplier." in client.get("/models").text
    started = client.post("/api/v1/models", json={"promote": True})
    assert (started.status_code, started.json()["state"]) == (202, "waiting")
    again = client.post("/api/v1/models", json={})
    assert (again.status_code, again.json()["code"]) == (409, "not_now")
    assert "waits for a worker" in client.get("/models").text
    address = f"/api/v1/models/{started.json()['id']}"
    assert client.get(address).json()["started_by"] == "Local administrator"
    assert client.post(f"{address}/promote").status_code == 409
    assert client.post("/api/v1/models/roll-back").status_code == 409
    assert client.post("/api/v1/models/rejudge").json() == {"documents": 1}
    kinds = [kind for kind, *_ in client.app.state.services.queue.jobs]
    assert kinds == ["training", "rejudge"]
    assert client.get("/api/v1/models/nowhere").status_code == 404
