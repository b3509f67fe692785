"""What is ordinary raises no flag: bundles of ``corpora/flags/ordinary`` through the whole pipeline (see its README)."""

from pathlib import Path

import pytest

from benchmarks.reporting.flags import SETS, fired_on
from benchmarks.reporting.reading import Pipeline
from corpora.authored import load_supplier

pytestmark = pytest.mark.slow

BUNDLES = sorted(path.parent for path in (SETS / "ordinary").glob("*/supplier.yaml"))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize("folder", BUNDLES, ids=lambda folder: folder.name)
def test_ordinary_papers_raise_no_flag(folder: Path, pipeline: Pipeline) -> None:
    assert fired_on(pipeline, load_supplier(folder)) == set()


def test_every_ordinary_thing_stands_in_two_bundles() -> None:
    table = [line for line in (SETS / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1:]]
    ordinary = [row for row in rows if row[0] and row[0][0].islower()]
    names = {folder.name for folder in BUNDLES}
    assert len(ordinary) >= 14
    for thing, *places in ordinary:
        told = {name for name in names if any(name in place for place in places)}
        papers = [path for place in places for path in place.split(", ")]
        assert told, thing
        assert len(papers) >= 2, thing
        for path in papers:
            assert list((SETS / "ordinary").glob(f"{path.split('/')[0]}/documents/*{path.split('/')[1]}*")), path
