"""Screening queries made from lists and from ordinary names: what should be found, and what should not.

Names of listed people in news form, of bodies without legal form, of the UN list as they stand and bent; office
holders and
multinational companies that are on no list. Half of them is to develop on, half to judge by: no entry stands in both.
"""

import random
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from readout.evaluate.bending import news_form, respell, without_form
from readout.evaluate.development import read_jsonl
from readout.knowledge.folding import fold
from readout.resolve.lists.entry import Entry
from readout.resolve.names.spelling import sound

Half = Literal["develop", "judge"]
SDN, UN = "ofac_sdn_history.jsonl.gz", "un_consolidated_2026-02-27.jsonl.gz"
SIZES = {"persons": 700, "bodies": 400, "un": 680, "un_bent": 680}
STATES_UNDER_SANCTIONS = ("russia-cabinet", "belarus-ministers", "iran-ministers")
"""Sets of office holders of whom many are listed."""


class Query(NamedTuple):
    """A name to screen, and the entry it is; None if it is on no list."""

    name: str
    kind: str
    set: str
    gold: tuple[str, str] | None


def entries(folder: Path) -> list[Entry]:
    """The SDN list as of 2023-09-15 and the UN list.

    Args:
        folder: the development data on names.
    """
    listed = (row for row in read_jsonl(folder / SDN) if row["listed_2023_09_15"])
    return [_entry(row, "ofac-sdn") for row in listed] + [_entry(row, "un") for row in read_jsonl(folder / UN)]


def _entry(row: dict[str, Any], name: str) -> Entry:
    kinds = {"individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "aircraft"}
    weak = [a["name"] for a in row.get("aliases", ()) if a["kind"] in ("Low", "weak")] + row.get("weak_aliases", [])
    strong = [a["name"] for a in row.get("aliases", ()) if a["kind"] not in ("Low", "weak")]
    return Entry(
        list=name,
        id=row["id"],
        name=row["name"],
        kind=kinds.get(row["type"], "other"),  # type: ignore[arg-type]
        aliases=tuple(n for n in strong if n),
        weak_aliases=tuple(n for n in weak if n),
        listed_on=date.fromisoformat(row["listed_on"][:10]) if row.get("listed_on") else None,
    )


def queries(folder: Path, listed: list[Entry], half: Half, turn: int = 0) -> list[Query]:
    """One half of the queries.

    Args:
        folder: the development data on names.
        listed: what `entries` gave.
        half: which.
        turn: another turn draws and bends other names.
    """
    dice = random.Random(f"names of {half} {turn}")
    ours = [e for e in listed if _in(e.id, half)]
    out = []
    for e in _drawn([e for e in ours if e.list == "ofac-sdn" and e.kind == "person"], "persons", dice):
        out.append(Query(_half_bent(news_form(e.name), dice), "person", "persons", (e.list, e.id)))
    for e in _drawn([e for e in ours if e.list == "ofac-sdn" and e.kind == "organization"], "bodies", dice):
        out.append(Query(_half_bent(without_form(e.name), dice), "organization", "bodies", (e.list, e.id)))
    un = [e for e in ours if e.list == "un"]
    for e in _drawn(un, "un", dice):
        out.append(Query(e.name, e.kind, "un", (e.list, e.id)))
        out.append(Query(respell(e.name.title(), dice), e.kind, "un_bent", (e.list, e.id)))
    return out + list(_ordinary(folder, listed, half))


def _drawn(group: list[Entry], name: str, dice: random.Random) -> list[Entry]:
    return dice.sample(group, min(len(group), SIZES[name] // 2))


def _half_bent(name: str, dice: random.Random) -> str:
    return respell(name, dice) if dice.random() < 0.5 else name


def _in(key: str, half: Half) -> bool:
    return (zlib.crc32(key.encode()) % 2 == 0) == (half == "develop")


def _ordinary(folder: Path, listed: list[Entry], half: Half) -> Iterator[Query]:
    """Names of office holders and companies on no list: none shares a full name, or given and family name, with one."""
    taken = {key for e in listed for n in (e.name, *e.aliases) for key in (_words(n), _words(news_form(n)), _ends(n))}
    seen = set()
    for row in read_jsonl(folder / "office_holders_to_2022.jsonl.gz"):
        name = row.get("person") or ""
        if row["country_set"] in STATES_UNDER_SANCTIONS or name in seen or len(name.split()) < 2 or not _in(name, half):
            continue
        seen.add(name)
        if not {_words(name), _ends(name)} & taken:
            place = "us" if row["country_set"] == "us-cabinet" else "world"
            yield Query(name, "person", f"ordinary_{place}", None)
    for row in read_jsonl(folder / "phoenix_actors.jsonl.gz"):
        name = row["name"]
        if any(r["code"].startswith("MNC") for r in row.get("roles", ())) and _in(name, half) and name not in seen:
            seen.add(name)
            if _words(name) not in taken:
                yield Query(name, "organization", "ordinary_companies", None)


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).replace(",", " ").split())


def _ends(name: str) -> frozenset[str]:
    """Given and family name as they sound: an office holder so called may be the listed one in another spelling."""
    words = fold(news_form(name)).split()
    return frozenset((sound(words[0]), sound(words[-1]))) if words else frozenset()
