"""How common words are in names: counts over names of the OFAC lists and of office holders.

    python training/build_name_words.py ../shared/data/names

writes `src/readout/knowledge/data/names_words.tsv`. Of one entry's names (aliases) a word is counted once.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/readout/knowledge/data/names_words.tsv"
LEAST = 3
SOURCES = ("ofac_sdn_history.jsonl.gz", "ofac_nonsdn_2025-12-19.jsonl.gz")


def rows(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def words(names: list[str], kind: str) -> set[str]:
    from readout.resolve.names import structure

    out: set[str] = set()
    for name in names:
        found = structure._person(name)[0] if kind == "person" else structure._expanded(structure._tokens(name))
        out.update(w for w in found if len(w) > 1 and not w.isdigit())
    return out


def main(folder: Path) -> None:
    TARGET.write_text("word\tperson\tother\n", encoding="utf-8") if not TARGET.exists() else None
    seen = {"person": Counter(), "other": Counter()}
    for source in SOURCES:
        for row in rows(folder / source):
            kind = "person" if row["type"] == "individual" else "other"
            names = [row["name"], *(alias["name"] for alias in row.get("aliases", ()))]
            seen[kind].update(words(names, kind))
    for name in {row["person"] for row in rows(folder / "office_holders_to_2022.jsonl.gz") if row.get("person")}:
        seen["person"].update(words([name], "person"))
    kept = sorted(w for w in seen["person"] | seen["other"] if max(seen["person"][w], seen["other"][w]) >= LEAST)
    lines = [f"{w}\t{seen['person'][w]}\t{seen['other'][w]}" for w in kept]
    TARGET.write_text("\n".join(["word\tperson\tother", *lines]) + "\n", encoding="utf-8")
    print(len(kept), "words")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
