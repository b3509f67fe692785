"""Two writers, one deleter and ten readers on one database and one index folder, with a kill in the middle.

Nothing here is judged by a clock. Everybody notes what he did in a file of his own, and a note is compared only with what must have
come before it: a writer notes a document after its commit, the deleter notes before a deletion that it is coming and after
it that it is done, a reader reads the notes before he asks and again after he was answered.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from indexes.hybrid import HybridIndex
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.database.engine import Database
from service.database.migrate import upgrade
from service.documents.models import PassageRow
from service.search.keeper import LOOK_SECONDS, WAIT_SECONDS, IndexKeeper
from tests.unit.service.papers import EMBEDDER, add_document, add_supplier, passage, report

ROOT = Path(__file__).parents[2]
# After how long a document is to be found, as promised.
FRESH_SECONDS = 2.0
# Searches each reader makes at least.
LEAST_SEARCHES = 5
PROCESS = """
import json, os, random, sys, time
from pathlib import Path
from sqlalchemy import func, select
from indexes.hybrid import HybridIndex
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.database.engine import Database
from service.documents.models import DocumentRow, PassageRow
from service.documents.store import forget
from service.search.keeper import IndexKeeper
from service.search.service import SearchService
from tests.unit.service.papers import EMBEDDER, add_document, passage, report

role, folder, supplier, count, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
database = Database(f"sqlite:///{folder / 'livingproof.sqlite3'}")
random.seed(seed)
log = (folder / f"{role}-{seed}-{os.getpid()}.jsonl").open("a", buffering=1)

def note(*words):
    log.write(json.dumps(words) + "\\n")

def noted(*roles):
    found = {}
    for path in folder.glob("*.jsonl"):
        if path.name.startswith(roles):
            for line in path.read_text().splitlines():
                try:
                    what, word = json.loads(line)
                except ValueError:
                    continue  # in the middle of a line
                found.setdefault(what, []).append(word)
    return found

if role == "writer":
    for number in range(count):
        word = f"lot{seed}x{number}x{os.getpid()}"
        add_document(database, supplier, report(f"{word}.pdf", [passage("p1", f"Porosity found on {word} in June.")]))
        note("stored", word)
        time.sleep(0.05)
elif role == "deleter":
    while not (folder / "written").exists():
        with database.read() as session:
            rows = session.execute(select(DocumentRow.id, DocumentRow.path).order_by(DocumentRow.created_at)).all()
        if len(rows) > 20:
            document, path = random.choice(rows[:-10])
            note("deleting", path[:-4])
            with database.write() as session:
                forget(session, LOCAL_WORKSPACE, document)
                session.delete(session.get(DocumentRow, document))
            note("deleted", path[:-4])
        time.sleep(0.2)
else:
    keeper = IndexKeeper(database, folder / "index", lambda place: HybridIndex(place, EMBEDDER, flat_limit=200))
    keeper.start()
    service, scope = SearchService(database, keeper), AccountService(database).local()
    asked = 0
    while not (folder / "over").exists() or asked < count:
        before = noted("writer", "deleter")
        if "stored" not in before:
            time.sleep(0.1)
            continue
        asked += 1
        word = random.choice(before["stored"])
        try:
            answer = service.search(scope, word, limit=5)
        except Exception as problem:
            note("error", repr(problem))
            continue
        after = noted("deleter")
        note("asked", {
            "word": word, "complete": answer.complete, "found": any(word in hit.text for hit in answer.hits),
            "gone": word in before.get("deleted", ()), "going": word in after.get("deleting", ()),
        })
    while not keeper.catch_up(LOCAL_WORKSPACE):
        time.sleep(0.1)
    with database.read() as session:
        there = session.scalar(select(func.count()).select_from(PassageRow))
    note("end", [len(keeper.index(LOCAL_WORKSPACE)[0]), there])
    keeper.stop()
