"""Suppliers with read documents in a database, made without reading a file."""

import numpy as np
from sqlalchemy import select

from evidence.model import DocumentReport, Passage
from extractors.locators import PageLocator
from indexes.embedder import FakeEmbedder
from service.accounts.service import LOCAL_WORKSPACE, AccountService
from service.documents.models import Bundle, DocumentRow
from service.documents.progress import Claim
from service.documents.store import store
from service.suppliers.models import Supplier

EMBEDDER = FakeEmbedder()


class Vectors:
    def __init__(self, texts):
        self.rows = [np.asarray(row) for row in EMBEDDER.encode(texts)]
        self.encoders = [EMBEDDER.name] * len(texts)


def passage(key, text, mode="record", criteria=(), page=1, **more):
    return Passage(
        id=key, text=text, locators=(PageLocator(page=page),), mode=mode, modes={mode: 0.8},
        criteria=dict.fromkeys(criteria, 0.9), **more,
    )  # fmt: skip


def report(path, passages, kind="corrective_action_record", reading="living", period=None, **more):
    return DocumentReport(
        path=path, sha256="ab" * 32, status="read", media_type="application/pdf", kind=kind, kinds={kind: 0.7},
        reading=reading, readings={reading: 0.6}, pages=1, pages_read=1, evidence_period=period,
        passages=tuple(passages), model="model-1", **more,
    )  # fmt: skip


def add_supplier(database, name="Song Cam", workspace=LOCAL_WORKSPACE):
    AccountService(database).local()
    with database.write() as session:
        supplier = Supplier(workspace_id=workspace, name=name)
        session.add(supplier)
        session.flush()
        return supplier.id


def add_document(database, supplier, found):
    """Store a report as a worker does; the document's id."""
    with database.write() as session:
        workspace = session.get(Supplier, supplier).workspace_id
        bundle = Bundle(workspace_id=workspace, supplier_id=supplier, state="reading")
        session.add(bundle)
        session.flush()
        row = DocumentRow(
            workspace_id=workspace, supplier_id=supplier, bundle_id=bundle.id, position=0, path=found.path,
            sha256=found.sha256, state="working", attempts=1, lease_owner="w",
        )  # fmt: skip
        session.add(row)
        session.flush()
        document, bundle_id = row.id, bundle.id
    store_again(database, document, found, workspace, supplier, bundle_id)
    return document


def store_again(database, document, found, workspace=None, supplier=None, bundle=None):
    with database.write() as session:
        row = session.get(DocumentRow, document)
        row.state, row.lease_owner = "working", "w"
        session.flush()
        claim = Claim(
            document, row.workspace_id, row.supplier_id, row.bundle_id, row.path, row.sha256, row.attempts, "w"
        )
        assert store(session, claim, found, Vectors([p.text for p in found.passages]) if found.passages else None)


def revision(database, supplier):
    with database.read() as session:
        return session.scalar(select(Supplier.revision).where(Supplier.id == supplier))
