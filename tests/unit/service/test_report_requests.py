"""Request lists: every ask in every language, the record and the day that would close a gap, files named."""

import re
import string

import pytest

from evidence.assessment import assess
from evidence.data import table
from evidence.flags.authenticity import TOPICS
from evidence.model import Citation, Flag
from extractors.locators import PageLocator
from service.reports.requests import LANGUAGES, letter_of, letters, requests_of, words_of, write_letter
from tests.unit.evidence.builders import TODAY
from tests.unit.service.reported import SUPPLIER, attacked, documents, sample

EXPECTATIONS = {item["id"]: item["ask"] for item in table("expectations")["expectation"]}
FLAGS = {identity: data["ask"] for identity, data in table("flags").items()}
SCRIPT = {"vi": "đượcăếộ", "th": "การที่", "zh": "的请质"}


def names(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ask_and_every_reason_has_its_translation(language):
    texts, english = letters()[language], letters()["en"]
    assert texts["ask"].keys() == EXPECTATIONS.keys(), "an expectation asks for something that this letter cannot say"
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
    assert "Ai đánh giá khu vực của Nguyen {Thi} Lan?" in text
    assert "hai hồ sơ về hiệu chuẩn" in text
    assert "từ 2026-03 đến nay" in text
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
