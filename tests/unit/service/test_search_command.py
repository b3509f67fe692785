import json

import pytest
from typer.testing import CliRunner

from service.cli.main import app
from service.database.engine import Database
from service.database.migrate import upgrade
from tests.unit.service.papers import add_document, add_supplier, passage, report

VENT = "The vent cleaning was checked on three lots in June and no porosity was found."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVINGPROOF_EMBEDDER", "fake")
    monkeypatch.setenv("LIVINGPROOF_MULTILINGUAL", "")
    monkeypatch.setenv("LIVINGPROOF_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def filled(folder):
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'livingproof.sqlite3'}")
    upgrade(database)
    for name in ("Song Cam Castings", "Thornbeck", "Thornbeck North"):
        supplier = add_supplier(database, name)
        found = report(f"{name}.pdf", [passage("p1", f"{VENT} {name}.", page=4)], period=("2025-05-03", "2025-06-30"))
        add_document(database, supplier, found)
    yield database
    database.close()


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_hits_are_printed_by_document_with_their_place_and_words(filled):
    result = run("search", "vent cleaning checked", "--supplier", "song cam")
    assert result.exit_code == 0, result.output
    assert "Song Cam Castings.pdf" in result.output
    assert f"page 4 · record · p1\n    {VENT}" in result.output
    assert "Thornbeck" not in result.output


def test_as_json_a_hit_has_quote_terms_locators_and_passage(filled):
    result = run(
        "search", "vent cleaning", "--from", "2025-06-01", "--mode", "record", "--limit", "2", "--format", "json"
    )
    answer = json.loads(result.output)
    assert answer["count"] == 2
    hit = answer["documents"][0]["hits"][0]
    assert hit["quote"].startswith("The vent cleaning")
    assert hit["passage"] == "p1"
    assert hit["locators"][0] == {"type": "page", "page": 4, "boxes": []}
    assert hit["matched_terms"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["purple giraffe"], 0, "Nothing relevant was found."),
        (["vent", "--supplier", "thornbeck"], 0, "Thornbeck.pdf"),
        (["vent", "--supplier", "thorn"], 2, "Several suppliers"),
        (["vent", "--supplier", "nobody"], 2, "no supplier called nobody"),
        (["vent", "--mode", "poem"], 2, "Choose from record"),
        (["vent", "--from", "soon"], 2, "is no date"),
        (["vent", "--from", "2026-01-01", "--to", "2025-01-01"], 2, "ends before it begins"),
        (["vent", "--format", "xml"], 2, "text, json, csv or xlsx"),
        ([" "], 2, "nothing to look for"),
    ],
)
def test_a_search_ends_as_a_person_expects(filled, arguments, code, said):
    result = run("search", *arguments)
    assert result.exit_code == code, result.output
    assert said in result.output


def test_without_anything_read_nothing_is_made_and_the_way_is_said(folder):
    for command in (["search", "vent"], ["index", "verify"], ["index", "rebuild"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "livingproof serve" in result.output
    assert not folder.exists()


def test_the_index_is_made_anew_and_verified(filled, folder):
    assert "holds 3 passages" in run("index", "rebuild").output
    result = run("index", "verify")
    assert (result.exit_code, "holds what the database holds" in result.output) == (0, True)
    for file in folder.glob("index/*/generation-*/dense-*.faiss"):
        file.write_bytes(b"damaged")
    assert run("index", "verify").exit_code == 0, "a damaged file is set aside and its part made anew"
    assert "Song Cam" in run("search", "vent cleaning", "--supplier", "song cam").output


def test_beside_a_running_service_the_commands_see_and_do_the_same(filled, folder):
    from indexes.embedder import FakeEmbedder
    from indexes.hybrid import HybridIndex
    from service.accounts.service import LOCAL_WORKSPACE
    from service.search.keeper import IndexKeeper

    service = IndexKeeper(filled, folder / "index", lambda place: HybridIndex(place, FakeEmbedder()))
    service.index(LOCAL_WORKSPACE)
    add_document(
        filled, add_supplier(filled, "New"), report("new.pdf", [passage("n1", "Ring gauge R-3 was recalibrated.")])
    )
    assert "new.pdf" in run("search", "ring gauge recalibrated").output
    rebuilt = run("index", "rebuild")
    assert (rebuilt.exit_code, rebuilt.output) == (0, "The index holds 4 passages.\n")
    assert "The index holds what the database holds." in run("index", "verify").output
    assert len(service.index(LOCAL_WORKSPACE)[0]) == 4
    service.stop()


def test_hits_are_written_to_a_file(filled, tmp_path):
    target = tmp_path / "hits.csv"
    assert run("search", "vent cleaning", "--format", "csv", "--output", str(target)).exit_code == 0
    assert VENT in target.read_text("utf-8-sig")
    assert run("search", "vent cleaning", "--format", "xlsx").exit_code == 2
    assert run("search", "vent cleaning", "--format", "xlsx", "--output", str(tmp_path / "h.xlsx")).exit_code == 0
    assert run("search", "vent", "--format", "csv", "--output", str(tmp_path / "no" / "h.csv")).exit_code == 1
