import json

import pytest
from typer.testing import CliRunner

from evidence.passages import Draft, cut
from extractors.document import Block, Cell, Document, Part, Table
from extractors.locators import ParagraphLocator
from service.accounts.scope import Scope
from service.accounts.service import AccountService
from service.cli.main import app
from service.errors import NotAllowed, WrongUse
from service.reviews.label_files import PassageLine, matched, read_labels
from service.reviews.labels import LabelService
from service.reviews.schemas import ReviewIn
from service.reviews.service import ReviewService
from tests.unit.evidence.small_model import LetterEncoder, documents
from tests.unit.service.papers import add_document, add_supplier, passage, report

RECORD = "Vent blocked on 3 May 2025, cleaned the same shift, 0 of 600 on re-check."
RULE = "The inspector shall measure five pieces of each lot."


def no_file(path):
    raise AssertionError("no file is read")


def written(tmp_path, *lines):
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n\n")
    return path


def line(**changes):
    passages = [{"text": RECORD, "mode": "record", "criteria": ["corrective_action"]}]
    return {
        "document": "a.pdf",
        "group": "Song Cam",
        "kind": "other",
        "reading": "living",
        "passages": passages,
    } | changes


def test_a_line_is_a_document_with_its_labels(tmp_path):
    (found,) = read_labels(written(tmp_path, line()), no_file)
    assert (found.id, found.group, found.kind, found.reading) == ("Song Cam/a.pdf", "Song Cam", "other", "living")
    assert (found.drafts[0].text, found.modes, found.criteria) == (RECORD, ("record",), (("corrective_action",),))


def test_a_reading_that_nobody_said_is_what_most_passages_say(tmp_path):
    rule = {"text": RULE * 3, "mode": "prescription"}
    one = line(reading=None)
    two = line(document="b", reading="undetermined", passages=[rule, {"text": RECORD, "mode": "record"}])
    assert [d.reading for d in read_labels(written(tmp_path, one, two), no_file)] == ["living", "static"]


def test_labels_of_the_model_are_left_out_where_a_person_gave_others(tmp_path):
    by = [{"text": RECORD, "mode": "record", "by": "reviewer"}, {"text": RULE, "mode": "claim", "by": "model"}]
    one, two = line(passages=by), line(document="b", passages=by[1:])
    assert [d.modes for d in read_labels(written(tmp_path, one, two), no_file)] == [("record",), ("claim",)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "Line 2 of labels.jsonl is no JSON."),
        (json.dumps(line(passages=[{"text": "x", "mode": "poem"}])), "Line 2 of labels.jsonl: passages.0.mode"),
        (json.dumps({"document": "a"}), "Line 2 of labels.jsonl: group"),
        (json.dumps(line(passages=[])), "Line 2 of labels.jsonl: passages"),
        (json.dumps(line(file="nowhere.pdf")), "Line 2: there is no file"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, text, said):
    with pytest.raises(WrongUse) as problem:
        read_labels(written(tmp_path, line(), text), no_file)
    assert problem.value.message.startswith(said)


def test_a_file_without_labels_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse):
        read_labels(written(tmp_path), no_file)
    with pytest.raises(WrongUse):
        read_labels(tmp_path / "nowhere.jsonl", no_file)


def test_a_file_beside_the_labels_is_read_and_its_passages_matched_by_their_words(tmp_path):
    (tmp_path / "paper.txt").write_text("read by the fake below")
    places = [(ParagraphLocator(paragraph=n),) for n in (1, 2, 3)]
    texts = (
        f"{RECORD} Signed by Hoa.",
        "Quite another thing that nobody labelled at all, about the canteen.",
        RULE * 4,
    )
    blocks = tuple(
        Block(kind="paragraph", text=text * 5, locators=place, part=1)
        for text, place in zip(texts, places, strict=True)
    )
    document = Document(
        path="paper.txt", sha256="0" * 64, media_type="text/plain", blocks=blocks, parts=(Part(number=1, kind="section"),)
    )  # fmt: skip
    labels = [{"text": RECORD, "mode": "record"}, {"text": RULE, "mode": "prescription"}]
    (found,) = read_labels(written(tmp_path, line(file="paper.txt", passages=labels)), lambda path: document)
    assert len(found.drafts) < len(cut(document))
    assert set(found.modes) == {"record", "prescription"}
    assert all(("canteen" not in draft.text) for draft in found.drafts)


