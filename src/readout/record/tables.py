"""The tables of the record: what each article says, as rows that questions can be asked of.

Every row of a readout carries a key made of its article's key and the place of its words (see `keys`), so the rows of
one article lie side by side, and a row keeps its key when the article is read again and the words are the same. Days
and moments are ISO 8601 text as in the readout ("2024-03", "2024-03-14", "2024-03-14T10:30"), which sorts by itself.
Positions are code points of the article's text.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

Word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that compares by its code points on every database."""


Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A 64-bit number; SQLite keeps a table in its order only where it is called INTEGER."""


def _key() -> sa.Column[int]:
    return sa.Column("key", Big, primary_key=True, autoincrement=False)


def _of(table: str, name: str, *, primary: bool = False) -> sa.Column[int]:
    """A reference to a row that goes when the row goes."""
    return sa.Column(
        name,
        Big,
        sa.ForeignKey(f"{table}.key", ondelete="CASCADE"),
        primary_key=primary,
        autoincrement=False,
        nullable=False,
    )


def _span() -> tuple[sa.Column[int], sa.Column[int]]:
    return sa.Column("start_char", sa.Integer, nullable=False), sa.Column("end_char", sa.Integer, nullable=False)


def _item() -> tuple[sa.Column[int], sa.Column[int], sa.Column[str]]:
    """What every part of a readout has: its key, its article, and its id inside the readout ("v3")."""
    return _key(), _of("articles", "article"), sa.Column("local", sa.Text, nullable=False)


def _dates() -> tuple[sa.Column[str], sa.Column[str], sa.Column[str]]:
    return sa.Column("starts", Word), sa.Column("ends", Word), sa.Column("precision", sa.Text)


OUTLETS = sa.Table(
    "outlets",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("country", sa.String(3)),
    sa.Column("kind", sa.Text),
)
"""Who publishes: the country (ISO 3166-1 alpha-3) and whether independent, state, official or agency, where known."""

ARTICLES = sa.Table(
    "articles",
    METADATA,
    _key(),
    sa.Column("id", Word, nullable=False, unique=True),
    sa.Column("given_id", sa.Text, index=True),
    sa.Column("url", sa.Text),
    sa.Column("address", sa.Text, index=True),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text, sa.ForeignKey("outlets.name")),
    sa.Column("published", Word),
    sa.Column("known_on", Word, index=True),
    sa.Column("language", sa.Text),
    sa.Column("content_hash", sa.String(64), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("added_at", sa.DateTime, nullable=False, index=True),
    sa.Column("revision_of", Big, sa.ForeignKey("articles.key", ondelete="SET NULL"), index=True),
    sa.Column("source_group", Word, index=True),
)
"""`address` is the URL without what does not matter to it; `known_on` the day from which the report was known;
`source_group` the id of the first of the articles that copy one report (null until groups are made)."""

SIGNATURES = sa.Table(
    "signatures",
    METADATA,
    _of("articles", "article", primary=True),
    sa.Column("minima", sa.LargeBinary, nullable=False),
)
"""A sketch of each text, by which copies are found."""

CREDITS = sa.Table(
    "credits",
    METADATA,
    _of("articles", "article", primary=True),
    sa.Column("agency", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Agencies credited in the copy."""

READOUTS = sa.Table(
    "readouts",
    METADATA,
    _of("articles", "article", primary=True),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("read_at", sa.DateTime, nullable=False),
)
"""Each readout as it was made (`readout/1`), with the versions of Readout and of the model that made it."""

