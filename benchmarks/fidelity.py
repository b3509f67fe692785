"""How faithfully documents are read, each figure with the plain way or the peer measured in the same run.

    python -m benchmarks.fidelity [--only tables|boxes|office|ocr] [--sample N] [--format text|json]

Each part is a module of this folder that says what it measures, on which documents, and how. A part whose documents are
not on this machine is named as left out.
"""

import argparse
import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from benchmarks.figures import Figure, NotHere

# Public test sets that are too large to be kept with the code.
BENCH = Path(__file__).resolve().parent.parent.parent / "shared" / "bench"
PARTS: Mapping[str, str] = {
    "tables": "benchmarks.fidelity_tables",
    "office": "benchmarks.fidelity_office",
    "ocr": "benchmarks.fidelity_ocr",
    "boxes": "benchmarks.fidelity_boxes",
}


class Part(Protocol):
    """A module with one kind of figures."""

    def measure(self, bench: Path, sample: int | None) -> list[Figure]:
        """The figures on the documents under ``bench``, on the first ``sample`` of them where a number is given.

        Raises NotHere where they are not on this machine.
        """
        ...


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=tuple(PARTS), action="append", help="this part; may be given again")
    parser.add_argument("--sample", type=int, help="measure on so many documents of each part, for a quick look")
    parser.add_argument("--bench", type=Path, default=BENCH, help="folder of the public test sets")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    found: dict[str, list[Figure]] = {}
    for name in options.only or PARTS:
        part: Part = importlib.import_module(PARTS[name])  # type: ignore[assignment]
        try:
            found[name] = part.measure(options.bench, options.sample)
        except NotHere as problem:
            if options.format == "text":
                print(f"{name}: left out, {problem}")
            continue
        if options.format == "text":
            print(name)
            for figure in found[name]:
                print(figure.line())
    if options.format == "json":
        print(json.dumps({name: [figure.as_dict() for figure in figures] for name, figures in found.items()}, indent=2))


if __name__ == "__main__":
    main()
