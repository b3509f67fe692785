"""What every request passes: signing in, foreign pages, bodies, and answers to what nobody foresaw."""

import asyncio
import html

import pytest

from service.settings import Settings
from service.web import guard
from service.web.frame import go_to, own_address
from service.web.guard import HEADERS
from tests.unit.service.apart import run_apart
from tests.unit.service.test_api import JSON, TOKEN, client_of

PAGE = {"accept": "text/html"}
FORM = {"content-type": "application/x-www-form-urlencoded", **PAGE}


@pytest.fixture
def closed(tmp_path):
    """A service with a token, not signed in."""
    with client_of(Settings(data=tmp_path, api_token=TOKEN), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("address", ["/suppliers", "/rules", "/login"])
def test_a_form_that_is_too_large_is_refused_as_a_page(client, address):
    answer = client.post(address, content=b"name=" + b"x" * 2_000_000, headers=FORM)
    assert answer.status_code == 413
    assert "too_large" in answer.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("address", ["/suppliers/some", "/api/v1/suppliers/some"])
def test_what_nobody_foresaw_leaks_nothing_and_is_protected(client, monkeypatch, address, accept):
    def fail(*arguments, **options):
        raise RuntimeError("secret internals")

    monkeypatch.setattr(type(client.app.state.services.suppliers), "get", fail)
    answer = client.get(address, headers={"accept": accept})
    assert answer.status_code == 500
    assert "internal_error" in answer.text
    assert "secret" not in answer.text
    assert {name.lower() for name in HEADERS} <= set(answer.headers)


def test_an_address_writes_no_line_of_the_log_by_itself(client, monkeypatch, caplog):
    caplog.set_level("ERROR")  # a command run before may have asked for less

    def fail(*arguments, **options):
        raise RuntimeError

    monkeypatch.setattr(type(client.app.state.services.suppliers), "get", fail)
    client.get("/suppliers/a%0a2026-11-26 ERROR service: all is lost%0d%0a")
    said = [entry.getMessage() for entry in caplog.records if "failed" in entry.getMessage()]
    assert said
    assert not [text for text in said if "\n" in text or "\r" in text]


@pytest.mark.parametrize("address", ["/api/v1/sessions", "/login/more", "/api/v1/readymade", "/api/v1/health/x"])
def test_what_begins_like_an_open_address_is_closed(closed, address):
    assert closed.get(address).status_code == 401
    assert closed.get(address, headers=PAGE).status_code in (303, 401)


def test_a_page_says_that_a_part_is_out_of_reach(client, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def fail(*arguments, **options):
        raise OperationalError("SELECT secret", {}, Exception("10.0.0.5 refused"))

    monkeypatch.setattr(type(client.app.state.services.suppliers), "list", fail)
    answer = client.get("/", headers=PAGE)
    assert answer.status_code == 503
    assert "not_ready" in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("length", [257, 5_000])
@pytest.mark.parametrize("address", ["/login", "/rules", "/suppliers/none/bundles", "/api/v1/suppliers/none/bundles"])
def test_a_boundary_that_no_parser_takes_is_the_fault_of_who_sent_it(client, address, length):
    boundary = "x" * length
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\na\r\n--{boundary}--\r\n'
    answer = client.post(address, content=body, headers={"content-type": f"multipart/form-data; boundary={boundary}"})
    assert answer.status_code == 400
    assert "malformed" in answer.text


def test_methods_that_nobody_asked_for_are_answered_plainly(client):
    for address in ("/", "/api/v1/suppliers", "/api/v1/health", "/static/pages.css", "/none"):
        for method in ("HEAD", "OPTIONS", "TRACE", "PUT", "CONNECT", "FOO"):
            answer = client.request(method, address)
            assert answer.status_code < 500, (method, address)
            assert {name.lower() for name in HEADERS} <= set(answer.headers), (method, address)


ODD_HEADS = [
    {"origin": "http://["},
    {"origin": "http://[::1"},
    {"referer": "http://[", "sec-fetch-site": "same-origin"},
    {"cookie": "\x01=;;;=; livingproof_session=\xff"},
    {"accept": "\xff" * 5_000, "sec-fetch-site": "none"},
    {"content-type": "multipart/form-data; boundary*=nonsense''%ff", "sec-fetch-site": "none"},
    {"content-type": "application/x-www-form-urlencoded; charset=nonsense", "sec-fetch-site": "none"},
]


def test_odd_heads_are_no_trouble(client):
    for head in ODD_HEADS:
        headers = {name: value.encode("latin-1") for name, value in head.items()}
        answer = client.post("/suppliers", content=b"name=", headers=headers, follow_redirects=False)
        assert answer.status_code in (303, 400, 403, 422), head
        assert client.post("/none", headers=headers).status_code in (403, 404, 405), head


def test_a_signed_in_browser_keeps_no_token(closed):
    answer = closed.post("/login", data={"token": TOKEN})
    assert answer.status_code == 303
    assert TOKEN not in answer.headers["set-cookie"]
    assert (
        f"max-age={14 * 24 * 3600}" in answer.headers["set-cookie"].lower()
    )  # the browser keeps it as long as it holds
    assert closed.get("/api/v1/suppliers").status_code == 200
    closed.cookies.clear()
    closed.cookies.set("livingproof_session", TOKEN)
    assert closed.get("/api/v1/suppliers").status_code == 401


@pytest.mark.parametrize("way", ["page", "session", "header"])
def test_who_guesses_tokens_is_kept_waiting_and_who_is_signed_in_is_not(closed, way):
    assert closed.post("/login", data={"token": TOKEN}).status_code == 303
    seal = dict(closed.cookies)

    def sign_in(token):
        closed.cookies.clear()
        if way == "page":
            return closed.post("/login", data={"token": token})
        if way == "session":
            return closed.post("/api/v1/session", json={"token": token})
        return closed.get("/api/v1/suppliers", headers={"authorization": f"Bearer {token}"})

    assert [sign_in(f"guess {number}").status_code for number in range(12)] == [401] * 10 + [429] * 2
    refused = sign_in(TOKEN)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 61
    assert "too_often" in refused.text
    closed.cookies.update(seal)
    assert closed.get("/api/v1/suppliers").status_code == 200


def test_signing_in_leads_to_the_page_that_was_wanted_with_its_question(closed):
    for wanted in ("/search?q=root+cause&mode=record", "/suppliers/%C3%BC?a=%26%23b&c=%2B", "/?offset=50"):
        closed.cookies.clear()
        asked = closed.get(wanted, headers=PAGE)
        assert asked.status_code == 303
        form = closed.get(asked.headers["location"]).text
        hidden = html.unescape(form.split('name="next" value="')[1].split('"')[0])
        assert closed.post("/login", data={"token": TOKEN, "next": hidden}).headers["location"] == wanted


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(closed):
    answer = closed.post(
        "/suppliers", data={"name": "Song Cam"}, headers={"referer": "http://127.0.0.1:8321/?offset=50", **PAGE}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/%3Foffset%3D50")


FOREIGN = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "http://evil.example",
    "https:evil.example", "javascript:alert(1)", "evil.example", "", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
    " //evil.example", "/\x00/evil.example", "/" + "x" * 5_000, "//evil.example/?next=/search", "/\u2028/evil",
]  # fmt: skip


def test_signing_in_leads_to_no_foreign_page(closed):
    for foreign in FOREIGN:
        assert own_address(foreign) == "/", foreign
        closed.cookies.clear()
        answer = closed.post("/login", data={"token": TOKEN, "next": foreign})
        assert answer.headers["location"] == "/", foreign
        assert "evil" not in closed.get("/login", params={"next": foreign}).text, foreign


def test_no_answer_leads_out_by_its_address():
    assert go_to("/search?q=root+cause&from=2025-03-31#passage-1").headers["location"] == (
        "/search?q=root+cause&from=2025-03-31#passage-1"
    )
    assert "\n" not in go_to("/suppliers/a\r\nset-cookie: x").headers["location"]


def test_a_body_that_does_not_come_is_not_waited_for():
    async def silent():
        await asyncio.sleep(30)

    async def run():
        counted = guard._counted(silent, most=100, seconds=0.05)
        with pytest.raises(guard.HTTPException) as refused:
            await counted()
        return refused.value.status_code

    assert run_apart(run()) == 408


def test_an_answer_may_take_longer_than_the_body_of_its_request():
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        if not messages:
            await asyncio.sleep(0.2)
            return {"type": "http.disconnect"}
        return messages.pop()

    async def run():
        counted = guard._counted(receive, most=100, seconds=0.05)
        await counted()
        return (await counted())["type"]

    assert run_apart(run()) == "http.disconnect"


ODD_JSON = [
    b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"name": ' * 50_000,
    b'{"name": "\\ud800"}',
    b'{"name": "a\\u0000b"}',
    b'{"name": 1e999}',
    b'{"name": NaN}',
    b'{"name": ' + b"9" * 10_000 + b"}",
    b"\xff\xfe{\x00}\x00",
    b"null",
    b"",
]


def test_odd_json_is_the_fault_of_who_sent_it(client):
    for body in ODD_JSON:
        answer = client.post("/api/v1/suppliers", content=body, headers=JSON)
        assert answer.status_code in (400, 422), body[:40]
        assert set(answer.json()) == {"code", "message", "remedy"}


def test_a_person_signs_out_on_the_page_of_the_service(closed):
    assert closed.post("/login", data={"token": TOKEN}).status_code == 303
    page = closed.get("/service", headers=PAGE)
    assert 'action="/logout"' in page.text
    assert TOKEN not in page.text
    ours = {**PAGE, "sec-fetch-site": "same-origin"}
    assert closed.post("/logout", headers=ours).headers["location"] == "/login"
    assert closed.get("/service", headers=PAGE).headers["location"] == "/login?next=/service"
