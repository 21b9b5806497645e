"""Alembic's environment: migrations run inside the transaction that the record opened for them."""

from alembic import context

from readout.record.database import VERSIONS
from readout.record.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSIONS,
    transactional_ddl=False,
)
context.run_migrations()
