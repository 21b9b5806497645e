"""Pairs of names made from sanctions lists, to train the comparison on."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from readout.evaluate.bending import news_form, respell

LISTS = ("ofac_sdn_history.jsonl.gz", "un_consolidated_2026-02-27.jsonl.gz")


class Pair(NamedTuple):
    """Two names, whether they name the same, and what kind they are."""

    left: str
    right: str
    match: bool
    kind: str
    origin: str


def entries(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Kind and names of the entries of both lists, with a number for each."""
    for name in LISTS:
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                kind = "person" if row["type"] == "individual" else "other"
                strong = [
                    a["name"] for a in row.get("aliases", ()) if a["kind"] in ("aka", "fka", "Good") and a["name"]
                ]
                yield row["id"], kind, [row["name"], *strong]


def derived(folder: Path, seed: int = 5, size: int = 5000) -> list[Pair]:
    """Pairs from the lists.

    Args:
        folder: where the lists lie.
        seed: of the generator.
        size: entries to draw from.

    Returns:
        Pairs of one entry's names, bent names, near names of other entries, and names with a part exchanged.
    """
    dice = random.Random(seed)
    everything = list(entries(folder))
    dice.shuffle(everything)
    chosen, pairs = everything[:size], []
    for _, kind, names in chosen:
        pairs += _same(names, kind, dice)
    for kind in ("person", "other"):
        group = [entry for entry in chosen if entry[1] == kind]
        pairs += _near(group, kind, dice)
        pairs += _exchanged(group, kind, dice)
    return pairs


def _same(names: list[str], kind: str, dice: random.Random) -> Iterator[Pair]:
    main = names[0]
    others = [n for n in names[1:] if fuzz.token_set_ratio(main.lower(), n.lower()) > 60 and n != main]
    for other in others[:2]:
        yield Pair(main, other, True, kind, "alias")
    bent = news_form(main) if kind == "person" else main.title()
    yield Pair(main, respell(bent, dice), True, kind, "bent")
    if dice.random() < 0.3:
        yield Pair(main, respell(respell(bent, dice), dice), True, kind, "bent")


def _near(group: list[tuple[str, str, list[str]]], kind: str, dice: random.Random) -> Iterator[Pair]:
    owners = [(n, entry[0]) for entry in group for n in entry[2]]
    plain = [n.lower().replace(",", "") for n, _ in owners]
    for number, _, names in dice.sample(group, min(1500, len(group))):
        own = {n.lower() for n in names}
        query = names[0].lower().replace(",", "")
        hits = process.extract(query, plain, scorer=fuzz.token_sort_ratio, limit=8)
        far = [
            owners[place] for _, _, place in hits if owners[place][1] != number and owners[place][0].lower() not in own
        ]
        for other, _ in far[:2]:
            if fuzz.token_sort_ratio(names[0].lower(), other.lower()) < 90:
                yield Pair(names[0], other, False, kind, "near")


def _exchanged(group: list[tuple[str, str, list[str]]], kind: str, dice: random.Random) -> Iterator[Pair]:
    """Names with one word put in another's place: a brother, a branch, a unit with another number."""
    for _, _, names in dice.sample(group, min(1200, len(group))):
        other = dice.choice(group)[2][0]
        name = news_form(names[0]) if kind == "person" else names[0]
        words, spare = name.split(), (news_form(other) if kind == "person" else other).split()
        if len(words) < 2 or len(spare) < 2:
            continue
        if digits := re.findall(r"\d+", name):
            yield Pair(
                name, name.replace(digits[0], str(int(digits[0][:6]) + dice.randrange(1, 20))), False, kind, "number"
            )
            continue
        place = dice.randrange(len(words)) if kind == "person" else 0
        if fuzz.ratio(words[place].lower(), spare[place % len(spare)].lower()) < 60:
            words[place] = spare[place % len(spare)]
            yield Pair(name, " ".join(words), False, kind, "exchanged")
