"""FollowTheMoney entities, as OpenSanctions publishes them: targets.nested.json and entities.ftm.json, one a line.

In the first, sanctions and addresses stand inside their entity; in the second they are lines of their own, joined here
by id. Schemata and properties after followthemoney.tech.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from readout.errors import ContentError
from readout.resolve.lists.entry import Entry, Kind
from readout.resolve.lists.published import Published
from readout.resolve.lists.values import clean, codes, day_of, unique

LISTABLE: dict[str, Kind] = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "LegalEntity": "organization",
    "PublicBody": "organization",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": "other",
    "Security": "other",
    "Vehicle": "other",
}
COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "flag")

Object = dict[str, Any]


def objects(content: bytes) -> Iterator[Object]:
    """The objects of JSON lines.

    Raises:
        ContentError: a line is no JSON object, no text, or holds half a character.
    """
    for n, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            try:
                value = json.loads(line)
                if b"\\u" in line:
                    json.dumps(value, ensure_ascii=False).encode()  # an escape may name half a character
            except UnicodeEncodeError:
                raise ContentError(f"holds half a character (surrogate) in line {n}; write it as UTF-8") from None
            except (ValueError, RecursionError):
                raise ContentError(f"is cut off or damaged: line {n} is no JSON") from None
            if not isinstance(value, dict):
                raise ContentError(f"has no JSON object in line {n}")
            yield value


def parse(content: bytes, name: str) -> Published:
    """Read entities.

    Args:
        content: JSON lines.
        name: the name the list goes by.

    Returns:
        The list of those marked as targets, or of all where none is marked.

    Raises:
        ContentError: a line is no JSON, or is no entity.
    """
    listable: list[Object] = []
    beside: dict[str, list[Object]] = defaultdict(list)
    texts: dict[str, str] = {}
    for entity in objects(content):
        if not isinstance(entity.get("properties"), dict) or not entity.get("id"):
            raise ContentError("has a line that is no FollowTheMoney entity (id, schema, properties)")
        if entity.get("schema") in LISTABLE:
            listable.append(entity)
            continue
        if entity.get("schema") == "Address":
            texts[entity["id"]] = next(iter(_all(entity, "full")), "")
        for holder in _all(entity, "entity") + _all(entity, "asset"):
            beside[holder].append(entity)
    marked = [entity for entity in listable if _is_target(entity)]
    return Published("ftm", None, [_entry(entity, name, beside, texts) for entity in marked or listable])


def _is_target(entity: Object) -> bool:
    return bool(entity.get("target")) or any(topic.startswith("sanction") for topic in _all(entity, "topics"))


def _all(entity: Object, *properties: str) -> list[str]:
    """The values of properties that are text or the id of another entity."""
    found = [value for key in properties for value in entity["properties"].get(key) or ()]
    return [clean(value.get("id") if isinstance(value, dict) else value) for value in found]


def _nested(entity: Object, *properties: str) -> list[Object]:
    found = [value for key in properties for value in entity["properties"].get(key) or ()]
    return [value for value in found if isinstance(value, dict) and isinstance(value.get("properties"), dict)]


def _entry(entity: Object, name: str, beside: dict[str, list[Object]], texts: dict[str, str]) -> Entry:
    around = [*beside.get(entity["id"], ()), *_nested(entity, "sanctions", "ownershipAsset")]
    sanctions = [other for other in around if other.get("schema") == "Sanction"]
    owners = [owner for other in around if other.get("schema") == "Ownership" for owner in _all(other, "owner")]
    names = unique([entity.get("caption"), *_all(entity, "name")])
    lines = [texts.get(key, "") for key in _all(entity, "addressEntity")]
    lines += [line for other in _nested(entity, "addressEntity") for line in _all(other, "full")]
    listed = [day for s in sanctions for value in _all(s, "listingDate", "startDate") if (day := day_of(value))]
    ended = [day_of(next(iter(_all(s, "endDate")), None)) for s in sanctions]
    over = [day for day in ended if day] if sanctions and all(ended) else []
    return Entry(
        list=name,
        id=clean(entity["id"]),
        name=names[0] if names else "",
        kind=LISTABLE[entity["schema"]],
        aliases=unique([*names[1:], *_all(entity, "alias", "previousName")]),
        weak_aliases=unique(_all(entity, "weakAlias")),
        countries=codes(_all(entity, *COUNTRIES)),
        addresses=unique([*_all({"properties": {"a": _plain(entity, "address")}}, "a"), *lines]),
        birth_dates=unique(_all(entity, "birthDate")),
        positions=unique(_all(entity, "position", "title")),
        programmes=unique(value for s in sanctions for value in _all(s, "program", "programId")),
        remarks=" ".join(_all(entity, "notes", "summary")),
        linked=unique([*owners, *_plain(entity, "parent"), *_plain(entity, "owner")]),
        listed_on=min(listed, default=None),
        delisted_on=max(over, default=None),
    )


def _plain(entity: Object, key: str) -> list[str]:
    return [value for value in entity["properties"].get(key) or () if isinstance(value, str)]
