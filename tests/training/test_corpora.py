"""Training sets into sentences with layers."""

import gzip
import json
from pathlib import Path

import pytest

from training import corpora

CONLLU = """\
# newdoc id = a
# newpar
# sent_id = a-1
# text = Ghanaian envoys can't stay.
1\tGhanaian\tGhanaian\tADJ\tJJ\tDegree=Pos\t2\tamod\t_\t_
2\tenvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t5\tnsubj\t_\t_
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
3\tca\tcan\tAUX\tMD\tVerbForm=Fin\t5\taux\t_\tSpaceAfter=No
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tstay\tstay\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newdoc id = b
# sent_id = b-1
# text = A Kenyan arrived
1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_
2\tKenyan\tKenyan\tADJ\tJJ\t_\t3\tnsubj\t_\t_
3\tarrived\tarrive\tVERB\tVBD\t_\t0\troot\t_\t_

"""


def packed(path: Path, text: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def test_a_treebank_becomes_texts(tmp_path: Path) -> None:
    first, second = corpora.treebank(packed(tmp_path / "x.conllu.gz", CONLLU))
    sentence = first.sentences[0]
    assert sentence.words == ["Ghanaian", "envoys", "ca", "n't", "stay", "."]
    assert sentence.trees is not None
    assert sentence.trees[4] == (-1, "root")
    assert sentence.trees[0] == (1, "amod")
    assert sentence.opens_paragraph
    assert sentence.names is None
    assert not second.sentences[0].opens_paragraph


def test_nationalities_stay_unjudged_in_silver_names(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.conllu.gz", CONLLU)
    _, second = corpora.treebank(path, names={"b-1": []})
    assert second.sentences[0].names == ["O", "?", "O"]


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        ([[0, 2, "ORG"]], ["B-ORG", "I-ORG", "O"]),
        ([[0, 1, "PLACE"], [1, 2, "PLACE"]], ["B-PLACE", "B-PLACE", "O"]),
        ([], ["O", "O", "O"]),
    ],
)
def test_spans_become_tags(spans: list[list[object]], tags: list[str]) -> None:
    assert corpora.bio(3, spans) == tags


def test_news_carries_names_and_quotations(tmp_path: Path) -> None:
    text = "Rosa Diaz said it was late.\n\nNobody knew."
    silver = {"id": "n", "sentences": [[0, 27], [29, 41]], "names": [[0, 9, "PERSON"], [22, 26, "TIME"]]}
    spans = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 26]]}
    quotes = {"id": "n", "text": text, "attributions": [spans]}
    (article,) = corpora.news(
        packed(tmp_path / "s.jsonl.gz", json.dumps(silver)), packed(tmp_path / "q.jsonl.gz", json.dumps(quotes))
    )
    said, knew = article.sentences
    assert said.names == ["B-PERSON", "I-PERSON", "O", "O", "O", "O", "O"]
    assert said.quotes is not None
    assert said.quotes["cue"] == ["O", "O", "B-Q", "O", "O", "O", "O"]
    assert said.quotes["content"] == ["O", "O", "O", "B-Q", "I-Q", "I-Q", "O"]
    assert knew.opens_paragraph
    assert not said.opens_paragraph
