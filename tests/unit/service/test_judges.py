"""What judges where the model that ships is not there."""

import threading

import pytest

from evidence.heads import Encoders
from indexes.embedder import FakeEmbedder
from service import judges
from service.cli.analyze import _warming
from service.cli.serve import _warn_of_the_model
from service.documents.analysis import Step
from service.errors import ModelUnusable
from service.judges import LazyJudge
from service.settings import Settings


@pytest.fixture
def without(tmp_path):
    return Settings(data=tmp_path, model=tmp_path / "none", embedder="fake", multilingual=None)


def test_encoders_need_no_model_that_ships_so_a_workspace_with_its_own_is_served(without):
    judge = LazyJudge(without)
    assert judge.encoders.english.name == FakeEmbedder().name
    assert judge.encoders is judge.encoders
    with pytest.raises(ModelUnusable, match="no model in"):
        judge.load()


def test_no_encoders_are_loaded_for_a_model_that_is_not_there(without, monkeypatch):
    monkeypatch.setattr(judges, "encoders", lambda *given: pytest.fail("loaded"))
    with pytest.raises(ModelUnusable) as problem:
        LazyJudge(without).load()
    assert problem.value.code == "model_missing"


def test_encoders_are_loaded_once_for_all_models(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(judges, "encoders", lambda *given: made.append(1) or Encoders(FakeEmbedder(), None, None))
    monkeypatch.setattr(judges, "load_classifier", lambda folder, reading, risk: reading)
    monkeypatch.setattr("evidence.pipeline.DocumentReader", lambda classifier, most: classifier)
    judge = LazyJudge(Settings(data=tmp_path))
    assert judge.reader is judge.encoders
    assert made == [1]


@pytest.mark.parametrize(("own", "whose"), [(0, "Files will not be"), (2, "Files of workspaces without a model of")])
def test_the_start_says_whose_files_are_not_judged(without, capsys, own, whose):
    class Learning:
        def models_of_their_own(self):
            return own

    _warn_of_the_model(without, Learning())
    said = capsys.readouterr().err
    assert whose in said
    assert "LIVINGPROOF_MODEL" in said


def test_the_start_says_nothing_of_a_model_that_is_there(tmp_path, capsys):
    _warn_of_the_model(Settings(data=tmp_path), None)
    assert capsys.readouterr().err == ""


def test_warming_up_judges_a_page_and_leaves_errors_to_the_first_document(tmp_path, monkeypatch, without):
    read = []

    class Reading:
        def __init__(self, classifier, most):
            pass

        def read(self, document):
            read.append(document)

    monkeypatch.setattr(judges, "encoders", lambda *given: Encoders(FakeEmbedder(), None, None))
    monkeypatch.setattr(judges, "load_classifier", lambda folder, reading, risk: reading)
    monkeypatch.setattr("evidence.pipeline.DocumentReader", Reading)
    LazyJudge(Settings(data=tmp_path)).warm()
    assert [block.text for block in read[0].blocks] == [judges.WARM_TEXT]
    LazyJudge(without).warm()
    with pytest.raises(ModelUnusable):
        LazyJudge(without).load()


def test_what_judges_is_loaded_once_and_only_for_a_file_with_a_page_that_is_read():
    warmed, told, begun = [], [], threading.Event()
    tell = _warming(lambda: (warmed.append(1), begun.set()), told.append)
    steps = [Step(0, "a.pdf", "reading"), Step(0, "a.pdf", "reading", 0, 9), Step(0, "b.pdf", "done", status="failed")]
    for step in steps:
        tell(step)
    assert not begun.is_set()
    for step in (Step(0, "a.pdf", "reading", 1, 9), Step(0, "a.pdf", "reading", 2, 9)):
        tell(step)
    assert begun.wait(5)
    assert warmed == [1]
    assert len(told) == 5
