"""The first tables of the record, and full text over articles and statements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SEARCHED = {"articles": ("title", "text"), "statements": ("words",)}
LONGEST = 200_000
"""Characters of a text that PostgreSQL indexes: what its tsvector (1 MB) surely holds, whatever the script."""


def upgrade() -> None:
    """Make the tables."""
    _tables()
    for table, columns in SEARCHED.items():
        if op.get_bind().dialect.name == "sqlite":
            _fts5(table, columns)
        else:
            _tsvector(table, columns)


def _fts5(table: str, columns: tuple[str, ...]) -> None:
    """An FTS5 index that keeps no text of its own (https://sqlite.org/fts5.html, 4.4.3).

    Triggers keep it in step when rows change or go. New rows are put in by the writer: a trigger on each of them would
    make FTS5 write out what it has gathered, which costs five times as much.
    """
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    add = f"INSERT INTO {table}_words (rowid, {names}) VALUES (new.key, {new});"
    drop = f"INSERT INTO {table}_words ({table}_words, rowid, {names}) VALUES ('delete', old.key, {old});"
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_words USING fts5({names}, content='{table}', content_rowid='key', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute(f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER {table}_changed AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END")


def _tsvector(table: str, columns: tuple[str, ...]) -> None:
    words = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    indexed = f"to_tsvector('english', left({words}, {LONGEST}))"
    op.execute(f"CREATE INDEX {table}_words ON {table} USING gin (({indexed}))")


def _tables() -> None:
    op.create_table(
        "decisions",
        sa.Column("key", KEY, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("undone_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_decisions_what", "decisions", ["what"])
    op.create_table(
        "outlets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=3)),
        sa.Column("kind", sa.Text()),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "visits",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("visited_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_table(
        "articles",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("given_id", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("published", WORD),
        sa.Column("known_on", WORD),
        sa.Column("language", sa.Text()),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("revision_of", KEY),
        sa.Column("source_group", WORD),
        sa.ForeignKeyConstraint(
            ["outlet"],
            ["outlets.name"],
        ),
        sa.ForeignKeyConstraint(["revision_of"], ["articles.key"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_articles_address", "articles", ["address"])
    op.create_index("ix_articles_content_hash", "articles", ["content_hash"])
    op.create_index("ix_articles_given_id", "articles", ["given_id"])
    op.create_index("ix_articles_known_on", "articles", ["known_on"])
    op.create_index("ix_articles_revision_of", "articles", ["revision_of"])
    op.create_index("ix_articles_source_group", "articles", ["source_group"])
    op.create_table(
        "changes",
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sign", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer()),
        sa.Column("end_char", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "place"),
    )
    op.create_table(
        "credits",
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "agency"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entities",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", WORD, nullable=False),
        sa.Column("country", sa.String(length=3)),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("identifiers", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("entities_by_article", "entities", ["article"])
    op.create_index("ix_entities_folded", "entities", ["folded"])
    op.create_table(
        "events",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("cameo", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts", WORD),
        sa.Column("ends", WORD),
        sa.Column("precision", sa.Text()),
        sa.Column("place", KEY),
        sa.Column("time", KEY),
        sa.Column("asserted_by", KEY),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("events_by_article", "events", ["article"])
    op.create_index("events_by_day", "events", ["starts"])
    op.create_index("events_by_type", "events", ["type", "starts"])
    op.create_index("ix_events_place", "events", ["place"])
    op.create_table(
        "expectations",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("event", KEY, nullable=False),
        sa.Column("due_start", WORD),
        sa.Column("due_end", WORD),
        sa.Column("precision", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("expectations_by_article", "expectations", ["article"])
    op.create_index("ix_expectations_due_end", "expectations", ["due_end"])
    op.create_table(
        "readouts",
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "screenings",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("entity", KEY, nullable=False),
        sa.Column("list", sa.Text()),
        sa.Column("entry_id", sa.Text()),
        sa.Column("match", sa.Boolean(), nullable=False),
        sa.Column("in_force", sa.Boolean()),
        sa.Column("score", sa.Float()),
        sa.Column("start_char", sa.Integer()),
        sa.Column("end_char", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_screenings_entity", "screenings", ["entity"])
    op.create_index("screenings_by_article", "screenings", ["article"])
    op.create_table(
        "signatures",
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "statements",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("speaker", KEY),
        sa.Column("addressee", KEY),
        sa.Column("time", KEY),
        sa.Column("reported_by", KEY),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_statements_speaker", "statements", ["speaker"])
    op.create_index("statements_by_article", "statements", ["article"])
    op.create_table(
        "times",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("starts", WORD),
        sa.Column("ends", WORD),
        sa.Column("precision", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("times_by_article", "times", ["article"])
    op.create_table(
        "mentions",
        sa.Column("entity", KEY, autoincrement=False, nullable=False),
        sa.Column("start_char", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end_char", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "start_char", "end_char"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participants",
        sa.Column("event", KEY, autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=9), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", KEY, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "part", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_participants_entity", "participants", ["entity"])
    op.create_table(
        "relations",
        sa.Column("entity", KEY, autoincrement=False, nullable=False),
        sa.Column("other", KEY, autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "other", "type"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roles",
        sa.Column("entity", KEY, autoincrement=False, nullable=False),
        sa.Column("start_char", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("organization", KEY),
        sa.ForeignKeyConstraint(["entity"], ["entities.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "start_char", "title"),
        sqlite_with_rowid=False,
    )
