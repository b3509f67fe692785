"""What judges where the model that ships is not there."""

import pytest

from evidence.heads import Encoders
from indexes.embedder import FakeEmbedder
from service import judges
from service.cli.serve import _warn_of_the_model
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
