"""The look-ups that all rooms share."""

import spacy
from spacy.tokens import Doc, Token
from who import called, language, read

from readout.extract.entities import add_entity, add_mention, by_id, entity_at, entity_for, guess_kind, mention_span


def token(doc: Doc, word: str) -> Token:
    """The first token that is the word."""
    return next(t for t in doc if t.text == word)


def test_a_pronoun_stands_for_its_person():
    doc = read("Eva Lund was born in Malmö. She became a lawyer.")
    assert entity_at(doc, token(doc, "She")) is called(doc, "Eva Lund")


def test_a_phrase_does_not_reach_across_a_clause():
    words = ["Fiji", "'s", "envoy", ",", "who", "toured", "the", "island", ",", "left", "."]
    heads = [7, 0, 9, 5, 5, 2, 7, 5, 9, 9, 9]
    deps = "nmod:poss case nsubj punct nsubj acl:relcl det obj punct root punct".split()
    pos = "PROPN PART NOUN PUNCT PRON VERB DET NOUN PUNCT VERB PUNCT".split()
    doc = Doc(language().vocab, words=words, heads=heads, deps=deps, pos=pos)
    start, end = mention_span(doc, doc[7])
    assert doc.text[start:end] == "the island"


def test_a_sum_of_money_is_no_body():
    words, heads = ["fined", "Lindal", "2", "million", "kwacha"], [0, 0, 3, 4, 0]
    deps, pos = ["root", "iobj", "compound", "nummod", "obj"], ["VERB", "PROPN", "NUM", "NUM", "PROPN"]
    doc = Doc(language().vocab, words=words, lemmas=words, heads=heads, deps=deps, pos=pos)
    assert (guess_kind(doc[1]), guess_kind(doc[4])) == ("organization", None)


def test_a_description_becomes_an_entity_once():
    doc = read("A senior official met two workers at the ministry.")
    official = entity_for(doc, token(doc, "official"))
    assert official is not None and (official.kind, official.name) == ("person", "senior official")
    assert entity_for(doc, token(doc, "official")) is official
    workers, ministry = (entity_for(doc, token(doc, word)) for word in ("workers", "ministry"))
    assert workers is not None and workers.kind == "group"
    assert ministry is not None and ministry.kind == "organization"
    assert len(by_id(doc)) == len(doc._.entities)


def test_what_is_no_entity():
    doc = read("It rained on Friday, and the agreement on trade was delayed by concern.")
    for word in ("It", "Friday", "concern"):
        assert entity_for(doc, token(doc, word)) is None


def test_a_speaker_of_unknown_kind_can_be_had():
    doc = read("Estimates put the loss at five tonnes.")
    assert entity_for(doc, token(doc, "loss")) is None
    loss = entity_for(doc, token(doc, "loss"), fallback="work")
    assert loss is not None and loss.kind == "work"


def test_a_title_before_a_name_is_the_name():
    doc = read("The police praised spokeswoman Anna Kovacs.")
    assert entity_for(doc, token(doc, "spokeswoman")) is called(doc, "Anna Kovacs")


def test_the_word_that_possesses_does_not_stand_for_the_thing():
    doc = read("The ministry's spokesman resigned. He gave no reason.")
    owner = entity_for(doc, token(doc, "ministry"))
    assert owner is not None and owner.kind == "organization"


def test_span_of_a_noun_phrase():
    doc = language()("The new head of the agency, who was named in May, resigned.")
    start, end = mention_span(doc, token(doc, "head"))
    assert doc.text[start:end] == "The new head of the agency"


def test_persons_in_the_plural_are_a_group():
    doc = language()("The rebels and a nurse left the village.")
    assert [guess_kind(token(doc, w)) for w in ("rebels", "nurse", "village")] == ["group", "person", "place"]


def test_new_mentions_are_seen():
    doc = spacy.blank("en")("Eva spoke . Lund left .")
    entity = add_entity(doc, "person", "Eva Lund", [(0, 3)])
    assert entity_at(doc, doc[3]) is None
    add_mention(entity, (12, 16))
    assert entity_at(doc, doc[3]) is entity
    assert add_entity(doc, "place", "Oslo", [(4, 9)]).id == "e2"