"""


def run(folder: Path, documents: int, readers: int) -> dict[str, list]:
    """Let everybody work, kill two of them in the middle, and give what the readers noted."""
    database = Database(f"sqlite:///{folder / 'livingproof.sqlite3'}")
    upgrade(database)
    AccountService(database).local()
    supplier = add_supplier(database)

    def start(role: str, seed: int, count: int) -> subprocess.Popen:
        command = [sys.executable, "-c", PROCESS, role, str(folder), supplier, str(count), str(seed)]
        return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"})

    writers = [start("writer", 1, documents), start("writer", 2, documents)]
    deleter = start("deleter", 3, 0)
    asking = [start("reader", 10 + number, LEAST_SEARCHES) for number in range(readers)]
    while len(noted(folder, "writer-1").get("stored", ())) < documents // 2:
        assert writers[0].poll() is None, "the first writer ended early"
        time.sleep(0.05)
    for victim in (writers[0], asking[0]):  # a writer in the middle of anything, and whoever may hold the lock
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    writers.append(start("writer", 4, documents // 2))
    asking.append(start("reader", 99, LEAST_SEARCHES))
    assert [writer.wait() for writer in writers[1:]] == [0, 0]
    (folder / "written").touch()
    assert deleter.wait() == 0
    (folder / "over").touch()
    assert {reader.wait() for reader in asking[1:]} == {0}

    keeper = IndexKeeper(database, folder / "index", lambda place: HybridIndex(place, EMBEDDER, flat_limit=200))
    assert keeper.catch_up(LOCAL_WORKSPACE)
    with database.read() as session:
        expected = list(session.scalars(select(PassageRow.id)))
    assert keeper.verify(LOCAL_WORKSPACE).sound
    assert len(keeper.index(LOCAL_WORKSPACE)[0]) == len(expected) > 0
    keeper.stop()
    database.close()
    return noted(folder, "reader")


def noted(folder: Path, role: str) -> dict[str, list]:
    found: dict[str, list] = {}
    for path in folder.glob(f"{role}-*.jsonl"):
        for line in path.read_text().splitlines():
            try:
                what, said = json.loads(line)
            except ValueError:
                continue  # the last line of one that was killed, or of one that is writing it
            found.setdefault(what, []).append(said)
    return found


def check(seen: dict[str, list], readers: int) -> None:
    """No error, nothing lost, nothing stale, and in the end every reader has everything."""
    assert seen.get("error", []) == []
    for one in seen["asked"]:
        # Who says that he holds everything lacks nothing that was committed before he was asked.
        assert one["found"] or one["going"] or not one["complete"], f"{one['word']} is lost"
        assert not (one["found"] and one["gone"]), f"{one['word']} is stale"
    assert any(one["found"] for one in seen["asked"])
    assert any(one["complete"] for one in seen["asked"])
    assert len(seen["end"]) == readers
    assert all(has == there for has, there in seen["end"])


def test_a_few_processes_write_delete_and_ask(tmp_path: Path) -> None:
    check(run(tmp_path, documents=50, readers=2), readers=2)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_writers_a_deleter_and_ten_readers(tmp_path: Path) -> None:
    """About a minute on two free cores."""
    check(run(tmp_path, documents=500, readers=10), readers=10)


def test_one_look_takes_in_all_that_was_committed_before_it(tmp_path: Path) -> None:
    """A process looks often enough to keep the two seconds, and one look is enough, whoever wrote."""
    assert LOOK_SECONDS + WAIT_SECONDS <= FRESH_SECONDS
    database = Database(f"sqlite:///{tmp_path / 'livingproof.sqlite3'}")
    upgrade(database)
    AccountService(database).local()
    supplier = add_supplier(database)
    keepers = [
        IndexKeeper(database, tmp_path / "index", lambda place: HybridIndex(place, EMBEDDER, flat_limit=200))
        for _ in range(3)
    ]
    for round_number in range(4):
        for number in range(round_number + 1):
            word = f"lot{round_number}x{number}"
            add_document(database, supplier, report(f"{word}.pdf", [passage("p1", f"Porosity found on {word}.")]))
        for keeper in keepers[round_number % 3 :] + keepers[: round_number % 3]:
            assert keeper.catch_up(LOCAL_WORKSPACE)
            hits = keeper.index(LOCAL_WORKSPACE)[0].search(f"lot{round_number}x{round_number}", limit=3)
            assert hits, "one look was not enough"
    for keeper in keepers:
        keeper.stop()
    database.close()
