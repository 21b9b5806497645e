"""How far a second reader of our set of statements agrees with its stances.

`python -m readout.evaluate.stance_agreement sheet FILE...` prints statements drawn by chance, as many of each batch,
without their stances; the reader writes one stance a line behind each key (`train-a-004.1<TAB>denies`), and
`python -m readout.evaluate.stance_agreement score ANSWERS FILE...` compares.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

from readout.evaluate.datasets import BadItemError, items
from readout.schema import Stance

EACH = 10
"""Statements drawn of each batch."""
SEED = 7
Key = tuple[str, int]
"""An item's id and the statement's number in it."""


def drawn(batch: Sequence[dict[str, Any]], each: int = EACH, seed: int = SEED) -> list[Key]:
    """Statements of one batch drawn by chance, in the order of the batch; the same at every call.

    Args:
        batch: its items.
        each: how many, or all if there are fewer.
        seed: of the chance.
    """
    keys = [(item["id"], n) for item in batch for n in range(len(item["statements"]))]
    return sorted(random.Random(seed).sample(keys, min(each, len(keys))))


def sheet(batch: Iterable[dict[str, Any]], keys: Iterable[Key]) -> str:
    """What a second reader sees: each text with its date, and under it speaker, cue and content of the asked."""
    wanted, lines = set(keys), []
    for item in batch:
        asked = [n for n in range(len(item["statements"])) if (item["id"], n) in wanted]
        if asked:
            lines.append(f"\n[{item['published']}] {item['text']}")
        for n in asked:
            said = item["statements"][n]
            lines.append(f"{item['id']}.{n}\t{said['speaker']} | {said['cue']} | {' / '.join(said['content'])}")
    return "\n".join(lines)


def read_answers(lines: Iterable[str]) -> dict[Key, str]:
    """The second reader's stances.

    Args:
        lines: key, tab, stance; empty ones are passed over.

    Raises:
        BadItemError: a line is not of this form or names no stance.
    """
    answers: dict[Key, str] = {}
    for line in filter(None, (line.strip() for line in lines)):
        key, tab, stance = line.partition("\t")
        name, dot, number = key.rpartition(".")
        if not tab or not dot or not number.isdigit() or stance not in get_args(Stance):
            raise BadItemError(f"not a key, a tab and a stance: {line!r}")
        answers[name, int(number)] = stance
    return answers


def compare(batch: Iterable[dict[str, Any]], answers: dict[Key, str]) -> Counter[tuple[str, str]]:
    """How often the set's stance stands against the reader's, over the statements answered."""
    return Counter(
        (statement["stance"], answers[item["id"], n])
        for item in batch
        for n, statement in enumerate(item["statements"])
        if (item["id"], n) in answers
    )


def kappa(pairs: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what two readers would have by chance (Cohen 1960).

    Args:
        pairs: how often one reader's label stands against the other's; at least one pair.
    """
    total = sum(pairs.values())
    ours, theirs = Counter[str](), Counter[str]()
    for (a, b), n in pairs.items():
        ours[a] += n
        theirs[b] += n
    seen = sum(n for (a, b), n in pairs.items() if a == b) / total
    chance = sum(ours[label] * theirs[label] for label in ours) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sheet, or the agreement by batch and over all with what stands against what."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("sheet").add_argument("batches", type=Path, nargs="+")
    scoring = tasks.add_parser("score")
    scoring.add_argument("answers", type=Path)
    scoring.add_argument("batches", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    try:
        batches = {path.stem: [*items(path)] for path in given.batches}
        if given.task == "sheet":
            print(*(sheet(batch, drawn(batch)) for batch in batches.values()), sep="\n")
        else:
            _score(batches, read_answers(given.answers.read_text(encoding="utf-8").splitlines()))
    except (BadItemError, OSError) as error:
        sys.exit(str(error))


def _score(batches: dict[str, list[dict[str, Any]]], answers: dict[Key, str]) -> None:
    whole = Counter[tuple[str, str]]()
    for name, batch in batches.items():
        pairs = compare(batch, answers)
        whole += pairs
        print(_line(name, pairs))
    print(_line("all", whole))
    print(*(f"{n:4} {a} / {b}" for (a, b), n in whole.most_common() if a != b), sep="\n")


def _line(name: str, pairs: Counter[tuple[str, str]]) -> str:
    total = sum(pairs.values())
    if not total:
        return f"{name}: none answered"
    same = sum(n for (a, b), n in pairs.items() if a == b)
    return f"{name}: {same} of {total} the same ({same / total:.1%}), kappa {kappa(pairs):.2f}"


if __name__ == "__main__":
    main()
