"""Adding readouts to a record, beside a plain insert of the same bytes, and whether it slows down as the record grows.

    python benchmarks/record.py [--readouts 2000] [--grown 100000] [--database postgresql://...]

Prints readouts per second of
- a plain bulk insert of the JSON: one SQLite table of id and JSON, one transaction, `executemany`;
- a plain bulk insert of all rows that a record makes of them, indexes and full text too, by `executemany`;
- `Record.add_many`, which makes the JSON, the rows and the sketches from the objects, and looks for what is there;
and the ratios; then the time per article in a record of `--grown` generated articles against that in one of 1,000, and
their ratio, each the median of five turns of 500. The articles are generated: words and names by Zipf's law,
statements and events at the rates of news, thirty articles a day, day after day.
"""

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from readout.record import Record
from readout.record.tables import METADATA
from readout.schema import Article, Due, Entity, Event, Expectation, Producer, Readout, Statement, Time

RATIO, AIM, SLOWER = 0.15, 0.4, 1.5
TURNS = 5
PRODUCER = Producer(readout="0", model="generated-1")
FIRST_DAY = date(2015, 1, 1)
TYPES = ("CONSULT", "AGREE", "ASSAULT", "ACCUSE", "REQUEST", "PROTEST", "COERCE", "AID")


def main() -> int:
    """Measure, print, and return the exit status: 1 where a target is missed."""
    options = _options()
    with TemporaryDirectory(dir=options.folder) as folder:
        ratio = _against_plain_insert(list(islice(generated(1), options.readouts)), Path(folder))
        grown = _growing(options.database or Path(folder, "grown.sqlite"), options.grown, Path(folder))
    return int(ratio < RATIO or grown > SLOWER)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readouts", type=int, default=2000, help="how many are added and inserted")
    parser.add_argument("--grown", type=int, default=100_000, help="articles in the grown record")
    parser.add_argument("--database", help="address of an empty database for the grown record")
    parser.add_argument("--folder", type=Path, help="where the files are made")
    return parser.parse_args()


def _against_plain_insert(readouts: list[Readout], folder: Path, rounds: int = 3) -> float:
    lines = [(readout.id, readout.to_json()) for readout in readouts]
    size = sum(len(line) for _, line in lines) / len(lines)
    plain = max(len(lines) / _inserting(lines, folder / f"plain{n}.sqlite") for n in range(rounds))
    ours = max(len(lines) / _adding(readouts, folder / f"record{n}.sqlite") for n in range(rounds))
    rows = max(
        len(lines) / _inserting_rows(folder / "record0.sqlite", folder / f"rows{n}.sqlite") for n in range(rounds)
    )
    print(f"{len(lines):,} readouts of {size / 1000:.1f} kB each, best of {rounds} rounds")
    print(f"plain insert of the JSON {plain:,.0f}/s, of all rows {rows:,.0f}/s, record {ours:,.0f}/s")
    print(f"ratio to all rows {ours / rows:.2f} (target {RATIO}, aim {AIM}), to the JSON alone {ours / plain:.2f}")
    return ours / rows


def _inserting(lines: list[tuple[str, str]], path: Path) -> float:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE readouts (id TEXT PRIMARY KEY, json TEXT NOT NULL)")
        start = time.perf_counter()
        connection.executemany("INSERT INTO readouts VALUES (?, ?)", lines)
        connection.commit()
    return time.perf_counter() - start


def _inserting_rows(source: Path, path: Path) -> float:
    """Copy the rows of a record into an empty one without Readout."""
    Record(path).close()
    with sqlite3.connect(source) as old:
        rows = {table.name: old.execute(f"SELECT * FROM {table.name}").fetchall() for table in METADATA.sorted_tables}
        words = {
            "articles_words (rowid, title, text)": old.execute("SELECT key, title, text FROM articles").fetchall(),
            "statements_words (rowid, words)": old.execute("SELECT key, words FROM statements").fetchall(),
        }
    with sqlite3.connect(path) as new:
        start = time.perf_counter()
        for into, values in {**rows, **words}.items():
            if values:
                new.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(values[0]))})", values)
        new.commit()
    return time.perf_counter() - start


def _adding(readouts: list[Readout], path: Path) -> float:
    with Record(path) as record:
        start = time.perf_counter()
        for _ in record.add_many(readouts):
            pass
        return time.perf_counter() - start


