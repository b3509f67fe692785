"""The pages in a real browser: from a new supplier to a report that follows the reviewer."""

import contextlib
import re

import pytest
from playwright.sync_api import Error

pytest.importorskip("reportlab", reason="reportlab makes the papers; it comes with the extra 'corpora'")

from tests.e2e import papers
from tests.e2e.stand import running

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with running(tmp_path_factory.mktemp("service")) as address:
        yield address


def add_supplier(tab, service, name):
    tab.goto(service)
    tab.fill("#supplier-name", name)
    tab.press("#supplier-name", "Enter")
    tab.wait_for_selector("#upload")


def send(tab, *files):
    """Send files from a supplier's page and wait until the page shows that all of them are done."""
    progress = tab.locator("#progress")
    before = progress.get_attribute("data-poll") if progress.count() else ""
    tab.set_input_files("#files", [str(file) for file in files])
    tab.click("#upload button")
    # The bundle of before is done, too, and shown until the new one has arrived.
    tab.wait_for_selector(f"#progress[data-state=done]:not([data-poll='{before}'])", timeout=60_000)
    tab.wait_for_selector("#expectations", timeout=60_000)


def open_file(tab, name):
    tab.click(f"#files-body a:has-text('{name}')")
    tab.wait_for_selector("html[data-keys=ready][data-review=ready]")


def test_a_bundle_is_read_before_the_eyes_of_the_buyer(tab, service, tmp_path):
    add_supplier(tab, service, "Song Cam Castings")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing of the kind")
    send(tab, papers.report(tmp_path / "8D report.pdf"), papers.procedure(tmp_path / "procedure.docx"), broken)
    assert "3 of 3 files done, 1 not read" in tab.inner_text("#bundle-count")
    assert tab.locator("table.expectations tbody tr").count() == 10
    failed = tab.locator("#files-body tr", has_text="broken.pdf")
    assert "damaged_file" in failed.inner_text()
    assert failed.locator("button", has_text="Retry").is_visible()
    assert tab.complaints == []


def test_a_person_on_the_way_to_another_page_is_not_called_back(tab, service, tmp_path):
    add_supplier(tab, service, "Thornbeck Precision")
    send(tab, papers.procedure(tmp_path / "procedure.docx"))
    tab.goto(tab.url)  # by itself the page loads anew once, with the results
    pages, streams = [], []
    tab.route("**/documents/*", lambda route: pages.append(route))
    tab.route("**/stream-of-test", lambda route: streams.append(route))
    tab.evaluate("""() => {
        Object.assign(document.getElementById("progress").dataset, {state: "reading", stream: "/stream-of-test"});
        import("/static/progress.js?again");
    }""")
    while not streams:
        tab.wait_for_timeout(100)
    tab.locator("#files-body a").first.click(no_wait_after=True)
    while not pages:
        tab.wait_for_timeout(100)
    # The last news of the bundle comes while the other page is still on its way.
    streams[0].fulfill(content_type="text/event-stream", body="event: end\ndata: {}\n\n")
    tab.wait_for_timeout(1_000)
    pages[0].continue_()
    tab.wait_for_url("**/documents/*")


def test_what_is_typed_is_not_lost_when_the_files_are_done(tab, service, tmp_path):
    add_supplier(tab, service, "Half written")
    send(tab, papers.procedure(tmp_path / "procedure.docx"))
    tab.route(
        "**/stream-of-test",
        lambda route: route.fulfill(content_type="text/event-stream", body="event: end\ndata: {}\n\n"),
    )
    ended = """() => {
        Object.assign(document.getElementById("progress").dataset, {state: "reading", stream: "/stream-of-test"});
        import("/static/progress.js?again");
    }"""
    tab.goto(tab.url)
    tab.fill("#aliases", "Half Written Castings Ltd")
    tab.locator("#aliases").blur()
    tab.evaluate(ended)
    tab.wait_for_timeout(1_500)
    assert tab.input_value("#aliases") == "Half Written Castings Ltd"
    tab.goto(tab.url)
    with tab.expect_event("load"):  # without anything typed the page shows what is new by itself
        tab.evaluate(ended)


def test_a_protected_file_leads_to_where_its_password_is_given(tab, service, tmp_path):
    add_supplier(tab, service, "Locked")
    send(tab, papers.report(tmp_path / "8D.pdf", "secret"))
    assert tab.locator("#files-body button").count() == 0
    tab.click("#files-body a:has-text('8D.pdf')")
    tab.click("a:has-text('Send it again with its password')")
    tab.wait_for_selector("#passwords:visible")
    tab.fill("#passwords", "secret")
    send(tab, tmp_path / "8D.pdf")
    tab.goto(tab.url.partition("#")[0])
    first, second = tab.locator("#files-body tr").all_inner_texts()
    assert "this copy counts no longer" in first
    assert "read" in second
    assert "1 file" in tab.inner_text("#coverage + p")
    assert tab.complaints == []


