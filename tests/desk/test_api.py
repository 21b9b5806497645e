"""The desk against its own OpenAPI: whatever is asked, it is never at a loss (no 5xx)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from tests.desk.conftest import TOKEN
from tests.record.making import OTHER, REPORT, made

from readout.desk import Settings, application
from readout.desk.jobs import Job
from readout.record import Record

EXAMPLES = 15
"""Requests of each operation: about half a minute in all."""
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    path: Path = tmp_path_factory.mktemp("api") / "record.sqlite"
    with Record(path) as record:
        record.add(made(REPORT, url="https://example.org/quota"))
        record.add(made(OTHER, url="https://example.org/customs"))
    made_app = application(Settings(path, token=TOKEN, hosts=frozenset()))
    made_app.state.desk.jobs.add = _forgotten
    yield made_app
    made_app.state.desk.close()


def _forgotten(job: Job) -> Job:
    """The examples are not fetched and read."""
    if job.folder:
        shutil.rmtree(job.folder)
    return job


def test_no_request_brings_it_down(app: FastAPI) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (pip install .[dev])")
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=HEADERS)
    failed: list[str] = []

    def ask(operation: Any) -> None:
        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def once(case: Any) -> None:
            answer = case.call(headers=HEADERS)
            if answer.status_code >= 500:
                failed.append(f"{case.method} {case.formatted_path} {case.query} {case.body}: {answer.text[:200]}")

        once()

    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        ask(operation)
    assert len(operations) > 30
    assert failed == []
