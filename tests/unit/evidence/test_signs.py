import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.signs import SIGNS, count, quotes


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("full_date", "found on 12 March 2025"), ("full_date", "12.03.25"), ("full_date", "2025-03-12"), ("full_date", "ngày 12 tháng 3 năm 2025"),
        ("full_date", "2025年3月12日"), ("full_date", "12 Maret 2025"), ("full_date", "12 มี.ค. 2568"), ("full_date", "12 Mart 2025"),
        ("code", "see CAPA-25-017"), ("code", "lot 24C07B2"), ("decimal", "41.207 mm"), ("decimal", "12,5"), ("ratio", "3 of 1240"),
        ("bracket_placeholder", "[Company Name]"), ("pattern_placeholder", "dd/mm/yyyy"), ("blank_line", "Name: ______"),
        ("empty_box", "☐ yes"), ("ticked_box", "[x] yes"), ("empty_label", "Lot no.:\n"), ("filled_label", "Lot no.: 7"),
        ("shall", "The manager shall"), ("shall", "phải kiểm tra"), ("shall", "harus dicatat"), ("shall", "应检查"), ("shall", "ต้องตรวจ"), ("shall", "기록하여야 한다"),
        ("was", "was replaced"), ("was", "đã thay"), ("was", "telah diganti"), ("was", "已更换"), ("was", "แล้ว"), ("contents", "Scope .......... 4"),
    ],
)  # fmt: skip
def test_sign_is_seen(name, text):
    assert count(text)[name] >= 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("full_date", "clause 8.5.1"),
        ("code", "the quality manager"),
        ("bracket_placeholder", "see [link](x)"),
        ("shall", "marshalling yard"),
    ],
)
def test_sign_is_not_seen(name, text):
    assert count(text)[name] == 0


@given(st.text(max_size=4000))
def test_any_text_can_be_counted(text):
    assert all(n >= 0 for n in count(text).values())


def test_quotes_stand_in_the_text():
    text = "Lot 24C07B2 was checked on 12 March 2025, 41.207 read"
    found = [quote for sign in SIGNS for quote in quotes(text, sign.name)]
    assert found
    assert [quote for quote in found if quote not in text] == []


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "1" * 50_000, "1-" * 20_000, "A a " * 10_000, "." * 50_000, "[a" * 20_000, "| " * 20_000]
)
def test_hostile_text_is_read_to_its_end(text):
    """A pattern that backtracks takes hours for it."""
    assert all(found >= 0 for found in count(text).values())


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("Rejected lots: 5 of 120", "filled_label", "lots: 5"),
        ("Target 2026: 3.2 % of castings", "percent", "3.2 %"),
    ],
)
def test_a_sign_is_quoted_in_whole_words(text: str, name: str, quote: str) -> None:
    assert next(quotes(text, name)) == quote
