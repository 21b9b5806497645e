"""Events on our own set (`datasets/events`): trigger and type, mode, status, voice, sides, place, time, due dates.

Rules and weights may be fitted to its train files; of dev and test only the figures count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.evaluate.datasets import ROOT, items, locate
from readout.schema import Event, Span, Statement

SETS = {"dev": "dev", "articles": "dev-articles", "test": "test"}
"""Files by the name under which their figures stand; of `articles` each item is a whole article."""
AFTER = ("readout_screenings",)
"""What comes after the events and says nothing of them."""
Interval = tuple[str | None, str | None]
Tally = Counter[str]
"""Under `measure`, how many are right; under `measure gold` and `measure found`, how many there are on each side."""


def evaluate(shared: Path, nlp: Language) -> dict[str, float]:
    """Measure events on our own set; every text is read with the day it was published on.

    Args:
        shared: the development data; nothing of it is needed.
        nlp: the pipeline with all rooms.

    Returns:
        Figures from 0 to 1 by `set.measure`. Of all events: `trigger`, F1 of events one of whose triggers overlaps
        (a mention counts as the event's trigger); `event`, the same with the type right, with its `event_precision` and
        `event_recall`; `refused`, the share of hard negatives without an event. Of the events so matched: `mode` (where
        either side has one), `status`, `voice` (none, or the right words), `place` (none, or overlapping words), the
        same for those that are something else than the rule (`status_rare`: not occurred, `voice_given`,
        `place_given`), F1 of `actors` and `recipients` by overlapping words, `time` (both ends of those with dates),
        `due` (planned events with dates: an expectation with the right interval; that of a deadline, "by Friday", may
        be written with an open beginning or with the day of the report).
    """
    figures: dict[str, float] = {}
    for name, file in SETS.items():
        tally = Tally()
        for item, doc in read(items(ROOT / "events" / f"{file}.jsonl"), nlp):
            tally += counted(item, doc)
        figures |= {f"{name}.{measure}": value for measure, value in _figures(tally).items()}
    return figures


def read(gold: Iterable[dict[str, Any]], nlp: Language) -> Iterator[tuple[dict[str, Any], Doc]]:
    """Each item with its Doc, read as an article of its day."""
    with nlp.select_pipes(disable=[name for name in AFTER if name in nlp.pipe_names]):
        for item in gold:
            doc = nlp.make_doc(item["text"])
            doc._.published = item["published"]
            yield item, nlp(doc)


def matched(item: dict[str, Any], found: list[Event], *, typed: bool = True) -> list[tuple[dict[str, Any], Event]]:
    """Pairs of an annotated and a found event with overlapping triggers, one to one, the same first word first.

    Args:
        item: an item of the set.
        found: the events read from its text.
        typed: whether the type must agree too.
    """
    pairs = []
    for n, gold in enumerate(item["events"]):
        own = _spans(item["text"], [gold["trigger"], *gold.get("mentions", ())])
        for m, event in enumerate(found):
            if (not typed or event.type == gold["type"]) and _overlap(own, [event.trigger, *event.mentions]):
                pairs.append((event.trigger[0] != own[0][0], n, m))
    taken: dict[int, int] = {}
    for _, n, m in sorted(pairs):
        if n not in taken and m not in taken.values():
            taken[n] = m
    return [(item["events"][n], found[m]) for n, m in sorted(taken.items())]


def counted(item: dict[str, Any], doc: Doc) -> Tally:
    """What is right, annotated and found in one item."""
    found: list[Event] = doc._.events
    tally = Tally()
    for measure, typed in (("trigger", False), ("event", True)):
        tally[f"{measure} gold"] += len(item["events"])
        tally[f"{measure} found"] += len(found)
        tally[measure] += len(matched(item, found, typed=typed))
    if not item["events"]:
        tally += _judged("refused", not found)
    for gold, event in matched(item, found):
        for judged in judgements(item["text"], gold, event, doc).items():
            tally += _judged(*judged)
        tally += _sides(item["text"], gold, event)
    return tally


def judgements(text: str, gold: dict[str, Any], event: Event, doc: Doc) -> dict[str, bool]:
    """Whether each field of a matched event is right; a field that does not apply is left out."""
    right = {"status": event.status == gold["status"], "voice": _voice_right(text, gold["voice"], event, doc)}
    place = [event.place_span] if event.place_span else []
    right["place"] = _overlap(_spans(text, [gold["place"]]), place) if gold["place"] else not place
    if gold["mode"] or event.mode:
        right["mode"] = gold["mode"] == event.mode
    if gold["status"] != "occurred":
        right["status_rare"] = right["status"]
    right |= {f"{field}_given": right[field] for field in ("voice", "place") if gold[field]}
    dates = (gold["start"], gold["end"])
    if any(dates):
        right["time"] = _days(event.start, event.end) == dates
        if gold["status"] == "planned":
            due = _from_now(dates, doc)
            right["due"] = any(
                x.event == event.id and x.due is not None and _from_now(_days(x.due.start, x.due.end), doc) == due
                for x in doc._.expectations
            )
    return right


def _voice_right(text: str, gold: str | None, event: Event, doc: Doc) -> bool:
    """Whether the event is told in the report's own words, or by whom the annotation says."""
    if gold is None or event.asserted_by is None:
        return gold is None and event.asserted_by is None
    statement: Statement = next(s for s in doc._.statements if s.id == event.asserted_by)
    mentions = [m for e in doc._.entities if e.id == statement.speaker for m in e.mentions]
    own = [statement.speaker_span] if statement.speaker_span else []
    return _overlap(_spans(text, [gold]), own + mentions)


def _sides(text: str, gold: dict[str, Any], event: Event) -> Tally:
    tally = Tally()
    for side, found in (("actors", event.actor_spans), ("recipients", event.recipient_spans)):
        own, ours = _spans(text, gold[side]), list(dict.fromkeys(found))
        tally[f"{side} gold"] += len(own)
        tally[f"{side} found"] += len(ours)
        tally[f"{side} recalled"] += sum(_overlap([span], ours) for span in own)
        tally[f"{side} precise"] += sum(_overlap([span], own) for span in ours)
    return tally


def _judged(measure: str, right: bool) -> Tally:
    return Tally({measure: int(right), f"{measure} gold": 1, f"{measure} found": 1})


def _days(start: str | None, end: str | None) -> Interval:
    return (start and start[:10], end and end[:10])


def _from_now(days: Interval, doc: Doc) -> Interval:
    """What is to come by a day may begin from the day of the report on, whether an annotator wrote so or not."""
    return (days[0] or doc._.published, days[1])


def _spans(text: str, quoted: Iterable[str]) -> list[Span]:
    return [locate(text, words) for words in quoted]  # type: ignore[misc]  # a plain pair serves as a Span


def _overlap(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = list(others)
    return any(a < d and c < b for a, b in some for c, d in others)


def _figures(tally: Tally) -> dict[str, float]:
    figures = {"event_precision": _share(tally["event"], tally["event found"])}
    figures["event_recall"] = _share(tally["event"], tally["event gold"])
    for measure in sorted({name.split()[0] for name in tally}):
        gold, found = tally[f"{measure} gold"], tally[f"{measure} found"]
        if measure in ("actors", "recipients"):
            recall, precision = _share(tally[f"{measure} recalled"], gold), _share(tally[f"{measure} precise"], found)
            figures[measure] = round(2 * recall * precision / (recall + precision), 4) if recall + precision else 0.0
        else:
            figures[measure] = _share(2 * tally[measure], gold + found)
    return figures


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
