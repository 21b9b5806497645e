"""What the migrations make is what the code asks of."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from readout.record.database import HEAD, VERSIONS
from readout.record.tables import METADATA


def test_the_migrations_lead_to_the_tables_of_the_code(record):
    def is_ours(_, name, kind, reflected, __):
        return not (kind in ("table", "index") and reflected and "_words" in name)

    with record.database.reading() as connection:
        options = {"version_table": VERSIONS, "include_object": is_ours, "compare_type": False}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_the_code_knows_the_newest_migration():
    from importlib.resources import files

    script = ScriptDirectory(str(files("readout.record") / "migrations"))
    assert script.get_current_head() == HEAD
