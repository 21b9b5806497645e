"""The tables in which lists are kept: each content of an entry once, with the days from and to which it stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData()
WRITES = "readout_writes"
"""The execution option by which a transaction says that it will write."""

LISTS = sa.Table(
    "lists",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False, unique=True),
)
VERSIONS = sa.Table(
    "versions",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("list_id", sa.ForeignKey("lists.id"), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("added_at", sa.DateTime, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.UniqueConstraint("list_id", "day"),
)
CONTENTS = sa.Table(
    "contents",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("list_id", sa.ForeignKey("lists.id"), nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("list_id", "digest"),
)
SPANS = sa.Table(
    "spans",
    METADATA,
    sa.Column("content_id", sa.ForeignKey("contents.id"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("list_id", sa.ForeignKey("lists.id"), nullable=False),
    sa.Index("spans_by_day", "list_id", "since", "until"),
)
"""A content stood in every version dated from `since` on and before `until`; without `until`, in the newest one too."""


def engine(database: str | Path) -> sa.Engine:
    """An engine for a database, with the tables made if they are not there.

    Args:
        database: a SQLite file, or an address that SQLAlchemy knows ("postgresql+psycopg://...").
    """
    made = sa.create_engine(address(database))
    if made.dialect.name == "sqlite":
        sa.event.listen(made, "connect", _leave_transactions_to_us)
        sa.event.listen(made, "begin", _begin)
    METADATA.create_all(made)
    return made


def address(database: str | Path) -> sa.URL:
    """The address of a database that is given as one, or as a SQLite file."""
    if isinstance(database, str) and "://" in database:
        return sa.make_url(database)
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    return sa.URL.create("sqlite", database=str(database))


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    """Python's driver begins a transaction only before the first write, too late for what is read before."""
    connection.isolation_level = None


def _begin(connection: sa.Connection) -> None:
    """A transaction that will write takes its lock at once, so that what it reads stays true until it writes."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
