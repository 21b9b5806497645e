"""What reports say together, measured on our own stories (`datasets/stories`): events, conflicts, ledger, copies.

Every report is read, nothing is given but its text, day, outlet and address; so what was not found in a report counts
as missed here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from spacy.language import Language

from readout.evaluate.datasets import ROOT, items, locate
from readout.record.signatures import signature
from readout.record.sources import group
from readout.resolve.record import record
from readout.resolve.reports import Report
from readout.schema import Article

SETS = ("dev", "test")
Tally = Counter[str]
Item = dict[str, Any]
Mention = tuple[str, tuple[int, int]]


@dataclass(frozen=True)
class Story:
    """A story with its reports as they were read."""

    gold: Item
    reports: list[Report]

    def mention(self, quoted: list[str]) -> Mention:
        """Where quoted words stand."""
        text = next(a["text"] for a in self.gold["articles"] if a["id"] == quoted[0])
        return quoted[0], locate(text, quoted[1])


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure the record on the stories.

    Args:
        shared: not used; the stories are our own.
        nlp: the pipeline with all rooms.

    Returns:
        By set: `same_event`, F1 over pairs of articles that tell an annotated event; `conflicts`, F1, a
        conflict being found where one of its sides overlaps words of each annotated side; `ledger`, share of the
        annotated expectations with the right state; `by`, of those decided by a report, the share with words in the
        right article; `copies`, F1 over pairs; `actors`, share of annotated pairs of names rightly judged.
    """
    figures: dict[str, float] = {}
    for name in SETS:
        tally = Tally()
        for story in stories(name, nlp):
            tally += counted(story, list(record(story.reports, story.gold["as_of"])))
        figures |= {f"{name}.{measure}": value for measure, value in measures(tally).items()}
    return figures


def stories(name: str, nlp: Language) -> Iterator[Story]:
    """The stories of a set, read."""
    from readout.reading import _readout

    for gold in items(ROOT / "stories" / f"{name}.jsonl"):
        read = []
        for given in gold["articles"]:
            fields = ("id", "text", "published", "outlet", "url", "contributors")
            article = Article(**{key: given[key] for key in fields})
            read.append(_readout(article, article.id, nlp, article.id))
        yield Story(gold, as_reports(read))


def as_reports(read: list[Any]) -> list[Report]:
    """Readouts with what a store would know of them: copies, and versions of one address in the order given."""
    firsts = group([signature(r.article.text) for r in read])
    made = []
    for n, readout in enumerate(read):
        url = readout.article.url
        later = [m for m, other in enumerate(read) if url and other.article.url == url and m > n]
        before = [m for m, other in enumerate(read) if url and other.article.url == url and m < n]
        ids = [other.article.id for other in read]
        revised = ids[before[-1]] if before else None
        source = ids[before[0]] if before else ids[firsts[n]]
        made.append(Report(ids[n], readout, None, revised, source, bool(later)))
    return made


def counted(story: Story, lines: list[Item]) -> Tally:
    """What is right, annotated and found in one story."""
    by_kind: dict[str, list[Item]] = {}
    for line in lines:
        by_kind.setdefault(line["record"], []).append(line)
    tally = Tally()
    tally += _same_events(story, by_kind.get("event", []))
    tally += _conflicts(story, by_kind.get("conflict", []))
    tally += _ledger(story, by_kind.get("expectation", []))
    tally += _copies(story, by_kind.get("copies", []))
    tally += _actors(story, by_kind.get("actor", []))
    return tally


def measures(tally: Tally) -> dict[str, float]:
    """F1 of what is found and may be spurious, accuracy of the rest."""
    figures = {}
    for measure in ("same_event", "conflicts", "ledger", "by", "copies", "actors"):
        gold, found = tally[f"{measure} gold"], tally[f"{measure} found"]
        figures[measure] = round(2 * tally[measure] / (gold + found), 4) if gold + found else 1.0
    return figures


