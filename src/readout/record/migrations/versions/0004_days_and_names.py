"""Days and names beside the rows that are asked for by them, so that the newest of a name are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
COLUMNS = {"entities": ("known_on",), "statements": ("speaker_name", "known_on"), "participants": ("name", "day")}
INDEXES = {
    "entities_by_name": ("entities", ["folded", "known_on"]),
    "statements_by_speaker": ("statements", ["speaker_name", "known_on"]),
    "participants_by_name": ("participants", ["name", "day"]),
}
FILLED = (
    "UPDATE entities SET known_on = (SELECT a.known_on FROM articles a WHERE a.key = entities.article)",
    "UPDATE statements SET known_on = (SELECT a.known_on FROM articles a WHERE a.key = statements.article), "
    "speaker_name = (SELECT e.folded FROM entities e WHERE e.key = statements.speaker)",
    "UPDATE participants SET name = (SELECT e.folded FROM entities e WHERE e.key = participants.entity), "
    "day = (SELECT coalesce(v.starts, a.known_on) FROM events v JOIN articles a ON a.key = v.article "
    "WHERE v.key = participants.event)",
)


def upgrade() -> None:
    """Add the columns, fill them, and index them."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, WORD))
    for statement in FILLED:
        op.execute(statement)
    op.drop_index("ix_entities_folded", table_name="entities")
    op.drop_index("ix_statements_speaker", table_name="statements")
    for name, (table, indexed) in INDEXES.items():
        op.create_index(name, table, indexed)
