"""Products in the words of buyers beside scopes of certificates: which speak of other work, in the languages of buyers and plants."""

import tomllib
from pathlib import Path

import pytest

from evidence.data import table
from evidence.facts.text import fold
from evidence.goods import goods, goods_made
from evidence.trades import covers
from tests.unit.evidence.builders import flags, report

PAIRS = tomllib.loads(Path(__file__).with_name("scope_pairs.toml").read_text(encoding="utf-8"))
OTHER, SAME = ([*PAIRS[name], *PAIRS[f"{name}_later"]] for name in ("mismatch", "match"))

CERTIFICATE = {"kind": "certificate", "reading": "static", "mode": "credential", "criteria": ("certification",)}
CASES = {"kind": "corrective_action_record", "criteria": ("corrective_action",)}

NOT_TOLD_BY_PAPERS = {
    ("paper cups 12 oz", "Production of corrugated cartons"),  # every factory writes of cups and bags that it buys
    ("túi PE", "Manufacture of wooden furniture"),
    ("zinc plating of brackets", "Manufacture of wooden pallets"),  # no goods
    ("transport of containers", "Manufacture of zip fasteners"),
}


@pytest.mark.parametrize(("product", "scope"), OTHER)
def test_scope_does_not_cover_other_goods(product, scope):
    assert not covers(fold(scope), fold(product))


@pytest.mark.parametrize(("product", "scope"), SAME)
def test_scope_covers_goods_by_other_words_general_ones_and_in_lists(product, scope):
    assert covers(fold(scope), fold(product))


def _raised(product: str, scope: str) -> bool:
    page = f"# Certificate\n\nThe quality management system of\n\nSabira Norvane Pvt. Ltd.\n\ncomplies with ISO 9001:2015\n\nScope :: {scope}\nRegistration :: TVC-66204\nDate of issue :: 20 January 2026 || Valid until :: 19 January 2029\nAccreditation :: NABCB\n"
    case = f"# CAPA-26-11\n\nProduct :: {product} || Opened on :: 03.08.2026\nDescription :: Edge found chipped.\n"
    papers = (report("Certificate.pdf", page, **CERTIFICATE), report("CAPA.pdf", case, **CASES))
    return "certificate_scope_mismatch" in flags(*papers, supplier="Sabira Norvane Pvt. Ltd.")


@pytest.mark.parametrize(("product", "scope"), OTHER)
def test_papers_tell_goods_that_the_scope_does_not(product, scope):
    assert _raised(product, scope) is ((product, scope) not in NOT_TOLD_BY_PAPERS)


@pytest.mark.parametrize(("product", "scope"), SAME)
def test_papers_accuse_no_scope_that_covers_the_goods(product, scope):
    assert not _raised(product, scope)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nylon cable ties", {"cable_ties"}),
        ("cable ties and cables", {"cable_ties", "cables"}),
        ("door handles", {"locks"}),
        ("khuôn dép", {"moulds"}),  # moulds for them
        ("shoe boxes", set()),
        ("신발용 접착제", {"adhesives"}),
        ("labelling and painting", set()),
        ("freight container", set()),  # a stem of another language is no beginning of it
        ("塑膠袋", {"bags_and_sacks"}),
        ("washing-machine", {"washing_machines"}),
    ],
)
def test_goods_are_told_apart_by_the_longest_words(text, named):
    assert goods(fold(text)) == named


def test_what_goods_are_for_is_not_made():
    assert goods_made(fold("gaskets for washing machines")) == {"gaskets"}
    assert goods_made(fold("thức ăn cho chó")) == {"feed"}  # a name that holds such a word


def test_families_of_goods_are_those_of_trades():
    known = set(table("trades")["families"])
    assert not {name: item["of"] for name, item in table("goods").items() if set(item["of"]) - known}
    assert not [name for name, item in table("goods").items() if not item["words"]]


def test_words_of_goods_name_the_goods():
    lost = [
        (name, word)
        for name, item in table("goods").items()
        for word in item["words"]
        if name not in goods(fold(word.strip()))
    ]
    assert not lost
