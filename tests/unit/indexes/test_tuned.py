"""The taught encoder on the real network: small lessons, a few texts."""

import numpy as np
import pytest

from indexes.tuned import MiniLmTuner, TunedEncoder

DONE = [f"Lot {n} was checked on {n} March and {n} pieces were rejected." for n in range(1, 17)]
AROUND = "Form F-07 / Incoming inspection # lot | result #  # "
RULES = [f"The inspector shall check {n} pieces of each lot in every shift." for n in range(1, 17)]
TARGETS = np.array([[1, 0, 1]] * 16 + [[0, 1, 0]] * 16, dtype=np.float32)  # done, rule | has a result


def alone(texts):
    return [("", text) for text in texts]


@pytest.fixture(scope="module")
def lesson():
    texts = DONE + RULES
    return MiniLmTuner(threads=1).lesson([*alone(texts), *((AROUND, text) for text in texts)], lambda line: None)


@pytest.fixture(scope="module")
def weights(lesson):
    return lesson.teach([range(64)] * 2, np.vstack([TARGETS, TARGETS]), [2], seed=7)


def test_what_was_taught_is_told_of_new_texts(weights):
    new = ["Three housings were found porous on 4 May.", "The manager shall review it."]
    for said in (TunedEncoder(weights).encode(alone(new)), TunedEncoder(weights).encode([(AROUND, x) for x in new])):
        assert said.shape == (2, 3)
        assert said[0, 0] > said[0, 1]
        assert said[1, 1] > said[1, 0]
        assert said[0, 2] > 0 > said[1, 2]


def test_what_stands_around_a_text_is_attended_to(weights):
    encoder = TunedEncoder(weights)
    one, other, same = encoder.encode([("", DONE[0]), (RULES[0], DONE[0]), ("", DONE[0])])
    assert np.abs(one - other).max() > 0.01
    assert np.allclose(one, same, atol=1e-4)


def test_long_surroundings_never_push_the_text_out(weights):
    encoder = TunedEncoder(weights)
    said = encoder.encode([("word " * 400, DONE[0]), ("word " * 400, RULES[0])])
    assert said[0, 0] - said[0, 1] > said[1, 0] - said[1, 1]


def test_the_lesson_and_the_encoder_answer_alike(lesson, weights):
    asked = lesson.ask(weights, [3, 20, 0, 35])
    encoded = TunedEncoder(weights).encode([("", DONE[3]), ("", RULES[4]), ("", DONE[0]), (AROUND, DONE[3])])
    assert np.abs(asked - encoded).max() < 0.1  # the lower layers are kept in half precision


def test_the_same_lesson_gives_the_same_weights(lesson):
    one, two = (lesson.teach([range(0, 32, 4)], TARGETS, [2], seed=3) for _ in range(2))
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_weights_of_another_network_are_refused(weights):
    with pytest.raises(ValueError, match="do not fit"):
        TunedEncoder({**weights, "head.weight": weights["head.weight"][:, :5]})


def test_no_texts_and_empty_texts(weights):
    encoder = TunedEncoder(weights)
    assert encoder.encode([]).shape == (0, 3)
    assert np.isfinite(encoder.encode([("", ""), ("", " \n"), (AROUND, "")])).all()


@pytest.mark.slow
def test_exported_it_answers_as_torch_does(weights, tmp_path):
    ours, theirs = TunedEncoder(weights, tmp_path), TunedEncoder(weights)
    texts = [("", DONE[0]), ("", RULES[3]), ("", "NG"), (AROUND, "NG")]
    assert any(path.suffix == ".npz" for path in tmp_path.iterdir())
    assert np.abs(ours.encode(texts) - theirs.encode(texts)).max() < 0.5


def test_a_text_that_comes_again_is_worked_out_once_and_taught_as_often_as_it_comes(weights):
    again = MiniLmTuner(threads=1).lesson(alone([DONE[0], RULES[0], DONE[0], DONE[0]]), lambda line: None)
    said = again.ask(weights, [0, 3, 1, 2])
    assert np.array_equal(said[0], said[1])
    assert np.array_equal(said[0], said[3])
    assert said[0, 0] - said[0, 1] > said[2, 0] - said[2, 1]
    other = TARGETS[[16, 16, 0, 0]]  # the same words labelled otherwise where they come again
    taught = again.teach([[0, 1, 2, 3]] * 2, other, [2], seed=7)
    assert all(np.isfinite(value).all() for value in taught.values())
