"""What a workspace sets for its assessments, the product bought from a supplier, and its other names

Revision ID: 0004_rules
Revises: 0003_learning
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_rules"
down_revision = "0003_learning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    data = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("workspaces", sa.Column("rules", data, nullable=False, server_default="{}"))
    op.add_column("suppliers", sa.Column("product", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("suppliers", sa.Column("aliases", data, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("suppliers") as suppliers:
        suppliers.drop_column("aliases")
        suppliers.drop_column("product")
    with op.batch_alter_table("workspaces") as workspaces:
        workspaces.drop_column("rules")
