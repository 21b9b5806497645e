"""What became of announcements, kept so that what is due is told at once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "outcomes",
        sa.Column("rests_on", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(10)),
        sa.Column("settled_by", WORD),
        sqlite_with_rowid=False,
    )