def _growing(database: str | Path, articles: int, folder: Path) -> float:
    """How many times longer an article takes in the grown record than in one of 1,000, by the processor's time.

    Both are measured in turns at the end, so that whatever else the machine does meets both alike.
    """
    made, turns = generated(2), []
    with Record(database) as record, Record(folder / "small.sqlite") as small:
        for done in range(1000, articles + 1, 1000):
            wall, cpu = _timed(record, list(islice(made, 1000)))
            if done % 10_000 == 0:
                print(f"{done:>9,} articles: {wall:.2f} ms per article, {cpu:.2f} of the processor", flush=True)
        _timed(small, list(islice(made, 1000)))
        for _ in range(TURNS):
            some = list(islice(made, 500))
            turns.append((*_timed(small, some), *_timed(record, some)))
        wall = time.perf_counter()
        record.regroup()
        print(f"copies among all of them: {time.perf_counter() - wall:.1f} s")
    small_wall, small_cpu, grown_wall, grown_cpu = (median(column) for column in zip(*turns, strict=True))
    slower = grown_cpu / small_cpu
    print(f"of the processor, at 1,000 articles {small_cpu:.2f} ms per article, at {articles:,} {grown_cpu:.2f}")
    print(f"{slower:.2f} times (target {SLOWER}); by the clock {grown_wall / small_wall:.2f} times")
    return slower


def _timed(record: Record, readouts: list[Readout]) -> tuple[float, float]:
    """Milliseconds an article takes, by the clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in record.add_many(readouts):
        pass
    each = 1000 / len(readouts)
    return (time.perf_counter() - wall) * each, (time.process_time() - cpu) * each


def generated(seed: int) -> Iterator[Readout]:
    """Readouts of articles that never were, endlessly."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("aeioubcdfglmnprstv", k=chance.randint(2, 9))) for _ in range(30_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    names = [f"{a.title()} {b.title()}" for a, b in zip(words[1000:9000], words[9000:17000], strict=True)]
    number = 0
    while True:
        number += 1
        day = FIRST_DAY + timedelta(days=number // 30)
        some = chance.choices(words, cum_weights=weights, k=420)
        who = chance.choices(names, cum_weights=weights[: len(names)], k=20)
        yield _readout(f"a{seed}-{number}", chance, some, who, day.isoformat())


def _readout(id: str, chance: random.Random, words: list[str], names: list[str], day: str) -> Readout:
    text = " ".join(words)
    starts = [0, *accumulate(len(word) + 1 for word in words)]

    def span(at: int, length: int = 1) -> tuple[int, int]:
        return starts[at], starts[at + length] - 1

    article = Article(
        id=id,
        title=" ".join(words[:8]),
        text=text,
        published=day,
        outlet=f"Paper {chance.randint(1, 300)}",
        language="en",
    )
    places = [chance.randrange(0, 400) for _ in range(60)]
    entities = [
        Entity(
            id=f"e{n}",
            kind="person",
            name=names[n],
            mentions=[span(p, 2) for p in places[n * 3 : n * 3 + 3]],
        )
        for n in range(20)
    ]
    times = [Time(id=f"t{n}", span=span(n * 60), kind="date", value=day, start=day, end=day) for n in range(6)]
    statements = [
        Statement(
            id=f"s{n}", content_spans=[span(n * 40, 25)], kind="indirect", speaker=f"e{n}", cue_span=span(n * 40 + 26)
        )
        for n in range(9)
    ]
    events = [
        Event(
            id=f"v{n}", type=chance.choice(TYPES), trigger=span(n * 30), actors=[f"e{n}"], recipients=[f"e{n + 1}"],
            place=f"e{n + 2}", start=day, end=day, precision="day", evidence=[span(n * 30, 15)],
            status="planned" if n < 2 else "occurred",
        )
        for n in range(12)
    ]  # fmt: skip
    expectations = [
        Expectation(id=f"x{n}", event=f"v{n}", due=Due(start=day, end=day, precision="day")) for n in range(2)
    ]
    return Readout(
        id=id, article=article, entities=entities, times=times, statements=statements, events=events,
        expectations=expectations, produced_by=PRODUCER,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
