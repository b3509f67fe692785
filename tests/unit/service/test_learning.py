"""From reviewers' decisions to a model in use, and back."""

from dataclasses import replace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from evidence.artefact import save
from evidence.classifier import Classifier
from evidence.heads import Encoders
from evidence.model import Passage
from extractors.locators import PageLocator
from service.accounts.models import Membership, User
from service.accounts.scope import Scope
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.audit.service import events_of
from service.database.migrate import _config, newest, upgrade
from service.database.migrate import current as revision_of
from service.database.tables import METADATA
from service.documents.blobs import FsspecBlobs
from service.errors import ModelUnusable, NotAllowed, NotNow, WrongUse
from service.learning.active import ActiveModels, ModelFiles
from service.learning.jobs import run_training
from service.learning.learner import Learner
from service.learning.models import ModelRow
from service.learning.packing import pack, unpack
from service.learning.parts import LearningParts
from service.learning.service import LearningService
from service.learning.trainings import Trainings
from service.reviews.labels import LabelService
from service.reviews.schemas import ReviewIn
from service.reviews.service import ReviewService
from service.settings import ServicePolicy, Settings
from service.work.queue import FakeQueue
from tests.unit.evidence.small_model import QUICK, LetterEncoder, artefact, documents
from tests.unit.service.papers import add_document, add_supplier, report

LIMITS = ServicePolicy(fewest_labels=6, fewest_labels_apart=3)
# What the shipped model has never seen and judges wrongly: short lines of a register in odd words.
NEW = "Qzx {n}: wxyz 7{n}.4 vs 7{n}.1, jkq {n} of 9 vxzq by Hoa on {n} May."


class SmallSources:
    """The small documents for what ships; the shipped model stands in a folder."""

    def __init__(self, encoders):
        self._encoders = encoders

    def shipped(self, split, say):
        found = documents(4)
        return found if split == "train" else [replace(d, id=f"t{d.id}", group=f"t{d.group}") for d in found]

    def encoders(self):
        return self._encoders

    def classifier(self, folder):
        return Classifier.load(folder, self._encoders)

    def settings(self):
        return QUICK


class Labelling:
    """A workspace with papers that reviewers decided on, and the parts of learning on the small model."""

    def __init__(self, database, folder, **settings):
        self.database, self.queue = database, FakeQueue()
        self.settings = Settings(
            data=folder, cache=folder / "cache", model=folder / "shipped", limits=LIMITS, **settings
        )
        save(artefact(), self.settings.model_folder)
        self.sources = SmallSources(Encoders(LetterEncoder()))
        self.files = ModelFiles(FsspecBlobs(str(folder / "blobs")), self.settings.cache / "models")
        self.trainings = Trainings(database, LIMITS)
        self.service = LearningService(database, self.queue, self.settings)
        learner = Learner(
            database, LabelService(database), self.trainings, self.files, self.sources, self.settings
        )  # fmt: skip
        models = ActiveModels(database, self.files, "shipped", lambda path: self.sources.classifier(path))
        self.parts = LearningParts(models, learner, self.trainings, self.service, AccountService(database))
        self.who = AccountService(database).local()

    def papers(self, suppliers=3, each=5, wanted="claim"):
        for number in range(suppliers):
            texts = [NEW.format(n=number * 10 + n) for n in range(each)]
            passages = [
                Passage(id=f"p{n}", text=text, locators=(PageLocator(page=1),), mode="record", modes={"record": 0.8})
                for n, text in enumerate(texts)
            ]
            supplier = add_supplier(self.database, f"Supplier {number}")
            document = add_document(self.database, supplier, report(f"{number}.pdf", passages))
            for passage in passages:
                ReviewService(self.database).decide(
                    self.who,
                    ReviewIn(
                        document=document, passage=passage.id, field="mode", action="override", value=wanted, reason="So."
                    ),
                )  # fmt: skip

    def train(self, promote=False):
        started = self.service.start(self.who, promote)
        claim = self.trainings.claim(started.id, "worker-1")
        run_training(self.parts, claim, lambda line: None)
        return self.service.get(self.who, started.id)


