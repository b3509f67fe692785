import pytest

from indexes.finder import _surface
from indexes.question import ask
from indexes.small_words import STOP_WORDS, UNSPACED, WORDS, small_words
from indexes.terms import Term, Termbase

TERMS = Termbase([Term("incoming", {"en": ("incoming goods",), "vi": ("đầu vào", "của vào")})])


def test_every_served_language_has_small_words() -> None:
    assert WORDS.is_file()
    assert all(small_words(language) for language in ("en", "vi", "id", "tr", *UNSPACED))
    assert small_words("xx") == ()


def test_vietnamese_small_words_are_not_looked_for() -> None:
    question = ask("Biên bản đánh giá nội bộ có những gì")
    assert question.words == ("bien", "ban", "danh", "gia", "noi", "bo")
    assert "có" not in question.marked


def test_a_small_word_is_told_by_its_marks() -> None:
    assert "co" in ask("máy cắt cỏ").words
    assert "co" not in ask("máy cắt có").words
    assert "co" in ask("máy cắt cỏ có").words


def test_small_words_inside_a_name_of_the_trade_stay() -> None:
    text = "kiểm tra của vào"
    assert "cua" in ask(text, TERMS.expand(text)).words
    assert "cua" not in ask(text).words


def test_what_denies_is_asked_for() -> None:
    assert "khong" in ask("không phù hợp").words
    assert "tidak" in ask("apa yang tidak sesuai").words


@pytest.mark.parametrize(
    ("query", "gone", "kept"),
    [
        ("焊接的检验记录是谁做的", ("接的", "录是", "谁做"), ("焊接", "检验", "记录")),
        ("ใครสอบเทียบ", ("ใคร",), ("สอบ",)),
        ("누가 검사 기록", ("누가",), ("검사", "기록")),
    ],
)
def test_small_words_of_scripts_without_spaces(query: str, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    grams = ask(query).grams
    assert not set(gone) & set(grams)
    assert set(kept) <= set(grams)


def test_a_thai_mark_makes_another_word() -> None:
    assert "ไหม" in ask("รอยไหม้").grams


def test_nothing_but_small_words_is_what_is_asked() -> None:
    assert not ask("什么").empty
    assert ask("có gì").words == ("co", "gi")


def test_small_words_are_not_marked_as_matches() -> None:
    question = ask("biên bản đánh giá có những gì")
    assert _surface("Song Cam Castings Co., Ltd: biên bản đánh giá có 12 mục", question) == (
        "biên",
        "bản",
        "đánh",
        "giá",
    )
    assert "the" in STOP_WORDS