def test_a_bundle_is_deleted_from_the_page_of_its_supplier(tab, service, tmp_path):
    add_supplier(tab, service, "Sent by mistake")
    send(tab, papers.procedure(tmp_path / "procedure.docx"))
    tab.click("a:has-text('Delete a bundle')")
    tab.check("input[name=what] >> nth=0")
    tab.click("button.danger")
    assert tab.url.endswith("/delete")  # the browser asks for what is not ticked
    tab.check("input[name=sure]")
    tab.click("button.danger")
    tab.wait_for_selector("#files-body .none")
    assert tab.complaints == []


def test_a_citation_opens_its_page_with_the_words_outlined(tab, service, tmp_path):
    add_supplier(tab, service, "Outlined")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    open_file(tab, "8D.pdf")
    tab.click(".passage .where a")
    picture = tab.locator(".sheet-of-paper img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
    page, first = picture.bounding_box(), tab.locator(".sheet-of-paper rect").first.bounding_box()
    # The first line was drawn at (60, 780) of an A4 page of 595 by 842 points.
    assert (first["x"] - page["x"]) / page["width"] == pytest.approx(60 / 595, abs=0.02)
    assert (first["y"] - page["y"]) / page["height"] == pytest.approx((842 - 790) / 842, abs=0.02)
    assert tab.complaints == []


def test_a_citation_of_a_workbook_marks_its_cells_and_hostile_cells_stay_text(tab, service, tmp_path):
    add_supplier(tab, service, "Cells")
    send(tab, papers.register(tmp_path / "register.xlsx"))
    open_file(tab, "register.xlsx")
    tab.locator(".passage .where a").nth(1).click()
    tab.wait_for_selector("td.cited")
    quoted = tab.inner_text(".passage .text")
    marked = tab.locator("td.cited").all_inner_texts()
    assert re.findall(r"CAPA-\d+", quoted) == [text for text in marked if text.startswith("CAPA-")]
    assert papers.HOSTILE in quoted
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("main img").count() == 0
    assert tab.complaints == []


def test_a_paragraph_is_marked_among_its_neighbours(tab, service, tmp_path):
    add_supplier(tab, service, "Paragraphs")
    send(tab, papers.procedure(tmp_path / "procedure.docx"))
    open_file(tab, "procedure.docx")
    tab.locator(".passage .where a").nth(2).click()
    tab.wait_for_selector(".running mark")
    quoted = " ".join(tab.inner_text(".passage .text").split())
    assert " ".join(" ".join(tab.locator(".running mark").all_inner_texts()).split()) == quoted
    assert tab.locator(".running p").count() > tab.locator(".running mark").count()


def test_names_of_files_and_suppliers_are_only_text(tab, service, tmp_path):
    add_supplier(tab, service, papers.HOSTILE)
    tab.wait_for_selector("h1")
    assert tab.inner_text("h1") == papers.HOSTILE
    file = papers.report(tmp_path / "<img src=x onerror=window.hacked=1>.pdf")
    send(tab, file)
    tab.goto(service)
    assert papers.HOSTILE in tab.inner_text("main")
    tab.goto(f"{service}/search?q={papers.HOSTILE}")
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("img").count() == 0
    assert tab.complaints == []


def test_a_reviewer_overrides_by_keyboard_and_the_report_follows(tab, service, tmp_path):
    add_supplier(tab, service, "Reviewed")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    supplier = tab.url
    before = tab.inner_text("#expectation-corrective_action")
    open_file(tab, "8D.pdf")
    tab.keyboard.press("j")
    tab.keyboard.press("3")
    tab.keyboard.type("The figures belong to an example.")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".chip.mode-template")
    history = tab.inner_text("table.history")
    for words in ("Local administrator", "blank form", "record", "The figures belong to an example.", "fake-1"):
        assert words in history
    tab.goto(supplier)
    assert tab.inner_text("#expectation-corrective_action") != before
    open_file(tab, "8D.pdf")
    tab.keyboard.press("j")
    tab.keyboard.press("u")
    tab.wait_for_selector(".chip.mode-record")
    tab.goto(supplier)
    assert tab.inner_text("#expectation-corrective_action") == before
    assert tab.complaints == []


