"""What words do by themselves, on sentences with their trees given."""

import pytest
import spacy
from spacy.tokens import Doc

from readout.extract.statements.attribution import Attribution
from readout.extract.statements.stance_acts import act_features, is_of

VOCAB = spacy.blank("en").vocab


def sentence(rows: str) -> Doc:
    """A Doc of rows "word lemma pos tag head dep", one a line."""
    columns = list(zip(*(row.split() for row in rows.strip().splitlines()), strict=True))
    words, lemmas, pos, tags, heads, deps = (list(column) for column in columns)
    return Doc(VOCAB, words=words, lemmas=lemmas, pos=pos, tags=tags, heads=[int(h) for h in heads], deps=deps)


def acts(doc: Doc, start: int, cue: int | None) -> set[str]:
    found = Attribution(None, doc[cue] if cue is not None else None, None, [(start, len(doc))])
    return set(act_features(doc, found, list(doc[start:]), set(), None))


THEFT = """
He he PRON PRP 1 nsubj
said say VERB VBD 1 ROOT
they they PRON PRP 4 nsubj
had have AUX VBD 4 aux
stolen steal VERB VBN 1 ccomp
the the DET DT 6 det
nets net NOUN NNS 4 obj
"""
REFUSAL = """
We we PRON PRP 3 nsubj
will will AUX MD 3 aux
not not PART RB 3 advmod
sell sell VERB VB 3 ROOT
the the DET DT 5 det
wood wood NOUN NN 3 obj
, , PUNCT , 7 punct
not not PART RB 8 advmod
now now ADV RB 3 advmod
"""
NAMING = """
She she PRON PRP 1 nsubj
called call VERB VBD 1 ROOT
the the DET DT 3 det
report report NOUN NN 1 obj
a a DET DT 5 det
lie lie NOUN NN 1 xcomp
"""
CALL = """
She she PRON PRP 1 nsubj
called call VERB VBD 1 ROOT
on on ADP IN 3 case
them they PRON PRP 1 obl
to to PART TO 5 mark
go go VERB VB 1 xcomp
"""


def test_a_wrong_of_others_is_told_from_one_of_the_own_side() -> None:
    found = acts(sentence(THEFT), 2, 1)
    assert {"other/crimes/is", "other/wrongs/is", "crimes=1", "head=steal"} <= found
    assert not any(name.startswith("own/") for name in found)


def test_a_refusal_of_the_own_side_is_seen_by_will_and_not() -> None:
    found = acts(sentence(REFUSAL), 0, None)
    assert {"own/will-not", "own/not", "contrast"} <= found


def test_a_name_given_is_told_from_a_call_to_act() -> None:
    assert {"names-it", "names-it/True"} <= acts(sentence(NAMING), 2, 1)
    assert "names-it" not in acts(sentence(CALL), 3, 1)


def test_what_stands_around_is_an_echo() -> None:
    before = "nets net NOUN NNS 0 ROOT"
    doc = sentence(
        before
        + """
Nobody nobody PRON NN 2 nsubj
cut cut VERB VBD 2 ROOT
nets net NOUN NNS 2 obj
"""
    )
    assert {"told-around=1/not", "share-around=1/not"} <= acts(doc, 1, None)
    assert "told-around=0/plain" in acts(sentence(NAMING), 4, 1)


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [("stolen", "steal", True), ("stealing", "stel", True), ("shelled", "shel", True), ("sold", "sell", False)],
)
def test_a_listed_word_is_known_by_lemma_or_form(word: str, lemma: str, expected: bool) -> None:
    doc = Doc(VOCAB, words=[word], lemmas=[lemma])
    assert is_of(doc[0], "crimes") is expected


def test_a_name_is_on_no_list_of_wrongs() -> None:
    named, deed = Doc(VOCAB, words=["Shell", "shell"], pos=["PROPN", "VERB"], lemmas=["Shell", "shell"])
    assert not is_of(named, "wrongs")
    assert is_of(deed, "wrongs")
