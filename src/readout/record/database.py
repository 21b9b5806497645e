"""The database of a record: how it is opened, brought up to date, and kept whole while many write."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from readout.errors import OptionError, ReadoutError

HEAD = "0005"
"""The newest migration; a file that is there already is not worth loading the tools for."""
VERSIONS = "record_version"
PATIENCE = 60.0
"""Seconds that a writer waits for the others."""
_LOCK = 0x5245_4144
"""The advisory lock (PostgreSQL) that writers hold one after the other."""
_PRAGMAS = (
    f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",  # with WAL a killed process loses nothing; a power cut, the last moments at most
    "PRAGMA cache_size = -131072",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 16384",
)


class Database:
    """An open database with the tables of the record, up to date.

    Args:
        where: a SQLite file, or an address that SQLAlchemy knows ("postgresql+psycopg://user@host/name").

    Raises:
        OptionError: it cannot be opened, or is of a newer Readout.
    """

    def __init__(self, where: str | Path) -> None:
        self.shown = shown(where)
        try:
            self.engine = _engine(where)
            self._migrate()
        except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
            raise OptionError(f"{self.shown}: no usable database ({reason(error)})") from None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads, and sees one state of the record throughout.

        Raises:
            ReadoutError: the database failed.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: whole or not at all, and alone, so what it reads stays true until it is done.

        Raises:
            ReadoutError: the database failed.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sa.Connection]:
        try:
            with self.engine.execution_options(begin=begin).begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise ReadoutError(f"{self.shown}: the database failed ({reason(error)})") from None

    def _migrate(self) -> None:
        with self.reading() as connection:
            version = _version(connection)
        if version == HEAD:
            return
        with self.writing() as connection:
            version = _version(connection)
            if version is not None and version > HEAD:
                raise OptionError(f"{self.shown}: was made by a newer Readout; update Readout to open it")
            if version != HEAD:
                _upgrade(connection)


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]], then: str = "") -> None:
    """Insert rows quickly.

    Args:
        connection: of a writing transaction.
        table: the table.
        rows: values in the order of the table's columns.
        then: what follows the values, such as "ON CONFLICT DO NOTHING".
    """
    if values := list(rows):
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(column.name) for column in table.columns)
        marks = ", ".join([mark] * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks}) {then}", values)


def update_all(table: sa.Table) -> str:
    """The clause by which an inserted row takes the place of the one with its key."""
    columns = [f'"{column.name}" = excluded."{column.name}"' for column in table.columns if column.name != "key"]
    return f'ON CONFLICT ("key") DO UPDATE SET {", ".join(columns)}'


def default_file() -> Path:
    """The SQLite file in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("readout", appauthor=False) / "record.sqlite"


def shown(where: str | Path) -> str:
    """The name of a database without a password."""
    text = str(where)
    try:
        return sa.make_url(text).render_as_string() if "://" in text else text
    except sa.exc.ArgumentError:
        return text.partition("://")[0] + "://…"


def reason(error: Exception) -> str:
    """What a database's error says, on one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())[:160] or type(error).__name__


def _engine(where: str | Path) -> sa.Engine:
    if isinstance(where, str) and "://" in where:
        url = sa.make_url(where)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
    else:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        url = sa.URL.create("sqlite", database=str(where))
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, paramstyle="format", pool_pre_ping=True)
    engine = sa.create_engine(url, pool_use_lifo=True)  # the connection whose cache is warm
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    """Set up a SQLite connection; its transactions are begun by us, since Python's driver begins them too late."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    _use_wal(connection)


def _use_wal(connection: Any) -> None:
    """Turn the write-ahead log on; the switch is refused, not waited for, while others open the file too."""
    import sqlite3

    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSIONS):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {VERSIONS}").scalar()


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "readout.record:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
