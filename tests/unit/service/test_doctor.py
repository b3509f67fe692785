import gc
import json

import pytest
from typer.testing import CliRunner

from service import bootstrap, doctor
from service.cli.main import app
from service.database.engine import Database
from service.database.migrate import upgrade
from service.doctor import Check, examine
from service.errors import NotReady
from service.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data", cache=tmp_path / "cache", embedder="fake", multilingual=None)


@pytest.fixture
def looks(monkeypatch):
    """Replace all checks by some of our own."""

    def put(**found):
        monkeypatch.setattr(doctor, "LOOKS", found)
        monkeypatch.setattr(doctor, "SERVER_LOOKS", {})

    return put


def check(state, name="part", remedy=""):
    return lambda settings: Check(name=name, state=state, message="Said.", remedy=remedy)


def looked(name, settings):
    return {**doctor.LOOKS, **doctor.SERVER_LOOKS}[name](settings)


@pytest.mark.parametrize(
    ("states", "worst"), [(("ok", "ok"), "ok"), (("ok", "warn"), "warn"), (("fail", "warn", "ok"), "fail"), ((), "ok")]
)
def test_the_whole_is_as_well_as_its_worst_part(settings, looks, states, worst):
    looks(**{f"part{n}": check(state) for n, state in enumerate(states)})
    assert examine(settings).state == worst


def test_a_check_that_breaks_fails_alone_and_leaks_nothing(settings, looks):
    def broken(settings):
        raise ValueError("internal detail")

    def unready(settings):
        raise NotReady("The database cannot be reached.", "Start it.")

    looks(one=broken, two=unready, three=check("ok"))
    told = []
    health = examine(settings, tell=told.append)
    assert [found.state for found in health.checks] == ["fail", "fail", "ok"]
    assert "internal detail" not in health.model_dump_json()
    assert health.checks[1].remedy == "Start it."
    assert told == health.checks


@pytest.mark.parametrize("name", ["python", "room on disk", "database", "files", "queue", "access"])
def test_an_empty_installation_is_well(settings, name):
    assert looked(name, settings).state == "ok"


def test_every_check_that_is_not_ok_says_what_to_do(settings):
    for name in ("model", "other languages", "scans", "old Word and slides", "database", "files", "queue"):
        found = looked(name, settings.model_copy(update={"model": settings.data / "nowhere"}))
        assert found.state == "ok" or found.remedy, name


def test_a_model_that_is_not_there_fails(settings):
    assert looked("model", settings.model_copy(update={"model": settings.data / "nowhere"})).state == "fail"


def test_an_embedder_that_the_model_was_not_trained_with_fails(settings, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({"encoders": ["another"]}))
    found = looked("english text", settings.model_copy(update={"model": folder}))
    assert (found.state, "not trained with" in found.message) == ("fail", True)
    (folder / "model.json").write_text(json.dumps({"encoders": ["fake-64"]}))
    assert looked("english text", settings.model_copy(update={"model": folder})).state == "ok"


def test_tables_of_another_version_are_a_warning_and_of_this_one_are_well(settings):
    settings.data.mkdir(parents=True)
    database = Database(settings.database)
    database.check()
    assert looked("database", settings).state == "warn"
    upgrade(database)
    database.close()
    assert looked("database", settings).state == "ok"


def test_a_database_and_a_queue_out_of_reach_fail_with_a_remedy(settings, tmp_path):
    (tmp_path / "file").write_text("")
    away = settings.model_copy(
        update={
            "database_url": f"sqlite:///{tmp_path}",
            "redis_url": f"unix://{tmp_path}/none.sock",
            "blob_url": str(tmp_path / "file" / "blobs"),
        }
    )
    for name in ("database", "queue", "files"):
        found = looked(name, away)
        assert (found.state, bool(found.remedy)) == ("fail", True), name


def test_languages_of_scans_that_are_missing_come_with_the_way_to_add_them(settings, monkeypatch):
    monkeypatch.setattr("extractors.ocr.tessdata_files", lambda folders=(): {"eng": None, "osd": None})
    found = looked("scans", settings)
    assert found.state == "warn"
    assert "tesseract-ocr-chi-sim" in found.remedy
    monkeypatch.setattr("extractors.ocr.tessdata_files", lambda folders=(): {})
    assert looked("scans", settings).state == "fail"


@pytest.mark.parametrize("content", ["[[term]\nbroken", "[[term]]\nen = ['x']"])
def test_terms_that_cannot_be_read_are_a_warning_and_stop_no_search(settings, monkeypatch, tmp_path, content):
    (tmp_path / "terms.toml").write_text(content)
    monkeypatch.setattr(bootstrap, "TERMS", tmp_path / "terms.toml")
    assert looked("terms", settings).state == "warn"
    assert bootstrap.IndexOpener(settings)(None).search("lot") == []


def test_what_an_index_is_searched_with_is_not_looked_through_for_garbage(settings):
    before = gc.get_freeze_count()
    opened = bootstrap.IndexOpener(settings)
    try:
        opened(None)
        kept = gc.get_freeze_count()
        assert kept > before
        opened(None)
        assert gc.get_freeze_count() == kept  # once a process
    finally:
        gc.unfreeze()


def test_few_layers_around_the_reading_process_are_a_warning(settings, monkeypatch):
    monkeypatch.setattr("extractors.sandbox.active_layers", lambda policy: ["resource limits"])
    assert looked("reading process", settings).state == "warn"


def test_the_command_ends_with_1_only_where_a_check_fails(looks):
    looks(one=check("ok", "python"), two=check("warn", "scans", "Add languages."))
    text = CliRunner().invoke(app, ["doctor"])
    assert text.exit_code == 0
    assert "warn  scans: Said.\n      Add languages." in text.output
    looks(one=check("fail", "model", "Train it."))
    found = CliRunner().invoke(app, ["doctor", "--format", "json"])
    assert found.exit_code == 1
    assert json.loads(found.output)["checks"][0] == {
        "name": "model", "state": "fail", "message": "Said.", "remedy": "Train it.",
    }  # fmt: skip
    assert CliRunner().invoke(app, ["doctor", "--format", "xml"]).exit_code == 2


def test_an_administrator_sees_on_a_page_what_is_missing_and_what_to_do(client, looks):
    looks(part=check("ok", "queue"), other=check("warn", "scans", "apt install <it>"))
    asked = client.get("/service").text
    assert "Said." not in asked  # looking takes seconds: only when asked to
    page = client.get("/service?check=true").text
    assert page.count("Said.") == 2
    assert "something is missing" in page
    assert "apt install &lt;it&gt;" in page