ENTITIES = sa.Table(
    "entities",
    METADATA,
    *_item(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded", Word, nullable=False),
    sa.Column("country", sa.String(3)),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("identifiers", sa.Text),
    sa.Column("known_on", Word),
    sa.Index("entities_by_name", "folded", "known_on"),
)
"""`folded` is the name without case and accents; `identifiers` a JSON object; `known_on` the article's."""

MENTIONS = sa.Table(
    "mentions",
    METADATA,
    _of("entities", "entity", primary=True),
    sa.Column("start_char", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("end_char", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

ROLES = sa.Table(
    "roles",
    METADATA,
    _of("entities", "entity", primary=True),
    sa.Column("start_char", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, primary_key=True),
    sa.Column("end_char", sa.Integer, nullable=False),
    sa.Column("organization", Big),
    sqlite_with_rowid=False,
)

RELATIONS = sa.Table(
    "relations",
    METADATA,
    _of("entities", "entity", primary=True),
    sa.Column("other", Big, primary_key=True, autoincrement=False),
    sa.Column("type", sa.String(20), primary_key=True),
    *_span(),
    sqlite_with_rowid=False,
)
"""`entity` is `type` of `other`, in the article's words."""

TIMES = sa.Table(
    "times",
    METADATA,
    *_item(),
    *_span(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    *_dates(),
)

STATEMENTS = sa.Table(
    "statements",
    METADATA,
    *_item(),
    *_span(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("stance", sa.Text, nullable=False),
    sa.Column("speaker", Big),
    sa.Column("addressee", Big),
    sa.Column("time", Big),
    sa.Column("reported_by", Big),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("speaker_name", Word),
    sa.Column("known_on", Word),
    sa.Index("statements_by_speaker", "speaker_name", "known_on"),
)
"""`words` is what was said; the span reaches from its first to its last piece. `speaker_name` is folded; `known_on` is
the article's: the newest words of somebody are found by one index."""

EVENTS = sa.Table(
    "events",
    METADATA,
    *_item(),
    *_span(),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("mode", sa.Text),
    sa.Column("cameo", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    *_dates(),
    sa.Column("place", Big, index=True),
    sa.Column("time", Big),
    sa.Column("asserted_by", Big),
    sa.Index("events_by_type", "type", "starts"),
    sa.Index("events_by_day", "starts"),
)
"""The span is the trigger's; `asserted_by` a statement."""

PARTICIPANTS = sa.Table(
    "participants",
    METADATA,
    _of("events", "event", primary=True),
    sa.Column("part", sa.String(9), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entity", Big, nullable=False, index=True),
    sa.Column("name", Word),
    sa.Column("day", Word),
    sa.Index("participants_by_name", "name", "day"),
    sqlite_with_rowid=False,
)
"""Who takes part in an event, as actor or recipient, in the order of the readout. `name` is the entity's, folded; `day`
when the event starts, else when its report was known."""

EXPECTATIONS = sa.Table(
    "expectations",
    METADATA,
    *_item(),
    sa.Column("event", Big, nullable=False),
    sa.Column("due_start", Word),
    sa.Column("due_end", Word, index=True),
    sa.Column("precision", sa.Text),
)

OUTCOMES = sa.Table(
    "outcomes",
    METADATA,
    sa.Column("rests_on", sa.String(32), primary_key=True),
    sa.Column("state", sa.String(10)),
    sa.Column("settled_by", Word),
    sqlite_with_rowid=False,
)
"""What became of the announcements that are due about the day of the last adding, by a digest of the announcement and
the readouts it was held against, so that none is taken for another's; no state where none of them settles it."""

SCREENINGS = sa.Table(
    "screenings",
    METADATA,
    *_item()[:2],
    sa.Column("entity", Big, nullable=False, index=True),
    sa.Column("list", sa.Text),
    sa.Column("entry_id", sa.Text),
    sa.Column("match", sa.Boolean, nullable=False),
    sa.Column("in_force", sa.Boolean),
    sa.Column("score", sa.Float),
    sa.Column("start_char", sa.Integer),
    sa.Column("end_char", sa.Integer),
)
"""The span is that of the article's own words that say so, where it does."""

CHANGES = sa.Table(
    "changes",
    METADATA,
    _of("articles", "article", primary=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sign", sa.String(6), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("start_char", sa.Integer),
    sa.Column("end_char", sa.Integer),
)
"""What a revision gained and lost against the version before it; a lost thing's span is in that version's text."""

DECISIONS = sa.Table(
    "decisions",
    METADATA,
    sa.Column("key", Big, primary_key=True),
    sa.Column("what", sa.Text, nullable=False, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("why", sa.Text),
    sa.Column("undone_at", sa.DateTime),
    sa.Column("kind", sa.String(1)),
    sa.Column("item", Big, index=True),
    sa.Column("change", sa.Text),
)
"""What people decided, by stable ids, so that it outlives a new reading; what is undone stays, and says when. Where it
is about one item, `kind` and `item` are its letter and key; `change` is a JSON object of what the item should be."""

VISITS = sa.Table(
    "visits",
    METADATA,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("visited_at", sa.DateTime, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
)
"""Addresses that were fetched, with what their servers want to hear when they are asked again."""

BEATS = sa.Table(
    "beats",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("saved_at", sa.DateTime, nullable=False),
)
"""Saved queries: actors, places, types and a period, as JSON."""

FEEDS = sa.Table(
    "feeds",
    METADATA,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("added_at", sa.DateTime, nullable=False),
    sa.Column("asked_at", sa.DateTime),
    sa.Column("outcome", sa.Text),
)
"""Feeds that are subscribed to, how often they are asked, when they last were, and what came of it."""

for _table in (ENTITIES, TIMES, STATEMENTS, EVENTS, EXPECTATIONS, SCREENINGS):
    sa.Index(f"{_table.name}_by_article", _table.c.article)
