"""Nothing of a workspace is seen or changed from another one: every route is walked with the ids of a stranger."""

import importlib
import importlib.util
import json
import re

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select, text

from service.accounts.models import Membership, User, Workspace
from service.accounts.scope import Scope
from service.database.base import Base
from service.documents.intake import Sent
from service.documents.models import PassageRow
from service.learning.models import ModelRow as Model
from service.reviews.schemas import ReviewIn
from service.search.models import SavedSearch
from service.search.schemas import SavedSearchIn
from service.web.app import PREFIX, ROOMS
from tests.unit.service.test_api import client, send, settings, shop  # noqa: F401

SECRET = "zebrafish"
STRANGER = Scope("b" * 32, "c" * 32, "stranger", "administrator")
HEADS = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@pytest.fixture
def theirs(client, shop):  # noqa: F811
    """The ids of what another workspace has, by the name that routes give them."""
    parts = client.app.state.services
    with parts.database.write() as session:
        session.add(Workspace(id=STRANGER.workspace, name=f"{SECRET} workspace"))
        session.add(User(id=STRANGER.user, login=STRANGER.login, name=f"{SECRET} person"))
        session.flush()
        session.add(Membership(workspace_id=STRANGER.workspace, user_id=STRANGER.user, role="administrator"))
    supplier = parts.suppliers.create(STRANGER, f"{SECRET} castings").id
    sent = [Sent(f"{SECRET} {n}.txt", [f"{SECRET} audit {n} of 12 March found porosity".encode()]) for n in (1, 2)]
    bundle = parts.intake.receive(STRANGER, supplier, [*sent, Sent(f"{SECRET} bad.txt", [b"damaged"])])
    shop.work()
    documents = parts.documents.list(STRANGER, supplier).items
    document = next(d.id for d in documents if d.path == f"{SECRET} 1.txt")
    with parts.database.read() as session:
        passage = session.scalar(select(PassageRow.key).where(PassageRow.document_id == document))
    review = parts.reviews.decide(
        STRANGER, ReviewIn(document=document, passage=passage, field="mode", action="confirm")
    ).id
    search = parts.saved.save(STRANGER, SavedSearchIn(name=f"{SECRET} search", q=SECRET)).id
    model = parts.learning.start(STRANGER, False).id
    parts.queue.take()  # nobody trains here
    return {
        "supplier": supplier, "bundle": bundle, "document": document, "passage": passage, "review": review,
        "verdict": review, "search": search, "model": model, "part": "1",
    }  # fmt: skip


def routes():
    """Address and method of every route of every room."""
    for room in (*ROOMS, "web"):
        for kind, prefix in (("routes", PREFIX), ("pages", "")):
            name = f"service.{room}.{kind}"
            if importlib.util.find_spec(name) is None:
                continue
            for route in importlib.import_module(name).router.routes:
                assert isinstance(route, APIRoute)
                for method in route.methods:
                    yield method, prefix + route.path


def named(path):
    return re.findall(r"{(\w+)}", path)


# What a route with an id asks for besides, so that nothing but the id can be what is wrong with the request.
BODIES = {
    ("PATCH", "/api/v1/suppliers/{supplier}"): {"json": {"name": "ours"}},
    ("POST", "/suppliers/{supplier}/about"): {"data": {"product": "ours"}},
    ("POST", "/documents/{document}/verdict"): {"data": {"field": "kind", "action": "confirm", "value": "procedure"}},
    ("POST", "/documents/{document}/passages/{passage}/verdict"): {"data": {"action": "confirm", "value": "record"}},
}
QUESTIONS = {"/api/v1/documents/{document}/pages/{part}.svg": "?passage=000000000000-0001"}
UPLOAD = {"files": [("files", ("a.txt", b"ours of 12 March"))]}


def rows(database):
    """Everything that the stranger's workspace holds."""
    with database.read() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            column = "workspace_id" if "workspace_id" in table.c else None
            if column:
                asked = text(f"SELECT * FROM {table.name} WHERE workspace_id = :workspace")
                found[table.name] = sorted(map(repr, session.execute(asked, {"workspace": STRANGER.workspace})))
        found["news"] = sorted(map(repr, session.execute(text("SELECT * FROM search_news"))))
        return found


