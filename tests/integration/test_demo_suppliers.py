"""The demo suppliers against what their authors say a reader must find: flags, silence, headline."""

from datetime import date

import pytest

from corpora.authored import SUPPLIERS, AuthoredSupplier, load_supplier
from evidence.assessment import assess
from evidence.model import Report
from tests.integration.authored_reports import reports

NEEDS_A_PICTURE = {"unreadable", "text_over_scan", "hidden_text"}
"""Flags that only the rendered file can raise: the authored text has no pixels."""

FOLDERS = sorted(path for path in SUPPLIERS.iterdir() if (path / "supplier.yaml").exists())
DEMO = [path.name for path in FOLDERS if "demo: true" in (path / "supplier.yaml").read_text(encoding="utf-8")]


def judged(name: str) -> tuple[AuthoredSupplier, Report]:
    supplier = load_supplier(SUPPLIERS / name)
    return supplier, assess(supplier.name, date.fromisoformat(str(supplier.reference_date)), reports(supplier))


@pytest.mark.parametrize("name", DEMO)
def test_what_must_fire_fires_and_what_is_ordinary_stays_silent(name: str) -> None:
    supplier, made = judged(name)
    fired = {flag.id for flag in made.flags}
    assert set(supplier.raises) - NEEDS_A_PICTURE <= fired
    assert not set(supplier.silent) & fired
    assert made.headline == supplier.headline


@pytest.mark.parametrize("name", DEMO)
def test_every_quote_of_a_demo_report_stands_at_its_place(name: str) -> None:
    _, made = judged(name)
    passages = {(d.path, p.id): p for d in made.documents for p in d.passages}
    citations = [c for e in made.expectations for c in e.evidence]
    citations += [c for f in made.flags for c in f.citations] + [c for m in made.marks for c in m.evidence]
    assert citations
    for citation in citations:
        passage = passages[citation.document, citation.passage or ""]
        starts = [at for at in range(len(passage.text)) if passage.text.startswith(citation.quote, at)]
        assert starts
        assert citation.locators in [passage.locators_of(at, at + len(citation.quote)) for at in starts]
        assert citation.locator == citation.locators[0]


def test_a_living_demo_supplier_raises_no_flag_of_high_severity() -> None:
    for name in DEMO:
        supplier, made = judged(name)
        if supplier.headline == "living":
            assert [flag.id for flag in made.flags if flag.severity == "high" and flag.id not in supplier.raises] == []


@pytest.mark.parametrize("name", DEMO[:2])
def test_a_bundle_that_is_sent_again_changes_nothing_in_the_report(name: str) -> None:
    supplier, made = judged(name)
    read = reports(supplier)
    again = assess(supplier.name, date.fromisoformat(str(supplier.reference_date)), [*read, *read])
    assert again.model_dump_json() == made.model_dump_json()


def test_files_that_come_again_under_their_names_with_other_contents_lie_side_by_side() -> None:
    supplier, made = judged("jepara-teak")
    read = reports(supplier)
    later = [
        type(one).model_validate_json(one.model_dump_json().replace(one.sha256[:12], "f" * 12)) for one in read
    ]  # passages begin with the fingerprint of their file
    assert {one.sha256 for one in read}.isdisjoint(one.sha256 for one in later)
    both = assess(supplier.name, date.fromisoformat(str(supplier.reference_date)), [*read, *later])
    assert both.headline == made.headline
    assert {flag.id for flag in both.flags} == {flag.id for flag in made.flags}
