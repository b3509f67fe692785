"""What a reviewer is asked next, and how honest the shown accuracy is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.model import Passage
from extractors.locators import PageLocator
from service.accounts.scope import Scope
from service.accounts.service import AccountService
from service.errors import NotAllowed, NotFound, NotNow, WrongUse
from service.reviews.choice import choose, doubt, has_content, likeness_key, side_by_side
from service.reviews.queue import ReviewQueue
from service.reviews.schemas import Decide
from service.reviews.service import ReviewService
from service.settings import ServicePolicy
from tests.unit.service.papers import add_document, add_supplier, report


def passage(key, text, **modes):
    best = max(modes, key=modes.get)
    return Passage(id=key, text=text, locators=(PageLocator(page=1),), mode=best, modes=modes, criteria={})


@pytest.fixture
def scope(database):
    return AccountService(database).local()


@pytest.fixture
def document(database):
    found = [passage(f"p{n}", f"Row {n} checked by Hoa on day {n}", record=0.9, template=0.1) for n in range(30)]
    found += [passage(f"q{n}", f"Unlike paper {'abcdefgh'[n]} about the {'abcdefgh'[n] * 3} oven", record=0.5, template=0.49) for n in range(8)]  # fmt: skip
    return add_document(database, add_supplier(database), report("a.pdf", found))


@pytest.fixture
def queue(database):
    return ReviewQueue(database, ServicePolicy())


def test_the_doubtful_come_first_look_alikes_once_and_every_fifth_is_drawn(queue, scope, document):
    shown = queue.next(scope, count=10)
    assert shown.waiting == 38
    assert [item.drawn for item in shown.items[:10]].count(True) == 2
    assert shown.items[4].drawn
    chosen = [item for item in shown.items if not item.drawn]
    assert chosen[0].passage.modes["record"] == 0.5
    rows = [item for item in chosen if item.passage.text.startswith("Row")]
    assert len(rows) == 1
    assert len(rows[0].twins) >= 27


def test_numbers_and_names_of_forms_come_last(queue, scope, database):
    found = [passage(f"f{n}", f"QF-{n}0{n} {'abcdefgh'[n] * 2}", record=0.5, template=0.5) for n in range(8)]
    found += [passage(f"s{n}", f"The {'abcdefgh'[n] * 3} oven was cleaned", record=0.9, template=0.1) for n in range(8)]
    add_document(database, add_supplier(database), report("b.pdf", found))
    chosen = [item.passage.text for item in queue.next(scope, count=20).items if not item.drawn]
    content = [has_content(text) for text in chosen]
    assert content == sorted(content, reverse=True)
    assert {True, False} == set(content)
    few = [item.passage.text for item in queue.next(scope, count=4).items if not item.drawn]
    assert all(map(has_content, few))


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("QF-07-03 Rev. 2", False),
        ("Lot 24C07 | 12 | 14 | OK", False),
        ("表单编号 QF-07", False),
        ("Ngày 12/03/2025", False),
        ("Page 3 of 7", False),
        ("Vents of the die were cleaned", True),
        ("Đã làm sạch lỗ thoát khí", True),
        ("锅炉压力表每年校准一次。", True),
        ("การตรวจสอบเตาหลอม", True),
        ("불량 원인을 조사하고 금형을 수정했다", True),
    ],
)
def test_a_passage_with_content_has_four_words(text, telling):
    assert has_content(text) is telling


def test_a_decision_takes_look_alikes_along_and_they_wait_no_more(queue, scope, document, database):
    item = next(i for i in queue.next(scope, count=10).items if i.twins)
    first = Decide(document=document, passage=item.passage.id, value="template", reason="Empty.", twins=item.twins)
    assert len(queue.decide(scope, first)) == 1 + len(item.twins)
    assert queue.next(scope).waiting == 38 - 1 - len(item.twins)
    assert ReviewService(database).history(scope, document=document).items[0].action == "override"


def test_a_decision_is_taken_back_with_its_look_alikes(queue, scope, document, database):
    item = next(i for i in queue.next(scope, count=10).items if i.twins)
    first = Decide(document=document, passage=item.passage.id, value="template", reason="Empty.", twins=item.twins)
    given = queue.decide(scope, first)
    ReviewService(database).undo(scope, given[3].id)  # somebody was faster with one of them
    taken = queue.undo(scope, [review.id for review in given])
    assert (taken.passage, taken.standing) == (item.passage.id, False)
    assert queue.next(scope).waiting == 38
    with pytest.raises(NotNow):
        queue.undo(scope, [given[0].id])
    for wrong in ([], [given[0].id] * 60):
        with pytest.raises(WrongUse):
            queue.undo(scope, wrong)


def test_accuracy_is_told_from_drawn_passages_alone(queue, scope, document):
    shown = queue.next(scope, count=20)
    assert shown.accuracy == []
    drawn = [item for item in shown.items if item.drawn]
    other = next(item for item in shown.items if not item.drawn)
    queue.decide(scope, Decide(document=document, passage=other.passage.id, value="claim", reason="Praise."))
    for place, item in enumerate(drawn):
        value = item.passage.mode if place else "other"
        queue.decide(scope, Decide(document=document, passage=item.passage.id, value=value, drawn=True))
    (line,) = queue.next(scope).accuracy
    assert (line.model, line.right, line.of) == ("model-1", len(drawn) - 1, len(drawn))
    assert line.low < line.right / line.of < line.high


def test_viewers_are_not_asked_and_nothing_is_decided_twice(queue, scope, document):
    with pytest.raises(NotAllowed):
        queue.next(Scope(scope.workspace, scope.user, "x", "viewer"))
    with pytest.raises(NotFound):
        queue.decide(scope, Decide(document=document, passage="nowhere", value="record"))


def test_another_workspace_sees_nothing(queue, document, scope):
    assert queue.next(Scope("f" * 32, scope.user, "x", "reviewer")).waiting == 0


@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_chosen_are_different_known_and_as_many_as_asked(count, total, seed):
    draw = np.random.default_rng(seed)
    vectors = draw.normal(size=(total, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = choose(draw.random(total).astype(np.float32), vectors, count)
    assert len(found) == len(set(found)) == min(count, total)
    assert all(0 <= position < total for position in found)


def test_of_two_alike_only_one_comes_early():
    vectors = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    assert choose(np.array([1.0, 0.99, 0.5], np.float32), vectors, 2) == [0, 2]


def test_doubt_is_the_missing_lead():
    found = doubt(np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0], [0.6, 0.3, 0.1]], np.float32))
    assert found == pytest.approx([1.0, 0.0, 0.7], abs=1e-6)


def test_figures_and_case_make_no_difference_words_do():
    assert likeness_key("Lot 12  OK", "record") == likeness_key("lot 99 ok", "record")
    assert likeness_key("Lot 12 OK", "record") != likeness_key("Lot 12 OK", "template")
    assert likeness_key("Lot 12 OK", "record") != likeness_key("Lot ____ OK", "record")


def test_vectors_of_two_embedders_never_look_alike():
    one, two = np.array([1.0, 0.0], np.float32), np.array([1.0, 0.0, 0.0], np.float32)
    table = side_by_side(["a", "b", "a"], [one, two, None])
    assert table.shape == (3, 5)
    assert float(table[0] @ table[1]) == 0.0
    assert not table[2].any()