def test_a_short_label_matches_only_where_it_stands_word_for_word():
    drafts = [Draft("1", "Page 3 of 9", (), 1), Draft("2", "Nine pages of 3", (), 1)]
    pairs = matched(drafts, [PassageLine(text="page 3", mode="other")])
    assert [draft.id for draft, _ in pairs] == ["1"]


def test_decisions_come_out_as_labels_that_can_be_read_again(database, tmp_path):
    scope = AccountService(database).local()
    supplier = add_supplier(database)
    table = Table(
        rows=1, columns=2,
        cells=(Cell(text="Cause", row=1, column=1), Cell(text="vent blocked since the interval was changed", row=1, column=2)),
    )  # fmt: skip
    block = Block(
        kind="form", text="Cause | vent blocked since the interval was changed", locators=(), part=1, table=table
    )
    kept = Document(path="8d.pdf", sha256="ab" * 32, media_type="application/pdf", blocks=(block,))
    (draft,) = cut(kept)
    passages = [passage(draft.id, draft.text, mode="template"), passage("p2", RULE, mode="prescription")]
    document = add_document(database, supplier, report("8d.pdf", passages))
    add_document(database, supplier, report("not-looked-at.pdf", [passage("p1", RULE)]))
    ReviewService(database).decide(
        scope,
        ReviewIn(
            document=document, passage=draft.id, field="mode", action="override", value="record", reason="Filled."
        ),
    )
    service = LabelService(database, lambda workspace, sha256: kept)
    (exported,) = service.export(scope)
    assert exported["group"] == "Song Cam"
    assert [(p["mode"], p["by"]) for p in exported["passages"]] == [("record", "reviewer"), ("prescription", "model")]
    (found,) = read_labels(written(tmp_path, exported), no_file)
    assert found.modes == ("record",)
    assert found.drafts[0].kinds == ("form",)
    assert [cell.text for cell in found.drafts[0].cells] == [cell.text for cell in draft.cells]
    assert list(service.export(scope, supplier="another")) == []
    with pytest.raises(NotAllowed):
        list(service.export(Scope(scope.workspace, scope.user, "x", "viewer")))


@pytest.fixture
def labels(tmp_path):
    """The labelled papers of the small model, as a file."""
    lines = []
    for found in documents():
        passages = [
            {"text": d.text, "mode": mode, "criteria": list(criteria)}
            for d, mode, criteria in zip(found.drafts, found.modes, found.criteria, strict=True)
        ]
        lines.append(
            {"document": found.id, "group": found.group, "kind": found.kind, "reading": found.reading, "passages": passages}
        )  # fmt: skip
    return written(tmp_path, *lines)


@pytest.fixture
def quick(monkeypatch):
    """Letters for an encoder and small trees: training takes a second."""
    from evidence import training
    from evidence.heads import Encoders
    from tests.unit.evidence.small_model import QUICK

    monkeypatch.setattr("service.judges.encoders", lambda settings, threads=None: Encoders(LetterEncoder()))
    monkeypatch.setattr(training, "Settings", lambda folds: QUICK)


def test_a_model_is_trained_on_own_labels_and_scored_on_them(labels, quick, tmp_path):
    model = tmp_path / "model"
    trained = CliRunner().invoke(app, ["train", str(labels), "--output", str(model), "--folds", "3"])
    assert trained.exit_code == 0, trained.output
    assert (model / "model.json").is_file()
    scored = CliRunner().invoke(app, ["evaluate", str(labels), "--model", str(model), "--format", "json"])
    assert scored.exit_code == 0, scored.output
    figures = json.loads(scored.stdout)
    assert figures["documents"] == 18
    assert figures["macro_f1"] > 0.5
    again = CliRunner().invoke(app, ["train", str(labels), "--output", str(model)])
    assert (again.exit_code, "never overwritten" in again.output) == (2, True)


def test_too_few_suppliers_are_said_before_anything_is_trained(tmp_path, quick):
    path = written(tmp_path, line())
    result = CliRunner().invoke(app, ["train", str(path), "--output", str(tmp_path / "model")])
    assert (result.exit_code, "there are 1" in result.output) == (2, True)
    assert not (tmp_path / "model").exists()
