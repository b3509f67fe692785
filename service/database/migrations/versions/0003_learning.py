"""Models of workspaces, the sides of labels, and how a reviewer came to a decision

Revision ID: 0003_learning
Revises: 0002_saved_searches
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_learning"
down_revision = "0002_saved_searches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    data = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "models",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("training_hash", sa.String(length=64), nullable=False),
        sa.Column("learnt", data, nullable=False),
        sa.Column("figures", data, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("promote", sa.Boolean(), nullable=False),
        sa.Column("previous", sa.String(length=32), nullable=True),
        sa.Column("started_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promoted_by", sa.String(length=32), nullable=True),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(length=100), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_models_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["started_by"], ["users.id"], name=op.f("fk_models_started_by_users")),
        sa.ForeignKeyConstraint(["promoted_by"], ["users.id"], name=op.f("fk_models_promoted_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
    )
    op.create_index(op.f("ix_models_workspace_id"), "models", ["workspace_id"])
    op.create_table(
        "label_sides",
        sa.Column("supplier_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.id"], name=op.f("fk_label_sides_supplier_id_suppliers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_label_sides_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supplier_id", name=op.f("pk_label_sides")),
    )
    op.create_index(op.f("ix_label_sides_workspace_id"), "label_sides", ["workspace_id"])
    op.add_column("verdicts", sa.Column("way", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("verdicts", "way")
    op.drop_index(op.f("ix_label_sides_workspace_id"), table_name="label_sides")
    op.drop_table("label_sides")
    op.drop_index(op.f("ix_models_workspace_id"), table_name="models")
    op.drop_table("models")
