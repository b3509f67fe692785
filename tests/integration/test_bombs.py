"""Each bomb is read or refused by name, at a bounded cost in processor time and memory, whatever it is."""

import os
from pathlib import Path

import pytest

from extractors.bundle import receive
from extractors.errors import ExtractionError
from extractors.policy import ExtractionPolicy
from extractors.sandbox import Reader
from tests.fuzz.bombs import BOMBS

POLICY = ExtractionPolicy(ocr_languages=("eng",))
# The bound of the hostile run is 30 s of wall time on a quiet machine; processor time does not depend on who else works.
PROCESSOR_SECONDS = 25
PEAK_KIB = 1_800 * 1024
# The PDF library itself gives out on these; the file is given up and the bundle goes on.
DEADLY = {"a form that draws itself": {"reader_crashed", "reader_timed_out"}}


def spent(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), peak


def read_all(path, folder):
    """Codes of all that comes of a file, and what it cost."""
    codes, cost, peak = [], 0.0, 0
    with Reader(POLICY) as reader:
        reader._child.policy = POLICY.model_copy(
            update={"files_per_child": 10_000, "recycle_bytes": POLICY.memory_bytes}
        )
        for found in receive([path], folder, POLICY, reader):
            if found.error:
                codes.append(found.error.code)
                continue
            try:
                reader.read(found.path, found.name)
                codes.append("read")
            except ExtractionError as problem:
                codes.append(problem.code)
        if reader.pid:
            cost, peak = spent(reader.pid)
    return codes, cost, peak


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_no_more_than_its_share(tmp_path, name):
    path = tmp_path / "a.bin"
    path.write_bytes(BOMBS[name]())
    codes, cost, peak = read_all(path, tmp_path / "kept")
    print(f"{name}: {sorted(set(codes))} x{len(codes)}, {cost:.1f} s, {peak // 1024} MiB")
    assert codes
    assert not {"extraction_failed", "reader_crashed", "reader_timed_out"} & set(codes) - DEADLY.get(name, set())
    assert cost < PROCESSOR_SECONDS
    assert peak < PEAK_KIB
