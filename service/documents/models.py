"""Bundles, their files, and all that was read in them."""

import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.database.base import Base, Digest, Key, Serial, Tenant, Word, now


class Blob(Base):
    """Bytes in the blob store, once a workspace however often they were sent."""

    __tablename__ = "blobs"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)


class Bundle(Base):
    """One submission. ``state``: receiving, unpacking, reading, assessing, done or failed.

    ``changes`` grows with every step of every file, inside the same transaction: a progress stream asks for what is newer.
    """

    __tablename__ = "bundles"

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), index=True)
    state: Mapped[Word] = mapped_column(default="receiving")
    changes: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(60))
    error_message: Mapped[str | None] = mapped_column(Text)
    error_remedy: Mapped[str | None] = mapped_column(Text)
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime.datetime | None]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime.datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime.datetime | None]


class Upload(Base):
    """One file as it was sent; an archive stands here whole, its files are documents."""

    __tablename__ = "uploads"

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    bundle_id: Mapped[str] = mapped_column(ForeignKey("bundles.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[Digest]
    size: Mapped[int] = mapped_column(BigInteger)


class DocumentRow(Base):
    """One file of a bundle. ``state``: waiting, working, read, partial or failed; ``stage``: where a worker is with it.

    While a worker has it, ``lease_owner`` names the worker and ``lease_until`` the moment after which it counts as dead.
    Only the owner of the lease and of the current attempt may store a result, so none is stored twice.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("bundle_id", "path"),
        Index("ix_documents_state_lease", "state", "lease_until"),
        Index("ix_documents_bundle_change", "bundle_id", "change"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[Tenant]
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), index=True)
    bundle_id: Mapped[str] = mapped_column(ForeignKey("bundles.id", ondelete="CASCADE"))
    position: Mapped[int]
    path: Mapped[str] = mapped_column(String(1000))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)

    state: Mapped[Word] = mapped_column(default="waiting")
    stage: Mapped[Word] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    change: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(60))
    error_message: Mapped[str | None] = mapped_column(Text)
    error_remedy: Mapped[str | None] = mapped_column(Text)
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime.datetime | None]
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime.datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime.datetime | None]

    media_type: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[Word] = mapped_column(default="other")
    kinds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reading: Mapped[Word] = mapped_column(default="undetermined")
    readings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    language: Mapped[Word] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    pages_read: Mapped[int] = mapped_column(default=0)
    not_read: Mapped[list[Any]] = mapped_column(default=list)
    evidence_from: Mapped[str | None] = mapped_column(String(10), index=True)
    evidence_to: Mapped[str | None] = mapped_column(String(10), index=True)
    facts_about_file: Mapped[dict[str, Any]] = mapped_column(default=dict)
    model: Mapped[str] = mapped_column(String(100), default="")


class PartRow(Base):
    """Kind and reading of one sheet, page range or slide."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[Serial]
    workspace_id: Mapped[Tenant]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[Word]
    reading: Mapped[Word]
    hidden: Mapped[bool]


class PassageRow(Base):
    """A passage with its verdict. ``id`` is the number under which the search index knows it, ``key`` its name in reports."""

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("document_id", "key"),
        Index("ix_passages_workspace_id_id", "workspace_id", "id"),
        # A search of one mode asks for the numbers alone: they stand in this index, in order.
        Index("ix_passages_workspace_id_mode_id", "workspace_id", "mode", "id"),
        # A number that was deleted never comes back as another passage: an index may still know it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Serial]
    workspace_id: Mapped[Tenant]
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    locators: Mapped[list[Any]]
    part: Mapped[int]
    heading: Mapped[list[Any]]
    language: Mapped[Word]
    source: Mapped[Word]
    confidence: Mapped[float | None]
    hidden: Mapped[bool]
    mode: Mapped[Word]
    modes: Mapped[dict[str, Any]]
    criteria: Mapped[dict[str, Any]]
    reasons: Mapped[list[Any]]
    places: Mapped[list[Any]]
    model: Mapped[str] = mapped_column(String(100), default="")


class VectorRow(Base):
    """The vector of a passage by one embedder: float32, little endian. The index is made from these."""

    __tablename__ = "vectors"

    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True)
    embedder: Mapped[str] = mapped_column(String(100), primary_key=True)
    vector: Mapped[bytes]


class FactRow(Base):
    """Something said in a document that can be checked."""

    __tablename__ = "facts"

    id: Mapped[Serial]
    workspace_id: Mapped[Tenant]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    passage: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Word]
    role: Mapped[Word]
    value: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(String(60))
    confidence: Mapped[float]
    locators: Mapped[list[Any]]
