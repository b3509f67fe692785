"""What is written into a web page and shown as something of its own."""

import base64

import pytest

from extractors import web
from extractors.errors import UnsupportedType
from extractors.read import read_document

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


def written(tmp_path, policy, text, name="a.xml"):
    path = tmp_path / name
    path.write_text(text)
    document = read_document(path, name, policy)
    return document.media_type, [block.text for block in document.blocks]


def test_pages_whose_elements_carry_a_prefix_are_read(tmp_path, policy):
    page = '<?xml version="1.0"?><!-- made by hand -->\n<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title></h:head><h:body><h:h1>Scrap</h:h1><h:p>May <h:b>2 %</h:b></h:p></h:body></h:html>'
    assert written(tmp_path, policy, page) == ("text/html", ["Scrap", "May 2 %"])


DRAWING = """<?xml version="1.0" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg"><title>spoken</title><style>.a{fill:red}</style>
<text x="1"><tspan x="1">Receive</tspan><tspan x="1" dy="9">the <tspan>lot</tspan>s</tspan></text>
<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Inspect<br/>by sample</div></foreignObject><text>Inspect by…</text></switch>
<defs><g><text>Release</text></g></defs></svg>"""


def test_drawings_as_vectors_are_read_word_by_word(tmp_path, policy):
    words = "Receive the lots\nInspect\nby sample\nRelease"
    assert written(tmp_path, policy, DRAWING, "a.svg") == ("image/svg+xml", [words])
    prefixed = DRAWING.replace("<svg", "<s:svg").replace("</svg", "</s:svg").replace("xmlns=", "xmlns:s=", 1)
    for name in ("text", "tspan", "switch", "foreignObject", "defs", "g>", "title", "style"):
        prefixed = prefixed.replace(f"<{name}", f"<s:{name}").replace(f"</{name}", f"</s:{name}")
    assert written(tmp_path, policy, prefixed, "a.svg") == ("image/svg+xml", [words])


def test_a_file_of_xml_that_is_neither_stays_one(tmp_path, policy):
    with pytest.raises(UnsupportedType):
        written(tmp_path, policy, '<?xml version="1.0"?><lots><lot>4711</lot></lots>')


def test_what_stands_in_fields_of_any_visible_kind_is_read(tmp_path, policy):
    fields = "".join(
        f"<input type={kind} value={kind}X>"
        for kind in ("date", "number", "email", "tel", "search", "submit", "button", "month", "hidden", "password", "color")
    )  # fmt: skip
    ((_, words, _),) = told(tmp_path, policy, f"<p>Done <input value=free>{fields}</p>")
    assert words == "Done free dateX numberX emailX telX searchX submitX buttonX monthX"


def test_words_behind_the_end_of_a_page_and_between_the_cells_of_a_table_are_read(tmp_path, policy):
    body = "<table>Rev. 3 <b>draft</b><tr><td>Lot</td>odd<td>4711</td></tr><tr><td>Qty</td><td>2</td></tr></table></body></html>\nScanned by the gateway"
    assert [words for _, words, _ in told(tmp_path, policy, body)] == [
        "Rev. 3 draft odd",
        "Lot | 4711\nQty | 2",
        "Scanned by the gateway",
    ]
