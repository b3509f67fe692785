"""An index in a folder survives the death of the process that writes it."""

import signal
import subprocess
import sys
from pathlib import Path

from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from indexes.embedder import FakeEmbedder
from indexes.hybrid import HybridIndex
from indexes.items import IndexItem

index = HybridIndex(Path(sys.argv[1]), FakeEmbedder())
for number in range(1, 10_000):
    index.upsert([IndexItem(number, f"porosity on lot {number}")])
    if number % 3 == 0:
        index.remove([number - 1])
    if number % 5 == 0:
        index.flush(number)
        print(number, flush=True)
"""


def alive(until: int) -> list[int]:
    """What the database would hold after that many changes."""
    return [number for number in range(1, until + 1) if not (number % 3 == 2 and number + 1 <= until)]


def test_a_killed_writer_leaves_an_index_that_can_be_caught_up(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    seen = 0
    while seen < 25:
        seen = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    index = HybridIndex(tmp_path, FakeEmbedder())
    assert index.mark >= 25
    assert index.damaged == ()
    assert index.search("porosity on lot 4")[0].id == 4
    until = index.mark + 30
    for number in range(index.mark + 1, until + 1):  # what the owner does: everything since the mark, again
        index.upsert([IndexItem(number, f"porosity on lot {number}")])
        if number % 3 == 0:
            index.remove([number - 1])
    beyond = [number for number in index.verify().without_vector if number > until]
    index.remove(beyond)  # written by the dead process and never flushed: the database says what is there
    assert index.verify(expected=alive(until)).sound
    index.close()
