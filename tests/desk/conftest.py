"""A desk over a small record, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.record.making import OTHER, REPORT, made

from readout.desk import Settings, application
from readout.record import Record

BASE = "http://127.0.0.1"
TOKEN = "a-token-for-programs-in-tests"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "record.sqlite"
    with Record(path) as record:
        record.add(made(REPORT, url="https://example.org/quota", outlet="Vesthavn Courier"))
        record.add(made(OTHER, url="https://example.org/customs", outlet="Kestria Post", published="2024-03-15"))
    return path


@pytest.fixture
def desk(database: Path) -> Iterator[TestClient]:
    with TestClient(application(Settings(database)), base_url=BASE) as client:
        client.headers["accept"] = "text/html"
        yield client