def decide_first(tab):
    """Decide on the first passage of the queue by keyboard: judge one that was drawn by chance, confirm any other."""
    tab.wait_for_selector("html[data-keys=ready][data-review=ready]")
    first = tab.locator("article.passage").first
    first.focus()
    with tab.expect_navigation():
        tab.keyboard.press("1" if first.locator("form.blind").count() else "c")


def test_the_queue_goes_on_by_keyboard_takes_back_and_ends(tab, service, tmp_path):
    add_supplier(tab, service, "Queued")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    tab.goto(f"{service}/review?supplier={tab.url.rpartition('/')[2]}")
    waiting = tab.locator("article.passage").count()
    decide_first(tab)
    tab.wait_for_selector("html[data-keys=ready][data-review=ready]")
    assert tab.locator("article.passage").count() == waiting - 1
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert tab.locator("article.passage").count() == waiting
    for _ in range(waiting):
        decide_first(tab)
    tab.wait_for_selector(".empty >> text=Nothing waits for a decision")
    assert tab.complaints == []


def test_an_override_without_a_reason_is_not_sent(tab, service, tmp_path):
    add_supplier(tab, service, "Reasonless")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    open_file(tab, "8D.pdf")
    tab.keyboard.press("j")
    tab.keyboard.press("4")
    tab.keyboard.press("Enter")
    assert "needs a reason" in tab.inner_text("#told")
    assert tab.locator(".chip.mode-record").count() == 1


def test_the_words_of_a_decision_that_came_too_late_are_shown_to_take_along(browser, tab, service, tmp_path):
    add_supplier(tab, service, "Decided twice")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    open_file(tab, "8D.pdf")
    other = browser.new_page()
    other.goto(tab.url)
    other.wait_for_selector("html[data-keys=ready][data-review=ready]")
    for page, key, reason in ((other, "3", "It is an example."), (tab, "4", "<b>Praise</b>, no figures.")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        page.keyboard.type(reason)
        page.keyboard.press("Enter")
        page.wait_for_selector(".chip.mode-template, .error")
    other.close()
    assert "Somebody decided this meanwhile." in tab.inner_text("h1")
    assert tab.inner_text(".error blockquote") == "<b>Praise</b>, no figures."
    assert tab.locator("a:has-text('Back to where you were')").count() == 1


def test_an_own_decision_is_not_confirmed_and_the_page_leads_back(tab, service, tmp_path):
    add_supplier(tab, service, "Own word")
    send(tab, papers.report(tmp_path / "8D.pdf"))
    open_file(tab, "8D.pdf")
    document = tab.url.partition("#")[0]
    tab.keyboard.press("j")
    tab.keyboard.press("3")
    tab.keyboard.type("An example.")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".chip.mode-template")
    tab.wait_for_selector("html[data-keys=ready][data-review=ready]")
    tab.keyboard.press("c")
    tab.click("text=Back to where you were")
    tab.wait_for_selector(".chip.mode-template")
    assert tab.url.startswith(document)


def test_the_keys_are_shown_and_lead_to_the_search_box(tab, service):
    tab.goto(service)
    tab.wait_for_selector("html[data-keys=ready]")
    tab.keyboard.press("?")
    assert "Go to the search box" in tab.inner_text("#keys")
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search-box"


def test_files_are_sent_and_judged_without_scripts(browser, service, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    add_supplier(tab, service, "No scripts")
    tab.set_input_files("#files", [str(papers.report(tmp_path / "8D.pdf"))])
    tab.click("#upload button")
    for _ in range(120):
        with contextlib.suppress(Error):  # the page renews itself, too: the browser refuses whichever comes second
            tab.reload()
        if tab.locator("#progress[data-state=done]").count():
            break
    tab.click("#files-body a")
    tab.click(".passage summary")
    tab.check(".passage input[value=claim]")
    tab.fill(".passage input[name=reason]", "It only praises.")
    tab.click(".passage button[value=override]")
    assert tab.locator(".chip.mode-claim").count() == 1
    context.close()


def test_an_address_that_is_not_there_says_what_to_do(tab, service):
    tab.goto(f"{service}/documents/nothing")
    assert "There is no such document." in tab.inner_text("h1")
    assert "not_found" in tab.inner_text("main")


def test_an_address_without_a_page_is_a_page_for_people_and_an_answer_for_programs(tab, service):
    tab.goto(f"{service}/nowhere")
    assert "not_found" in tab.inner_text("main")
    answer = tab.request.get(f"{service}/api/v1/nowhere")
    assert answer.json()["code"] == "not_found"
