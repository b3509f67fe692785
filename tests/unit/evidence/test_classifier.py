import json

import numpy as np
import pytest

from evidence import artefact as artefacts
from evidence.classifier import Classifier
from evidence.context import Outside
from evidence.evaluation import calibration_error, evaluate
from evidence.heads import Encoders
from evidence.model import CRITERIA, MODES
from evidence.passages import Draft
from evidence.training import train
from extractors.document import Part
from tests.unit.evidence.small_model import QUICK, LetterEncoder, artefact, classifier, documents

RECORD = "Lot 25C87 checked on 14.03.2025 by Hoa: 41.207 and 41.204, 3 of 1250 rejected for porosity."
RULE = "The inspector shall measure five pieces of each lot and must record the result."
BLANK = "Lot no.: ____ Date: dd/mm/yyyy Inspector: ______ | | | [Company Name]"
PAPER = Outside("x.pdf", "application/pdf", 1)


def drafts(*texts: str, part: int = 1):
    return [Draft(f"p{i}", text, (), part) for i, text in enumerate(texts)]


def test_bare_texts_are_told_apart():
    found = classifier().classify_texts([RECORD, RULE, BLANK])
    assert [p.mode for p in found] == ["record", "prescription", "template"]
    assert all(set(p.modes) == set(MODES) and abs(sum(p.modes.values()) - 1) < 0.01 for p in found)
    assert all(set(p.criteria) == set(CRITERIA) for p in found)


def test_a_document_of_records_is_living_and_one_of_rules_static():
    living, _ = classifier().judge(drafts(*[RECORD] * 8), PAPER)
    static, _ = classifier().judge(drafts(*[RULE] * 8), PAPER)
    assert living.document.readings["living"] > 0.5 > static.document.readings["living"]


def test_nothing_to_read_is_undetermined():
    judged, vectors = classifier().judge([], PAPER)
    assert judged.document.reading == "undetermined"
    assert vectors is None
    assert classifier().classify_texts([]) == []


def test_each_sheet_is_judged_alone():
    parts = [Part(number=n, kind="sheet", name=name) for n, name in ((1, "Jan"), (2, "BLANK"), (3, "Sheet3"))]
    judged, _ = classifier().judge(
        drafts(*[RECORD] * 6) + drafts(*[BLANK] * 6, part=2), Outside("x.xlsx", "spreadsheet", 3), parts
    )
    assert [p.name for p in judged.parts] == ["Jan", "BLANK", "Sheet3"]
    assert judged.parts[2].reading == "undetermined"


def test_reasons_quote_the_text():
    (passage,) = classifier().classify_texts([RECORD])
    assert passage.reasons
    assert all(reason.quote is None or reason.quote in RECORD for reason in passage.reasons)


def test_same_text_same_answer_in_any_company():
    alone = classifier().classify_texts([RECORD])[0]
    among = classifier().classify_texts([RULE, RECORD, BLANK])[1]
    assert alone.modes == among.modes


def test_training_twice_gives_the_same_model(tmp_path):
    again = train(documents(), Encoders(LetterEncoder()), QUICK, say=lambda line: None)
    for number, model in enumerate((artefact(), again)):
        artefacts.save(model, tmp_path / str(number))
    assert artefacts.load(tmp_path / "0").version == artefacts.load(tmp_path / "1").version


def test_saved_and_loaded_it_answers_the_same(tmp_path):
    artefacts.save(artefact(), tmp_path)
    loaded = Classifier.load(tmp_path, Encoders(LetterEncoder()))
    assert loaded.classify_texts([RECORD])[0].modes == classifier().classify_texts([RECORD])[0].modes
    assert loaded.version


def test_too_few_suppliers_cannot_be_folded():
    with pytest.raises(ValueError, match="suppliers"):
        train(documents(2), Encoders(LetterEncoder()), QUICK, say=lambda line: None)


class Stranger(LetterEncoder):
    name = "stranger"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: (folder / "model.json").unlink(), "model_missing"),
        (lambda folder: (folder / "model.json").write_text("{"), "model_missing"),
        (lambda folder: (folder / "kind.ubj").write_bytes(b"x"), "model_damaged"),
        (lambda folder: (folder / "heads.npz").unlink(), "model_damaged"),
        (lambda folder: _change(folder, format=99), "model_does_not_fit"),
        (lambda folder: _change(folder, features="other"), "model_does_not_fit"),
        (lambda folder: _change(folder, files={"../../etc/passwd": "0"}), "model_damaged"),
        (lambda folder: _change(folder, files={}), "model_damaged"),
    ],
)
def test_a_model_that_does_not_fit_is_refused(tmp_path, spoil, code):
    artefacts.save(artefact(), tmp_path)
    spoil(tmp_path)
    with pytest.raises(artefacts.ModelError) as refused:
        Classifier.load(tmp_path, Encoders(LetterEncoder()))
    assert refused.value.code == code
    assert refused.value.remedy


def test_a_model_of_other_encoders_is_refused(tmp_path):
    artefacts.save(artefact(), tmp_path)
    with pytest.raises(artefacts.ModelError) as refused:
        Classifier.load(tmp_path, Encoders(Stranger()))
    assert refused.value.code == "model_does_not_fit"


def _change(folder, **values):
    about = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**about, **values}))


def test_figures_count_hits_and_errors():
    figures = evaluate(classifier(), documents())
    assert figures["documents"] == 18
    assert figures["record_f1"] > 0.9  # it was trained on these
    assert 0 < figures["macro_f1"] <= 1
    with pytest.raises(ValueError, match="no labelled documents"):
        evaluate(classifier(), [])


def test_calibration_error_of_known_cases():
    assert calibration_error([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0.0, abs=1e-6)
    assert calibration_error([1.0] * 10, [False] * 10) == pytest.approx(1.0)
    assert np.isfinite(calibration_error([0.5], [True]))
