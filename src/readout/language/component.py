"""The spaCy component that runs the encoder and writes tags, tree, sentences and names on the `Doc`."""

import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from readout import layers  # noqa: F401  # registers the attributes
from readout.errors import PipelineError
from readout.language import lemma, parse
from readout.language.attributions import FILE as QUOTATIONS
from readout.language.attributions import PartsReader
from readout.language.bio import BioDecoder
from readout.language.encoder import Arrays, Encoder, Words
from readout.language.happenings import EventReader
from readout.language.subjects import Subjects

LEMMAS = "lemmas.json.xz"
LONGEST_SENTENCE = 300
"""Words after which a sentence is cut where the model finds no border: bounds the cost of a tree."""
DATELINE, DASHES = 8, frozenset({"-", "--", "–", "—"})
"""Words that a dateline has at most, and the marks that end it."""


@Language.factory("readout_encoder", default_config={"threads": 1, "folder": None})
def make_encoder(nlp: Language, name: str, threads: int, folder: str | None) -> "EncoderComponent":
    """The factory behind `nlp.add_pipe("readout_encoder")`; `folder` holds a model other than the shipped one."""
    return EncoderComponent(nlp.vocab, Path(folder) if folder else model_folder(), threads)


def model_folder() -> Path:
    """Where the shipped model lies."""
    return Path(str(files("readout.language"))) / "model"


class EncoderComponent:
    """Runs the encoder once a text and sets `pos_`, `tag_`, `morph`, `lemma_`, `head`, `dep_`, `sents`, `ents`.

    Sentence borders that the `Doc` already has are kept. `doc.tensor` gets the word states, one row a token.

    Args:
        vocab: the pipeline's vocabulary.
        folder: the model's files.
        threads: for the encoder.

    Raises:
        PipelineError: where a model file is missing or damaged.
    """

    def __init__(self, vocab: Vocab, folder: Path, threads: int = 1) -> None:
        self.vocab, self.encoder = vocab, Encoder(folder, threads)
        try:
            self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.known_lemmas: lemma.Table = json.loads(lzma.decompress((folder / LEMMAS).read_bytes()))
            self.meta: dict[str, str] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            weights = np.load(folder / "heads.npz")
        except (OSError, ValueError, lzma.LZMAError) as error:
            raise PipelineError(f"{folder}: the model files are missing or damaged; install Readout again") from error
        self.decoder = BioDecoder(self.labels["names"])
        self.labeller = parse.Labeller(weights["weight"], weights["bias"])
        self.subjects = Subjects(self.labels["deprel"])
        self.happening = EventReader(weights["role"], weights["role_bias"], self.labels) if "role" in weights else None
        self.keys = {
            "upos": _keys(POS_IDS[x] for x in self.labels["upos"]),
            "xpos": _keys(vocab.strings.add(x) for x in self.labels["xpos"]),
            "feats": _keys(vocab.morphology.add(x.removeprefix("_")) for x in self.labels["feats"]),
            "deprel": _keys(vocab.strings.add(x) for x in self.labels["deprel"]),
        }
        self.root, self.dep, self.space = vocab.strings.add("root"), vocab.strings.add("dep"), vocab.strings.add("_SP")
        self.blank = vocab.morphology.add("")
        self.relations = {int(key): n for n, key in enumerate([self.root, *self.keys["deprel"].tolist()], start=1)}
        self.spoken = PartsReader(folder, self.relations, threads) if (folder / QUOTATIONS).is_file() else None
        self.known_lemmas["VERB"] = lemma.irregular_verbs() | self.known_lemmas["VERB"]
        self.lemma_of = lru_cache(maxsize=50_000)(self._lemma)

    def __getstate__(self) -> dict[str, object]:
        raise PipelineError("the encoder component cannot be pickled; load the pipeline in each process")

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one `Doc`."""
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 16) -> Iterator[Doc]:
        """Annotate a stream of `Doc`s, several in one run of the encoder."""
        stream = iter(stream)
        while docs := list(islice(stream, batch_size)):
            texts = [words_of(doc) for doc in docs]
            for doc, (words, at), arrays in zip(docs, texts, self.encoder([w for w, _ in texts]), strict=True):
                if len(at):
                    self.annotate(doc, words, at, arrays)
                else:
                    _annotate_space(doc)
            yield from docs

    def annotate(self, doc: Doc, words: Words, at: NDArray[np.int64], arrays: Arrays) -> None:
        """Write the encoder's answers on a `Doc`; `at` holds the token number of each word."""
        starts = _sentence_starts(words, arrays)
        head, label = self._trees(starts, arrays)
        rows = np.zeros((len(doc), 6), dtype=np.uint64)
        rows[at, 0] = self.keys["xpos"][arrays["xpos"]]
        rows[at, 1] = self.keys["upos"][arrays["upos"]]
        rows[at, 2] = self.keys["feats"][arrays["feats"]]
        chosen = zip(words.forms, arrays["upos"].tolist(), arrays["lemma"].tolist(), strict=True)
        rows[at, 3] = [self.lemma_of(*choice) for choice in chosen]
        rows[at, 4] = label
        heads = np.arange(len(doc), dtype=np.int64)
        heads[at] = at[head]
        self._space(doc, rows, heads, at)
        rows[:, 5] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array([TAG, POS, MORPH, LEMMA, DEP, HEAD], rows)  # type: ignore[arg-type]  # spaCy names its own type
        self._names(doc, at, starts, arrays)
        if self.happening is not None and "events" in arrays:
            doc._.happening = self.happening(arrays, at, len(doc))
        states = np.zeros((len(doc), arrays["states"].shape[1]), dtype=np.float32)
        states[at] = arrays["states"]
        doc.tensor = states  # type: ignore[assignment]  # spaCy itself keeps float32 here
        doc._.spoken = self.spoken(doc) if self.spoken is not None else None

    def _lemma(self, form: str, upos: int, rule: int) -> int:
        part = self.labels["upos"][upos]
        known = self.known_lemmas.get(part, {}).get(form.lower())
        made = known or lemma.apply(self.labels["lemma"][rule], form)
        return int(self.vocab.strings.add(lemma.regular(form, made) if part == "VERB" and not known else made))

    def _trees(self, starts: list[int], arrays: Arrays) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        n = len(arrays["root"])
        head = np.zeros(n, dtype=np.int64)
        for a, b in zip(starts, [*starts[1:], n], strict=True):
            head[a:b] = a + parse.heads(arrays["arc_child"][a:b], arrays["arc_head"][a:b], arrays["root"][a:b, 0])
        scores = self.labeller(arrays["label_child"], arrays["label_head"][head])
        label = self.keys["deprel"][self.subjects(scores, head)]
        label[head == np.arange(n)] = self.root
        return head, label

    def _space(self, doc: Doc, rows: NDArray[np.uint64], heads: NDArray[np.int64], at: NDArray[np.int64]) -> None:
        """White space hangs on the word before it in its sentence, else on the one after."""
        if len(at) == len(doc):
            return
        words = np.zeros(len(doc), dtype=bool)
        words[at] = True
        given = doc.has_annotation("SENT_START")
        for i in np.flatnonzero(~words).tolist():
            rows[i, :5] = (self.space, POS_IDS["SPACE"], self.blank, doc[i].orth, self.dep)
            before = np.searchsorted(at, i) - 1
            opens = given and doc[i].is_sent_start
            heads[i] = at[before] if before >= 0 and not opens else at[before + 1] if before + 1 < len(at) else i
            if heads[i] == i:
                rows[i, 4] = self.root

    def _names(self, doc: Doc, at: NDArray[np.int64], starts: list[int], arrays: Arrays) -> None:
        found = self.decoder.spans(arrays["names"], starts)
        doc.set_ents([Span(doc, int(at[a]), int(at[b - 1]) + 1, label=kind) for a, b, kind in found])


