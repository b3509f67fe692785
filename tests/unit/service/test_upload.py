import asyncio

import pytest
from starlette.requests import Request

from service.accounts.scope import Scope
from service.errors import Malformed, TooLarge, TooOften, TooSlow, WrongUse
from service.settings import ServicePolicy
from service.web import upload
from service.web.upload import Uploads, boundary_of, receive_files
from tests.unit.service.apart import run_apart
from tests.unit.service.test_api import client, send, settings, shop  # noqa: F401

WHO = Scope("w", "u", "local", "administrator")
HEAD = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
END = b"\r\n--x--\r\n"


def request_of(pieces, sender="203.0.113.7", content_type="multipart/form-data; boundary=x"):
    """A request whose body comes as ``pieces``: bytes, or seconds to wait."""
    left = list(pieces)

    async def receive():
        while left and isinstance(left[0], float):
            await asyncio.sleep(left.pop(0))
        body = left.pop(0) if left else b""
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    headers = [(b"content-type", content_type.encode())]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers, "client": (sender, 1)}, receive)


def read(files, fields):
    return [(file.name, b"".join(file.chunks)) for file in files]


@pytest.fixture
def uploads():
    made = Uploads(ServicePolicy(upload_silence_seconds=0.1, uploads_at_once=2))
    yield made
    made.close()


def test_an_upload_that_stalls_is_given_up_and_its_place_is_free(uploads):
    async def run():
        with pytest.raises(TooSlow):
            await receive_files(request_of([HEAD, b"first", 5.0, b"second", END]), WHO, uploads, read)
        return await receive_files(request_of([HEAD, b"first", END]), WHO, uploads, read)

    assert run_apart(run()) == [("a.txt", b"first")]


def test_an_upload_cut_in_the_midst_of_a_file_is_not_kept(uploads):
    kept = []

    def keep(files, fields):
        kept.extend(read(files, fields))

    for pieces in ([HEAD, b"the first ha"], [HEAD, b"whole", END[:-3]], [HEAD[:30]]):
        with pytest.raises(Malformed):
            run_apart(receive_files(request_of(pieces), WHO, uploads, keep))
    assert kept == []


@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_body_without_end_is_refused_whatever_it_consists_of(monkeypatch, where):
    monkeypatch.setattr(upload, "HEADER_BYTES", 400)
    monkeypatch.setattr(upload, "FIELD_BYTES", 400)
    made = Uploads(ServicePolicy(upload_bytes=1_000, upload_files=1))
    nothing = [b"." * 100] * 50
    pieces = [HEAD, b"first", END, *nothing] if where == "behind" else [*nothing, b"\r\n", HEAD, b"first", END]
    with pytest.raises((TooLarge, Malformed)):
        run_apart(receive_files(request_of(pieces), WHO, made, read))
    made.close()


def test_a_form_of_fields_without_end_is_refused(uploads):
    field = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n\r\n'
    with pytest.raises(WrongUse, match="too many fields"):
        run_apart(receive_files(request_of([HEAD, b"first\r\n", *[field] * 101]), WHO, uploads, read))
    assert run_apart(
        receive_files(request_of([HEAD, b"first\r\n", *[field] * 3, b"--x--\r\n"]), WHO, uploads, read)
    ) == [("a.txt", b"first")]


def test_an_upload_that_drips_is_given_up(uploads, monkeypatch):
    monkeypatch.setattr(upload, "START_SECONDS", 0.2)
    drops = [piece for _ in range(50) for piece in (b"a", 0.05)]

    async def run():
        with pytest.raises(TooSlow):
            await receive_files(request_of([HEAD, *drops, END]), WHO, uploads, read)

    run_apart(run())


def test_a_slow_store_is_not_the_senders_fault(uploads):
    import time

    def slowly(files, fields):
        found = []
        for file in files:
            for chunk in file.chunks:
                time.sleep(0.02)
                found.append(chunk)
        return len(found)

    pieces = [HEAD, *[b"x" * 100] * 40, END]
    assert run_apart(receive_files(request_of(pieces), WHO, uploads, slowly)) == 40


def test_who_stalls_holds_nobody_up_but_oneself(uploads):
    async def run():
        stalled = [
            asyncio.ensure_future(receive_files(request_of([HEAD, 5.0, END]), WHO, uploads, read)) for _ in range(2)
        ]
        await asyncio.sleep(0.02)
        with pytest.raises(TooOften) as refused:
            await receive_files(request_of([HEAD, b"a", END]), WHO, uploads, read)
        assert refused.value.status == 429
        other = await receive_files(request_of([HEAD, b"a", END], sender="198.51.100.1"), WHO, uploads, read)
        ended = await asyncio.gather(*stalled, return_exceptions=True)
        again = await receive_files(request_of([HEAD, b"b", END]), WHO, uploads, read)
        return other, ended, again

    other, ended, again = run_apart(run())
    assert (other, again) == ([("a.txt", b"a")], [("a.txt", b"b")])
    assert all(isinstance(problem, TooSlow) for problem in ended)


