"""The record: what all readouts say together, each line with its article and its words.

    from readout.record import Record

    with Record("beat.sqlite") as record:
        print(record.add(readout).state)
        for found in record.search('"nuclear test" denied', kind="statements"):
            print(found.article, found.excerpt)

Other rooms ask questions of the tables (`readout.record.tables`) inside `record.database.reading()`.
"""

from readout.record.decisions import Decision
from readout.record.fulltext import Found
from readout.record.revisions import Change
from readout.record.store import Kept, Record
from readout.record.writing import Added

__all__ = ["Added", "Change", "Decision", "Found", "Kept", "Record"]
