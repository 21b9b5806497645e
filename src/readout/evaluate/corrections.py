"""Writes a second reader's corrections into a batch of the event set, and lists what a reader should look at twice.

`python -m readout.evaluate.corrections apply FILE CORRECTIONS` changes FILE as the lines of CORRECTIONS say;
`doubts FILE...` prints events that often turn out to be against the guidelines: reminders, not faults.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from readout.evaluate.datasets import NEGATIVES, BadItemError, Item, event_faults, items

FIELDS: Item = {
    "trigger": None,
    "type": None,
    "mode": None,
    "actors": [],
    "recipients": [],
    "place": None,
    "time": None,
    "start": None,
    "end": None,
    "status": "occurred",
    "voice": None,
}
"""The fields of an event, and what a correction that leaves one out means."""
KEYS = frozenset({"id", "change", "drop", "add", "negative"})
NEUTRAL = frozenset("say says said saying announce announces announced report reports reported state stated".split())
"""Verbs of speech that tell of an event and are none."""
VERBAL = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def corrected(item: Item, correction: Item) -> Item:
    """One item with a correction made.

    Args:
        item: an item of the event set.
        correction: its `id`, and any of: `change`, fields to set by trigger; `drop`, triggers of events that are none;
            `add`, new events, whose missing fields are as in `FIELDS`; `negative`, for an item left without events.

    Returns:
        A new item; the one given is not changed.

    Raises:
        BadItemError: a key is unknown, a trigger names no event or several, or the result is against the guidelines.
    """
    name, events = item["id"], [dict(event) for event in item["events"]]
    if unknown := correction.keys() - KEYS:
        raise BadItemError(f"{name}: unknown {', '.join(sorted(unknown))}")
    for trigger, fields in correction.get("change", {}).items():
        _known(name, fields)
        _only(name, events, trigger).update(fields)
    for trigger in correction.get("drop", []):
        events.remove(_only(name, events, trigger))
    for fields in correction.get("add", []):
        _known(name, fields)
        events.append(FIELDS | fields)
    new = {key: value for key, value in item.items() if key != "negative"} | {"events": events}
    if not events:
        new["negative"] = correction.get("negative", item.get("negative"))
    if faults := list(event_faults(new)):
        raise BadItemError(f"{name}: {'; '.join(faults)}")
    return new


def _known(name: str, fields: Item) -> None:
    if unknown := fields.keys() - FIELDS.keys() - {"mentions"}:
        raise BadItemError(f"{name}: unknown {', '.join(sorted(unknown))}")


def _only(name: str, events: list[Item], trigger: str) -> Item:
    found = [event for event in events if event["trigger"] == trigger]
    if len(found) != 1:
        raise BadItemError(f"{name}: {len(found)} events have the trigger {trigger!r}")
    return found[0]


def apply(path: Path, corrections: Iterable[Item]) -> int:
    """Write corrections into a batch; nothing is written unless all of them can be made.

    Args:
        path: the batch; lines of items that nothing is said of stay as they are.
        corrections: as for `corrected`.

    Returns:
        How many items have changed.

    Raises:
        BadItemError: as for `corrected`, or a correction's item is not in the batch, or has two corrections.
    """
    lines, batch = path.read_text(encoding="utf-8").splitlines(), list(items(path))
    where, done = {item["id"]: n for n, item in enumerate(batch)}, set[str]()
    for correction in corrections:
        name = str(correction.get("id"))
        if name not in where or name in done:
            raise BadItemError(f"{name} is not in {path.name}, or is corrected twice")
        done.add(name)
        lines[where[name]] = json.dumps(corrected(batch[where[name]], correction), ensure_ascii=False)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(done)


def doubts(item: Item) -> Iterator[str]:
    """What in an item of the event set to look at twice, one line each."""
    for event in item["events"]:
        yield from (f"{event['trigger']} {event['type']}: {doubt}" for doubt in _doubts(event))
    if not item["events"] and item.get("negative") not in NEGATIVES:
        yield "no events, and no reason why"


def _doubts(event: Item) -> Iterator[str]:
    word = event["trigger"].split("#")[0]
    if " " in word:
        yield "a trigger is one word"
    if word.lower() in NEUTRAL:
        yield "a neutral verb of speech is no trigger"
    if event["type"] == "MOBILIZE" and event["recipients"]:
        yield "one's own forces are no recipients"
    if set(event["actors"]) & set(event["recipients"]):
        yield "the same words on both sides"
    if event["status"] == "planned" and event["type"] in VERBAL - {"ACCUSE"}:
        yield "words to come: is it the thing itself, planned?"
    if (event["start"] or event["end"]) and not event["time"]:
        yield "dates without words of time"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write corrections into a batch, or show what to look at twice."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    applying = commands.add_parser("apply")
    applying.add_argument("batch", type=Path)
    applying.add_argument("corrections", type=Path)
    commands.add_parser("doubts").add_argument("batches", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    try:
        if given.command == "apply":
            print(f"{apply(given.batch, items(given.corrections))} items changed")
        else:
            found = ((item, doubt) for path in given.batches for item in items(path) for doubt in doubts(item))
            print(*(f"{item['id']}: {doubt}" for item, doubt in found), sep="\n")
    except (BadItemError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
