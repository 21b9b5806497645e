"""Events in CAMEO codes, in the two tables of GDELT 2.0: events (61 columns) and mentions (16), one dyad a line.

Columns and their values: "The GDELT Event Database Data Format Codebook V2.0" (2015). GDELT's files have no line of
column names, and neither have these. Countries of actors are ISO 3166-1 alpha-3, as CAMEO's nearly all are.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from readout.export.coding import Coding, codings, table
from readout.knowledge.countries import rows
from readout.schema import Entity, Readout, Span

EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in (
        "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""Not filled, as a readout does not hold them: ethnic and religious codes, tone, second-order divisions."""
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
TYPES = {"JRN": "MED", "MED": "HLH", "SOC": "NGO", "PRM": "UAF"}
"""CAMEO's name of a PLOVER sector, where it is another one."""
NO_TYPE = frozenset({"UNK", "JNK", "PRE", "PTY", "REL"})
"""Sectors that CAMEO has no type for."""
BODIES = {"UNO": ("UNO", "IGO"), "EUR": ("EEC", "IGO"), "IGO": ("", "IGO"), "NGO": ("", "NGO"), "IMG": ("", "IMG")}
"""For bodies of no country, the known group and the type that CAMEO has."""
WEB, CITED = 1, 2
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z\"“‘])|\n\n")
Dyad = tuple[Coding, Entity | None, Entity | None, int]


def events(readouts: Iterable[Readout]) -> Iterator[str]:
    """Events in the form of GDELT's events table.

    Args:
        readouts: any number of readouts, taken one by one.

    Returns:
        Lines of tab-separated values in `EVENT_COLUMNS`, one for each pair of actor and recipient.
    """
    return table(_event_row(*dyad) for dyad in _dyads(readouts))


def mentions(readouts: Iterable[Readout]) -> Iterator[str]:
    """Mentions in the form of GDELT's mentions table.

    Args:
        readouts: any number of readouts, taken one by one.

    Returns:
        Lines of tab-separated values in `MENTION_COLUMNS`, one for each time that the text tells of an event's dyad.
    """
    return table(_mention_row(dyad, span) for dyad in _dyads(readouts) for span in _told(dyad[0]))


def _dyads(readouts: Iterable[Readout]) -> Iterator[Dyad]:
    for coding in codings(readouts):
        for first, second in coding.dyads():
            named = "/".join(entity.id if entity else "" for entity in (first, second))
            told = f"{coding.readout.id}/{coding.event.id}/{named}".encode()
            yield coding, first, second, int.from_bytes(hashlib.sha256(told).digest()[:7])


def _event_row(coding: Coding, first: Entity | None, second: Entity | None, id: int) -> list[object]:
    base = coding.cameo[:3]
    how = [int(_is_lead(coding)), coding.cameo, base, coding.cameo[:2], coding.quad, coding.score]
    counts = [len(_told(coding)), 1, 1, None]
    sites = [*_site(first), *_site(second), *_site(coding.place)]
    source = coding.readout.article.url or coding.readout.id
    return [id, *_dates(coding.day), *_actor(first), *_actor(second), *how, *counts, *sites, _added(coding), source]


def _mention_row(dyad: Dyad, span: Span) -> list[object]:
    coding, first, second, id = dyad
    article = coding.readout.article
    added, kind = _added(coding), WEB if article.url else CITED
    when = f"{coding.day.replace('-', '')}000000" if coding.day else None
    sentence = 1 + sum(1 for _ in _SENTENCE_END.finditer(article.text, 0, span[0]))
    near = [_nearest(entity, span) for entity in (first, second)]
    head = [id, when, added, kind, article.outlet, article.url or coding.readout.id, sentence, *near, span[0], 1]
    return [*head, None, len(article.text), None, None, None]


def _told(coding: Coding) -> list[Span]:
    return coding.event.mentions or [coding.event.trigger]


def _nearest(entity: Entity | None, span: Span) -> int:
    """Where the actor's nearest mention begins; -1 if there is none."""
    return min((m[0] for m in entity.mentions), key=lambda at: abs(at - span[0]), default=-1) if entity else -1


def _is_lead(coding: Coding) -> bool:
    """Whether the event is told in the article's first paragraph."""
    end = coding.readout.article.text.find("\n\n")
    return end < 0 or coding.event.trigger[0] < end


def _added(coding: Coding) -> str | None:
    """The day and time of publication, as 14 digits."""
    digits = re.sub(r"\D", "", (coding.readout.article.published or "")[:19])
    return digits.ljust(14, "0") if len(digits) >= 8 else None


def _dates(day: str) -> list[object]:
    if not day:
        return [None] * 4
    when = date.fromisoformat(day)
    return [f"{when:%Y%m%d}", f"{when:%Y%m}", when.year, round(when.year + (when.timetuple().tm_yday - 1) / 365, 4)]


def _actor(entity: Entity | None) -> list[object]:
    if entity is None:
        return [None] * 10
    code = entity.actor_code
    country, sectors = (code.country or "", code.sectors) if code is not None else ("", [])
    group, body = BODIES.get(country, ("", ""))
    types = [TYPES.get(sector, sector) for sector in sectors if sector not in NO_TYPE]
    types = list(dict.fromkeys([*([body] if body else []), *types]))[:3]
    country = "" if country in BODIES else country
    whole = country + group + "".join(types)
    return [whole, entity.name.upper(), country, group, None, None, None, *(types + [None] * 3)[:3]]


def _site(entity: Entity | None) -> list[object]:
    """The eight columns of a place: 1 a country, 3 a city of the United States, 4 a city elsewhere."""
    if entity is None or entity.location is None or entity.kind not in ("place", "facility"):
        return [0, *[None] * 7]
    code = _fips().get(entity.country or "")
    is_country = entity.actor_code is not None
    kind = 1 if is_country else 3 if entity.country == "USA" else 4
    point = entity.location
    return [kind, entity.name, code, None, None, point.lat, point.lon, entity.identifiers.get("geonames")]


@cache
def _fips() -> dict[str, str]:
    return {row["alpha3"]: row["fips"] for row in rows("countries_fips.tsv")}