def test_who_has_a_whole_network_of_addresses_has_no_more_places(uploads):
    async def run():
        stalled = [
            asyncio.ensure_future(receive_files(request_of([HEAD, 5.0, END], f"2001:db8::{n}"), WHO, uploads, read))
            for n in range(2)
        ]
        await asyncio.sleep(0.02)
        with pytest.raises(TooOften):
            await receive_files(request_of([HEAD, b"a", END], "2001:db8::9"), WHO, uploads, read)
        await asyncio.gather(*stalled, return_exceptions=True)

    run_apart(run())


def test_an_upload_that_waits_for_its_turn_and_breaks_off_is_forgotten(uploads, monkeypatch):
    monkeypatch.setattr(upload, "UPLOADS", 1)
    narrow = Uploads(uploads.limits)

    async def run():
        first = asyncio.ensure_future(receive_files(request_of([HEAD, 0.08, b"a", 0.08, END]), WHO, narrow, read))
        await asyncio.sleep(0.02)
        with pytest.raises(TooSlow):
            await receive_files(request_of([HEAD, 5.0, END]), WHO, narrow, read)
        return await first

    assert run_apart(run()) == [("a.txt", b"a")]
    narrow.close()


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("application/json", WrongUse),
        ("", WrongUse),
        ("multipart/form-data", WrongUse),
        ("multipart/form-data; boundary=", WrongUse),
        ("multipart/form-data; boundary=" + "x" * 257, Malformed),
        ("multipart/mixed; boundary=x", WrongUse),
    ],
)
def test_a_head_without_a_use_is_refused(content_type, error):
    with pytest.raises(error):
        boundary_of(content_type)


NAMES = {
    'filename="../../etc/passwd"': "passwd",
    'filename="a\\r\\nSet-Cookie: x.txt"': None,
    "filename*=utf-8''a%0d%0aSet-Cookie%3a%20x.txt": None,
    "filename*=utf-8''%00.txt": None,
    "filename*=unicode_escape''%5Cud800.txt": None,
    "filename*=utf-7''%2B2AA-.txt": None,
    "filename*=nonsense''%ff.txt": None,
    "filename*=utf-8''%e2%80%ae%66%64%70.exe": None,
    'filename="C:\\\\papers\\\\audit.txt"': None,
    'filename="' + "n" * 2_000 + '.txt"': None,
    'filename="."': None,
    'filename="CON"': None,
    'filename="a;b=c.txt"': None,
    'filename="<img src=x onerror=alert(1)>.txt"': None,
}


def test_no_name_of_a_file_breaks_an_answer(client, shop):  # noqa: F811
    """Whatever a file is called, it is read, shown and given back under one plain line of a header."""
    for number, disposition in enumerate(NAMES):
        content = f"audit {number} of 12 March".encode()
        body = f'--x\r\nContent-Disposition: form-data; name="files"; {disposition}\r\n\r\n'.encode() + content + END
        answer = client.post(
            f"/api/v1/suppliers/{shop.supplier}/bundles",
            content=body,
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
        assert answer.status_code == 202, disposition[:60]
        shop.work()
        (document,) = client.get(f"/api/v1/bundles/{answer.json()['id']}").json()["documents"]
        assert document["state"] == "read", disposition[:60]
        raw = client.get(f"/api/v1/documents/{document['id']}/raw")
        assert raw.content == content
        said = raw.headers["content-disposition"]
        assert said.startswith("attachment; filename*=UTF-8''")
        assert "/" not in said
        assert said.isascii()
        assert "\n" not in said
        page = client.get(f"/documents/{document['id']}")
        assert page.status_code == 200
        assert "<img src=x" not in page.text
        assert client.get(f"/suppliers/{shop.supplier}").status_code == 200
    assert not list(shop.settings.data.parent.glob("**/passwd"))


def test_a_range_of_a_file_is_no_trouble(client, shop):  # noqa: F811
    bundle = send(client, shop.supplier, a="Audit of 12 March").json()["id"]
    shop.work()
    (document,) = client.get(f"/api/v1/bundles/{bundle}").json()["documents"]
    for asked in ("bytes=0-4", "bytes=-1", "bytes=99-", "bytes=5-1", "lines=1-2", "bytes=" + "0-0," * 5_000 + "0-0"):
        for address in (f"/api/v1/documents/{document['id']}/raw", "/static/pages.css"):
            assert client.get(address, headers={"range": asked}).status_code in (200, 206, 400, 416), (address, asked)
