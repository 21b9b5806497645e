"""Reading one article, a text, and streams of articles; the pipeline is a stand-in that marks capitalised words."""

import json
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import readout
from readout import reading, workers
from readout.errors import ContentError, OptionError, ReadoutError
from readout.layers import LAYERS
from readout.reading import Failure
from readout.schema import Entity, Readout

PROSE = (
    "The foreign ministers of Finland and Chile met in Turku on Monday to sign a treaty on the protection of seabirds. "
    "They spoke for two hours and then walked together along the river.\n\n"
    "A spokesman said that the treaty would come into force next year, after both parliaments have approved it."
)


@Language.component("stand_in")
def stand_in(doc: Doc) -> Doc:
    if "falls over" in doc.text:
        raise ValueError("the stand-in fell\nover")
    if "brings down its process" in doc.text and multiprocessing.parent_process():
        os._exit(9)
    doc._.entities = [
        Entity(id=f"e{token.i}", kind="place", name=token.text, mentions=[(token.idx, token.idx + len(token))])
        for token in doc
        if token.is_title
    ]
    return doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    import readout.layers  # noqa: F401

    pipeline = spacy.blank("en")
    pipeline.add_pipe("stand_in")
    return pipeline


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(PROSE, encoding="utf-8")
    return path


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    rows = [
        {"id": "one", "text": PROSE},
        {"id": "two", "text": ""},
        {"id": "three", "text": PROSE.replace("walked", "falls over")},
        {"id": "four", "text": PROSE.replace("Turku", "Valdivia"), "published": "2024-03-14"},
    ]
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_one_article(report: Path, nlp: Language):
    result = readout.read(report, published="2024-03-14", nlp=nlp)
    assert result.article.text == PROSE
    assert result.article.published == "2024-03-14"
    assert result.id == result.article.id
    assert [entity.name for entity in result.entities[:3]] == ["The", "Finland", "Chile"]
    assert result.produced_by.readout == readout.__version__


def test_the_day_of_publication_is_known_to_the_pipeline():
    days = []

    @Language.component("note_the_day")
    def note_the_day(doc: Doc) -> Doc:
        days.append(doc._.published)
        return doc

    watched = spacy.blank("en")
    watched.add_pipe("note_the_day")
    readout.read_text(PROSE, published="2024-03", nlp=watched)
    readout.read_text(PROSE, nlp=watched)
    assert days == ["2024-03", None]


def test_a_given_text_is_kept_as_it_is(nlp: Language):
    text = f"  {PROSE}\n\n\nOne\u00a0more  line. "
    assert readout.read_text(text, nlp=nlp).article.text == text


def test_a_date_that_is_none_is_refused(report: Path, nlp: Language):
    with pytest.raises(OptionError, match="soon"):
        readout.read(report, published="soon", nlp=nlp)


def test_a_text_that_is_too_long_is_refused(nlp: Language, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 100)
    with pytest.raises(ContentError, match="too long"):
        readout.read_text(PROSE, nlp=nlp)


def test_a_batch_goes_on_past_bad_items_in_input_order(batch: Path, nlp: Language):
    results = list(readout.read_many([batch], nlp=nlp))
    assert [type(result) for result in results] == [Readout, Failure, Failure, Readout]
    assert [result.id for result in results if isinstance(result, Readout)] == ["one", "four"]
    assert [result.name[-2:] for result in results if isinstance(result, Failure)] == [":2", ":3"]


def test_an_unforeseen_failure_is_one_line_that_names_the_input(batch: Path, nlp: Language):
    failure = list(readout.read_many([batch], nlp=nlp))[2]
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, ReadoutError)
    assert "\n" not in str(failure.error)
    assert "ValueError: the stand-in fell over" in str(failure.error)
    assert str(failure.error).startswith(failure.name)


def test_a_missing_file_is_one_failure_among_others(report: Path, tmp_path: Path, nlp: Language):
    results = list(readout.read_many([tmp_path / "none.txt", report], nlp=nlp))
    assert [type(result) for result in results] == [Failure, Readout]
    assert "none.txt" in str(results[0].error)


def test_a_stream_is_read_only_as_fast_as_it_is_used(report: Path, nlp: Language):
    taken = []

    def sources() -> Iterator[Path]:
        for number in range(100):
            taken.append(number)
            yield report

    results = readout.read_many(sources(), nlp=nlp)
    assert isinstance(next(results), Readout)
    assert len(taken) <= 2


def test_nothing_is_loaded_for_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "load", lambda _: pytest.fail("the pipeline was loaded"))
    assert isinstance(next(readout.read_many([tmp_path / "none.txt"])), Failure)


