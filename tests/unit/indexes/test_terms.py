from pathlib import Path

import pytest

from indexes.question import ask
from indexes.terms import Term, Termbase, load_termbase

TERMS = Termbase(
    [
        Term("internal_audit", {"en": ("internal audit",), "vi": ("đánh giá nội bộ",), "zh": ("内部审核", "内审")}),
        Term("audit", {"en": ("audit",), "vi": ("đánh giá",), "th": ("การตรวจประเมิน",)}),
        Term("fault", {"en": ("defect", "fault"), "vi": ("lỗi",)}),
    ]
)


def phrases(query: str) -> set[str]:
    return {expansion.phrase for expansion in TERMS.expand(query)}


def test_a_term_brings_its_other_names() -> None:
    assert phrases("findings of internal audits") == {"đánh giá nội bộ", "内部审核", "内审"}


def test_the_longest_name_is_taken() -> None:
    assert "การตรวจประเมิน" not in phrases("internal audit")
    assert "การตรวจประเมิน" in phrases("audit")


def test_names_are_known_without_marks_and_not_with_others() -> None:
    assert "internal audit" in phrases("danh gia noi bo 2024")
    assert phrases("lôi") == set()
    assert "defect" in phrases("lỗi")


def test_names_in_scripts_without_spaces_are_found_inside_the_line() -> None:
    assert "internal audit" in phrases("2024年内部审核报告")


def test_a_foreign_question_is_put_in_english_for_the_english_model() -> None:
    assert TERMS.in_english(ask("đánh giá nội bộ 2024")) == "internal audit"
    assert TERMS.in_english(ask("who did the audit")) == "who did the audit"
    assert TERMS.in_english(ask("điều gì đó")) == "điều gì đó"


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('[[term]]\nname = "lot"\nen = ["lot number"]\nid = ["nomor lot"]\n', encoding="utf-8")
    assert [expansion.phrase for expansion in load_termbase(path).expand("lot number 5")] == ["nomor lot"]


@pytest.mark.parametrize(
    "content",
    [
        '[[term]]\nen = ["lot"]\n',
        '[[term]]\nname = "lot"\n',
        '[[term]]\nname = "lot"\nen = "lot"\n',
        '[[term]]\nname = "lot"\nen = ["lot"]\n' * 2,
    ],
)
def test_a_wrong_file_is_refused_with_its_place(content: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"terms\.toml"):
        load_termbase(path)


def test_the_shipped_termbase_names_each_term_in_every_language() -> None:
    termbase = load_termbase(Path(__file__).parents[3] / "corpora" / "termbase" / "quality.toml")
    assert len(termbase.terms) >= 150
    for term in termbase.terms:
        assert set(term.names) == {"en", "vi", "id", "th", "zh", "ko", "tr"}, term.id


def test_a_term_typed_without_its_marks_gets_them_back() -> None:
    terms = Termbase([Term("audit", {"en": ("internal audit",), "vi": ("đánh giá nội bộ",)})])
    assert terms.with_marks("Bien ban danh gia noi bo 2024") == "Bien ban đánh giá nội bộ 2024"
    assert terms.with_marks("internal audit") == "internal audit"


def test_a_short_english_word_is_no_name_in_another_language_by_chance() -> None:
    terms = Termbase(
        [Term("wood", {"en": ("wood",), "vi": ("gỗ",)}), Term("scale", {"en": ("scale",), "id": ("timbangan",)})]
    )
    assert terms.expand("who decided to go back to the old source") == ()
    assert {found.phrase for found in terms.expand("độ ẩm của gỗ")} == {"wood"}
    assert {found.phrase for found in terms.expand("kalibrasi timbangan")} == {"scale"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Why did the hinge springs break?", {"menteşe", "yay", "kırık", "断裂"}),
        ("primer peeled off the rubber bushing", {"mengelupas", "karet", "프라이머", "bong tróc"}),
        ("độ ẩm giấy", {"paper", "humidity", "kertas", "水分"}),
        ("쇼트 피닝", {"bilyalama", "shot peening"}),
    ],
)
def test_words_of_the_trades_are_known_in_the_languages_served(question: str, names: set[str]) -> None:
    termbase = load_termbase(Path(__file__).parents[3] / "corpora" / "termbase" / "quality.toml")
    assert names <= {found.phrase for found in termbase.expand(question)}
