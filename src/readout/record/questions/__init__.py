"""Questions to a record: when what happened, who somebody is, what they said, whom they met, what is due.

    from readout.record import Record
    from readout.record.questions import Filters, timeline

    with Record("beat.sqlite") as record, record.database.reading() as connection:
        for line in timeline(connection, Filters(since="2024-03", place="Norway")).lines:
            print(line.start, line.what["type"], line.sources, line.sentence)

Every line has the id of what it rests on, the number of independent sources (copies of one report are one), and the
sentence.
"""

from readout.record.questions.articles import difference, search, show, versions
from readout.record.questions.behind import behind
from readout.record.questions.disputed import conflicts
from readout.record.questions.due import due
from readout.record.questions.filters import Filters
from readout.record.questions.happened import met, timeline
from readout.record.questions.lines import Answer, Line
from readout.record.questions.names import named
from readout.record.questions.network import Network, network
from readout.record.questions.news import newly_sanctioned, news
from readout.record.questions.people import said, sanctioned, who
from readout.record.questions.statements import statements

__all__ = [
    "Answer", "Filters", "Line", "Network", "behind", "conflicts", "difference", "due", "met", "named", "network",
    "newly_sanctioned", "news", "said", "sanctioned", "search", "show", "statements", "timeline", "versions", "who",
]  # fmt: skip
