from indexes.question import Expansion, ask
from indexes.ranking import Candidates, Ranking, rank


def candidates(**more: object) -> Candidates:
    given: dict = {
        "ids": [1, 2],
        "words": {},
        "nearest": {"meaning": {1: 0.1, 2: 0.1}},
        "background": {"meaning": 0.0},
        "rarity": {"vent": 5.0, "clean": 2.0},
        "carried": {},
        "named": {},
    }
    return Candidates(**(given | more))


def ids(query: str, found: Candidates) -> list[int]:
    return [one.id for one in rank(ask(query), found, Ranking())]


def test_nothing_near_and_no_word_is_no_answer() -> None:
    assert ids("vent cleaned", candidates()) == []


def test_a_near_passage_is_an_answer() -> None:
    assert ids("vent cleaned", candidates(nearest={"meaning": {1: 0.6, 2: 0.1}})) == [1]


def test_nearness_counts_above_the_background() -> None:
    found = candidates(nearest={"meaning": {1: 0.6, 2: 0.1}}, background={"meaning": 0.5})
    assert ids("vent cleaned", found) == []


def test_a_passage_that_says_all_words_is_an_answer() -> None:
    found = candidates(words={1: 9.0}, carried={"vent": {1}, "clean": {1}})
    assert ids("vent cleaned", found) == [1]


def test_a_common_word_alone_is_no_answer() -> None:
    assert ids("vent cleaned", candidates(words={1: 9.0}, carried={"clean": {1}})) == []


def test_another_name_covers_the_words_it_stands_for() -> None:
    question = ask("vent cleaned", [Expansion("vent cleaned", "vệ sinh", "vi")])
    found = candidates(named={"vent cleaned": {2}}, languages={2: "vi"})
    assert [one.id for one in rank(question, found, Ranking())] == [2]


def test_a_synonym_says_less_than_the_word_itself() -> None:
    question = ask("vent cleaned", [Expansion("vent cleaned", "air hole washed", "en")])
    found = candidates(
        nearest={"meaning": {1: 0.5, 2: 0.5}}, carried={"vent": {2}, "clean": {2}}, named={"vent cleaned": {1}}
    )
    assert [one.id for one in rank(question, found, Ranking())] == [2, 1]


def test_a_number_that_is_asked_for_goes_first() -> None:
    found = candidates(
        words={1: 3.0, 2: 3.0},
        nearest={"meaning": {1: 0.3, 2: 0.5}},
        rarity={"24c07b2": 6.0},
        carried={"24c07b2": {1}},
    )
    assert ids("rework of 24C07B2", found)[0] == 1


def test_a_question_for_a_number_is_not_answered_by_likeness() -> None:
    found = candidates(nearest={"meaning": {1: 0.6, 2: 0.6}}, rarity={"24c07b2": 6.0}, carried={"24c07b2": {2}})
    assert ids("24C07B2", found) == [2]


def test_scores_and_legs_lie_between_nought_and_one() -> None:
    found = candidates(
        words={1: 30.0, 2: 3.0}, nearest={"meaning": {1: 1.0, 2: 0.5}}, carried={"vent": {1}, "clean": {1}}
    )
    for one in rank(ask("vent cleaned"), found, Ranking()):
        assert 0.0 <= one.score <= 1.0
        assert all(0.0 <= score <= 1.0 for score in one.legs.values())


def test_passages_in_other_languages_get_their_share_of_the_first_ten_and_scores_still_fall() -> None:
    english = {number: 0.6 - number / 100 for number in range(1, 21)}
    both = {**english, **{number: 0.5 - number / 1000 for number in range(101, 111)}}
    found = candidates(ids=list(both), nearest={"meaning": english, "languages": both}, background={})
    ranked = rank(ask("vent cleaned"), found, Ranking())
    assert [place for place, one in enumerate(ranked[:10]) if one.id > 100] == [3, 5, 7, 8, 9]
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_question_in_another_language_is_answered_by_what_the_multilingual_model_says() -> None:
    found = candidates(nearest={"meaning": {1: 0.9, 2: 0.0}, "languages": {1: 0.0, 2: 0.6}}, background={})
    assert ids("vệ sinh lỗ thoát khí", found) == [2]


def test_an_irrelevant_passage_in_another_language_takes_no_place() -> None:
    found = candidates(nearest={"meaning": {1: 0.6}, "languages": {1: 0.6, 2: 0.05}}, background={})
    assert ids("vent cleaned", found) == [1]


def test_a_passage_in_another_language_that_is_much_worse_is_not_let_forward() -> None:
    english = {number: 0.6 - number / 100 for number in range(1, 21)}
    both = {**english, **{number: 0.2 - number / 10_000 for number in range(101, 111)}}
    found = candidates(ids=list(both), nearest={"meaning": english, "languages": both}, background={})
    assert [one.id for one in rank(ask("vent cleaned"), found, Ranking())[:10]] == list(range(1, 11))


def test_a_passage_gains_by_a_good_one_in_the_same_paper() -> None:
    near = {1: 0.6, 2: 0.3, 3: 0.32}
    assert ids("vent cleaned", candidates(ids=[1, 2, 3], nearest={"meaning": near})) == [1, 3, 2]
    papers = {1: 77, 2: 77, 3: 78}
    assert ids("vent cleaned", candidates(ids=[1, 2, 3], nearest={"meaning": near}, papers=papers)) == [1, 2, 3]


def test_passages_that_stand_alone_share_nothing() -> None:
    near = {1: 0.6, 2: 0.3, 3: 0.32}
    papers = {1: 0, 2: 0, 3: 0}
    assert ids("vent cleaned", candidates(ids=[1, 2, 3], nearest={"meaning": near}, papers=papers)) == [1, 3, 2]


def test_shared_numbers_do_not_make_a_translation() -> None:
    """Between two passages in another language the one that names what is asked goes before the one with more of BM25."""
    question = ask("vent cleaned", [Expansion("vent cleaned", "vệ sinh", "vi")])
    found = candidates(
        words={1: 9.0, 2: 1.0}, nearest={"meaning": {}, "languages": {1: 0.4, 2: 0.4}}, named={"vent cleaned": {2}}
    )
    assert [one.id for one in rank(question, found, Ranking())] == [2, 1]


def test_the_language_that_is_recorded_counts_and_not_which_models_have_read_a_passage() -> None:
    found = candidates(
        words={1: 9.0, 2: 9.0},
        nearest={"meaning": {}, "languages": {1: 0.4, 2: 0.4}},
        carried={"vent": {1, 2}},
        languages={1: "en", 2: "vi"},
    )
    legs = {one.id: one.legs for one in rank(ask("vent cleaned"), found, Ranking())}
    assert "words" in legs[1]
    assert "translated" in legs[2]
    assert legs[1].keys().isdisjoint({"translated"})


def test_the_standards_of_malay_are_one_language() -> None:
    found = candidates(
        nearest={"languages": {1: 0.5, 2: 0.5}}, carried={"pemasok": {1, 2}}, languages={1: "id", 2: "ms"}
    )
    legs = {one.id: set(one.legs) for one in rank(ask("apa hasil audit pemasok"), found, Ranking())}
    assert legs[1] == legs[2]