def test_every_route_with_an_id_knows_no_id_of_another_workspace(client, theirs):  # noqa: F811
    database = client.app.state.services.database
    before = rows(database)
    assert sum(map(len, before.values())) > 10
    walked = 0
    for method, path in sorted(routes()):
        if not named(path):
            continue
        address = path.format_map(theirs) + QUESTIONS.get(path, "")
        wanted = UPLOAD if path.endswith("/bundles") else BODIES.get((method, path), {})
        answer = client.request(method, address, headers=HEADS, follow_redirects=False, **wanted)
        assert answer.status_code == 404, (method, path, answer.status_code, answer.text[:300])
        assert SECRET not in answer.text.casefold(), (method, path)
        walked += 1
    assert walked > 40
    assert rows(database) == before


def test_every_route_without_an_id_shows_nothing_of_another_workspace(client, theirs):  # noqa: F811
    named_ids = {name: theirs[name] for name in ("supplier", "bundle", "document", "passage")}
    like = {"like": f"{theirs['document']}/{theirs['passage']}"}
    questions = [{}, named_ids, like, {"q": SECRET}, {"q": SECRET, **named_ids}]
    questions += [{name: value} for name, value in named_ids.items()]
    questions += [{"supplier": [theirs["supplier"], theirs["supplier"]]}, {"q": SECRET, "supplier": theirs["supplier"]}]
    for method, path in sorted(routes()):
        if method != "GET" or named(path):
            continue
        for asked in questions:
            answer = client.get(path, params=asked, headers=HEADS, follow_redirects=False)
            assert answer.status_code < 500, (path, asked)
            shown = answer.text.casefold()
            for word in asked.get("q", "").split():
                shown = shown.replace(word, "")
            assert SECRET not in shown, (path, asked)


def test_decisions_name_no_passage_of_another_workspace(client, shop, theirs):  # noqa: F811
    ours = send(client, shop.supplier, a="Audit 1 of 12 March found porosity").json()["id"]
    shop.work()
    (document,) = client.get(f"/api/v1/bundles/{ours}").json()["documents"]
    (passage,) = client.get(f"/api/v1/documents/{document['id']}/passages").json()["items"]
    database = client.app.state.services.database
    before = rows(database)
    twin = {"document": theirs["document"], "passage": theirs["passage"]}
    taken = client.post(
        "/api/v1/reviews/queue",
        json={"document": document["id"], "passage": passage["id"], "value": "record", "twins": [twin]},
    )
    assert taken.status_code == 201
    for body in (
        {"document": theirs["document"], "passage": theirs["passage"], "value": "record"},
        {"document": document["id"], "passage": "f" * 12 + "-0001", "value": "record"},
    ):
        assert client.post("/api/v1/reviews/queue", json=body).status_code == 404
        assert client.post("/review", data=body, headers=HEADS).status_code == 404
    for body in (
        {"document": theirs["document"], "field": "kind", "action": "confirm"},
        {"document": theirs["document"], "passage": theirs["passage"], "field": "mode", "action": "confirm"},
    ):
        assert client.post("/api/v1/reviews", json=body).status_code == 404
    saved = {"name": "ours", "q": SECRET, "only": {"supplier": theirs["supplier"]}}
    assert client.post("/api/v1/search/saved", json=saved).status_code in (201, 404)
    assert SECRET not in json.dumps(client.get("/api/v1/search/news").json())
    assert rows(database) == before


def test_what_the_walk_looks_for_would_be_found(client, theirs, monkeypatch):  # noqa: F811
    """The same requests as the stranger show the secret: the walk above would see a hole."""
    parts = client.app.state.services
    monkeypatch.setattr(type(parts.accounts), "local", lambda self: STRANGER)
    for address in (f"/suppliers/{theirs['supplier']}", f"/api/v1/documents/{theirs['document']}", "/search", "/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET in answer.text.casefold()
    with parts.database.read() as session:
        assert session.get(Model, theirs["model"]).workspace_id == STRANGER.workspace
        assert session.get(SavedSearch, theirs["search"]).owner_id == STRANGER.user
