"""Who said what to whom, by all reports."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from readout.record import tables as t
from readout.record.decisions import about as decided_about
from readout.record.questions.filters import Conditions, Filters, source
from readout.record.questions.lines import Answer, with_sentences
from readout.record.questions.names import SPOKEN, are_common, names_like, newest
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
    is_narrow = bool(addressee or about or filters.status or filters.source_kind)
    conditions += [_by(connection, speaker, filters, is_narrow=is_narrow)] if speaker else []
    conditions += [_to(connection, addressee)] if addressee else []
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


def _by(connection: sa.Connection, speaker: str, filters: Filters, *, is_narrow: bool) -> sa.ColumnElement[bool]:
    """The condition that somebody speaks: where nothing else narrows the answer, in the newest of their words."""
    names, s = names_like(connection, speaker), t.STATEMENTS.c
    if not is_narrow:
        until = min(filter(None, (filters.until, filters.as_of)), default=None)
        return s.key.in_(newest(SPOKEN, names, 2 * SPARE * filters.limit + 1, until))
    # a name on its own is in no index, so that of a common one the newest reports are walked through
    return (s.speaker_name.concat("") if are_common(connection, names) else s.speaker_name).in_(names)


def _to(connection: sa.Connection, addressee: str) -> sa.ColumnElement[bool]:
    """The condition that something is said to somebody."""
    names, to = names_like(connection, addressee), t.STATEMENTS.c.addressee
    if are_common(connection, names):
        of = sa.select(_OF.c.key).where(_OF.c.key == to, _OF.c.folded.concat("").in_(names))
        return of.exists()  # so that the newest reports are walked through
    return to.in_(sa.select(t.ENTITIES.c.key).where(t.ENTITIES.c.folded.in_(names)))


def _line(row: Any) -> Any:
    what = {"speaker": row.speaker, "addressee": row.addressee, "stance": row.stance, "kind": row.kind}
    what |= {"words": row.words, "title": row.title}
    return line_of(row, "s", (row.start_char, row.end_char), what, row.day)