def _keys(values: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(values), dtype=np.uint64)


def words_of(doc: Doc) -> tuple[Words, NDArray[np.int64]]:
    """The words of a `Doc` without white space, and their token numbers."""
    given = doc.has_annotation("SENT_START")
    forms: list[str] = []
    at: list[int] = []
    paragraphs: set[int] = set()
    sentences: set[int] = set()
    for token in doc:
        text = token.text
        if token.is_space:
            if text.count("\n") > 1:
                paragraphs.add(len(forms))
            continue
        if given and token.is_sent_start:
            sentences.add(len(forms))
        forms.append(text)
        at.append(token.i)
    words = Words(forms, frozenset(paragraphs), frozenset(sentences | {0}) if given else None)
    return words, np.array(at, dtype=np.int64)


def _sentence_starts(words: Words, arrays: Arrays) -> list[int]:
    """Numbers of the words that open a sentence: the caller's, else the model's with every paragraph's first word."""
    if words.sentences is not None:
        return sorted(words.sentences)
    opens = arrays["start"][:, 1] > arrays["start"][:, 0]
    opens[0] = True
    for paragraph in {0, *words.paragraphs}:
        if paragraph < len(opens):
            opens[paragraph] = True
            opens[_dateline_end(words.forms, paragraph)] = True
    starts = np.flatnonzero(opens).tolist()
    bounded: list[int] = []
    for a, b in zip(starts, [*starts[1:], len(opens)], strict=True):
        bounded += range(a, b, LONGEST_SENTENCE)
    return bounded


def _dateline_end(forms: Sequence[str], start: int) -> int:
    """The word after a paragraph's dateline ("GENEVA (AP) —"), which is part of no clause; without one, `start`."""
    if len(forms[start]) > 2 and forms[start].isupper():
        for i in range(start + 1, min(start + DATELINE, len(forms) - 1)):
            if forms[i] in DASHES and forms[i + 1][:1].isupper():
                return i + 1
    return start


def _annotate_space(doc: Doc) -> None:
    """A `Doc` of nothing but white space is one sentence without a tree."""
    if len(doc) and not doc.has_annotation("SENT_START"):
        for token in doc:
            token.is_sent_start = token.i == 0
