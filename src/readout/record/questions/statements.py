"""Who said what to whom, by all reports."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.decisions import about as decided_about
from readout.record.questions.filters import Conditions, Filters, source
from readout.record.questions.lines import Answer, with_sentences
from readout.record.questions.names import are_common, entities_named, names_like
from readout.record.questions.people import gathered, line_of, with_words

SPARE = 3
"""How many times the limit is looked at, since copies of the same words are one line."""
_SPEAKER, _ADDRESSEE, _OF = (t.ENTITIES.alias(name) for name in ("speaker", "addressee", "of"))


def statements(
    connection: sa.Connection,
    filters: Filters | None = None,
    speaker: str | None = None,
    addressee: str | None = None,
    about: str | None = None,
) -> Answer:
    """What was said; the same words in several reports are one line.

    Args:
        connection: of a reading transaction.
        filters: what to narrow it to; dates are those of the reports, `status` is the stance.
        speaker: only what this one said; see `names.names_like`.
        addressee: only what was said to this one.
        about: words that the statement must have, those in quotation marks side by side.

    Returns:
        The newest lines within the limit, newest first.

    Raises:
        OptionError: there is no such name, or no word to look for.
    """
    filters, s, a = filters or Filters(), t.STATEMENTS.c, t.ARTICLES.c
    conditions: Conditions = [s.key.not_in(decided_about("s", "negative")), *filters.reports(dated=True)]
    for name, column in ((speaker, s.speaker), (addressee, s.addressee)):
        names = names_like(connection, name) if name else []
        if names and are_common(connection, names):
            of = sa.select(_OF.c.key).where(_OF.c.key == column, _OF.c.folded.concat("").in_(names))
            conditions.append(of.exists())  # so that the newest reports are walked through
        elif names:
            conditions.append(column.in_(entities_named(names)))
    if filters.status:
        conditions.append(s.stance == filters.status)
    if about:
        conditions.append(with_words(connection, about))
    chosen = (
        sa.select(
            s.key, s.start_char, s.end_char, s.kind, s.stance, s.words, _SPEAKER.c.name.label("speaker"),
            _ADDRESSEE.c.name.label("addressee"), a.known_on.label("day"), a.id.label("article"), a.title, a.outlet,
            a.published, source().label("source"),
        )
        .select_from(t.ARTICLES.join(t.STATEMENTS, s.article == a.key))
        .outerjoin(_SPEAKER, s.speaker == _SPEAKER.c.key)
        .outerjoin(_ADDRESSEE, s.addressee == _ADDRESSEE.c.key)
        .where(*conditions)
        .order_by(a.known_on.desc(), a.key.desc(), s.key)
        .limit(filters.limit * SPARE + 1)
    )  # fmt: skip
    found = connection.execute(chosen).all()
    lines = gathered(found, lambda row: (row.speaker, " ".join(row.words.casefold().split())), _line)
    lines = with_sentences(connection, lines[: filters.limit])
    return Answer(lines, len(lines) >= filters.limit or len(found) > filters.limit * SPARE)


def _line(row: Any) -> Any:
    what = {"speaker": row.speaker, "addressee": row.addressee, "stance": row.stance, "kind": row.kind}
    what |= {"words": row.words, "title": row.title}
    return line_of(row, "s", (row.start_char, row.end_char), what, row.day)
