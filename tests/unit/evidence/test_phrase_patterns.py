"""A pattern for many phrases shares their beginnings, and finds what trying them one by one, the longest first, would find."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evidence.data import table
from evidence.facts.text import one_form, words

LATIN = "ab1-"
SIGNS = LATIN + "批แ "


def plainly(known: tuple[str, ...]) -> re.Pattern[str]:
    """The same by alternatives beside each other, each with all that is asked of it."""
    parts = []
    for written in sorted(map(one_form, known), key=lambda phrase: (-len(phrase), phrase)):
        phrase, _, unless = written.partition("!")
        phrase, stem = phrase.rstrip("*"), phrase.endswith("*")
        latin = not set(phrase) & set("批แ")
        begins = phrase[0] in LATIN
        ends = phrase.rstrip("-")[-1:] in set(LATIN + " ")  # a dash may be a long vowel of Japanese, which ends no word
        body = re.escape(phrase).replace(r"\ ", r"[\s_-]{0,3}" if latin else r"\s{0,2}")
        after = r"(?:(?![^\W\d_])|(?=nya(?![^\W\d_])))" if ends else ""
        after = r"(?![^\W_])" if phrase[-1].isdigit() else after
        after = r"[^\W\d_]*" if stem else after
        others = f"(?!{re.escape(unless)})" if unless else ""
        parts.append((r"(?<![^\W_])" if begins else "") + body + after + others)
    return re.compile("|".join(parts).replace("批", "[批]"))


def phrase_of(told: Any) -> str:
    """A phrase in the notation of the word lists."""
    first, rest, last, stem, unless = told
    return f"{first}{rest}{last}{'*' if stem else ''}{f'!{unless}' if unless else ''}"


ONE = st.sampled_from(LATIN + "批แ")
PHRASE = st.tuples(ONE, st.text(SIGNS, max_size=3), ONE, st.booleans(), st.text("ab批", max_size=2)).map(phrase_of)


@given(st.lists(PHRASE, min_size=1, max_size=8, unique=True).map(tuple), st.text(SIGNS + "ny", max_size=60))
def test_shared_beginnings_change_nothing_that_is_found(known: tuple[str, ...], text: str) -> None:
    found = [match.span() for match in words(known).finditer(text)]
    assert found == [match.span() for match in plainly(known).finditer(text)]


def test_the_longest_phrase_counts_and_words_are_whole() -> None:
    pattern = words(("root", "root cause", "cause*", "原因", "批号"))
    assert [match[0] for match in pattern.finditer("root cause, rooted, because of causes 根本原因 root")] == [
        "root cause",
        "causes",
        "原因",
        "root",
    ]
    assert pattern.search("批號")  # the other form of one sign
    assert words(("sebab",)).search("sebabnya")
    assert not words(("sebab",)).search("sebabkan")


def _phrases(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _phrases(item)
    elif isinstance(data, str):
        yield data


def test_no_word_of_the_lists_mixes_letters_of_korea_with_those_of_china() -> None:
    """They look alike: ``복`` typed for ``复`` makes a phrase that no paper holds."""
    mixed = re.compile(r"[\uac00-\ud7a3][\u4e00-\u9fff\u3040-\u30ff]|[\u4e00-\u9fff\u3040-\u30ff][\uac00-\ud7a3]")
    lists = [
        phrase for name in ("labels", "words", "tables", "measures", "departments") for phrase in _phrases(table(name))
    ]
    assert len(lists) > 10_000
    assert [phrase for phrase in lists if mixed.search(phrase)] == []