def event_of(mention: Mention, events: list[Item]) -> str | None:
    """The id of the event whose report has its trigger, or else another mention, at some words."""
    for field in ("trigger", "mentions"):
        for event in events:
            for told in event["reports"]:
                spans = [told["trigger"]] if field == "trigger" else told["mentions"]
                if told["article"] == mention[0] and any(_overlap(mention[1], span) for span in spans):
                    return str(event["id"])
    return None


def _same_events(story: Story, events: list[Item]) -> Tally:
    """Pairs of articles that tell one event; a false pair is two annotated events of two articles made one."""
    told = {
        (n, quoted[0], event_of(story.mention(quoted), events))
        for n, own in enumerate(story.gold["events"])
        for quoted in own
    }
    gold, found = set(), set()
    for (n, one, first), (m, other, second) in combinations(sorted(told, key=str), 2):
        if one != other:
            pair = frozenset(((n, one), (m, other)))
            if n == m:
                gold.add(pair)
            if first is not None and first == second:
                found.add(pair)
    return Tally({"same_event gold": len(gold), "same_event found": len(found), "same_event": len(gold & found)})


def _conflicts(story: Story, conflicts: list[Item]) -> Tally:
    gold = [[[story.mention(q) for q in side] for side in c["sides"]] for c in story.gold["conflicts"]]
    taken: set[int] = set()
    right = 0
    for sides in gold:
        hit = next((n for n, c in enumerate(conflicts) if n not in taken and _opposes(sides, c["sides"])), None)
        if hit is not None:
            taken.add(hit)
            right += 1
    return Tally({"conflicts gold": len(gold), "conflicts found": len(conflicts), "conflicts": right})


def _opposes(gold: list[list[Mention]], found: list[list[Item]]) -> bool:
    """Whether each side of one has words of another side of the other."""
    return any(
        all(
            any(s["article"] == a and _overlap(span, s["span"]) for s in found[n] for a, span in side)
            for side, n in way
        )
        for way in (zip(gold, (0, 1), strict=True), zip(gold, (1, 0), strict=True))
    )


def _ledger(story: Story, expectations: list[Item]) -> Tally:
    tally = Tally()
    for own in story.gold["expectations"]:
        article, span = story.mention(own["of"])
        near = [x for x in expectations if x["article"] == article and _overlap(span, x["span"])]
        hit = min(near, key=lambda x: not _overlap(span, x["trigger"]), default=None)
        right = hit is not None and hit["state"] == own["state"]
        tally += _judged("ledger", right)
        if own["by"]:
            tally += _judged("by", bool(right and hit and hit["by"] and hit["by"]["article"] == own["by"][0]))
    return tally


def _copies(story: Story, copies: list[Item]) -> Tally:
    gold = {pair for own in story.gold["copies"] for pair in combinations(sorted(own), 2)}
    found = {pair for line in copies for pair in combinations(sorted(line["articles"]), 2)}
    return Tally({"copies gold": len(gold), "copies found": len(found), "copies": len(gold & found)})


def _actors(story: Story, actors: list[Item]) -> Tally:
    tally = Tally()
    for key in ("same", "different"):
        for one, other in story.gold[key]:
            first, second = (_actor_of(story.mention(q), actors) for q in (one, other))
            tally += _judged(
                "actors", first is not None and second is not None and (first == second) == (key == "same")
            )
    return tally


def _actor_of(mention: Mention, actors: list[Item]) -> str | None:
    article, span = mention
    told = [
        (m["span"][1] - m["span"][0], str(actor["id"]))
        for actor in actors
        for m in actor["mentions"]
        if m["article"] == article and _overlap(span, m["span"])
    ]
    return min(told)[1] if told else None


def _judged(measure: str, right: bool) -> Tally:
    return Tally({measure: int(right), f"{measure} gold": 1, f"{measure} found": 1})


def _overlap(one: tuple[int, int], other: list[int] | tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
