"""`readout add` killed at random moments and started again, until all is in: is anything lost, doubled or half there?

    python benchmarks/kill9.py [--articles 500] [--kills 200] [--seed 7]

By turns it adds readouts already made, many in a transaction, and articles of one paragraph that are read by a model
that has learnt nothing, one in a transaction. At a random moment after each start the process gets SIGKILL; the moments
are spread so that one record is killed some four times on its way. A run that ends by itself is looked at, and a fresh
record is begun. Everything must be in it that an undisturbed run puts there. The exit status is 1 where it is not.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from record import generated

REPORTS = Path(__file__).resolve().parents[1] / "tests" / "data"
SMALL = {
    "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 16, "depth": 1, "embed_size": 100,
    "window_size": 1, "maxout_pieces": 2, "subword_features": False,
}  # fmt: skip
KILLED = 4
"""How often, about, a record is killed on its way."""
Held = dict[str, int]


@dataclass
class Trial:
    """What is added, and what an undisturbed run makes of it."""

    words: list[str]
    one: list[str]
    """The same with one article."""
    begins: float = 0.0
    """Seconds until the first article is in."""
    lasts: float = 0.0
    holds: Held | None = None

    def start(self, db: Path, words: list[str] | None = None) -> subprocess.Popen[bytes]:
        """Begin to add, or go on."""
        command = [sys.executable, "-m", "readout", "add", *(words or self.words), "--db", str(db)]
        environment = os.environ | {"READOUT_LISTS": "off"}  # the names that it makes up would be looked for at length
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)

    def undisturbed(self, db: Path) -> None:
        """Run once to the end, and once with one article."""
        self.begins = self._run(db.with_suffix(".one"), self.one)
        self.lasts, self.holds = self._run(db, self.words) - self.begins, held(db)

    def moment(self, chance: random.Random) -> float:
        """Seconds after a start, from the very first on."""
        return chance.uniform(0, self.begins + 2 * self.lasts / KILLED)

    def _run(self, db: Path, words: list[str]) -> float:
        begun = time.perf_counter()
        if self.start(db, words).wait():
            raise SystemExit(f"an undisturbed run of {words} fails")
        return time.perf_counter() - begun


def main() -> int:
    """Kill, count, and return the exit status."""
    options = _options()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, model = _readouts(folder, options.articles), ["--model", _model(folder)]
        read = _articles(folder, options.articles)
        trials = [Trial([made], [_first_of(made)]), Trial([read, *model], [_first_of(read), *model])]
        for number, trial in enumerate(trials):
            trial.undisturbed(folder / f"undisturbed{number}.sqlite")
        kills = records = faults = 0
        for trial in cycle(trials):
            db = folder / f"record{records}.sqlite"
            kills += _disturbed(trial, db, options.kills - kills, chance)
            records, faults = records + 1, faults + _faults(trial, db)
            print(f"{kills:>4} kills, {records} records", flush=True)
            if kills >= options.kills:
                break
    print(f"{kills} kills over {records} records of {options.articles} articles: {faults} of them not whole")
    return int(faults > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _readouts(folder: Path, count: int) -> str:
    path = folder / "readouts.jsonl"
    path.write_text("".join(r.to_json() + "\n" for r in islice(generated(3), count)), encoding="utf-8")
    return str(path)


def _articles(folder: Path, count: int) -> str:
    texts = [json.loads(p.with_name(p.name.replace(".gold.json", ".json")).read_text(encoding="utf-8"))["text"]
             for p in sorted(REPORTS.glob("*/*.gold.json"))]  # fmt: skip
    leads = [text.split("\n", 1)[0] for text in texts]
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n, text in enumerate(islice(cycle(leads), count)):
            file.write(json.dumps({"id": f"a{n}", "text": f"{text}\n\nThis was report number {n}."}) + "\n")
    return str(path)


def _first_of(articles: str) -> str:
    one = Path(articles).with_suffix(".one.jsonl")
    one.write_text(Path(articles).read_text(encoding="utf-8").split("\n", 1)[0], encoding="utf-8")
    return str(one)


def _model(folder: Path) -> str:
    untrained().to_disk(folder / "model")
    return str(folder / "model")


def untrained() -> Language:
    """A pipeline with all that is asked of one, which has learnt nothing, and is quick."""
    nlp = spacy.blank("en")
    for part in ("tagger", "parser", "ner"):
        nlp.add_pipe(part, config={"model": {"tok2vec": SMALL}})
    words = ["Ada", "met", "them"]
    doc = Doc(nlp.vocab, words, tags=["NNP", "VBD", "PRP"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"],
              ents=["B-PERSON", "O", "O"])  # fmt: skip
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words), doc)])
    return nlp


def _disturbed(trial: Trial, db: Path, most: int, chance: random.Random) -> int:
    """Start and kill until a run ends by itself; how often it was killed."""
    kills = 0
    while True:
        running = trial.start(db)
        if kills < most:
            try:
                running.wait(timeout=trial.moment(chance))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                kills += 1
        if running.wait() == 0:
            return kills


def held(db: Path) -> Held:
    """How many rows each table holds, and how many texts; what only saves working out anew is left out."""
    with sqlite3.connect(db) as connection:
        named = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name != 'outcomes'"
        )
        found = {name: f"SELECT count(*) FROM {name}" for (name,) in connection.execute(named)}
        found["texts"] = "SELECT count(DISTINCT content_hash) FROM articles"
        found["grouped"] = "SELECT count(source_group) FROM articles"
        words = {name for name in found if name.endswith(("_data", "_idx", "_config", "_docsize"))}
        return {name: connection.execute(ask).fetchone()[0] for name, ask in found.items() if name not in words}


def _faults(trial: Trial, db: Path) -> bool:
    found = held(db)
    with sqlite3.connect(db) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if whole := found == trial.holds and sound and not broken:
        return not whole
    print(f"{db.name}: {json.dumps(found)}, where {json.dumps(trial.holds)} should be", file=sys.stderr)
    return True


if __name__ == "__main__":
    sys.exit(main())
