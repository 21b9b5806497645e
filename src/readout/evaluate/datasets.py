"""Reads our own annotated sets (the folder `datasets/`), in which spans are quoted words of the item's text.

`python -m readout.evaluate.datasets events FILE...` says what is wrong in batches of the event set, and what they hold;
`statements FILE...` does so for the set of statements, `namesakes FILE...` for the set of namesakes.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from readout.errors import ReadoutError
from readout.knowledge.codebook import codebook
from readout.schema import EventStatus, Stance, StatementKind

Item = dict[str, Any]
ROOT = Path(__file__).resolve().parents[3] / "datasets"
NEGATIVES = frozenset(
    "other-sense accident disaster sport markets culture science crime speech state politics-no-event".split()
)
KINDS = frozenset({"sentence", "headline", "passage", "article"})
STATEMENT_KEYS = frozenset("speaker source cue content kind stance addressee medium said reported_by".split())
GAP = " ... "
"""Stands between the first and the last words of a long stretch."""
RUN = 5
"""Length in words of the runs that two items are compared by."""


class BadItemError(ReadoutError):
    """An item of one of our own sets that does not follow its guidelines."""


def items(path: Path) -> Iterator[Item]:
    """The items of one batch.

    Raises:
        BadItemError: a line is not a JSON object.
    """
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            item = json.loads(line)
        except json.JSONDecodeError as wrong:
            raise BadItemError(f"{path.name}, line {n}: not JSON ({wrong})") from wrong
        if not isinstance(item, dict):
            raise BadItemError(f"{path.name}, line {n}: not an object")
        yield item


def locate(text: str, quoted: str) -> tuple[int, int]:
    """Find quoted words in a text.

    Args:
        text: the item's text.
        quoted: words as they stand there; "talks#2" is the second time that `talks` stands there as whole words.

    Returns:
        Start and end in characters.

    Raises:
        BadItemError: the words do not stand there, or stand there more often and no number says which is meant.
    """
    words, mark, number = quoted.rpartition("#") if re.search(r"#\d+$", quoted) else (quoted, "", "1")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) < int(number) or not words:
        raise BadItemError(f"{quoted!r} is not in the text")
    if len(found) > 1 and not mark:
        raise BadItemError(f"{quoted!r} stands in the text {len(found)} times: say which, as {quoted + '#1'!r}")
    return found[int(number) - 1]


def stretch(text: str, quoted: str) -> tuple[int, int]:
    """Find quoted words, or the stretch that "first words ... last words" bounds.

    Args:
        text: the item's text.
        quoted: as for `locate`; with " ... " inside, what stands before it and after it is located each by itself.

    Returns:
        Start and end in characters.

    Raises:
        BadItemError: as for `locate`, or the last words end before the first ones do.
    """
    first, mark, last = quoted.partition(GAP)
    if not mark:
        return locate(text, quoted)
    (start, inner), (_, end) = locate(text, first), locate(text, last)
    if end < inner:
        raise BadItemError(f"{quoted!r} runs backwards")
    return start, end


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of five words of a text, in small letters."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def copies(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of items that share more than half of the five-word runs of the shorter one."""
    sets = {name: runs(text) for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = {}
    for name, own in sets.items():
        shared = Counter(other for run in own for other in holders.get(run, ()))
        for run in own:
            holders.setdefault(run, []).append(name)
        yield from ((other, name) for other, n in shared.items() if n > min(len(own), len(sets[other])) / 2)


def event_faults(item: Item) -> Iterator[str]:
    """What in an item of the event set is against its guidelines, one line each."""
    if missing := {"id", "published", "kind", "text", "events"} - item.keys():
        yield f"lacks {', '.join(sorted(missing))}"
        return
    if item["kind"] not in KINDS:
        yield f"kind {item['kind']!r}"
    if not item["events"] and item.get("negative") not in NEGATIVES:
        yield f"no events, and negative is {item.get('negative')!r}"
    for event in item["events"]:
        yield from _one_event_faults(item["text"], event)


def _one_event_faults(text: str, event: Item) -> Iterator[str]:
    kind = codebook().types.get(event.get("type", ""))
    if kind is None:
        yield f"type {event.get('type')!r}"
    elif event.get("mode") is not None and event["mode"] not in kind.modes:
        yield f"mode {event['mode']!r} is not one of {kind.name}: {', '.join(kind.modes)}"
    if event.get("status") not in get_args(EventStatus):
        yield f"status {event.get('status')!r}"
    for key in ("start", "end"):
        try:
            date.fromisoformat(event.get(key) or "2000-01-01")
        except ValueError:
            yield f"{key} {event[key]!r} is no ISO date"
    for quoted in quotes(event):
        try:
            locate(text, quoted)
        except BadItemError as wrong:
            yield str(wrong)


def quotes(event: Item) -> list[str]:
    """All words that an event of the event set quotes."""
    one = [event.get(key) for key in ("trigger", "place", "time", "voice")]
    many = [event.get(key) or [] for key in ("mentions", "actors", "recipients")]
    return [q for q in one if q] + [q for qs in many for q in qs]


def _count_events(item: Item, kinds: Counter[str]) -> None:
    kinds[item.get("kind", "")] += 1
    kinds["negative"] += not item.get("events")
    for event in item.get("events", []):
        kinds.update((event.get("type", ""), f"{event.get('type')}:{event.get('mode')}", event.get("status", "")))
        kinds["events"] += 1
        kinds["voice"] += event.get("voice") is not None


def statement_faults(item: Item) -> Iterator[str]:
    """What in an item of the set of statements is against its README, one line each."""
    if missing := {"id", "published", "text", "statements", "not_statements"} - item.keys():
        yield f"lacks {', '.join(sorted(missing))}"
        return
    try:
        date.fromisoformat(item["published"])
    except ValueError:
        yield f"published {item['published']!r} is no ISO date"
    yield from _stretch_faults(item["text"], item["not_statements"])
    labels = Counter(s["position"] for s in item["statements"] if s.get("position"))
    yield from (f"position {label!r} has one witness" for label, n in labels.items() if n == 1)
    for n in range(len(item["statements"])):
        yield from (f"statement {n}: {fault}" for fault in _one_statement_faults(item, n))


def _one_statement_faults(item: Item, n: int) -> Iterator[str]:
    statement: Item = item["statements"][n]
    if missing := STATEMENT_KEYS - statement.keys():
        yield f"lacks {', '.join(sorted(missing))}"
        return
    if statement["kind"] not in get_args(StatementKind):
        yield f"kind {statement['kind']!r}"
    if statement["stance"] not in get_args(Stance):
        yield f"stance {statement['stance']!r}"
    if not statement["content"]:
        yield "no content"
    speaker, source, outer = statement["speaker"], statement["source"], statement["reported_by"]
    if speaker is not None and speaker not in item["text"]:
        yield f"speaker {speaker!r} is not in the text"
    if speaker is None and source is not None:
        yield f"no speaker for the source {source!r}"
    if outer is not None and (outer == n or outer not in range(len(item["statements"]))):
        yield f"reported_by {outer!r}"
    yield from _stretch_faults(item["text"], statement_quotes(statement))


def _stretch_faults(text: str, quoted: list[str]) -> Iterator[str]:
    for one in quoted:
        try:
            stretch(text, one)
        except BadItemError as wrong:
            yield str(wrong)


def statement_quotes(statement: Item) -> list[str]:
    """All words that a statement of the set of statements quotes."""
    one = [statement.get(key) for key in ("source", "cue", "addressee", "medium", "said")]
    return [q for q in one if q] + list(statement["content"])


def _count_statements(item: Item, kinds: Counter[str]) -> None:
    own = item.get("statements", [])
    kinds.update({"without statements": not own, "statements": len(own)})
    kinds["not statements"] += len(item.get("not_statements", []))
    kinds["same position twice"] += any(s.get("position") for s in own)
    for s in own:
        kinds.update((f"kind {s.get('kind')}", f"stance {s.get('stance')}"))
        kinds.update(f"with {key}" for key in ("addressee", "medium", "said", "anonymous") if s.get(key))
        kinds.update(f"without {key}" for key in ("source", "cue") if not s.get(key))
        kinds["inner"] += s.get("reported_by") is not None
        kinds["in several pieces"] += len(s.get("content", [])) > 1


def namesake_faults(item: Item) -> Iterator[str]:
    """What in an item of the set of namesakes is against its README, one line each."""
    if missing := {"id", "published", "text", "screenings"} - item.keys():
        yield f"lacks {', '.join(sorted(missing))}"
        return
    try:
        date.fromisoformat(item["published"])
    except ValueError:
        yield f"published {item['published']!r} is no ISO date"
    if not item["screenings"]:
        yield "asks about nobody"
    for asked in item["screenings"]:
        yield from _stretch_faults(item["text"], [asked["mention"]])
        if asked["via"] not in (None, "owner", "branch"):
            yield f"via {asked['via']!r}"
        if (asked["entry_id"] is None) != (asked["in_force"] is None):
            yield f"{asked['mention']!r}: in_force {asked['in_force']!r} of entry {asked['entry_id']!r}"


def _count_namesakes(item: Item, kinds: Counter[str]) -> None:
    asked = item.get("screenings", [])
    kinds.update({"screenings": len(asked), "via": sum(s["via"] is not None for s in asked)})
    kinds.update(f"in_force {s['in_force']}" for s in asked)


@dataclass(frozen=True)
class Check:
    """How the items of one set are judged and counted."""

    faults: Callable[[Item], Iterator[str]]
    count: Callable[[Item, Counter[str]], None]

    def __call__(self, paths: list[Path]) -> int:
        """Print what is wrong in the batches and what they hold; 1 if anything is wrong, else 0."""
        wrong, kinds, texts = 0, Counter[str](), dict[str, str]()
        for item in (i for p in paths for i in items(p)):
            name = str(item.get("id"))
            faults = [*self.faults(item), *(["this id stands twice"] if name in texts else [])]
            print(*(f"{name}: {fault}\n" for fault in faults), sep="", end="")
            wrong += len(faults)
            texts[name] = item.get("text", "")
            kinds["items"] += 1
            self.count(item, kinds)
        for pair in copies(texts):
            wrong += 1
            print("more than half their 5-grams shared:", *pair)
        print(*(f"{k} {n}" for k, n in sorted(kinds.items())), f"{wrong} faults", sep="\n")
        return 1 if wrong else 0


CHECKS = {
    "events": Check(event_faults, _count_events),
    "statements": Check(statement_faults, _count_statements),
    "namesakes": Check(namesake_faults, _count_namesakes),
}

if __name__ == "__main__":
    sys.exit(CHECKS[sys.argv[1]]([Path(name) for name in sys.argv[2:]]))
