"""Covering letters planted in the bundles of many hands: each lists papers of its bundle, once all that came, once one more that did not."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpora.authored import AuthoredDocument, AuthoredSupplier
from corpora.blocks import AuthoredBlock, AuthoredPart, Label, Row
from corpora.planting import Planted

PROMISED = ("promised_document_missing",)

CALLED = {
    "certificate": "ISO 9001 certificate", "manual": "Quality manual", "procedure": "Procedure", "training_record": "Training record",
    "management_review_record": "Management review minutes", "internal_audit_record": "Internal audit report", "calibration_record": "Calibration record",
    "supplier_evaluation_record": "Supplier evaluation", "corrective_action_record": "Corrective action record", "metrics_record": "Quality indicators",
    "traceability_record": "Inspection record",
}  # fmt: skip
"""What a letter calls a paper of a kind."""

OTHERS = (
    "Gauge R&R study of the height gauge", "Process capability study (Cpk)", "Mock recall report", "Process FMEA", "Control plan", "RoHS declaration",
    "Customer satisfaction survey", "Round robin test with the institute", "Torque correlation sheet", "Packing list", "Declaration of origin",
)  # fmt: skip
"""Papers that a bundle of records hardly ever holds."""

OPENINGS = (
    "Dear Sir or Madam, please find enclosed the following documents:", "As requested we send you these papers:", "Attached to this letter:"
)  # fmt: skip
LEAST_LISTED, MOST_LISTED = 3, 5


def promised(supplier: AuthoredSupplier, *, missing: bool) -> Iterator[Planted]:
    """A letter that lists some or all papers of a bundle by their titles or by what their kind is called; one more where it is missing."""
    drawn = random.Random(hashlib.sha256(f"letter {supplier.id}".encode()).digest())
    papers = [document for document in supplier.documents if document.kind in CALLED]
    if len(papers) < LEAST_LISTED:
        return
    listed = drawn.sample(papers, min(len(papers), drawn.randint(LEAST_LISTED, MOST_LISTED)))
    entries = [_called(document, drawn) for document in listed]
    kinds = {document.kind for document in supplier.documents}
    lacking = [
        name
        for kind, name in CALLED.items()
        if kind not in kinds and kind not in ("manual", "procedure", "certificate")
    ]
    one_more = drawn.choice([*lacking, *drawn.sample(OTHERS, 2)])
    place = drawn.randrange(len(entries) + 1)
    if missing:
        entries.insert(place, one_more)
    letter = _letter(supplier, papers[0], entries, drawn)
    yield Planted(replace(supplier, documents=(*supplier.documents, letter)), " / ".join(entries), PROMISED * missing)


def _called(document: AuthoredDocument, drawn: random.Random) -> str:
    """What a letter calls a paper: its title, the name of its file, or its kind in English with the title behind it."""
    stem = document.file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    title = next((block.text for block in document.blocks() if block.kind == "heading" and block.text), stem)
    return drawn.choice((title[:80], stem, f"{CALLED[document.kind]}, {title[:60]}", CALLED[document.kind]))


def _letter(
    supplier: AuthoredSupplier, paper: AuthoredDocument, entries: list[str], drawn: random.Random
) -> AuthoredDocument:
    label, day = Label("other"), date.fromisoformat(supplier.reference_date)
    opening = drawn.choice(OPENINGS)
    way = drawn.choice(("numbers", "bullets", "table", "sentence"))
    if way == "table":
        rows = [("No", "Document", "Copies"), *((str(at), entry, "1") for at, entry in enumerate(entries, 1))]
        told = [
            AuthoredBlock("paragraph", label, opening),
            AuthoredBlock("table", label, rows=tuple(Row(cells, label) for cells in rows)),
        ]
    elif way == "sentence":
        counted = "; ".join(f"({at}) {entry}" for at, entry in enumerate(entries, 1))
        told = [AuthoredBlock("paragraph", label, f"{opening} {counted}.")]
    else:
        told = [
            AuthoredBlock("paragraph", label, opening),
            AuthoredBlock("list", label, items=tuple(entries), ordered=way == "numbers"),
        ]
    blocks = (
        AuthoredBlock("paragraph", label, f"{supplier.name}, {day.day:02d}/{day.month:02d}/{day.year}"),
        *told,
        AuthoredBlock("paragraph", label, "Best regards, Quality Department"),
    )
    return replace(
        paper, file="Covering letter.docx", render="docx", kind="other", reading="static", language="en", parts=(AuthoredPart("", False, blocks),), family=None, front={}
    )  # fmt: skip