@pytest.fixture(autouse=True)
def passages_by_themselves(monkeypatch):
    # Papers of nine made-up lines, of which one is of another mode, are none to lean on.
    monkeypatch.setattr("evidence.context.PULL", 0.0)


@pytest.fixture
def labelling(database, tmp_path):
    return Labelling(database, tmp_path)


def test_a_better_model_is_a_candidate_used_and_taken_back(labelling, database):
    labelling.papers(wanted="prescription")
    model = labelling.train()
    assert model.state == "candidate", model.why
    assert model.learnt["labels"] == 10
    assert model.learnt["labels_apart"] == 5
    assert model.figures["apart"]["after"] > model.figures["apart"]["before"]
    assert "labels" not in model.figures
    assert labelling.parts.models.judge(LOCAL_WORKSPACE) == "shipped"
    assert labelling.service.promote(labelling.who, model.id).state == "active"
    assert labelling.parts.models.judge(LOCAL_WORKSPACE).version == model.version
    listed = labelling.service.list(labelling.who)
    assert (listed.in_use, listed.shipped, listed.judged_before) == (model.version, False, 3)
    assert labelling.service.rejudge(labelling.who).documents == 3
    assert ("rejudge", LOCAL_WORKSPACE, 0) in labelling.queue.jobs
    assert labelling.service.roll_back(labelling.who).shipped
    assert labelling.parts.models.judge(LOCAL_WORKSPACE) == "shipped"
    with pytest.raises(NotNow):
        labelling.service.roll_back(labelling.who)
    with database.read() as session:
        tags = [event.tag for event in events_of(session, LOCAL_WORKSPACE)]
    for tag in ("user:model:train", "worker:model:finish", "user:model:promote", "user:model:roll-back"):
        assert tag in tags


def test_a_model_that_brings_nothing_new_is_refused_and_nobody_can_use_it(labelling):
    labelling.papers(wanted="prescription")
    first = labelling.train(promote=True)
    again = labelling.train(promote=True)
    assert (first.state, again.state) == ("active", "refused")
    assert "not more than" in again.why
    with pytest.raises(NotNow) as problem:
        labelling.service.promote(labelling.who, again.id)
    assert problem.value.message == again.why
    assert labelling.service.get(labelling.who, first.id).state == "active"


def test_too_few_labels_end_a_training_with_what_is_missing(labelling):
    labelling.papers(suppliers=1)
    model = labelling.train()
    assert model.state == "failed"
    assert "of suppliers kept apart; 6 and 3 are needed" in model.why


def test_promotion_at_once_is_in_the_name_of_who_started_it(labelling):
    labelling.papers(wanted="prescription")
    model = labelling.train(promote=True)
    assert (model.state, model.promoted_by) == ("active", "Local administrator")


def test_where_self_approval_is_forbidden_own_labels_do_not_count(database, tmp_path):
    labelling = Labelling(database, tmp_path, self_approval=False)
    labelling.papers(wanted="prescription")
    model = labelling.train(promote=True)
    assert model.state == "candidate"
    with pytest.raises(NotNow) as problem:
        labelling.service.promote(labelling.who, model.id)
    assert problem.value.message.startswith("Without your own labels, 0 of 5")
    with database.write() as session:
        user = User(login="mai", name="Mai Tran")
        session.add(user)
        session.flush()
        session.add(Membership(workspace_id=LOCAL_WORKSPACE, user_id=user.id, role="administrator"))
        mai = user.id
    assert labelling.service.promote(Scope(LOCAL_WORKSPACE, mai, "mai", "administrator"), model.id).state == "active"


