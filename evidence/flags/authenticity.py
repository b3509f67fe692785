"""Flags on what a paper is:

rules without records, placeholders, text that is not shown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.bundle import Bundle, cite, is_example
from evidence.facts.text import fold, is_nameless, phrases
from evidence.flags.fields_left import left_in_field
from evidence.flags.other_company import RULES, kept_by_another, named_instead
from evidence.flags.other_house import told_of_another
from evidence.flags.placeholders import LEFT_OPEN, is_hint, model_words
from evidence.flags.registry import Finding, line_at, name_of, rule
from evidence.model import DocumentReport, Passage
from evidence.titles import (
    LIVED,
    is_filled_in,
    title_of,
)
from evidence.wording import shortened


@rule("placeholder_left")
def placeholder_left(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Words of a model text left in a manual, procedure or record, or another company's name in a manual or procedure.

    In a blank form a model text is at home.
    """
    for document in bundle.read:
        rules = document.kind in RULES or (
            document.kind == "blank_form" and (_is_manual(document) or _is_running_text(document))
        )
        if (document.kind == "blank_form" and not rules and not is_filled_in(document)) or is_example(document):
            continue
        filled = document.kind not in (*RULES, "blank_form", "certificate") and (
            document.reading in LIVED or document.kind == "other"
        )
        for passage in document.passages:
            if passage.hidden or (passage.mode == "template" and not rules and _formish(passage)):
                continue
            if is_nameless(passage.text) and "{{" not in passage.text and "<<" not in passage.text:
                continue  # rows of readings
            folded = fold(passage.text)
            match = (
                model_words(folded, rules)
                or _left_open(folded)
                or (left_in_field(folded) if filled and passage.mode != "template" else None)
            )
            if match:
                quote = passage.text[match.start() : match.end()]
                yield Finding(
                    {"name": name_of(document.path), "text": quote.strip()},
                    (cite(document, passage, line_at(passage.text, match.start())),),
                )
                break
        else:
            if other := (
                named_instead(bundle, document)
                or kept_by_another(bundle, document)
                or told_of_another(bundle, document)
            ):
                yield Finding(
                    {"name": name_of(document.path), "text": other.text},
                    (cite(document, other.passage, line_at(other.passage.text, other.start)),),
                )


def _left_open(folded: str) -> re.Match[str] | None:
    """What a sentence left open; the head of a last column names its unit, and a label the kind of value that belongs behind it."""
    return next(
        (
            match
            for match in LEFT_OPEN.finditer(folded)
            if "|" not in line_at(folded, match.start()) and not is_hint(folded, match)
        ),
        None,
    )


def _is_manual(document: DocumentReport) -> bool:
    """Whether what was taken for a form calls itself a manual or a procedure and holds no fields."""
    title = title_of(document)
    named = phrases("coverage_kinds", "manual").search(title) or phrases("procedures", "procedure").search(title)
    model = phrases("papers_flags", "models").search(title)
    return (
        named is not None
        and model is None
        and not any("|" in passage.text or "___" in passage.text for passage in document.passages)
    )


def _is_running_text(document: DocumentReport) -> bool:
    """Whether most lines of what was taken for a form are whole sentences, and none a field to fill in: a policy, a letter."""
    told = [line.strip() for passage in document.passages for line in passage.text.splitlines() if line.strip()]
    whole = [len(line.split()) >= LEAST_SENTENCE and line[-1] in ".!" for line in told]
    sentences = sum(len(_STOP.findall(line)) for line, is_whole in zip(told, whole, strict=True) if is_whole)
    blank = any("|" in line or "___" in line or "...." in line for line in told)
    named = fold(f"{name_of(document.path)} {told[0] if told else ''}")
    model = phrases("papers_flags", "models").search(phrases("papers_flags", "sampling").sub(" ", named))
    return sentences >= LEAST_TOLD and sum(whole) * 2 >= len(told) and not blank and not model


_STOP = re.compile(r"[^\W\d_]{2}[)\]>]?[.!](?=\s|$)")
"""The end of a sentence."""

LEAST_SENTENCE = 6
"""Words of a line that ends in a full stop, from which it is a sentence and no head of a field."""

LEAST_TOLD = 2
"""Sentences of a paper that tells something."""


def _formish(passage: Passage) -> bool:
    """A row or form of blanks, where a hint such as [name] belongs."""
    return (
        passage.text.count("|") >= 3 or "___" in passage.text or "....." in passage.text or passage.text.count("[") >= 4
    )


@rule("hidden_text")
def hidden_text(bundle: Bundle, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Text on a page that is drawn so that nobody sees it.

    Hidden sheets and columns of workbooks are ordinary working space.
    """
    for document in bundle.read:
        if is_workbook(document):
            continue
        for passage in document.passages:
            letters = letters_of("".join(filter(str.isalpha, passage.text)))
            if not passage.hidden or letters < data["least_characters"] or _seen_elsewhere(document, passage):
                continue
            yield Finding(
                {"name": name_of(document.path), "text": shortened(passage.text, 100)},
                (cite(document, passage),),
            )
            break


def is_workbook(document: DocumentReport) -> bool:
    """Whether a paper is a workbook or a table of values."""
    return document.is_book or "spreadsheet" in document.media_type or "excel" in document.media_type


def _seen_elsewhere(document: DocumentReport, hidden: Passage) -> bool:
    """A text layer under a scan repeats what the picture shows: nothing is kept from the reader."""
    wanted = set(re.findall(r"[^\W_]{3,}", fold(hidden.text)))
    if not wanted:
        return True
    shown = set(re.findall(r"[^\W_]{3,}", fold(" ".join(p.text for p in document.shown))))
    return len(wanted & shown) >= 0.7 * len(wanted)


def letters_of(text: str) -> int:
    """Letters of a text; a sign of a script without an alphabet of a few dozen letters says as much as two."""
    return len(text) + sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)
