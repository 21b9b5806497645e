"""Country and sector of everybody in a readout, by PLOVER's codes: from the article first, then from dated tables."""

import re
from collections import Counter

from readout.knowledge.actors import ActorCode, actor_code
from readout.schema import Actor, Entity, Readout

CODED = frozenset({"person", "organization", "group"})
OF_THE_STORY = frozenset({"COP", "MIL", "JUD", "LEG", "GOV", "OPP", "PRM", "REB", "UAF"})
"""Sectors of which a story without another country means its own: "police", "the opposition", "rebels"."""
WHERE = re.compile(r"\s+(?:in|of|from)\s+((?:the\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})")
SHARE = 0.6
"""Share of an article's mentions of countries that makes one country the story's."""


def code_actors(readout: Readout) -> None:
    """Put an actor code on the entities of a readout that can act.

    Args:
        readout: a readout with its entities and toponyms; its day of publication dates the offices.
    """
    story = _story(readout)
    names = {entity.id: entity for entity in readout.entities}
    for entity in readout.entities:
        if entity.kind in CODED:
            entity.actor_code = _actor(_told(entity, names, readout), story)
        elif entity.kind == "place" and entity.country and not _is_town(entity):
            entity.actor_code = Actor(country=entity.country)


def _told(entity: Entity, names: dict[str, Entity], readout: Readout) -> ActorCode:
    """What the roles of a person say, else the name, else what stands behind the first mention ("rebels in Chad")."""
    day = readout.article.published
    by_name = actor_code(entity.name, day=day)
    country = entity.country or by_name.country
    for role in entity.roles:
        body = names.get(role.organization or "")
        body_country = (body.country or actor_code(body.name, day=day).country) if body else ""
        code = actor_code(f"{role.title} {body.name}" if body else role.title, day=day)
        if code.sectors:
            return ActorCode(country or body_country or code.country, code.sectors, "words")
    if not country and entity.mentions and (behind := WHERE.match(readout.article.text, entity.mentions[0][1])):
        country = actor_code(behind[1]).country
    return by_name._replace(country=country)


def _actor(code: ActorCode, story: str) -> Actor | None:
    country = code.country or (story if code.sectors and code.sectors[0] in OF_THE_STORY else "")
    return Actor(country=country or None, sectors=list(code.sectors)) if country or code.sectors else None


def _story(readout: Readout) -> str:
    """The country that most of the article's place names lie in, if one does."""
    counts = Counter(toponym.country for toponym in readout.toponyms if toponym.country)
    country, count = counts.most_common(1)[0] if counts else ("", 0)
    return country if count and count >= SHARE * counts.total() else ""


def _is_town(entity: Entity) -> bool:
    return not actor_code(entity.name).country or actor_code(entity.name).how == "place"
