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


def test_every_rule_has_a_bundle_that_raises_it_and_a_near_miss():
    """What a rule must raise and must not; the living demo suppliers are silent of it or say that they raise it."""
    raised, missed = set(), set()
    living = []
    for path in (
        *(ROOT / "corpora" / "flags").glob("*/*/supplier.yaml"),
        *(ROOT / "corpora" / "suppliers").glob("*/supplier.yaml"),
    ):
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        raised |= set(told.get("raises") or ())
        missed |= set(told.get("silent") or ())
        if told.get("demo") and told.get("headline") == "living":
            living.append(path.parent.name)
    rules = set(table("flags"))
    assert rules - raised == set()
    assert rules - missed == set()
    assert len(living) >= 3
