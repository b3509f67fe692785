"""What is written into a web page and shown as something of its own."""

import base64

from extractors import web

PICTURE = base64.b64encode(b"\x89PNG" + bytes(4_000)).decode()


def told(tmp_path, policy, body):
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{body}</body></html>")
    return [(block.kind, block.text, block.hidden) for block in web.read(path, "a.html", policy).blocks]


def test_words_of_drawings_and_pages_within_pages_are_read(tmp_path, policy):
    body = "<p>Scrap</p><svg><title>spoken</title><text>May <tspan>2 %</tspan></text><text>June</text></svg><iframe srcdoc='<p>Inner</p>'></iframe><p>End</p>"
    assert told(tmp_path, policy, body) == [
        ("paragraph", "Scrap", False),
        ("drawing", "May 2 %\nJune", False),
        ("paragraph", "Inner", False),
        ("paragraph", "End", False),
    ]


def test_pictures_in_the_page_are_looked_at_also_in_tables_and_others_never_fetched(tmp_path, policy, monkeypatch):
    monkeypatch.setattr("extractors.embedded.Pictures._words", lambda self, data: ("Lot 4711", 0.9))
    inside = f"<img src='data:image/png;base64,{PICTURE}'>"
    table = f"<table><tr><td>Photo</td><td>{inside}</td></tr><tr><td>a</td><td>b</td></tr></table>"
    body = f"<p style='display:none'>{inside}</p><img src='https://example.com/a.png'><img src='data:image/png;base64,@'>{table}"
    found = told(tmp_path, policy, body)
    assert [entry for entry in found if entry[0] == "drawing"] == [
        ("drawing", "Lot 4711", True),
        ("drawing", "Lot 4711", False),
    ]


def test_pages_within_pages_have_an_end(tmp_path, policy):
    body = "<p>deep</p>"
    for _ in range(8):
        body = f"<p>level</p><iframe srcdoc='{body.replace('&', '&amp;').replace(chr(39), '&#39;')}'></iframe>"
    assert 1 < len(told(tmp_path, policy, body)) <= 5
    (tmp_path / "deep.html").write_text(f"<html><body>{body}</body></html>")
    document = web.read(tmp_path / "deep.html", "deep.html", policy)
    assert [item.code for item in document.not_read] == ["limit_exceeded"]
