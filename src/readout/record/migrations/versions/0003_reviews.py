"""Decisions about items: by their key, so that questions heed them, and with what the item should be."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("decisions", sa.Column("kind", sa.String(1)))
    op.add_column("decisions", sa.Column("item", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column("decisions", sa.Column("change", sa.Text()))
    op.create_index("ix_decisions_item", "decisions", ["item"])
