import unicodedata

import pytest

from indexes.analysis import analyse, identifiers, is_number, joined_numbers, near_enough, places, spans


def test_marks_are_dropped_from_the_words_and_kept_beside_them() -> None:
    found = analyse("Biên bản đánh giá")
    assert found.words == ["bien", "ban", "danh", "gia"]
    assert found.marked == ["biên", "bản", "đánh", "giá"]


def test_decomposed_text_gives_the_same_terms() -> None:
    text = "Biên bản đánh giá nội bộ; Müşteri şikâyeti"
    assert analyse(unicodedata.normalize("NFD", text)) == analyse(text)


def test_english_words_meet_in_their_stem() -> None:
    assert analyse("inspections").stems == analyse("inspected").stems


def test_words_and_stems_belong_together() -> None:
    found = analyse("The vents were cleaned on 12.03.2024, đã thay, 已更换 24C07B2")
    assert len(found.words) == len(found.stems)


@pytest.mark.parametrize("text", ["的根本原因是", "로트번호", "การตรวจติดตามภายใน"])
def test_scripts_without_spaces_become_grams(text: str) -> None:
    found = analyse(text)
    assert found.grams
    assert not found.words


def test_two_scripts_in_one_run_are_parted() -> None:
    found = analyse("批号24C07B2")
    assert found.grams == ["批号"]
    assert "24c07b2" in found.words
    assert "24c07b2" in found.identifiers


def test_digits_of_any_script_are_digits() -> None:
    assert analyse("๒๕๖๗").words == ["2567"]
    assert analyse("２４Ｃ０７").words == ["24c07"]


@pytest.mark.parametrize("typed", ["CAPA25-017", "CAPA-25-017", "capa 25/017", "CAPA-25017"])
def test_a_number_is_met_however_it_is_separated(typed: str) -> None:
    written = set(identifiers("see CAPA-25-017 rev 2"))
    assert written & set(identifiers(typed))


def test_a_number_with_a_space_in_it_is_one_and_a_year_or_a_standard_is_none() -> None:
    assert "ab1234" in identifiers("Part AB 1234 is on hold.")
    assert "ncr120405" in identifiers("see NCR 1204-05, closed")
    for text in ("MAY 2023", "ISO 9001", "of 1234 parts", "REV 12", "X-AB 1234", "AB  1234"):
        assert identifiers(text) == [], text
    assert spans("Part AB 1234 is on hold.", frozenset({"ab1234"})) == [(5, 12)]


def test_what_a_question_may_mean_where_it_puts_spaces_into_a_number() -> None:
    assert "ab1234" in joined_numbers("hold AB-12 34 now")
    assert "24c07b2" in joined_numbers("lot 24C 07B2")
    for text in ("ISO 9001", "12 345", "AB, 1234", "AB\n1234", "calibration of gauges", "a" * 1000):
        assert joined_numbers(text) == [], text


def test_a_run_of_thousands_of_parts_has_few_names() -> None:
    assert len(identifiers("A-1" * 20_000)) < 40


def test_signs_that_scanners_confuse_are_one() -> None:
    assert set(identifiers("24CO7B2")) & set(identifiers("24C07B2"))


@pytest.mark.parametrize("text", ["a year 2024", "10 pcs", "M6", "page 12"])
def test_short_numbers_are_not_identifiers(text: str) -> None:
    assert identifiers(text) == []


def test_a_measure_is_not_the_number_of_a_thing() -> None:
    assert is_number("24c07b2")
    assert not is_number("400mg")
    assert not is_number("az91")


def test_spans_are_places_in_the_text_as_it_stands() -> None:
    text = "The vents were cleaned; lot 24C07B2, CAPA 25-017."
    terms = frozenset({"clean", "24c07b2", "25017"})
    assert [text[start:end] for start, end in spans(text, terms)] == ["cleaned", "24C07B2", "25-017"]


def test_spans_of_a_script_without_spaces_mark_the_match_and_not_the_sentence() -> None:
    text = "经分析根本原因是排气孔堵塞"
    marked = [text[start:end] for start, end in spans(text, frozenset(analyse("根本原因").grams))]
    assert marked == ["根本原因"]


@pytest.mark.parametrize(
    ("typed", "meant", "errors", "near"),
    [
        ("porosty", "porosity", 1, True),
        ("calibraiton", "calibration", 1, True),
        ("audit", "audio", 1, True),
        ("audit", "radio", 1, False),
        ("efectivness", "effectiveness", 2, True),
        ("efectivness", "effectiveness", 1, False),
    ],
)
def test_near_enough_counts_wrong_letters(typed: str, meant: str, errors: int, near: bool) -> None:
    assert near_enough(typed, meant, errors) is near


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "-" * 5000, "a" * 100_000, "😀" * 1000, "''''", "é" * 500])
def test_hostile_text_does_no_harm(text: str) -> None:
    found = analyse(text)
    assert all(len(word) <= 64 for word in found.words)


def test_signs_that_are_words_when_taken_apart_are_those_words() -> None:
    assert analyse("⑴ ⒈ ½ ﬁnal").words == ["1", "1", "1", "2", "final"]


def test_a_number_is_its_own_stem_and_no_measure() -> None:
    found = analyse("Copy 12345 of 12345mm")
    assert found.stems == ["copi", "12345", "of", "12345mm"]
    assert "~12345" in found.identifiers
    assert "~12345mm" not in found.identifiers


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Without a check-out the out-tray is out.", ["out"], ["out", "out", "out"]),
        ("NG, ng and NGO; Ng2", ["ng"], ["NG", "ng"]),
        ("aa aaa aa", ["aa"], ["aa", "aa"]),
        ("检查结果合格，检查人", ["检查"], ["检查", "检查"]),
        ("lot24C07 and 24C07", ["24C07", "lot24C07"], ["lot24C07", "24C07"]),
        ("İŞ EMRİ iş emri", ["iş"], ["iş"]),
        ("(a) b (a)", ["(a)"], ["(a)", "(a)"]),
    ],
)
def test_words_are_marked_whole_wherever_they_stand(text: str, terms: list[str], found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, terms)] == found
