"""Making, finding, renaming and deleting suppliers."""

from collections.abc import Sequence

from sqlalchemy import and_, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.engine import Database
from service.documents.bundles import delete_bundle
from service.documents.models import Bundle, DocumentRow
from service.documents.progress import FINAL, is_read_elsewhere
from service.documents.removal import Remover
from service.errors import NameTaken, NotFound
from service.reports.models import Assessment, program
from service.suppliers.models import Supplier
from service.suppliers.schemas import SupplierList, SupplierOut
from service.texts import line


class SupplierService:
    """The suppliers of a workspace."""

    def __init__(self, database: Database, remover: Remover) -> None:
        self._database = database
        self._remover = remover

    def list(self, scope: Scope, search: str = "", offset: int = 0, limit: int = 100) -> SupplierList:
        """Suppliers by name, those that contain ``search``."""
        query = select(Supplier).where(Supplier.workspace_id == scope.workspace)
        if search:
            query = query.where(func.lower(Supplier.name).contains(search.lower(), autoescape=True))
        with self._database.read() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            rows = session.scalars(query.order_by(func.lower(Supplier.name)).offset(offset).limit(limit)).all()
            return SupplierList(items=_shown(session, rows), total=total)

    def get(self, scope: Scope, supplier: str) -> SupplierOut:
        """One supplier. Raises NotFound."""
        with self._database.read() as session:
            return _shown(session, [find_supplier(session, scope, supplier)])[0]

    def by_name(self, scope: Scope, name: str) -> SupplierOut | None:
        """The supplier of exactly this name."""
        with self._database.read() as session:
            query = select(Supplier).where(Supplier.workspace_id == scope.workspace, Supplier.name == name.strip())
            row = session.scalar(query)
            return _shown(session, [row])[0] if row else None

    def create(self, scope: Scope, name: str) -> SupplierOut:
        """A new supplier. Raises NameTaken."""
        scope.need("reviewer")
        name = line(name)
        try:
            with self._database.write() as session:
                row = Supplier(workspace_id=scope.workspace, name=name)
                session.add(row)
                session.flush()
                record(session, scope.workspace, scope.user, EventTag.SUPPLIER_CREATE, row.id, name=name)
                return _shown(session, [row])[0]
        except IntegrityError as problem:
            raise NameTaken(f"There is already a supplier called {name}.") from problem

    def change(
        self,
        scope: Scope,
        supplier: str,
        product: str | None = None,
        aliases: Sequence[str] | None = None,
        name: str | None = None,
    ) -> SupplierOut:
        """Its name, what is bought from it and under which other names it is certified, all or nothing; None leaves it.
        Raises NotFound, NameTaken."""
        scope.need("reviewer")
        name = None if name is None else line(name)
        try:
            with self._database.write() as session:
                row = find_supplier(session, scope, supplier)
                known = (row.name, row.product, row.aliases)
                after = (
                    row.name if name is None else name,
                    row.product if product is None else line(product),
                    row.aliases if aliases is None else list(dict.fromkeys(line(alias) for alias in aliases)),
                )
                row.name, row.product, row.aliases = after
                row.revision += after != known
                for tag, changed, told in (
                    (EventTag.SUPPLIER_RENAME, after[0] != known[0], {"earlier": known[0], "name": after[0]}),
                    (EventTag.SUPPLIER_CHANGE, after[1:] != known[1:], {"product": after[1], "aliases": after[2]}),
                ):
                    if changed:
                        record(session, scope.workspace, scope.user, tag, row.id, **told)
                session.flush()
                return _shown(session, [row])[0]
        except IntegrityError as problem:
            raise NameTaken(f"There is already a supplier called {name}.") from problem

    def delete(self, scope: Scope, supplier: str) -> None:
        """Remove a supplier with its bundles, documents, reviews and files. Raises NotFound."""
        scope.need("administrator")
        with self._database.write() as session:
            row = find_supplier(session, scope, supplier)
            hashes: set[str] = set()
            for bundle in session.scalars(select(Bundle).where(Bundle.supplier_id == supplier)).all():
                hashes.update(delete_bundle(session, bundle))
            record(session, scope.workspace, scope.user, EventTag.SUPPLIER_DELETE, row.id, name=row.name)
            session.delete(row)
        self._remover.remove_unused(scope.workspace, hashes)


def find_supplier(session: Session, scope: Scope, supplier: str) -> Supplier:
    """The row of a supplier of this workspace. Raises NotFound."""
    row = session.get(Supplier, supplier)
    if row is None or row.workspace_id != scope.workspace:
        raise NotFound("There is no such supplier.")
    return row


def _shown(session: Session, rows: Sequence[Supplier]) -> list[SupplierOut]:
    ids = [row.id for row in rows]
    counts = select(
        DocumentRow.supplier_id,
        func.count(),
        func.sum(case((DocumentRow.state.not_in(FINAL), 1), else_=0)),
        func.sum(case((and_(DocumentRow.state == "failed", ~is_read_elsewhere()), 1), else_=0)),
    )
    of_documents = {
        supplier: numbers
        for supplier, *numbers in session.execute(
            counts.where(DocumentRow.supplier_id.in_(ids)).group_by(DocumentRow.supplier_id)
        )
    }
    bundles = select(Bundle.supplier_id, func.count()).where(Bundle.supplier_id.in_(ids)).group_by(Bundle.supplier_id)
    of_bundles: dict[str, int] = {supplier: count for supplier, count in session.execute(bundles)}  # noqa: C416
    newest = select(Assessment.supplier_id, Assessment.revision, Assessment.headline, Assessment.reference_date).where(
        Assessment.content["program"].as_string() == program()
    )
    headlines = {
        (supplier, revision): (headline, day)
        for supplier, revision, headline, day in session.execute(
            newest.where(Assessment.supplier_id.in_(ids)).order_by(Assessment.created_at)
        )
    }
    shown = []
    for row in rows:
        total, still_open, failed = of_documents.get(row.id, (0, 0, 0))
        headline, day = headlines.get((row.id, row.revision), (None, None))
        shown.append(
            SupplierOut(
                id=row.id,
                name=row.name,
                created_at=row.created_at,
                product=row.product,
                aliases=row.aliases,
                bundles=of_bundles.get(row.id, 0),
                documents=total,
                documents_open=still_open,
                documents_failed=failed,
                headline=headline,
                headline_date=day,
            )
        )
    return shown
