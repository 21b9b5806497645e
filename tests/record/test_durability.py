"""Killed at any moment, a record has lost nothing that it acknowledged and holds nothing by halves; many may write."""

import os
import random
import signal
import time
import traceback

import pytest
import sqlalchemy as sa
from tests.record.making import OTHER, REPORT, made

from readout.record import Record
from readout.record import tables as t

KILLS = int(os.environ.get("READOUT_KILLS", "20"))
"""How often a writer is killed; set it to 200 for a longer trial."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_child(work):
    """Run something in another process; its id, and the end of a pipe that it writes to."""
    out, into = os.pipe()
    pid = os.fork()
    if pid:
        os.close(into)
        return pid, out
    try:
        work(lambda line: os.write(into, f"{line}\n".encode()))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def numbered(number):
    return made(f"{REPORT}\n\nThis was report number {number} of the day.", id=f"n{number}")


def whole(record):
    """Check that every article has all that belongs to it."""
    with record.database.reading() as connection:
        articles = connection.scalar(sa.select(sa.func.count()).select_from(t.ARTICLES))
        for table, each in ((t.READOUTS, 1), (t.SIGNATURES, 1), (t.ENTITIES, 3), (t.STATEMENTS, 2), (t.EVENTS, 2)):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == each * articles, table.name
        if record.database.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    if record.database.is_sqlite:
        with record.database.writing() as connection:
            for table in ("articles_words", "statements_words"):
                connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    return articles


def test_killed_at_any_moment_nothing_is_lost_or_half(database):
    chance, acknowledged = random.Random(7), set()
    Record(database).close()
    kills = KILLS if database.endswith(".sqlite") else KILLS // 4
    for kill in range(kills):

        def write(say, kill=kill):
            with Record(database) as record:
                if kill % 2:
                    for number in range(10_000):
                        say(record.add(numbered(f"{kill}-{number}")).id)
                for added in record.add_many((numbered(f"{kill}-{n}") for n in range(10_000)), batch=8):
                    say(added.id)

        pid, out = in_child(write)
        said = os.read(out, 17)  # it has begun
        time.sleep(chance.uniform(0, 0.08))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(out, "rb") as rest:
            said += rest.read()
        acknowledged.update(line.decode() for line in said.split(b"\n") if len(line) == 16)
    with Record(database) as record:
        assert len(acknowledged) >= kills
        assert acknowledged <= {kept.id for kept in record.articles()}
        assert whole(record) >= len(acknowledged)


def test_many_write_at_once(database):
    def write(number):
        def adding(say):
            with Record(database) as record:
                for n in range(15):
                    record.add(numbered(f"{number}-{n}"))
                    record.add(numbered(f"shared-{n}"))
                list(record.add_many([made(OTHER), made(OTHER, url=f"https://paper{number}.example/x")]))

        return adding

    children = [in_child(write(number)) for number in range(4)]  # the first of them makes the tables
    for pid, out in children:
        assert os.waitpid(pid, 0)[1] == 0
        os.close(out)
    with Record(database) as record:
        with record.database.reading() as connection:
            others = connection.scalar(
                sa.select(sa.func.count()).select_from(t.ARTICLES).where(t.ARTICLES.c.text == OTHER)
            )
        assert others == 5
        assert len(list(record.articles(revised=True))) == 4 * 15 + 15 + 5


def test_a_stranger_reading_does_not_stop_a_writer(database):
    with Record(database) as writer, Record(database) as reader:
        writer.add(made())
        articles = reader.articles()
        first = next(articles)
        writer.add(made(OTHER))
        assert [first, *articles] == [first]
        assert len(list(reader.articles())) == 2
