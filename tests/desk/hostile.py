"""A record in which all text that a source can bring is a payload: titles, outlets, addresses, names, roles, words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from readout.record import Record
from readout.record.beats import Beat, keep
from readout.schema import (
    Article,
    Caption,
    Due,
    Entity,
    Event,
    Expectation,
    Location,
    Producer,
    Readout,
    RelatedLink,
    Relation,
    Role,
    Screening,
    Statement,
    Time,
)  # fmt: skip

PAYLOADS = tuple(
    line for line in (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").split("\n") if line
)
EACH = 12
"""Payloads in one article."""
DAY = "2024-03-11"


def record_of_payloads(path: Path) -> list[str]:
    """Make the record; gives the ids of its articles, the last of which revises the one before."""
    with Record(path) as record:
        added = [record.add(_readout(number, some)).id for number, some in enumerate(_batches())]
        revised = _readout(len(added) - 1, PAYLOADS[:EACH])
        added.append(record.add(revised).id)
        record.regroup()
        for payload in PAYLOADS[:40]:
            keep(record.database, payload[:80], Beat(actors=(payload[:300],)))
        return added


def _batches() -> Iterator[tuple[str, ...]]:
    remaining = iter(PAYLOADS)
    while some := tuple(islice(remaining, EACH)):
        yield some


def _readout(number: int, some: tuple[str, ...]) -> Readout:
    lead = f"{' '.join(some)} met in Oslo and {' '.join(some)} denied it. "
    parts, spans, at = [lead], [], len(lead)
    for payload in some:
        spans.append((at, at + len(payload)))
        parts.append(f"{payload}\n\n")
        at += len(payload) + 2
    everything = " | ".join(some)
    web = (
        some[0]
        if some[0].startswith(("http", "javascript", "data", "//"))
        else f"https://example.org/{number}?q={some[1]}"
    )
    article = Article(
        id=f"h{number}", title=everything, text="".join(parts).rstrip(), published=DAY, url=web, outlet=everything,
        authors=list(some), contributors=[some[0]], updated_note=everything, language="en",
        captions=[Caption(text=everything, credit=some[0])], related=[RelatedLink(title=everything, url=some[1])],
    )  # fmt: skip
    entities = [
        Entity(
            id=f"e{n}", kind=("person", "organization", "place")[n % 3], name=payload, mentions=[spans[n]],
            roles=[Role(title=payload, organization="e1", span=spans[n])] if n % 3 == 0 else [],
            relations=[Relation(type="works_for", to="e1", span=spans[n])] if n % 3 == 0 else [],
            location=Location(lat=59.9, lon=10.7) if n % 3 == 2 else None,
        )
        for n, payload in enumerate(some)
    ]  # fmt: skip
    statements = [
        Statement(
            id=f"s{n}", speaker=f"e{n}", addressee="e0", content_spans=[span], kind="direct", medium=some[n],
            stance="denies" if n % 2 else "asserts",
        )
        for n, span in enumerate(spans)
    ]  # fmt: skip
    events = [
        Event(
            id=f"v{n}", type="CONSULT", trigger=span, evidence=[span], actors=["e0", f"e{n}"], recipients=["e1"],
            place="e2", start=DAY, end=DAY, precision="day", asserted_by=f"s{n}",
            status=("occurred", "denied", "planned", "alleged")[n % 4],
        )
        for n, span in enumerate(spans)
    ]  # fmt: skip
    return Readout(
        id=f"h{number}", article=article, entities=entities, statements=statements, events=events,
        times=[Time(id="t0", span=spans[0], kind="date", value=DAY, start=DAY, end=DAY, precision="day")],
        expectations=[
            Expectation(id=f"x{n}", event=f"v{n}", due=Due(start="2024-10-01", end="2024-10-31", precision="month"))
            for n in range(2, len(some), 4)
        ],
        screenings=[
            Screening(entity=f"e{n}", list=some[n], entry_name=some[n], match=True, stated=spans[n])
            for n in range(0, len(some), 3)
        ],
        produced_by=Producer(readout="0.1", model=some[0]),
    )  # fmt: skip