@pytest.mark.parametrize("processes", [0, -1])
def test_a_number_of_workers_that_is_none_is_refused(report: Path, processes: int):
    with pytest.raises(OptionError, match="processes"):
        readout.read_many([report], processes=processes)


def test_a_pipeline_object_cannot_go_to_other_processes(report: Path, nlp: Language):
    with pytest.raises(OptionError, match="name or folder"):
        readout.read_many([report], nlp=nlp, processes=2)


def spans(item: object) -> Iterator[tuple[int, int]]:
    """Every span in a part of a readout as JSON: the lists of two numbers."""
    if isinstance(item, dict):
        for value in item.values():
            yield from spans(value)
    elif isinstance(item, list) and len(item) == 2 and all(isinstance(part, int) for part in item):
        yield item[0], item[1]
    elif isinstance(item, list):
        for part in item:
            yield from spans(part)


@pytest.fixture(scope="module")
def example() -> Readout:
    """The example report, read with the model that ships."""
    return readout.read(Path(__file__).parents[1] / "examples" / "report.md")


def test_the_example_is_read(example: Readout):
    assert example.article.published == "2024-03-14"
    people = {entity.name for entity in example.entities if entity.kind == "person"}
    assert {"Ingrid Solheim", "Arman Bekov", "Yerlan Musin", "Aliya Nurlanova"} <= people
    names = {entity.id: entity.name for entity in example.entities}
    denials = [statement for statement in example.statements if statement.stance == "denies"]
    assert {names[item.speaker] for item in denials if item.speaker} >= {"Aliya Nurlanova"}
    assert any(
        event.status == "planned" and event.id in {x.event for x in example.expectations} for event in example.events
    )


def test_everything_is_pinned_to_words(example: Readout):
    length = len(example.article.text)
    found = [span for layer in LAYERS for item in json.loads(example.to_json())[layer] for span in spans(item)]
    assert len(found) > 50
    assert [span for span in found if not 0 <= span[0] < span[1] <= length] == []
    assert all(entity.mentions for entity in example.entities)
    assert all(event.evidence for event in example.events)


def test_ids_are_unique_and_the_json_reads_back(example: Readout):
    for layer in ("entities", "times", "statements", "events", "expectations"):
        ids = [item.id for item in getattr(example, layer)]
        assert len(ids) == len(set(ids)), layer
    assert Readout.model_validate_json(example.to_json()) == example


def test_a_sentence_with_nothing_in_it_is_read(example: Readout):
    assert example.produced_by.model
    assert (
        readout.read_text("It was a quiet day in the valley, and the light over the river was very fine.").events == []
    )


@pytest.fixture
def forked(nlp: Language, monkeypatch: pytest.MonkeyPatch):
    """Workers that have the stand-in: they are forked, so that they share it, and not started anew as in earnest."""
    context = multiprocessing.get_context("fork")
    monkeypatch.setattr(workers, "_pool", lambda processes: ProcessPoolExecutor(processes, context))
    monkeypatch.setattr(workers, "load", lambda _: nlp)


def rows(tmp_path: Path, texts: list[str]) -> Path:
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.usefixtures("forked")
def test_workers_keep_the_order_and_the_failures(tmp_path: Path):
    texts = [PROSE.replace("walked", "falls over") if number % 7 == 3 else PROSE for number in range(30)]
    results = list(readout.read_many([rows(tmp_path, texts)], processes=2))
    assert [getattr(result, "id", None) or result.given_id for result in results] == [str(n) for n in range(30)]
    assert [n for n, result in enumerate(results) if isinstance(result, Failure)] == [3, 10, 17, 24]


@pytest.mark.usefixtures("forked")
def test_an_article_that_kills_its_worker_is_lost_alone(tmp_path: Path):
    texts = [PROSE.replace("walked", "brings down its process") if number in (0, 9) else PROSE for number in range(20)]
    results = list(readout.read_many([rows(tmp_path, texts)], processes=2))
    assert [getattr(result, "id", None) or result.given_id for result in results] == [str(n) for n in range(20)]
    lost = [result for result in results if isinstance(result, Failure)]
    assert [failure.given_id for failure in lost] == ["0", "9"]
    assert "died" in str(lost[0].error)


@pytest.mark.usefixtures("forked")
def test_workers_hold_only_a_few_articles_in_flight(report: Path):
    taken = []

    def sources() -> Iterator[Path]:
        for number in range(1000):
            taken.append(number)
            yield report

    results = readout.read_many(sources(), processes=2)
    next(results)
    assert len(taken) <= 2 * workers.AHEAD + 2
    results.close()
