"""The passages of a workspace by mode, for searches

Revision ID: 0005_passages_by_mode
Revises: 0004_rules
"""

from alembic import op

revision = "0005_passages_by_mode"
down_revision = "0004_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_passages_workspace_id_mode_id", "passages", ["workspace_id", "mode", "id"], unique=False)
    op.drop_index(op.f("ix_passages_mode"), table_name="passages")


def downgrade() -> None:
    op.create_index(op.f("ix_passages_mode"), "passages", ["mode"], unique=False)
    op.drop_index("ix_passages_workspace_id_mode_id", table_name="passages")
