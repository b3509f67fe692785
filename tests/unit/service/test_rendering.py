import json
import re

import pytest

from evidence.model import CRITERIA, KINDS, MODES
from service.web import words
from service.web.rendering import FOLDER, STATIC, keys, marked, page, said_moment, size

TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))


def test_what_is_marked_is_escaped_too():
    assert marked("a <b>vent</b> & Vent", ["vent", "<b>"]) == (
        "a <mark>&lt;b&gt;vent</mark>&lt;/b&gt; &amp; <mark>Vent</mark>"
    )


def test_letters_that_grow_when_folded_do_not_shift_the_marks():
    assert marked("Straße vent", ["vent"]) == "Straße <mark>vent</mark>"


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("Sent out without a gate.", ["out"], "Sent <mark>out</mark> without a gate."),
        ("Vents and venting; the Vent.", ["vent"], "Vents and venting; the <mark>Vent</mark>."),
        ("khuôn, không", ["kh", "khuôn"], "<mark>khuôn</mark>, không"),
        ("lot 24C07B2 and 24C07", ["24C07"], "lot 24C07B2 and <mark>24C07</mark>"),
        ("锅炉压力表每年校准", ["压力", "力表"], "锅炉<mark>压力表</mark>每年校准"),
        ("การตรวจสอบเตา", ["ตรวจ"], "การ<mark>ตรวจ</mark>สอบเตา"),
        ("금형을 수정했다", ["금형"], "<mark>금형</mark>을 수정했다"),
        ("PP料 and PPX", ["pp"], "<mark>PP</mark>料 and PPX"),
    ],
)
def test_whole_words_are_marked_where_blanks_part_them(text, terms, shown):
    assert marked(text, terms) == shown


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_script_a_style_or_a_foreign_address(template):
    text = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)|<style|\sstyle=|\son\w+=|https?://|\|\s*safe", text)


def test_every_key_has_its_words_and_no_key_two_meanings():
    pressed = [key for entry in keys() for key in entry["keys"]]
    assert len(pressed) == len(set(pressed))
    assert all(entry["words"] and entry["where"] in ("everywhere", "review") for entry in keys())
    text = page("keys.html", keys=keys())
    assert all(entry["words"] in text for entry in keys())


def test_the_keys_reach_every_mode():
    assert [e["action"] for e in keys() if e["action"].startswith("mode:")] == [f"mode:{mode}" for mode in MODES]


def test_every_action_of_the_key_map_is_done_by_a_script():
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    for action in {entry["action"].split(":")[0] for entry in json.loads((STATIC / "keys.json").read_text("utf-8"))}:
        assert f'on("{action}"' in scripts


def test_every_mode_kind_and_criterion_has_words():
    assert tuple(words.MODES) == MODES
    assert tuple(words.KINDS) == KINDS
    assert tuple(words.CRITERIA) == CRITERIA


def test_probabilities_and_sizes_are_said_in_words():
    assert [words.likelihood(p) for p in (1.0, 0.8, 0.5, 0.0)] == [
        "almost certainly", "very likely", "about as likely as not", "very unlikely",
    ]  # fmt: skip
    assert [size(n) for n in (12, 5_900, 48_000_000)] == ["12 bytes", "5.9 kB", "48 MB"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("2026-10-27T09:30:00", "27 Oct 2026, 09:30"),
        ("2026-10-27T09:30:00Z", "27 Oct 2026, 09:30 UTC"),
        ("2026-10-27T01:30:00+07:00", "26 Oct 2026, 18:30 UTC"),
        ("some time in May", "some time in May"),
    ],
)
def test_moments_that_files_say_are_shown_as_people_write_them(said, shown):
    assert said_moment(said) == shown
