"""The pages of suppliers as forms: what is typed is kept or said to be wrong, and what goes goes on purpose."""

import pytest

from tests.unit.service.workshop import Workshop

PAGE = {"accept": "text/html"}


@pytest.fixture
def shop(client, tmp_path):
    """A worker on the same data as the client, its supplier called ``House``."""
    parts = client.app.state.services
    made = Workshop(parts.database, tmp_path)
    made.queue = parts.queue
    made.become("worker-1")
    return made


def send(client, shop, **files):
    parts = [("files", (f"{name}.txt", text.encode())) for name, text in files.items()]
    bundle = client.post(f"/api/v1/suppliers/{shop.supplier}/bundles", files=parts).json()["id"]
    shop.work()
    return bundle


def test_a_supplier_is_renamed_on_its_page_and_nothing_typed_is_lost_where_it_cannot(client):
    address = f"/suppliers/{client.post('/api/v1/suppliers', json={'name': 'Lotus'}).json()['id']}"
    client.post("/api/v1/suppliers", json={"name": "Thornbeck"})
    client.post(f"{address}/about", data={"name": " Lotus  Pumps ", "product": "pumps", "aliases": "LP\n"})
    known = client.get(f"/api/v1{address}").json()
    assert (known["name"], known["product"], known["aliases"]) == ("Lotus Pumps", "pumps", ["LP"])
    typed = {"product": "valves", "aliases": "Lotus <b>\nLotus Valley"}
    for name, told, status in (("Thornbeck", "name_taken", 409), ("x" * 301, "at most 300 characters", 422)):
        page = client.post(f"{address}/about", data={**typed, "name": name}, headers=PAGE)
        assert page.status_code == status
        assert told in page.text
        assert f'value="{name}"' in page.text
        assert 'value="valves"' in page.text
        assert "Lotus &lt;b&gt;\nLotus Valley</textarea>" in page.text
    assert client.get(f"/api/v1{address}").json() == known  # nothing of what could not be saved whole


def test_a_bundle_and_a_supplier_are_deleted_by_who_says_what_and_that_it_is_meant(client, shop):
    address = f"/suppliers/{shop.supplier}"
    first = send(client, shop, a="Audit of 12 March", b="Audit of 13 March")
    send(client, shop, c="Audit of 14 March")
    asked = client.get(f"{address}/delete", headers=PAGE).text
    assert asked.index("c.txt") < asked.index("a.txt, b.txt")  # the newest first
    assert "2 bundles, 3 files" in asked
    for unsure in ({}, {"what": first}, {"sure": "true"}):
        answer = client.post(f"{address}/delete", data=unsure, headers=PAGE)
        assert (answer.status_code, "Nothing was deleted." in answer.text) == (422, True)
    assert client.get(f"/api/v1{address}").json()["bundles"] == 2
    done = client.post(f"{address}/delete", data={"what": first, "sure": "true"}, follow_redirects=False)
    assert done.headers["location"] == address
    assert [file["path"] for file in client.get("/api/v1/documents").json()["items"]] == ["c.txt"]
    done = client.post(f"{address}/delete", data={"what": shop.supplier, "sure": "true"}, follow_redirects=False)
    assert done.headers["location"] == "/"
    assert client.get(f"/api/v1{address}").status_code == 404


def test_the_bundle_of_another_supplier_does_not_go_with_this_one(client, shop):
    bundle = send(client, shop, a="Audit of 12 March")
    other = client.post("/api/v1/suppliers", json={"name": "Other"}).json()["id"]
    answer = client.post(f"/suppliers/{other}/delete", data={"what": bundle, "sure": "true"}, headers=PAGE)
    assert answer.status_code == 404
    assert client.get(f"/api/v1/bundles/{bundle}").status_code == 200


def test_suppliers_are_found_by_a_part_of_their_name_and_page_by_page(client):
    for number in range(60):
        client.post("/api/v1/suppliers", json={"name": f"House {number:02} & Sons"})
    first = client.get("/").text
    assert "1 to 50 of 60" in first
    assert 'href="/?offset=50"' in first
    assert "51 to 60 of 60" in client.get("/?offset=50").text
    some = client.get("/?named=house 1").text
    assert some.count("<strong>House 1") == 10
    assert "More suppliers" not in some
    assert "/?offset=50&amp;named=%26%20sons" in client.get("/?named=%26 sons").text
    assert "No supplier has “&lt;i&gt;” in its name." in client.get("/?named=<i>").text
