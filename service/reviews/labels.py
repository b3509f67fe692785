"""Labelled documents as lines of JSON: what reviewers decided, in the form that training and evaluation take.

A line is one document::

    {"document": "8D/8D-017.pdf", "group": "Song Cam", "kind": "corrective_action_record", "reading": "living",
     "passages": [{"text": "Vent blocked on 3 May ...", "mode": "record", "criteria": ["corrective_action"]}, ...]}

``group`` is the supplier: documents of one group never stand on both sides of a split. ``kind`` and ``reading`` may be
left away (``other`` and what the modes say). ``passages`` in reading order are the labels. Two forms:

- with ``file``, a path beside the labels file: the file is read as any supplier's file, and a passage gets the label
  whose ``text`` it shares the most words with; passages without a label are left out;
- without ``file``, the passages themselves are the document. ``heading``, ``part``, ``language`` and ``draft`` (what
  extraction saw of it: cells, table, position) may stand with each.

``by`` says who gave a label: ``reviewer``, ``author`` or ``model``. Labels by the model are what nobody looked at; they
are left out of training and evaluation where the document has others.
"""

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from evidence.model import DocumentReport, Passage
from evidence.passages import Draft, cut
from extractors.document import Document
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import DocumentRow
from service.documents.store import load
from service.reviews.models import Verdict
from service.reviews.overlay import Decision, decided, digest, standing_verdicts
from service.reviews.service import CRITERION_SHARE
from service.suppliers.models import Supplier

# What extraction saw of a passage beyond its text, as far as the features of the classifier use it.
SEEN = ("kinds", "heads", "table_rows", "position", "title")

ReadText = Callable[[str, str], Document | None]


@dataclass(frozen=True)
class Labelled:
    """A document with decisions: its line of labels, and who gave the mode of each decided passage (by passage id)."""

    document: str
    supplier: str
    line: dict[str, Any]
    reviewers: dict[str, str]


class LabelService:
    """What reviewers decided, as labels."""

    def __init__(self, database: Database, read_text: ReadText | None = None) -> None:
        self._database = database
        self._read_text = read_text or (lambda workspace, sha256: None)

    def export(self, scope: Scope, supplier: str | None = None) -> Iterator[dict[str, Any]]:
        """Every document with a decision that stands: its passages with the labels as they stand now.

        Documents are read one by one, so that an export of any size needs little memory.
        """
        scope.need("reviewer")
        for found in self.labelled(scope.workspace, supplier):
            yield found.line

    def labelled(self, workspace: str, supplier: str | None = None) -> Iterator[Labelled]:
        """The same with who decided, for training; the lines of documents that were read to the end."""
        query = (
            select(Verdict.document_id, Verdict.supplier_id, Supplier.name)
            .join(Supplier, Supplier.id == Verdict.supplier_id)
            .where(Verdict.workspace_id == workspace, Verdict.undone_at.is_(None))
            .distinct()
            .order_by(Supplier.name, Verdict.document_id)
        )
        if supplier:
            query = query.where(Verdict.supplier_id == supplier)
        with self._database.read() as session:
            found = [tuple(row) for row in session.execute(query)]
        for document, owner, group in found:
            line = self._line(workspace, document, owner, group)
            if line is not None:
                yield line

    def _line(self, workspace: str, document: str, supplier: str, group: str) -> Labelled | None:
        with self._database.read() as session:
            row = session.get(DocumentRow, document)
            if row is None:
                return None
            (report,) = load(session, [row])
            decisions = list(standing_verdicts(session, [document]).values())
        read = self._read_text(workspace, row.sha256)
        drafts = {draft.id: draft for draft in cut(read)} if read else {}
        words = {passage.id: digest(passage.text) for passage in report.passages}
        reviewers = {
            decision.passage: decision.reviewer_id
            for decision in decisions
            if decision.passage in words and decision.field == "mode" and decision.text in ("", words[decision.passage])
        }
        line = labelled(decided(report, decisions), group, decisions, drafts)
        return Labelled(document, supplier, line, {str(key): who for key, who in reviewers.items()})


def labelled(
    report: DocumentReport, group: str, decisions: Sequence[Decision], drafts: dict[str, Draft]
) -> dict[str, Any]:
    """A document as a line of labels; ``drafts`` are its passages as extraction cut them, where still known."""
    by_passage: dict[str | None, set[str]] = {}
    for decision in decisions:
        by_passage.setdefault(decision.passage, set()).add(decision.field)
    whole = by_passage.get(None, set())
    return {
        "document": report.path,
        "sha256": report.sha256,
        "group": group,
        "media_type": report.media_type,
        "parts": max(1, report.pages),
        "kind": report.kind,
        "reading": report.reading,
        "by": {field: "reviewer" if field in whole else "model" for field in ("kind", "reading")},
        "model": report.model,
        "passages": [_passage(p, by_passage.get(p.id, set()), drafts.get(p.id)) for p in report.passages],
    }


def _passage(passage: Passage, decided_fields: set[str], draft: Draft | None) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": passage.id,
        "text": passage.text,
        "mode": passage.mode,
        "criteria": [name for name, share in passage.criteria.items() if share >= CRITERION_SHARE],
        "by": "reviewer" if decided_fields else "model",
        "heading": list(passage.heading),
        "part": passage.part,
        "language": passage.language,
        "source": passage.source,
        "hidden": passage.hidden,
    }
    if draft is not None and draft.text == passage.text:
        seen = {name: getattr(draft, name) for name in SEEN}
        cells = [cell.model_dump(mode="json", exclude_defaults=True, exclude={"locator"}) for cell in draft.cells]
        line["draft"] = {**seen, "cells": cells}
    return line


def kept_text(packed: bytes | None) -> Document | None:
    """The document that a worker kept beside the file; None where nothing readable is kept."""
    if packed is None:
        return None
    try:
        return Document.model_validate_json(gzip.decompress(packed))
    except (OSError, ValueError):
        return None
