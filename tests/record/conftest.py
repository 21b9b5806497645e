"""A record in SQLite always, and the same in PostgreSQL where there is one.

That one is the database at `READOUT_TEST_POSTGRES` (its public schema is emptied), else a server of the tests' own,
where PostgreSQL is installed (`apt-get install postgresql`) and psycopg is (`pip install readout[postgres]`).
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from readout.record import Record

USER = {"user": "postgres", "group": "postgres", "extra_groups": []}


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if given := os.environ.get("READOUT_TEST_POSTGRES"):
        yield given
        return
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = homes[-1] if homes else shutil.which("initdb")
    if not initdb:
        pytest.skip("no PostgreSQL: neither READOUT_TEST_POSTGRES nor a server to start")
    tools, folder = Path(initdb).parent, tmp_path_factory.mktemp("postgres")
    as_user = USER if os.geteuid() == 0 else {}
    if as_user:  # a server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        for above in (folder, *folder.parents[:-2]):
            above.chmod(above.stat().st_mode | 0o011)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def do(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, timeout=60, cwd=folder, **as_user)

    do(str(initdb), "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    do(f"{tools}/pg_ctl", "-D", f"{folder}/data", "-o", options, "-l", f"{folder}/log", "-w", "start")
    yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    stop = (f"{tools}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-W", "stop")
    subprocess.run(stop, check=False, capture_output=True, cwd=folder, **as_user)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "record.sqlite")
    url: str = request.getfixturevalue("postgres")
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    with Record(database) as opened:
        yield opened
