"""Spoil files of our own and read them as a supplier's, for a given time a target.

    python -m tests.fuzz [TARGET...] [--seconds 60] [--seed N] [--keep FOLDER]

A target is one edge of the readers: a format, through the confined child. A file counts as a finding when a reader fails
with an error nobody foresaw, when the child dies on it, or when it takes more processor seconds than ``--slow``. Findings are kept, one of
a kind; the command ends with 1 where there are any.
"""

import argparse
import hashlib
import logging
import os
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from extractors.contents import Budget
from extractors.errors import ExtractionError
from extractors.policy import MIB, ExtractionPolicy
from extractors.sandbox import Reader
from tests.fuzz import mutations
from tests.fuzz.mutations import BYTES, Mutation, one_of
from tests.fuzz.seeds import SEEDS

# Errors that a spoiled file may not end in: they mean that something was not foreseen.
UNFORESEEN = {"extraction_failed", "reader_crashed", "reader_timed_out"}
OPENED = {"zip", "tar", "7z", "mail", "msg", "signed"}
_PACKAGES = (mutations.package, mutations.package, mutations.package, one_of(BYTES))
WAYS: dict[str, tuple[Mutation, ...]] = {
    **dict.fromkeys(("xlsx", "word", "slides", "opendocument"), _PACKAGES),
    "pdf": (mutations.pdf, mutations.pdf, mutations.pdf, one_of(BYTES)),
    **dict.fromkeys(("mail", "web", "markdown", "table", "text"), (mutations.lines, one_of(BYTES))),
}
# Small files: what they may cost is little, so that a blow-up is seen at once.
POLICY = ExtractionPolicy(
    file_seconds=30,
    stall_seconds=25,
    ocr_page_seconds=5,
    crash_retries=0,
    bundle_bytes=256 * MIB,
    file_bytes=64 * MIB,
    ocr_languages=("eng",),
)


class Heard(logging.Handler):
    """Keeps the child's last traceback."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.last = record.getMessage()

    def place(self) -> str:
        """Where it broke: the innermost line of our own code, and the error."""
        ours = re.findall(r'File "[^"]*?((?:extractors|evidence)/[^"]+)", line (\d+)', self.last)
        error = (self.last.strip().splitlines() or ["?"])[-1][:200]
        return f"{ours[-1][0]}:{ours[-1][1]} {error}" if ours else error


def fuzz(target: str, seconds: float, seed: int, keep: Path, slow: float) -> list[str]:
    """Run one target; what was found, one line of a kind."""
    chance = random.Random(f"{target}{seed}")
    corpus = [make() for make in SEEDS[target]]
    ways = WAYS.get(target, (one_of(BYTES),))
    heard = Heard()
    logger = logging.getLogger("extractors")
    logger.addHandler(heard)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    found: dict[str, str] = {}
    runs, outcomes, slowest = 0, dict[str, int](), 0.0
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, Reader(POLICY, passwords=("geheim",)) as reader:
        path = Path(folder) / "spoiled"
        while time.monotonic() < end:
            raw = chance.choice(corpus)
            for _ in range(chance.choice((1, 1, 2))):
                raw = chance.choice(ways)(chance, raw)[: mutations.MOST_BYTES]
            path.write_bytes(raw)
            heard.last = ""
            before = _spent(reader.pid)
            code = _read(reader, path, target, Path(folder) / "into")
            took = _spent(reader.pid) - before
            runs, slowest = runs + 1, max(slowest, took)
            outcomes[code] = outcomes.get(code, 0) + 1
            if code in UNFORESEEN or took > slow:
                kind = heard.place() if code in UNFORESEEN else f"slow ({code})"
                if kind not in found:
                    keep.mkdir(parents=True, exist_ok=True)
                    kept = keep / f"{target}-{hashlib.sha256(raw).hexdigest()[:10]}"
                    kept.write_bytes(raw)
                    found[kind] = f"{target}: {code} after {took:.1f} s, {kind}: {kept}"
                    print(found[kind], flush=True)
    logger.removeHandler(heard)
    print(f"{target}: {runs} files, slowest {slowest:.1f} s, {dict(sorted(outcomes.items()))}", flush=True)
    return list(found.values())


def _spent(pid: int | None) -> float:
    """Processor seconds of the child: a busy machine makes every file slow."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def _read(reader: Reader, path: Path, target: str, into: Path) -> str:
    code = "read"
    if target in OPENED:
        into.mkdir()
        try:
            contents = reader.open(path, "spoiled", into, Budget.of(POLICY))
        except ExtractionError as problem:
            return problem.code
        finally:
            shutil.rmtree(into)
        faults = [contents.fault, *(member.error for member in contents.members)]
        codes = {fault.error().code for fault in faults if fault}
        code = next(iter(codes & UNFORESEEN), next(iter(codes), "read"))
        if code in UNFORESEEN or target in ("zip", "tar", "7z"):
            return code
    try:
        reader.read(path, "spoiled")
    except ExtractionError as problem:
        return problem.code
    return code


def main() -> None:
    """Run the targets one after the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*SEEDS, []], help="edges; without any all of them")
    parser.add_argument("--seconds", type=float, default=60, help="time for each target")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other files")
    parser.add_argument(
        "--slow", type=float, default=10, help="processor seconds above which a file counts as a finding"
    )
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"), help="where findings are kept")
    options = parser.parse_args()
    found: list[str] = []
    for target in options.targets or list(SEEDS):
        found += fuzz(target, options.seconds, options.seed, options.keep, options.slow)
    print(f"{len(found)} findings")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
