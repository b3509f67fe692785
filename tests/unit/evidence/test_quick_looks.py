"""Short ways through a text find what the plain ways find: they spare work and change nothing that is read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evidence.data import table
from evidence.facts.numbers import _POWER, _written_out, powers
from evidence.facts.text import _PLAIN, fold, one_form
from evidence.flags.grades_given import _ranged
from evidence.flags.limit_places import limits_in
from evidence.flags.own_records import _CODE
from evidence.likeness import _MONTHS, _NAMES, masked
from evidence.paper_names import _MAY_BEGIN, _pattern
from evidence.trades import SHORTEST_STEM, beginning

_WORDS_OF_PAPERS = sorted(
    {word.partition("!")[0].rstrip("*") for paper in table("papers").values() for word in paper["words"]}
)


@given(st.text(st.sampled_from("".join(map(chr, _PLAIN)) + "aÉẞß期ก")))
def test_each_sign_gets_its_plain_form(text: str) -> None:
    plain = text.translate(_PLAIN)
    assert fold(text) == "".join(small if len(small := char.lower()) == 1 else char for char in plain)


@given(st.text(st.sampled_from("10e^⁴+ x.,3a")))
def test_powers_of_ten_are_written_out_wherever_they_stand(folded: str) -> None:
    assert powers(folded) == _POWER.sub(_written_out, folded)


@given(st.lists(st.text("ab-", min_size=1, max_size=5), min_size=1, max_size=4), st.text("abes-_ 1", max_size=12))
def test_words_begin_where_no_letter_stands_before_them(known: list[str], text: str) -> None:
    def part(word: str) -> str:
        ends = r"(?:e?s)?(?![^\W_])" if len(word) <= SHORTEST_STEM else ""
        return rf"(?<![^\W_]){re.escape(word)}{ends}"

    plain = re.compile("|".join(part(one_form(fold(word))) for word in known))
    assert [m.span() for m in beginning(tuple(known)).finditer(text)] == [m.span() for m in plain.finditer(text)]


@given(st.text("ab1-. _x", max_size=20))
def test_a_code_begins_where_no_letter_stands_before_it(text: str) -> None:
    plain = re.compile(r"(?<![^\W_])[a-z]{1,6}(?:[-.][a-z]{1,5}){0,3}[-. ]?\d{1,4}(?:-\d{1,3}){0,3}(?![^\W_])")
    assert _CODE.findall(text) == plain.findall(text)


@given(st.lists(st.sampled_from([*_NAMES, " ", "7", "mayor", "-"]), max_size=6))
def test_names_of_months_are_masked_in_every_script(pieces: list[str]) -> None:
    text = "".join(pieces)
    latin, other = ([re.escape(n) for n in _NAMES if (n[0] >= "\u0250") is far] for far in (False, True))
    short = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    plain = re.compile(rf"\b(?:{'|'.join((short, *latin))})\b|{'|'.join(other)}")
    assert _MONTHS.sub("#", text) == plain.sub("#", text)
    assert not any(map(str.isdigit, masked(text)))


def test_a_range_without_a_name_before_it_is_looked_at_no_further() -> None:
    assert _ranged(" 85 - 100 grade a ") == "85 - 100 grade a"
    assert _ranged("good") == ""
    assert _ranged("scale: a 85-100") == "a 85-100"


def test_limits_told_once_can_be_changed_by_whoever_asked() -> None:
    limits_in("viscosity 20 - 25 s at 25 °C").clear()
    assert limits_in("viscosity 20 - 25 s at 25 °C")
    assert not limits_in("viscosity as agreed")


@given(st.lists(st.sampled_from([*_WORDS_OF_PAPERS, " ", "7", "x", "-", "告"]), max_size=6))
def test_names_of_papers_are_found_wherever_they_may_begin(pieces: list[str]) -> None:
    text = fold("".join(pieces))
    plain = re.compile(_pattern().pattern.removeprefix(_MAY_BEGIN))
    assert [m.span() for m in _pattern().finditer(text)] == [m.span() for m in plain.finditer(text)]
