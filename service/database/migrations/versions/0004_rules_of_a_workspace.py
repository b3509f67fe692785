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
    # Column by column: a batch would make the tables anew, and dropping a parent empties all that hangs on it.
    op.drop_column("suppliers", "aliases")
    op.drop_column("suppliers", "product")
    op.drop_column("workspaces", "rules")
