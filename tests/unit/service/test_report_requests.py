"""Request lists: every ask in every language, the record and the day that would close a gap, files named."""

import re
import string

import pytest

from evidence.assessment import AssessmentSettings, assess
from evidence.bundle import months_before
from evidence.data import table
from evidence.flags.procedures import TOPICS
from evidence.model import Citation, Flag
from extractors.locators import PageLocator
from service.reports.quoting import in_short
from service.reports.requests import LANGUAGES, OWN_MONTHS, letter_of, letters, requests_of, words_of, write_letter
from tests.unit.evidence.builders import TODAY, report
from tests.unit.service.reported import SUPPLIER, attacked, documents, sample

EXPECTATIONS = {item["id"]: item["ask"] for item in table("expectations")["expectation"]}
ASKS = EXPECTATIONS | {
    f"{item['id']}.{name}": ask
    for item in table("expectations")["expectation"]
    for name, ask in item.get("asks", {}).items()
}
FLAGS = {identity: data["ask"] for identity, data in table("flags").items()}
SCRIPT = {"vi": "đượcăếộ", "th": "การที่", "zh": "的请记"}


def names(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ask_and_every_reason_has_its_translation(language):
    texts, english = letters()[language], letters()["en"]
    assert texts["ask"].keys() == ASKS.keys(), "an expectation asks for something that this letter cannot say"
    assert texts["flag"].keys() == FLAGS.keys(), f"translate the asks of new flags in letters/{language}.toml"
    assert texts["title"].keys() == EXPECTATIONS.keys()
    assert texts["why"].keys() == english["why"].keys()
    assert texts["frame"].keys() == english["frame"].keys()
    assert set(texts["topic"]) == set(TOPICS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_gaps_and_is_no_copy(language):
    texts, english = letters()[language], letters()["en"]
    for part in ("ask", "flag", "why", "frame", "title"):
        for key, text in texts[part].items():
            assert names(text) == names(english[part][key]), (part, key)
            assert language == "en" or text != english[part][key], (part, key)
    everything = "".join(text for part in ("ask", "flag", "why") for text in texts[part].values())
    assert all(letter in everything for letter in SCRIPT.get(language, ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_names_the_supplier_each_record_and_the_day_from_which_it_counts(language):
    letter = letter_of(sample(), language)
    text = write_letter(letter)
    open_ones = [item for item in sample().expectations if item.status != "living"]
    assert len(letter.records) == len(open_ones)
    assert SUPPLIER in text
    assert "2025-08-30" in text  # thirteen months before the day of judgement, for audits and reviews
    assert "locked.pdf" in text
    assert not re.search(r"\{\w+\}", text)
    assert next(line for line in text.split("\n") if re.match(r"\d+\. ", line)).startswith("1. ")


def test_what_is_living_is_not_asked_for_and_nothing_is_asked_twice():
    asked = {request.id for request in requests_of(sample())}
    assert not asked & {item.id for item in sample().expectations if item.status == "living"}
    # The old review is a red flag, and continuous improvement asks for the reviews already.
    assert "management_review_too_old" in {flag.id for flag in sample().flags}
    assert "management_review_too_old" not in asked


def test_names_and_topics_are_carried_into_the_translation():
    def flag(identity, ask):
        cited = Citation(document="audit.pdf", locator=PageLocator(page=1), quote="x")
        return Flag(id=identity, severity="medium", title="t", explanation="e", ask=ask, citations=(cited,))

    flags = (
        flag("auditor_not_independent", FLAGS["auditor_not_independent"].format(person="Nguyen {Thi} Lan")),
        flag("procedure_without_record", FLAGS["procedure_without_record"].format(topic="calibration")),
        flag("series_stops", FLAGS["series_stops"].format(last="2026-03")),
    )
    report = sample().model_copy(update={"flags": flags, "expectations": ()})
    text = write_letter(letter_of(report, "vi"))
    assert "Ai đánh giá phần việc của Nguyen {Thi} Lan?" in text
    assert "hai hồ sơ về hiệu chuẩn" in text
    assert "sau 2026-03 đến nay" in text
    assert "audit.pdf" in text


def test_every_topic_of_the_findings_is_asked_for_in_one_list():
    ask = FLAGS["procedure_without_record"].format(topic="calibration, training and traceability")
    flag = Flag(id="procedure_without_record", severity="high", title="t", explanation="e", ask=ask)
    report = sample().model_copy(update={"flags": (flag,), "expectations": ()})
    assert "hai hồ sơ về hiệu chuẩn, đào tạo và truy xuất nguồn gốc trong" in write_letter(letter_of(report, "vi"))
    assert "校准、培训和可追溯性" in write_letter(letter_of(report, "zh"))


def test_every_ask_with_gaps_can_be_read_back():
    for identity, template in FLAGS.items():
        filled = template.format(**{name: f"a {name} (1.5*)" for name in names(template)})
        assert dict(words_of(identity, filled)) == {name: f"a {name} (1.5*)" for name in names(template)}


def test_an_ask_of_a_rule_without_translation_is_sent_in_english():
    flag = Flag(id="a_rule_of_tomorrow", severity="low", title="t", explanation="e", ask="Please send the moon.")
    report = sample().model_copy(update={"flags": (flag,)})
    assert "Please send the moon." in write_letter(letter_of(report, "th"))


def test_a_supplier_whose_papers_answer_everything_is_asked_nothing():
    report = sample().model_copy(update={"flags": (), "expectations": ()})
    letter = letter_of(report, "id")
    assert (letter.records, letter.questions, letter.closing) == ((), (), "")


def test_an_attacker_cannot_fill_gaps_of_the_letter():
    report = attacked().model_copy(update={"supplier": "{day} {intro.__class__}"})
    assert "{day} {intro.__class__}" in write_letter(letter_of(report, "en"))


def test_every_reason_in_the_letter_has_its_words_in_the_table_of_the_report():
    assert set(table("expectations")["lacks"]) == set(letters()["en"]["why"])


def test_the_day_from_which_records_count_is_not_asked_of_a_certificate():
    bare = assess(SUPPLIER, TODAY, [one for one in documents() if one.kind != "certificate"])
    lines = letter_of(bare).records
    assert next(line for line in lines if line.title == "Certification").since == ""


def flagged(identity, *cited, **words):
    citations = tuple(Citation(document=path, locator=PageLocator(page=1), quote=quote) for path, quote in cited)
    ask = FLAGS[identity].format(**words)
    return Flag(id=identity, severity="medium", title="t", explanation="e", ask=ask, citations=citations)


def asked_of(*flags, expectations=()):
    return requests_of(sample().model_copy(update={"flags": flags, "expectations": expectations}))


def test_a_question_quotes_the_words_that_raised_it():
    row = "Done 2 May | by Lan |  | " + "word " * 60
    flag = flagged(
        "done_before_reported", ("log.xlsx", row), ("log.xlsx", row), ("log.xlsx", "1"), ("log.xlsx", "Found 9 May")
    )
    report = sample().model_copy(update={"flags": (flag,), "expectations": ()})
    (line,) = letter_of(report, "zh").questions
    first, second = line.quotes
    assert first.startswith("Done 2 May, by Lan, word")
    assert first.endswith("word…")
    assert len(first) <= 120
    assert second == "Found 9 May"
    assert "“Found 9 May”" in write_letter(letter_of(report, "zh"))


ROWS = "Day | Lot | Mean | R\n" + "\n".join(f"{day:02}/08 | B{day:02} | 12.0{day % 9} | 0.04" for day in range(3, 20))


@pytest.mark.parametrize(
    ("quote", "sentence", "shown"),
    [
        (
            f"{ROWS}\n20/08 | B20 | 12.173 | 0.03",
            "In 'x.xlsx', 1 reading lies outside the limits ('R': 12.173; limit 'ucl 12.083').",
            "…20/08, B20, 12.173, 0.03",
        ),
        (
            "We send you "
            + "all that you asked for, " * 8
            + "and in the annex the residue test 2026.pdf of the laboratory.",
            "'mail.eml' promises 'the annex the residue test 2026.pdf', and nothing like it was sent.",
            "…the annex the residue test 2026.pdf of the laboratory.",
        ),
        (ROWS, "Nothing of it is told.", "Day, Lot, Mean, R, 03/08, B03, 12.03, 0.04, 04/08, B04, 12.04, 0.04,"),
        ("Short | and whole", "", "Short, and whole"),
    ],
)
def test_of_a_long_quote_a_question_shows_what_it_is_about(quote, sentence, shown):
    told = in_short(quote, 120, sentence)
    assert told.startswith(shown)
    assert len(told) <= 120


def test_a_question_about_a_lone_day_quotes_its_line():
    case = report("8D.docx", "Closed by Lan on 10 Apr 2026 after three lots without the defect.")
    place = case.passages[0]
    citation = Citation(document="8D.docx", locator=place.locators[0], quote="10 Apr 2026", passage=place.id)
    flag = flagged("same_defect_after_closure").model_copy(update={"citations": (citation,)})
    told = sample().model_copy(update={"documents": (case,), "flags": (flag,), "expectations": ()})
    (line,) = letter_of(told).questions
    assert line.quotes == ("Closed by Lan on 10 Apr 2026 after three lots without the defect.",)


def test_the_effect_of_an_action_is_asked_for_once():
    same, check = (
        flagged("closed_same_day", ("a.docx", "x")),
        flagged("no_effectiveness_check", ("a.docx", "x"), ("b.docx", "x")),
    )
    assert [one.id for one in asked_of(same, check)] == ["no_effectiveness_check"]
    elsewhere = flagged("closed_same_day", ("c.docx", "x"))
    assert [one.id for one in asked_of(elsewhere, check)] == ["closed_same_day", "no_effectiveness_check"]


def test_records_of_a_procedure_are_not_asked_for_beside_the_expectation_that_asks_for_them():
    missing = next(item for item in sample().expectations if item.id == "supplier_evaluation")
    assert missing.status != "living"
    covered = flagged("procedure_without_record", ("P-05.docx", "shall evaluate"), topic="supplier evaluation")
    other = flagged("procedure_without_record", ("P-05.docx", "x"), topic="supplier evaluation and training")
    assert [one.id for one in asked_of(covered, expectations=(missing,))] == ["supplier_evaluation"]
    assert [one.id for one in asked_of(other, expectations=(missing,))][-1] == "procedure_without_record"
    assert [one.id for one in asked_of(covered)] == ["procedure_without_record"]


def test_a_narrower_ask_is_written_in_each_language_and_covers_what_it_asks_for():
    gap = next(item for item in sample().expectations if item.id == "certification").model_copy(
        update={"status": "partial", "rule": "certificate_without_accreditation"}
    )
    narrow = gap.model_copy(update={"ask": ASKS["certification.certificate_without_accreditation"]})
    older = gap.model_copy(update={"ask": "An ask of yesterday."})
    flag = flagged("no_accreditation", ("iso.pdf", "Certificate no. 7"))
    assert [one.id for one in asked_of(flag, expectations=(narrow,))] == ["certification"]
    assert [one.id for one in asked_of(flag, expectations=(older,))] == ["certification", "no_accreditation"]
    report = sample().model_copy(update={"flags": (), "expectations": (narrow,)})
    for language in LANGUAGES:
        (line,) = letter_of(report, language).records
        assert line.ask == letters()[language]["ask"]["certification.certificate_without_accreditation"]
    (line,) = letter_of(report.model_copy(update={"expectations": (older,)}), "vi").records
    assert line.ask == letters()["vi"]["ask"]["certification"]


def test_a_letter_ends_with_its_regards_apart_from_the_rest():
    assert write_letter(letter_of(sample())).endswith("numbers readable.\n\nKind regards\n")


def test_no_day_contradicts_the_time_that_an_ask_names_by_itself():
    made = {one.id: one.since for one in requests_of(assess(SUPPLIER, TODAY, documents()[-2:]))}
    for identity, months in OWN_MONTHS.items():
        if made.get(identity):
            assert made[identity] > months_before(TODAY, months)
    strict = AssessmentSettings(max_age_months={"corrective_action": 6})
    made = {one.id: one.since for one in requests_of(assess(SUPPLIER, TODAY, documents()[-2:], strict))}
    assert made["corrective_action"] is None or made["corrective_action"] == months_before(TODAY, 6)


def test_a_file_that_was_read_in_part_is_named():
    flag = Flag(
        id="unreadable", severity="low", title="t", ask=FLAGS["unreadable"],
        explanation="'audit.pdf': Some of page 1 could not be read.",
    )  # fmt: skip
    papers = tuple(
        one.model_copy(update={"path": f"B/{name}"})
        for one, name in zip(documents(), ("audit.pdf", "x.pdf"), strict=False)
    )
    report = sample().model_copy(update={"flags": (flag,), "expectations": (), "documents": papers})
    assert requests_of(report)[0].files == ("audit.pdf",)
