import pytest

from indexes.question import QUERY_WORDS, ask


def test_phrases_exclusions_and_words_are_told_apart() -> None:
    question = ask('"root cause" porosity -template -"blank form"')
    assert question.phrases == ("root cause",)
    assert question.excluded == ("template", "blank form")
    assert question.words == ("root", "cause", "porosity")
    assert question.meaning == "root cause porosity"


@pytest.mark.parametrize("query", ["-5 degrees", "re-inspection", "CAPA-25-017", "a - b"])
def test_a_hyphen_is_not_always_an_exclusion(query: str) -> None:
    assert ask(query).excluded == ()


def test_small_words_are_left_out_unless_there_are_no_others() -> None:
    assert ask("who is the auditor").words == ("auditor",)
    assert ask("who is the").words == ("who", "is", "the")


@pytest.mark.parametrize("query", ["", " ", "-", '""', '"', "!!!", "-template", "\x00"])
def test_a_query_without_words_asks_nothing(query: str) -> None:
    assert ask(query).empty


def test_a_phrase_of_signs_alone_is_none() -> None:
    assert ask('"..." vent').phrases == ()
    assert ask('"..."').empty
    assert ask('"fox\'s tail: quality"').phrases == ("fox's tail: quality",)


def test_typographic_quotes_are_quotes() -> None:
    assert ask("“biên bản” «акт» 「根本原因」").phrases == ("biên bản", "акт", "根本原因")


def test_an_open_quote_is_not_a_phrase() -> None:
    question = ask('root "cause')
    assert question.phrases == ()
    assert question.words == ("root", "cause")


def test_a_pasted_document_is_cut() -> None:
    question = ask(" ".join(f"word{number}x" for number in range(5000)))
    assert len(question.words) <= QUERY_WORDS


def test_a_question_for_numbers_alone_is_known() -> None:
    assert ask("CAPA-25-017").only_numbers
    assert ask("the 24C07B2").only_numbers
    assert not ask("rework of 24C07B2").only_numbers


def test_the_number_of_a_lot_is_asked_for_by_itself() -> None:
    assert ask("lot 24C07B2").only_numbers
    assert ask("Batch no. 24C07B2").only_numbers
    assert not ask("rework of lot 24C07B2").only_numbers
    assert not ask("lot").only_numbers
