"""The rule by which a new model takes the place of the one in use."""

import numpy as np
import pytest

from evidence.figures import macro_f1
from evidence.model import MODES
from service.learning.rule import Answer, Decided, held_against

MODE = {name: number for number, name in enumerate(MODES)}


def answers(right_before, right_after, documents=40, each=4, reviewer="r1"):
    """Passages of all frequent modes; the first ``right`` documents of a hundred are judged rightly."""
    made = []
    for document in range(documents):
        for wanted in (MODE["record"], MODE["prescription"], MODE["template"], MODE["other"])[:each]:
            wrong = (wanted + 1) % 3
            share = 100 * document / documents
            made.append(
                Answer(
                    f"d{document}", wanted, wanted if share < right_before else wrong,
                    wanted if share < right_after else wrong, reviewer,
                )
            )  # fmt: skip
    return made


def test_better_apart_and_as_good_on_the_frozen_test_may_be_used():
    outcome = held_against(answers(80, 80), Decided((30, 1), (30, 1)), answers(70, 90))
    assert outcome.passed
    assert "Better on 160 labels" in outcome.why
    assert outcome.figures["apart"]["after"] > outcome.figures["apart"]["before"]


@pytest.mark.parametrize(
    ("frozen", "decided", "apart", "said"),
    [
        (answers(80, 80), Decided(), answers(80, 80), "not more than"),
        (answers(80, 80), Decided(), answers(90, 70), "not more than"),
        (answers(80, 80), Decided(), [], "no reviewers' labels"),
        ([], Decided(), answers(70, 90), "no frozen test"),
        (answers(90, 60), Decided(), answers(70, 90), "frozen test it loses"),
        (answers(80, 80), Decided((50, 1), (50, 3)), answers(70, 90), "more are wrong"),
    ],
)
def test_otherwise_it_is_refused_with_the_reason(frozen, decided, apart, said):
    outcome = held_against(frozen, decided, apart)
    assert not outcome.passed
    assert said in outcome.why


def test_a_small_loss_within_noise_is_forgiven_a_sure_one_is_not():
    def noisy(seed, changed):
        draw = np.random.default_rng(seed)
        found = answers(80, 80, documents=100)
        for place in draw.choice(len(found), changed, replace=False):
            item = found[place]
            found[place] = Answer(item.document, item.wanted, item.before, (item.before + 1) % 3)
        return found

    assert held_against(noisy(1, 2), Decided(), answers(70, 90)).passed
    lost = held_against(noisy(1, 40), Decided(), answers(70, 90))
    assert not lost.passed
    assert lost.figures["frozen"]["difference"] < 0


def test_the_figures_are_those_of_the_classifier_and_lie_in_their_interval():
    found = answers(70, 90)
    figures = held_against(found, Decided(), found).figures["frozen"]
    wanted, before = np.array([a.wanted for a in found]), np.array([a.before for a in found])
    assert figures["before"] == pytest.approx(macro_f1(wanted, before), abs=1e-4)
    assert figures["low"] <= figures["difference"] <= figures["high"]
    assert held_against(found, Decided(), found) == held_against(found, Decided(), found)