def test_reviewers_may_neither_train_nor_promote_nor_take_back(labelling):
    reviewer = Scope(LOCAL_WORKSPACE, labelling.who.user, "x", "reviewer")
    for forbidden in (
        lambda: labelling.service.start(reviewer),
        lambda: labelling.service.promote(reviewer, "x"),
        lambda: labelling.service.roll_back(reviewer),
        lambda: labelling.service.rejudge(reviewer),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_one_training_at_a_time_and_a_dead_worker_ends_it(labelling):
    started = labelling.service.start(labelling.who)
    with pytest.raises(NotNow):
        labelling.service.start(labelling.who)
    labelling.trainings.claim(started.id, "worker-1")
    assert labelling.trainings.claim(started.id, "worker-2") is None
    with labelling.database.write() as session:
        row = session.get(ModelRow, started.id)
        row.lease_until = row.created_at
    found = labelling.service.get(labelling.who, started.id)
    assert (found.state, "ended before it was done" in found.why) == ("failed", True)
    assert labelling.service.start(labelling.who).state == "waiting"


def test_a_supplier_stays_on_its_side_and_a_third_is_kept_apart(labelling):
    ids = sorted(add_supplier(labelling.database, f"S{n}") for n in range(9))
    first = labelling.trainings.sides(LOCAL_WORKSPACE, ids[:4])
    again = labelling.trainings.sides(LOCAL_WORKSPACE, ids)
    assert {name: again[name] for name in first} == first
    assert list(again.values()).count("apart") == 3
    two = labelling.trainings.sides(LOCAL_WORKSPACE, ids[:2])
    assert sorted(two.values()) == ["apart", "learn"]


def test_a_damaged_pack_is_refused_and_a_changed_folder_fetched_again(labelling, tmp_path):
    digest = labelling.files.keep(LOCAL_WORKSPACE, labelling.settings.model_folder)
    folder = labelling.files.folder(LOCAL_WORKSPACE, digest)
    (folder / "model.json").write_text("{}")
    assert labelling.files.folder(LOCAL_WORKSPACE, digest) == folder
    assert (folder / "model.json").read_text() != "{}"
    content, right = pack(folder)
    for bad, code in ((None, "model_missing"), (content[:-9] + b"\0" * 9, "model_damaged")):
        with pytest.raises(ModelUnusable) as problem:
            unpack(bad, right, tmp_path / "into")
        assert problem.value.code == code
    assert not (tmp_path / "into").exists()


def test_a_model_that_cannot_be_used_leaves_the_shipped_one_judging(labelling):
    with labelling.database.write() as session:
        session.add(
            ModelRow(workspace_id=LOCAL_WORKSPACE, started_by=labelling.who.user, state="active", digest="ab" * 32)
        )
    assert labelling.parts.models.judge(LOCAL_WORKSPACE) == "shipped"


def test_the_tables_of_learning_go_and_come_back(database):
    down_and_up(database)


def down_and_up(database):
    """Also called on Postgres. What hangs on the changed tables stays."""
    who = AccountService(database).local()
    config = _config()
    with database.writer.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002_saved_searches")
        connection.commit()
    assert revision_of(database) == "0002_saved_searches"
    upgrade(database)
    assert revision_of(database) == newest()
    assert AccountService(database).scope_of(who.workspace, who.user) == who
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_unknown_and_wrong_are_said(labelling):
    with pytest.raises(WrongUse):
        labelling.service.get(labelling.who, "nowhere")


def test_a_training_uses_every_part_of_the_encoders_in_use(tmp_path):
    from service.learning.sources import ShippedSources

    tuner = object()
    found = Encoders(LetterEncoder(), None, tuner)
    loaded = []
    sources = ShippedSources(Settings(cache=tmp_path), lambda: found, lambda folder, encoders: loaded.append(encoders))
    kept = sources.encoders()
    assert kept.tuner is tuner
    assert kept.english.name == "letters"
    sources.classifier(tmp_path)
    assert loaded == [found]
