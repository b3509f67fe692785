"""Two writers, one deleter and ten readers on one database and one index folder, with a kill in the middle."""

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
from service.search.keeper import IndexKeeper
from tests.unit.service.papers import EMBEDDER, add_supplier

ROOT = Path(__file__).parents[2]
# What search may not know yet: a commit younger than this.
FRESH_SECONDS = 2.0
# The same on a machine whose cores are taken by others.
LOADED_SECONDS = 10.0
PROCESS = """
import json, os, random, sys, time
from pathlib import Path
from sqlalchemy import select
from indexes.hybrid import HybridIndex
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.database.engine import Database
from service.documents.models import DocumentRow
from service.documents.store import forget
from service.search.keeper import IndexKeeper
from service.search.service import SearchService
from tests.unit.service.papers import EMBEDDER, add_document, passage, report

role, folder, supplier, seconds, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]), int(sys.argv[5])
database = Database(f"sqlite:///{folder / 'livingproof.sqlite3'}")
random.seed(seed)
log = (folder / f"{role}-{seed}-{os.getpid()}.jsonl").open("a", buffering=1)
until = time.time() + seconds
number = 0
if role == "writer":
    while time.time() < until:
        number += 1
        word = f"lot{seed}x{number}x{os.getpid()}"
        add_document(database, supplier, report(f"{word}.pdf", [passage("p1", f"Porosity found on {word} in June.")]))
        log.write(json.dumps(["stored", word, time.time()]) + "\\n")
        time.sleep(0.05)
elif role == "deleter":
    while time.time() < until:
        with database.read() as session:
            rows = session.execute(select(DocumentRow.id, DocumentRow.path).order_by(DocumentRow.created_at)).all()
        if len(rows) > 20:
            document, path = random.choice(rows[:-10])
            with database.write() as session:
                forget(session, LOCAL_WORKSPACE, document)
                session.delete(session.get(DocumentRow, document))
            log.write(json.dumps(["deleted", path[:-4], time.time()]) + "\\n")
        time.sleep(0.2)
else:
    keeper = IndexKeeper(database, folder / "index", lambda place: HybridIndex(place, EMBEDDER, flat_limit=200))
    keeper.start()
    service, scope = SearchService(database, keeper), AccountService(database).local()
    while time.time() < until:
        stored, deleted = {}, {}
        for path in folder.glob("*.jsonl"):
            if path.name.startswith(("writer", "deleter")):
                for line in path.read_text().splitlines():
                    try:
                        what, word, when = json.loads(line)
                    except ValueError:
                        continue  # the writer is in the middle of a line
                    (stored if what == "stored" else deleted)[word] = when
        if not stored:
            time.sleep(0.1)
            continue
        word = random.choice(list(stored))
        began = time.time()
        try:
            answer = service.search(scope, word, limit=5)
            found = [hit.path[:-4] for hit in answer.hits if word in hit.text]
            line = [word, bool(found), began, time.time(), stored[word], deleted.get(word), answer.complete]
        except Exception as problem:
            line = ["error", repr(problem)]
        log.write(json.dumps(line) + "\\n")
    keeper.stop()
"""


def run(folder: Path, seconds: float, readers: int) -> tuple[list[list], dict[str, float]]:
    """Let everybody work; what the readers saw, and when each word that was deleted went."""
    database = Database(f"sqlite:///{folder / 'livingproof.sqlite3'}")
    upgrade(database)
    AccountService(database).local()
    supplier = add_supplier(database)

    def start(role: str, seed: int, lasts: float) -> subprocess.Popen:
        command = [sys.executable, "-c", PROCESS, role, str(folder), supplier, str(lasts), str(seed)]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(command, cwd=ROOT, env=environment)

    people = [start("writer", 1, seconds), start("writer", 2, seconds), start("deleter", 3, seconds)]
    people += [start("reader", 10 + n, seconds) for n in range(readers)]
    time.sleep(seconds / 2)
    for victim in (people[0], people[3]):  # a writer in the middle of anything, and whoever may hold the lock
        victim.send_signal(signal.SIGKILL)
    started = time.time()
    people += [start("writer", 4, seconds / 2), start("reader", 99, seconds / 2)]
    for process in people:
        process.wait(seconds * 4 + 120)
    assert time.time() - started < seconds * 4 + 120
    seen = lines(folder, "reader")
    gone = {word: when for _, word, when in lines(folder, "deleter")}
    keeper = IndexKeeper(database, folder / "index", lambda place: HybridIndex(place, EMBEDDER, flat_limit=200))
    assert keeper.catch_up(LOCAL_WORKSPACE)
    with database.read() as session:
        expected = list(session.scalars(select(PassageRow.id)))
    assert keeper.verify(LOCAL_WORKSPACE).sound
    assert len(keeper.index(LOCAL_WORKSPACE)[0]) == len(expected) > 0
    keeper.stop()
    database.close()
    return seen, gone


def lines(folder: Path, role: str) -> list[list]:
    found = []
    for path in folder.glob(f"{role}-*.jsonl"):
        for line in path.read_text().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue  # the last line of one that was killed
    return found


def check(seen: list[list], gone: dict[str, float]) -> None:
    """No error, nothing lost, nothing stale, and nobody behind for longer than FRESH_SECONDS."""
    assert [line for line in seen if line[0] == "error"] == []
    for word, found, began, ended, stored, deleted, complete in seen:
        if began - stored > FRESH_SECONDS and complete:
            # The deleter notes what it did just after the commit.
            assert found or gone.get(word, ended + 9) < ended + 1, f"{word} is lost"
        if deleted is not None and began > deleted:
            assert not found, f"{word} is stale"
    # Who says that it is still catching up may lack what is new, but not for long even where many share few cores.
    behind = [line for line in seen if not line[6] and not line[1] and line[2] - line[4] > LOADED_SECONDS]
    assert [line for line in behind if gone.get(line[0], line[3] + 9) > line[3] + 1] == []


def test_a_few_processes_for_a_few_seconds(tmp_path: Path) -> None:
    seen, gone = run(tmp_path, seconds=8, readers=2)
    assert len(seen) > 5
    check(seen, gone)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_writers_a_deleter_and_ten_readers_for_a_minute(tmp_path: Path) -> None:
    seen, gone = run(tmp_path, seconds=60, readers=10)
    assert len(seen) > 100
    check(seen, gone)
