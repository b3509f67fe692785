"""Standard questions: each expectation has some, and the assessment names them."""

from evidence.assessment import assess
from evidence.data import table
from evidence.model import MODES
from evidence.questions import standard_questions
from tests.unit.evidence.builders import TODAY

EXPECTATIONS = [entry["id"] for entry in table("expectations")["expectation"]]


def test_every_expectation_has_questions_and_every_question_an_expectation() -> None:
    assert {question.expectation for question in standard_questions()} == set(EXPECTATIONS)
    assert {question.mode for question in standard_questions()} - {None} <= set(MODES)
    asked = [question.ask for question in standard_questions()]
    assert len(asked) == len(set(asked))


def test_an_assessment_names_the_questions_of_each_expectation() -> None:
    made = assess("Lotus Valley Pumps Co., Ltd", TODAY, ())
    assert [one.id for one in made.expectations] == EXPECTATIONS
    for one in made.expectations:
        assert one.questions == tuple(question.ask for question in standard_questions(one.id))
        assert one.questions
