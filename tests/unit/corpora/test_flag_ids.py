"""Bundles that test the flags name flags that exist: a slip of the pen would count as a miss for ever."""

from pathlib import Path

import yaml

from evidence.data import table

ROOT = Path(__file__).resolve().parents[3]


def test_every_flag_that_a_bundle_names_exists():
    known = set(table("flags"))
    named = {
        (path.parent.name, flag)
        for path in (ROOT / "corpora" / "flags").glob("*/*/supplier.yaml")
        for key in ("raises", "may", "silent")
        for flag in yaml.safe_load(path.read_text(encoding="utf-8")).get(key) or ()
    }
    assert len(named) > 300
    assert {one for one in named if one[1] not in known} == set()
