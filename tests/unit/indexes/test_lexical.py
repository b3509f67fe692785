from pathlib import Path

import numpy as np
import pytest

from indexes import lexical
from indexes.lexical import LexicalIndex
from indexes.question import Expansion, ask

PASSAGES = [
    (1, "", "The die vent was blocked by flash, which led to porosity on lot 24C07B2."),
    (2, "CAPA", "Vent cleaning verified on three lots, CAPA-25-017 closed."),
    (3, "", "Biên bản đánh giá nội bộ 2024: ba điểm không phù hợp."),
    (4, "", "การตรวจติดตามภายในประจำปี 2567"),
    (5, "", "根本原因：模具排气孔堵塞"),
    (6, "", "The root of the cause is described below; template form."),
    (7, "", "Root cause: worn ejector pin."),
    (8, "", "로트번호 확인 완료"),
]


@pytest.fixture(params=["memory", "folder"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> LexicalIndex:
    found = LexicalIndex(tmp_path / "lexical" if request.param == "folder" else None)
    found.upsert(PASSAGES)
    return found


def found(index: LexicalIndex, query: str, **more: object) -> list[int]:
    return [hit.id for hit in index.search(index.corrected(ask(query)), 10, **more)]  # type: ignore[arg-type]


def test_words_are_found_by_their_stem(index: LexicalIndex) -> None:
    assert set(found(index, "vents cleaned")) == {1, 2}


def test_words_without_marks_find_those_with(index: LexicalIndex) -> None:
    assert found(index, "bien ban danh gia") == [3]
    assert found(index, "biên bản") == [3]


def test_exact_marks_come_first() -> None:
    index = LexicalIndex()
    index.upsert([(1, "", "ma trận"), (2, "", "mã trận"), (3, "", "má trận")])
    assert found(index, "mã trận")[0] == 2


@pytest.mark.parametrize("query", ["CAPA-25-017", "capa25-017", "25-017", "CAPA 25/017"])
def test_numbers_are_found_as_people_write_them(index: LexicalIndex, query: str) -> None:
    assert found(index, query)[0] == 2


PARTS = [
    (1, "", "Part AB-1234 is bad"),
    (2, "", "Part AB1234 is good"),
    (3, "", "Part AB 1234 waits"),
    (4, "", "Part C"),
]


@pytest.mark.parametrize("query", ["AB-1234", "AB1234", "AB 1234", "ab 1234", "AB-12 34", "ＡＢ－１２３４"])
def test_a_part_number_is_found_however_it_is_spaced(query: str) -> None:
    index = LexicalIndex()
    index.upsert(PARTS)
    assert sorted(found(index, query)) == [1, 2, 3]


def test_a_number_left_out_is_left_out_however_it_is_spaced() -> None:
    index = LexicalIndex()
    index.upsert(PARTS)
    for query in ("part -AB-1234", "part -AB1234", 'part -"AB 1234"'):
        assert found(index, query) == [4], query
    assert sorted(found(index, 'part -"AB 1234 waits"')) == [1, 2, 4]


def test_other_names_that_no_passage_has_are_not_looked_for(index: LexicalIndex) -> None:
    names = (Expansion("cause", "root cause", "en"), Expansion("cause", "root wombat", "en"))
    assert index.corrected(ask("cause", names)).expansions == names[:1]


def test_a_lot_number_is_found_through_a_scanners_eyes(index: LexicalIndex) -> None:
    assert found(index, "24CO7B2")[0] == 1


@pytest.mark.parametrize(("query", "number"), [("ตรวจติดตาม", 4), ("根本原因", 5), ("로트번호", 8)])
def test_scripts_without_spaces_are_searched(index: LexicalIndex, query: str, number: int) -> None:
    assert found(index, query)[0] == number


def test_a_single_sign_is_found_in_longer_words(index: LexicalIndex) -> None:
    assert found(index, "模") == [5]
    assert found(index, "寸") == []


def test_a_phrase_must_stand_word_for_word(index: LexicalIndex) -> None:
    assert found(index, '"root cause"') == [7]
    assert set(found(index, "root cause")) == {6, 7}
    assert found(index, '"排气孔"') == [5]


def test_a_phrase_of_one_word_is_a_word(index: LexicalIndex) -> None:
    assert found(index, '"porosity"') == [1]


def test_excluded_words_do_not_stand_in_a_hit(index: LexicalIndex) -> None:
    assert found(index, "vent -porosity") == [2]
    assert found(index, 'root -"template form"') == [7]


def test_typing_errors_are_forgiven(index: LexicalIndex) -> None:
    assert found(index, "porosty") == [1]
    assert found(index, "describd")[0] == 6
    assert found(index, "zzzzqqq") == []


def test_other_names_from_the_termbase_are_found(index: LexicalIndex) -> None:
    question = ask("internal audit", [Expansion("internal audit", "đánh giá nội bộ", "vi")])
    assert [hit.id for hit in index.search(question, 10)] == [3]
    assert index.traits([1, 3], question).named == {"internal audit": {3}}


def test_the_heading_is_searched_too(index: LexicalIndex) -> None:
    assert found(index, "capa") == [2]


def test_only_allowed_passages_are_found(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(index, "vent root", allowed=np.array([2, 7])) == [7, 2] or found(
        index, "vent root", allowed=np.array([2, 7])
    ) == [2, 7]
    monkeypatch.setattr("indexes.lexical.FILTER_IN_QUERY", 1)
    assert set(found(index, "vent root", allowed=np.array([2, 7]))) == {2, 7}
    assert found(index, "vent", allowed=np.array([], dtype=np.int64)) == []


def test_a_filter_does_not_read_deeper_for_more_than_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.lexical.FILTER_IN_QUERY", 1)
    index = LexicalIndex()
    index.upsert([(number, "", "vent " * (1 + number // 300)) for number in range(600)])
    read = []
    whole = lexical._ids

    def spied(searcher: object, hits: list) -> np.ndarray:
        read.append(len(hits))
        return whole(searcher, hits)  # type: ignore[arg-type]

    monkeypatch.setattr(lexical, "_ids", spied)
    allowed = np.concatenate([np.arange(0, 300), np.arange(400, 550)])  # the best of all are not among them
    monkeypatch.setattr(lexical, "FILTER_MARGIN", 1.0)
    assert 100 <= len(index.search(ask("vent"), 200, allowed)) < 200
    assert len(read) == 1
    monkeypatch.setattr(lexical, "ENOUGH", 200)
    assert len(index.search(ask("vent"), 200, allowed)) == 200


@pytest.mark.parametrize("step", [1, 100])
def test_ids_that_lie_together_or_apart_are_found_alike(step: int) -> None:
    index = LexicalIndex()
    index.upsert([(number * step, "", f"vent number{number}") for number in range(40)])
    allowed = np.arange(5, 25) * step
    assert sorted(found(index, "vent", allowed=allowed)) == sorted(index.texts(allowed[:10].tolist()))
    assert len(index.search(ask("vent"), 40, allowed)) == 20


def test_a_filter_reaches_below_the_best_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.lexical.FILTER_IN_QUERY", 0)
    index = LexicalIndex()
    index.upsert(
        [(number, "", "audit " * (1 + number % 5)) for number in range(300)] + [(999, "", "an audit long ago")]
    )
    assert [hit.id for hit in index.search(ask("audit"), 5, np.array([999]))] == [999]


def test_a_passage_written_again_is_replaced(index: LexicalIndex) -> None:
    index.upsert([(1, "", "hardness 58 HRC"), (1, "", "hardness 60 HRC")])
    assert len(index) == len(PASSAGES)
    assert found(index, "porosity") == []
    assert index.texts([1]) == {1: "hardness 60 HRC"}


def test_removed_passages_are_gone(index: LexicalIndex) -> None:
    index.remove([1, 77])
    assert found(index, "porosity") == []
    assert 1 not in index.ids()
    index.clear()
    assert len(index) == 0


def test_a_folder_keeps_its_passages(tmp_path: Path) -> None:
    LexicalIndex(tmp_path).upsert(PASSAGES)
    again = LexicalIndex(tmp_path)
    assert again.ids().tolist() == [number for number, _, _ in PASSAGES]
    other = LexicalIndex(tmp_path)
    again.remove([3])
    other.refresh()
    assert 3 not in other.ids()


def test_which_passages_carry_which_term(index: LexicalIndex) -> None:
    question = ask("vent 24C07B2")
    carried = index.traits([1, 2, 3], question).carried
    assert carried["vent"] == {1, 2}
    assert carried["24c07b2"] == {1}
    scores = index.scores([1, 2, 3, 99], ask("vent -porosity"))
    assert scores.keys() == {2, 3}
    assert scores[2] > scores[3] == 0.0


def test_more_questions_than_one_search_answers_are_answered_all() -> None:
    words = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(60)]
    index = LexicalIndex()
    index.upsert([(number, "", " ".join(words[number : number + 30])) for number in range(30)])
    found = index.traits(list(range(30)), ask(" ".join(words)))
    for place, word in enumerate(words):
        assert found.carried[word] == {number for number in range(30) if number <= place < number + 30}


@pytest.mark.parametrize("query", ["a:b AND (c OR", "*", "\\", "[1 TO 2]", "+-!^~", "'; drop", "\x00\x01"])
def test_signs_of_query_languages_are_only_signs(index: LexicalIndex, query: str) -> None:
    assert isinstance(found(index, query), list)


@pytest.mark.parametrize("text", ["", "\x00", "a" * 70_000, "\ud800"])
def test_odd_texts_can_be_written(text: str) -> None:
    index = LexicalIndex()
    index.upsert([(1, text, text), (2, "", "porosity")])
    assert found(index, "porosity") == [2]


def test_the_paper_and_the_language_of_a_passage_are_known() -> None:
    index = LexicalIndex()
    index.upsert([(1, "", "porosity"), (2, "", "porosity"), (3, "", "porosity")], {1: 2**62 + 1, 2: 5}, {1: "vi"})
    known = index.traits([1, 2, 3, 4], ask("porosity"))
    assert known.papers == {1: 2**62 + 1, 2: 5, 3: 0}
    assert known.languages == {1: "vi", 2: "", 3: ""}
