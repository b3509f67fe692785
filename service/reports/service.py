"""The report of a supplier: worked out from the stored documents and the reviewers' decisions, kept while it is true."""

import datetime
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evidence.bundle import once, up_to
from evidence.model import DocumentReport, Report
from evidence.settings import AssessmentSettings
from service.accounts.scope import Scope
from service.database.engine import Database
from service.documents.models import Bundle, DocumentRow
from service.documents.progress import FINAL, is_read_elsewhere
from service.documents.store import load
from service.errors import NotFound
from service.reports.models import Assessment, program
from service.reports.rules import settings_for, workspace_rules
from service.reviews.overlay import apply_verdicts, reviewed
from service.suppliers.models import Supplier

# The core's assessment: name, reference date, documents and settings to a report.
Assess = Callable[[str, datetime.date, Sequence[DocumentReport], AssessmentSettings], Report]

# Bundles shown in a history: a few years of yearly requests, each assessed anew.
MOST_BUNDLES = 6


class ReportService:
    """Reports of suppliers."""

    def __init__(self, database: Database, assess: Assess) -> None:
        self._database = database
        self._assess = assess

    def report(self, scope: Scope, supplier: str, reference_date: datetime.date | None = None) -> Report:
        """The report as of a day (that of the workspace's rules or today without one), from all finished documents.

        Raises NotFound.
        """
        return self._report(scope.workspace, supplier, reference_date)

    def history(self, scope: Scope, supplier: str, limit: int = MOST_BUNDLES) -> list[tuple[str, int, Report]]:
        """Bundle ids, which one of the supplier's it is, and the report on all documents sent up to it, as of the day it came; the last
        as of today.

        The newest bundles up to ``limit``, the oldest of them first. Raises NotFound.
        """
        with self._database.read() as session:
            row = _supplier(session, scope.workspace, supplier)
            name, settings, today = row.name, settings_for(session, row), _today(session, scope.workspace)
            query = select(Bundle.id, Bundle.created_at).where(Bundle.supplier_id == supplier)
            bundles = list(session.execute(query.order_by(Bundle.created_at, Bundle.id)))
            rows = _finished(session, supplier)
            loaded = load(session, rows)
            documents = apply_verdicts(session, rows, loaded)
        sent: set[str] = set()
        found: list[tuple[str, int, Report]] = []
        for number, (bundle, created) in enumerate(bundles, 1):
            sent.add(bundle)
            so_far = _once([pair for row, *pair in zip(rows, loaded, documents, strict=True) if row.bundle_id in sent])
            if number > len(bundles) - limit and so_far:
                found.append((bundle, number, self._assess(name, created.date(), so_far, settings)))
        if found and found[-1][-1].reference_date < today.isoformat():
            found.append(("", 0, self._report(scope.workspace, supplier, today)))
        return found

    def prepare(self, workspace: str, supplier: str) -> None:
        """Work out today's report, so that it opens at once."""
        self._report(workspace, supplier, None)

    def _report(self, workspace: str, supplier: str, day: datetime.date | None) -> Report:
        with self._database.read() as session:
            row = _supplier(session, workspace, supplier)
            day = day or _today(session, workspace)
            name, revision, settings = row.name, row.revision, settings_for(session, row)
            rows = _finished(session, supplier)
            loaded = load(session, rows)
            documents, decisions = reviewed(session, rows, loaded)
            documents = _once(zip(loaded, documents, strict=True))
            kept = session.scalar(
                select(Assessment.content).where(
                    Assessment.supplier_id == supplier,
                    Assessment.reference_date == day.isoformat(),
                    Assessment.revision == revision,
                )
            )
        if kept is not None and _holds(kept, settings):
            return _with_documents(kept, documents, day).model_copy(update={"decisions": decisions})
        report = self._assess(name, day, documents, settings)
        self._keep(workspace, supplier, revision, report)
        return report.model_copy(update={"decisions": decisions})

    def _keep(self, workspace: str, supplier: str, revision: int, report: Report) -> None:
        order = [[document.path, document.sha256] for document in report.documents]
        content = {**report.model_dump(mode="json", exclude={"documents"}), "documents": order, "program": program()}
        try:
            with self._database.write() as session:
                session.execute(
                    delete(Assessment).where(
                        Assessment.supplier_id == supplier,
                        Assessment.reference_date == report.reference_date,
                        Assessment.revision <= revision,
                    )
                )
                session.add(
                    Assessment(
                        workspace_id=workspace,
                        supplier_id=supplier,
                        reference_date=report.reference_date,
                        revision=revision,
                        headline=report.headline,
                        model=report.model,
                        content=content,
                    )
                )
        except IntegrityError:
            # Another process worked out the same, or the supplier was deleted meanwhile.
            return


def _holds(kept: dict[str, object], settings: AssessmentSettings) -> bool:
    """Whether a kept report was given by the rules and the settings of now; its mark of the program is taken off."""
    return kept.pop("program", None) == program() and kept.get("settings") == settings.model_dump(mode="json")


def _today(session: Session, workspace: str) -> datetime.date:
    """The day as of which a workspace judges: the one it has set, else today."""
    return workspace_rules(session, workspace).reference_date or datetime.date.today()


def _supplier(session: Session, workspace: str, supplier: str) -> Supplier:
    row = session.scalar(select(Supplier).where(Supplier.id == supplier, Supplier.workspace_id == workspace))
    if row is None:
        raise NotFound("There is no such supplier.")
    return row


def _finished(session: Session, supplier: str) -> list[DocumentRow]:
    query = select(DocumentRow).where(
        DocumentRow.supplier_id == supplier, DocumentRow.state.in_(FINAL), ~is_read_elsewhere()
    )
    return list(session.scalars(query.order_by(DocumentRow.created_at, DocumentRow.position, DocumentRow.id)))


def _once(pairs: Iterable[Sequence[DocumentReport]]) -> list[DocumentReport]:
    """Each file once, though it came in several bundles: the copy that reviewers decided on before one they did not. A pair is a document
    as it was read, and as they decided: the same object where they said nothing.
    """
    return once([decided for _, decided in sorted(pairs, key=lambda pair: pair[0] is pair[1])])


def _with_documents(kept: dict[str, object], documents: Sequence[DocumentReport], day: datetime.date) -> Report:
    """A kept assessment together with the documents, as they stand in it: in its order, and up to its day."""
    keys: list[list[str]] = kept["documents"]  # type: ignore[assignment]
    order = {(path, sha256): place for place, (path, sha256) in enumerate(keys)}
    ranked = sorted(documents, key=lambda document: order.get((document.path, document.sha256), len(order)))
    return Report.model_validate({**kept, "documents": tuple(up_to(document, day) for document in ranked)})
