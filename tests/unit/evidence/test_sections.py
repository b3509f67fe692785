from evidence.context import Outside
from evidence.passages import Draft
from evidence.sections import page_sections
from extractors.document import Part
from tests.unit.evidence.small_model import classifier

RECORD = "Lot 25C87 checked on 14.03.2025 by Hoa: 41.207 and 41.204, 3 of 1250 rejected for porosity."
RULE = "The inspector shall measure five pieces of each lot and must record the result."


def _page(number: int, head: str, body: str = "Text of the page", title: str = "") -> list[Draft]:
    heading = (title,) if title else ()
    return [
        Draft(f"h{number}", head, (), number, kinds=("header",)),
        Draft(f"b{number}", body, (), number, heading=heading, kinds=("paragraph",)),
    ]


def test_one_paper_is_one_section():
    pages = [d for n in (1, 2, 3) for d in _page(n, f"Quality manual issue 4 page {n} of 3", title="Quality manual")]
    (section,) = page_sections(pages)
    assert (section.first, section.last, section.name) == (1, 3, "pages 1 to 3: Quality manual")


def test_a_page_number_that_starts_again_begins_a_paper():
    pages = _page(1, "page 1 of 2") + _page(2, "page 2 of 2") + _page(3, "page 1 of 1", title="8D report")
    assert [s.name for s in page_sections(pages)] == ["pages 1 to 2", "page 3: 8D report"]


def test_another_page_head_begins_a_paper():
    pages = _page(1, "Song Cam Castings SCP-QA-F-081") + _page(2, "Red River Calibration certificate of calibration")
    assert len(page_sections(pages)) == 2


def test_dates_in_a_page_head_begin_nothing():
    pages = _page(1, "Song Cam Castings 12.03.2025") + _page(2, "Song Cam Castings 14.05.2025")
    assert len(page_sections(pages)) == 1


def test_pages_without_head_belong_to_the_paper_before():
    assert len(page_sections([Draft(f"b{n}", "text", (), n) for n in (1, 2, 5)])) == 1
    assert page_sections([]) == ()


def test_a_merged_file_is_judged_paper_by_paper():
    drafts = [d for n in (1, 2) for d in _page(n, f"Procedure page {n} of 2", RULE * 4, "Procedure")]
    drafts += [d for n in (3, 4) for d in _page(n, f"Inspection sheet page {n - 2} of 2", RECORD * 4, "Inspection")]
    parts = [Part(number=n, kind="page") for n in (1, 2, 3, 4)]
    judged, _ = classifier().judge(drafts, Outside("merged.pdf", "application/pdf", 4), parts)
    assert [(p.name, p.number) for p in judged.parts] == [
        ("pages 1 to 2: Procedure", 1),
        ("pages 3 to 4: Inspection", 3),
    ]
