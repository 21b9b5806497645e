"""`readout unsure`, `same`, `different`, `undecide`: decisions about who is who."""

import json
from pathlib import Path

import pytest

from readout.cli import run
from readout.record import Record
from readout.record.decisions import decided
from readout.record.together import reports
from readout.resolve.identity import Identity
from readout.schema import Article, Entity, Producer, Readout


def told(id: str, text: str, name: str) -> Readout:
    start = text.index(name)
    person = Entity(id="e1", kind="person", name=name, mentions=[(start, start + len(name))])
    article = Article(id=id, text=text, published="2024-02-01")
    return Readout(id=id, article=article, entities=[person], produced_by=Producer(readout="0", model="0"))


ONE = told("one", "Marta Velinova opened the ferry port on Monday.", "Marta Velinova")
OTHER = told("other", "The harbour fee is too high, Velinova told the council.", "Velinova")


@pytest.fixture
def db(tmp_path: Path) -> str:
    with Record(tmp_path / "r.sqlite") as record:
        list(record.add_many([ONE, OTHER]))
    return str(tmp_path / "r.sqlite")


def actors(db: str) -> list[str]:
    with Record(db) as record:
        known = reports(record)
        with record.database.reading() as connection:
            return sorted(actor.name for actor in Identity(known, decided(connection)).actors)


def asked(db: str, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    assert run(["unsure", "--json", "--db", db]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_pair_is_decided_heeded_kept_at_reading_again_and_taken_back(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert actors(db) == ["Marta Velinova", "Velinova"]
    [pair] = asked(db, capsys)
    ids = [actor["id"] for actor in pair["actors"]]
    assert run(["same", *ids, "--by", "ada", "--why", "same office", "--db", db]) == 0
    assert "decision 1" in capsys.readouterr().out
    assert actors(db) == ["Marta Velinova"]
    with Record(db) as record:
        record.add(ONE.model_copy(update={"produced_by": Producer(readout="1", model="1")}))
        assert [(d.verdict, d.by, d.why) for d in record.decisions()] == [("positive", "ada", "same office")]
    assert actors(db) == ["Marta Velinova"]
    assert run(["undecide", "1", "--db", db]) == 0
    assert actors(db) == ["Marta Velinova", "Velinova"]
    assert run(["different", *ids, "--db", db]) == 0
    capsys.readouterr()
    assert asked(db, capsys) == []


def test_ids_that_are_none_are_refused(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["same", "nobody", "nowhere", "--db", db]) == 2
    assert "no actor of that id" in capsys.readouterr().err
    assert run(["undecide", "7", "--db", db]) == 2
    assert run(["unsure", "--db", str(tmp_path / "none.sqlite")]) == 2
