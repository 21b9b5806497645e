"""CLEAR trees written by hand, and the UD trees that should come of them.

One word a line part: `form|UPOS|TAG|head|relation`, heads count from 1, 0 is the root.
"""

import pytest
import spacy
from spacy.tokens import Doc, Span

from readout.errors import PipelineError
from readout.language.clear import UniversalDependencies

BE = {"am", "is", "are", "was", "were", "be", "been", "being", "'s"}
VOCAB = spacy.blank("en").vocab


def clear_doc(*sentences: str, ents: tuple[tuple[int, int, str], ...] = ()) -> Doc:
    words, tags, pos, heads, deps, starts = [], [], [], [], [], []
    for sentence in sentences:
        base = len(words)
        for i, cell in enumerate(sentence.split()):
            form, upos, tag, head, dep = cell.rsplit("|", 4)
            words.append(form)
            pos.append(upos)
            tags.append(tag)
            heads.append(base + (int(head) - 1 if head != "0" else i))
            deps.append(dep)
            starts.append(i == 0)
    lemmas = ["be" if w.lower() in BE and p in ("AUX", "VERB") else w.lower() for w, p in zip(words, pos, strict=True)]
    doc = Doc(VOCAB, words=words, tags=tags, pos=pos, heads=heads, deps=deps, lemmas=lemmas)
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in ents]
    return doc


def converted(*sentences: str, ents: tuple[tuple[int, int, str], ...] = ()) -> Doc:
    return UniversalDependencies()(clear_doc(*sentences, ents=ents))


def triples(doc: Doc) -> list[str]:
    return [f"{t.text} {t.dep_} {t.head.text if t.head.i != t.i else '-'}" for t in doc]


def check(doc: Doc, *expected: str) -> None:
    assert triples(doc) == list(expected)


def test_preposition_becomes_case_and_chains_of_them_follow() -> None:
    doc = converted(
        "Envoys|NOUN|NNS|2|nsubj met|VERB|VBD|0|ROOT ministers|NOUN|NNS|2|dobj from|ADP|IN|3|prep "
        "three|NUM|CD|6|nummod countries|NOUN|NNS|4|pobj of|ADP|IN|6|prep the|DET|DT|9|det region|NOUN|NN|7|pobj "
        "in|ADP|IN|2|prep Vienna|PROPN|NNP|10|pobj .|PUNCT|.|2|punct"
    )
    check(
        doc,
        "Envoys nsubj met",
        "met root -",
        "ministers obj met",
        "from case countries",
        "three nummod countries",
        "countries nmod ministers",
        "of case region",
        "the det region",
        "region nmod countries",
        "in case Vienna",
        "Vienna obl met",
        ". punct met",
    )


def test_passive_with_agent_and_infinitive() -> None:
    doc = converted(
        "The|DET|DT|2|det deal|NOUN|NN|4|nsubjpass was|AUX|VBD|4|auxpass signed|VERB|VBN|0|ROOT by|ADP|IN|4|agent "
        "both|DET|DT|7|det sides|NOUN|NNS|5|pobj to|PART|TO|9|aux end|VERB|VB|4|advcl the|DET|DT|11|det "
        "war|NOUN|NN|9|dobj"
    )
    check(
        doc,
        "The det deal",
        "deal nsubj:pass signed",
        "was aux:pass signed",
        "signed root -",
        "by case sides",
        "both det sides",
        "sides obl:agent signed",
        "to mark end",
        "end advcl signed",
        "the det war",
        "war obj end",
    )


def test_copula_with_a_noun_takes_all_that_hung_on_be() -> None:
    doc = converted(
        "However|ADV|RB|4|advmod ,|PUNCT|,|4|punct she|PRON|PRP|4|nsubj was|AUX|VBD|0|ROOT not|PART|RB|4|neg "
        "a|DET|DT|7|det member|NOUN|NN|4|attr of|ADP|IN|7|prep parliament|NOUN|NN|8|pobj in|ADP|IN|4|prep "
        "2019|NUM|CD|10|pobj .|PUNCT|.|4|punct"
    )
    check(
        doc,
        "However advmod member",
        ", punct member",
        "she nsubj member",
        "was cop member",
        "not advmod member",
        "a det member",
        "member root -",
        "of case parliament",
        "parliament nmod member",
        "in case 2019",
        "2019 obl member",
        ". punct member",
    )


def test_copula_in_a_subordinate_clause_with_coordinated_predicates() -> None:
    doc = converted(
        "Aides|NOUN|NNS|2|nsubj said|VERB|VBD|0|ROOT that|SCONJ|IN|6|mark talks|NOUN|NNS|6|nsubj had|AUX|VBD|6|aux "
        "been|AUX|VBN|2|ccomp long|ADJ|JJ|6|acomp and|CCONJ|CC|7|cc difficult|ADJ|JJ|7|conj"
    )
    check(
        doc,
        "Aides nsubj said",
        "said root -",
        "that mark long",
        "talks nsubj long",
        "had aux long",
        "been cop long",
        "long ccomp said",
        "and cc difficult",
        "difficult conj long",
    )


def test_copula_with_a_place() -> None:
    doc = converted(
        "The|DET|DT|2|det minister|NOUN|NN|3|nsubj is|AUX|VBZ|0|ROOT in|ADP|IN|3|prep Oslo|PROPN|NNP|4|pobj "
        "on|ADP|IN|3|prep Monday|PROPN|NNP|6|pobj"
    )
    check(
        doc,
        "The det minister",
        "minister nsubj Oslo",
        "is cop Oslo",
        "in case Oslo",
        "Oslo root -",
        "on case Monday",
        "Monday obl Oslo",
    )
    abroad = converted("He|PRON|PRP|2|nsubj is|AUX|VBZ|0|ROOT still|ADV|RB|2|advmod abroad|ADV|RB|2|advmod")
    check(abroad, "He nsubj abroad", "is cop abroad", "still advmod abroad", "abroad root -")


def test_there_is_keeps_its_verb() -> None:
    doc = converted(
        "There|PRON|EX|2|expl were|AUX|VBD|0|ROOT no|DET|DT|4|det casualties|NOUN|NNS|2|attr in|ADP|IN|2|prep "
        "the|DET|DT|7|det city|NOUN|NN|5|pobj"
    )
    check(
        doc,
        "There expl were",
        "were root -",
        "no det casualties",
        "casualties nsubj were",
        "in case city",
        "the det city",
        "city obl were",
    )
    assert doc[1].pos_ == "VERB"


def test_be_with_an_infinitive_is_an_auxiliary_or_says_what_something_is() -> None:
    modal = converted(
        "Okafor|PROPN|NNP|2|nsubj is|AUX|VBZ|0|ROOT to|PART|TO|4|aux visit|VERB|VB|2|xcomp Lagos|PROPN|NNP|4|dobj "
        "tomorrow|NOUN|NN|4|npadvmod"
    )
    check(
        modal,
        "Okafor nsubj visit",
        "is aux visit",
        "to mark visit",
        "visit root -",
        "Lagos obj visit",
        "tomorrow obl:unmarked visit",
    )
    equative = converted(
        "Their|PRON|PRP$|2|poss aim|NOUN|NN|3|nsubj is|AUX|VBZ|0|ROOT to|PART|TO|5|aux win|VERB|VB|3|xcomp"
    )
    check(equative, "Their nmod:poss aim", "aim nsubj:outer win", "is cop win", "to mark win", "win root -")


def test_a_clause_after_be_is_its_predicate() -> None:
    doc = converted(
        "The|DET|DT|2|det problem|NOUN|NN|3|nsubj is|AUX|VBZ|0|ROOT that|SCONJ|IN|6|mark nobody|PRON|NN|6|nsubj "
        "knew|VERB|VBD|3|ccomp"
    )
    check(
        doc,
        "The det problem",
        "problem nsubj:outer knew",
        "is cop knew",
        "that mark knew",
        "nobody nsubj knew",
        "knew root -",
    )


def test_coordinated_objects_of_a_preposition_and_coordinated_prepositions() -> None:
    objects = converted(
        "Troops|NOUN|NNS|2|nsubj left|VERB|VBD|0|ROOT from|ADP|IN|2|prep Izmir|PROPN|NNP|3|pobj ,|PUNCT|,|4|punct "
        "Adana|PROPN|NNP|4|conj and|CCONJ|CC|6|cc Mersin|PROPN|NNP|6|conj"
    )
    check(
        objects,
        "Troops nsubj left",
        "left root -",
        "from case Izmir",
        "Izmir obl left",
        ", punct Adana",
        "Adana conj Izmir",
        "and cc Mersin",
        "Mersin conj Izmir",
    )
    prepositions = converted(
        "They|PRON|PRP|2|nsubj spoke|VERB|VBD|0|ROOT in|ADP|IN|2|prep Rome|PROPN|NNP|3|pobj and|CCONJ|CC|3|cc "
        "in|ADP|IN|3|conj Milan|PROPN|NNP|6|pobj"
    )
    check(
        prepositions,
        "They nsubj spoke",
        "spoke root -",
        "in case Rome",
        "Rome obl spoke",
        "and cc Milan",
        "in case Milan",
        "Milan conj Rome",
    )
    shared = converted(
        "Clashes|NOUN|NNS|2|nsubj spread|VERB|VBD|0|ROOT in|ADP|IN|2|prep and|CCONJ|CC|3|cc around|ADP|IN|3|conj "
        "Goma|PROPN|NNP|5|pobj"
    )
    assert "Goma obl spread" in triples(shared)
    assert "in case Goma" in triples(shared)


def test_prepositions_that_govern_together() -> None:
    doc = converted(
        "According|VERB|VBG|5|prep to|ADP|IN|1|prep police|NOUN|NN|2|pobj ,|PUNCT|,|5|punct fled|VERB|VBD|0|ROOT "
        "he|PRON|PRP|5|nsubj from|ADP|IN|5|prep behind|ADP|IN|7|prep the|DET|DT|10|det wall|NOUN|NN|8|pobj "
        "because|SCONJ|IN|5|prep of|ADP|IN|11|pcomp smoke|NOUN|NN|12|pobj"
    )
    check(
        doc,
        "According case police",
        "to fixed According",
        "police obl fled",
        ", punct fled",
        "fled root -",
        "he nsubj fled",
        "from case wall",
        "behind case wall",
        "the det wall",
        "wall obl fled",
        "because case smoke",
        "of fixed because",
        "smoke obl fled",
    )


def test_preposition_before_a_clause_marks_it() -> None:
    doc = converted(
        "She|PRON|PRP|2|nsubj resigned|VERB|VBD|0|ROOT two|NUM|CD|4|nummod days|NOUN|NNS|5|npadvmod "
        "after|ADP|IN|2|prep losing|VERB|VBG|5|pcomp the|DET|DT|8|det vote|NOUN|NN|6|dobj amid|ADP|IN|2|prep "
        "fears|NOUN|NNS|9|pobj of|ADP|IN|10|prep being|AUX|VBG|13|auxpass arrested|VERB|VBN|11|pcomp"
    )
    check(
        doc,
        "She nsubj resigned",
        "resigned root -",
        "two nummod days",
        "days obl:unmarked losing",
        "after mark losing",
        "losing advcl resigned",
        "the det vote",
        "vote obj losing",
        "amid case fears",
        "fears obl resigned",
        "of mark arrested",
        "being aux:pass arrested",
        "arrested acl fears",
    )


def test_relative_clause_with_a_fronted_and_with_a_stranded_preposition() -> None:
    fronted = converted(
        "the|DET|DT|2|det village|NOUN|NN|0|ROOT in|ADP|IN|6|prep which|PRON|WDT|3|pobj they|PRON|PRP|6|nsubj "
        "hid|VERB|VBD|2|relcl"
    )
    check(
        fronted,
        "the det village",
        "village root -",
        "in case which",
        "which obl hid",
        "they nsubj hid",
        "hid acl:relcl village",
    )
    stranded = converted(
        "the|DET|DT|2|det man|NOUN|NN|0|ROOT who|PRON|WP|6|pobj she|PRON|PRP|5|nsubj spoke|VERB|VBD|2|relcl "
        "with|ADP|IN|5|prep"
    )
    assert "who obl spoke" in triples(stranded)
    assert "with case who" in triples(stranded)
    bare = converted(
        "the|DET|DT|2|det town|NOUN|NN|0|ROOT they|PRON|PRP|4|nsubj fled|VERB|VBD|2|relcl from|ADP|IN|4|prep"
    )
    assert "from obl fled" in triples(bare)


def test_datives_particles_and_object_predicates() -> None:
    doc = converted(
        "Deputies|NOUN|NNS|2|nsubj gave|VERB|VBD|0|ROOT him|PRON|PRP|2|dative up|ADP|RP|2|prt and|CCONJ|CC|2|cc "
        "named|VERB|VBD|2|conj her|PRON|PRP|8|nsubj chair|NOUN|NN|6|oprd ,|PUNCT|,|6|punct handing|VERB|VBG|6|advcl "
        "power|NOUN|NN|10|dobj to|ADP|IN|10|dative women|NOUN|NNS|12|pobj"
    )
    check(
        doc,
        "Deputies nsubj gave",
        "gave root -",
        "him iobj gave",
        "up compound:prt gave",
        "and cc named",
        "named conj gave",
        "her obj named",
        "chair xcomp named",
        ", punct named",
        "handing advcl named",
        "power obj handing",
        "to case women",
        "women obl handing",
    )


def test_whoever_is_wanted_to_do_something_is_the_object_of_wanting() -> None:
    wanted = converted(
        "Allies|NOUN|NNS|2|nsubj want|VERB|VBP|0|ROOT him|PRON|PRP|5|nsubj to|PART|TO|5|aux step|VERB|VB|2|ccomp "
        "down|ADP|RP|5|prt"
    )
    check(
        wanted,
        "Allies nsubj want",
        "want root -",
        "him obj want",
        "to mark step",
        "step xcomp want",
        "down compound:prt step",
    )
    demanded = converted("Allies|NOUN|NNS|2|nsubj demanded|VERB|VBD|0|ROOT he|PRON|PRP|4|nsubj resign|VERB|VB|2|ccomp")
    assert triples(demanded)[2:] == ["he nsubj resign", "resign ccomp demanded"]
    said = converted("Rebels|NOUN|NNS|2|nsubj said|VERB|VBD|0|ROOT they|PRON|PRP|4|nsubj won|VERB|VBD|2|ccomp")
    assert triples(said)[2:] == ["they nsubj won", "won ccomp said"]


def test_possession_determiners_and_coordination_marks() -> None:
    doc = converted(
        "All|PRON|DT|5|nsubj of|ADP|IN|1|prep Kenya|PROPN|NNP|2|pobj 's|PART|POS|3|case "
        "is|AUX|VBZ|0|ROOT trade|NOUN|NN|5|attr"
    )
    assert "Kenya nmod All" in triples(doc)
    both = converted(
        "Both|CCONJ|CC|3|preconj Kenya|PROPN|NNP|3|poss officials|NOUN|NNS|7|nsubj and|CCONJ|CC|3|cc "
        "all|DET|PDT|6|predet guests|NOUN|NNS|3|conj ate|VERB|VBD|0|ROOT"
    )
    check(
        both,
        "Both cc:preconj officials",
        "Kenya nmod:poss officials",
        "officials nsubj ate",
        "and cc guests",
        "all det:predet guests",
        "guests conj officials",
        "ate root -",
    )


def test_amounts_of_money() -> None:
    doc = converted(
        "Oslo|PROPN|NNP|2|nsubj pledged|VERB|VBD|0|ROOT about|ADV|RB|6|advmod $|SYM|$|6|quantmod 5|NUM|CD|6|compound "
        "million|NUM|CD|2|dobj in|ADP|IN|6|prep aid|NOUN|NN|7|pobj"
    )
    check(
        doc,
        "Oslo nsubj pledged",
        "pledged root -",
        "about advmod $",
        "$ obj pledged",
        "5 compound million",
        "million nummod $",
        "in case aid",
        "aid nmod $",
    )
    people = converted("about|ADV|RB|2|quantmod 300|NUM|CD|3|nummod people|NOUN|NNS|0|ROOT")
    check(people, "about advmod 300", "300 nummod people", "people root -")


def test_person_names_are_flat_and_titles_describe_them() -> None:
    doc = converted(
        "Danish|ADJ|JJ|5|amod Foreign|PROPN|NNP|3|compound Minister|PROPN|NNP|5|compound Anna|PROPN|NNP|5|compound "
        "Holm|PROPN|NNP|6|nsubj denied|VERB|VBD|0|ROOT it|PRON|PRP|6|dobj .|PUNCT|.|6|punct",
        ents=((0, 1, "NORP"), (3, 5, "PERSON")),
    )
    check(
        doc,
        "Danish amod Minister",
        "Foreign compound Minister",
        "Minister nmod:desc Anna",
        "Anna nsubj denied",
        "Holm flat Anna",
        "denied root -",
        "it obj denied",
        ". punct denied",
    )
    single = converted(
        "President|PROPN|NNP|2|compound Lund|PROPN|NNP|3|nsubj left|VERB|VBD|0|ROOT", ents=((1, 2, "PERSON"),)
    )
    check(single, "President nmod:desc Lund", "Lund nsubj left", "left root -")


def test_a_name_under_a_preposition_with_an_apposition() -> None:
    doc = converted(
        "Talks|NOUN|NNS|0|ROOT with|ADP|IN|1|prep Jorge|PROPN|NNP|4|compound Vidal|PROPN|NNP|2|pobj ,|PUNCT|,|4|punct "
        "head|NOUN|NN|4|appos of|ADP|IN|6|prep the|DET|DT|9|det bank|NOUN|NN|7|pobj",
        ents=((2, 4, "PERSON"),),
    )
    check(
        doc,
        "Talks root -",
        "with case Jorge",
        "Jorge nmod Talks",
        "Vidal flat Jorge",
        ", punct Jorge",
        "head appos Jorge",
        "of case bank",
        "the det bank",
        "bank nmod head",
    )


def test_time_without_preposition() -> None:
    doc = converted(
        "Prices|NOUN|NNS|2|nsubj fell|VERB|VBD|0|ROOT last|ADJ|JJ|4|amod week|NOUN|NN|2|npadvmod ,|PUNCT|,|2|punct "
        "two|NUM|CD|7|nummod years|NOUN|NNS|8|npadvmod after|ADP|IN|2|prep the|DET|DT|11|det 2015|NUM|CD|11|nummod "
        "vote|NOUN|NN|8|pobj"
    )
    assert [triples(doc)[i] for i in (3, 6, 7, 10)] == [
        "week obl:unmarked fell",
        "years nmod:unmarked vote",
        "after case vote",
        "vote obl fell",
    ]


def test_question_with_a_fronted_predicate() -> None:
    doc = converted("What|PRON|WP|2|attr is|AUX|VBZ|0|ROOT the|DET|DT|4|det plan|NOUN|NN|2|nsubj ?|PUNCT|.|2|punct")
    check(doc, "What root -", "is cop What", "the det plan", "plan nsubj What", "? punct What")


def test_sentences_stay_as_they_were() -> None:
    first = "Rain|NOUN|NN|2|nsubj fell|VERB|VBD|0|ROOT in|ADP|IN|2|prep Bergen|PROPN|NNP|3|pobj .|PUNCT|.|2|punct"
    second = "Was|AUX|VBD|0|ROOT it|PRON|PRP|1|nsubj cold|ADJ|JJ|1|acomp ?|PUNCT|.|1|punct"
    doc = converted(first, second, first)
    assert [s.text for s in doc.sents] == ["Rain fell in Bergen .", "Was it cold ?", "Rain fell in Bergen ."]
    assert [s.root.text for s in doc.sents] == ["fell", "cold", "fell"]
    assert all(t.head.sent == t.sent for t in doc)


def test_names_take_the_four_kinds_and_numbers_are_dropped() -> None:
    cells = "A|PROPN|NNP|0|ROOT " + " ".join(f"B{i}|PROPN|NNP|1|dep" for i in range(8))
    labels = ["GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "MONEY", "ORG", "PERSON"]
    doc = converted(cells, ents=tuple((i, i + 1, label) for i, label in enumerate(labels)))
    assert [e.label_ for e in doc.ents] == ["PLACE", "PLACE", "PLACE", "MISC", "MISC", "ORG", "PERSON"]


def test_a_document_in_ud_stays_as_it_is() -> None:
    doc = clear_doc(
        "Danish|ADJ|JJ|2|amod Minister|PROPN|NNP|3|nmod:desc Anna|PROPN|NNP|7|nsubj:pass Holm|PROPN|NNP|3|flat "
        "was|AUX|VBD|7|aux:pass not|PART|RB|7|advmod seen|VERB|VBN|0|root in|ADP|IN|9|case Rome|PROPN|NNP|7|obl "
        ",|PUNCT|,|11|punct Bari|PROPN|NNP|9|conj or|CCONJ|CC|13|cc Turin|PROPN|NNP|9|conj",
        ents=((2, 4, "PERSON"),),
    )
    before = triples(doc)
    assert triples(UniversalDependencies()(doc)) == before


def test_a_document_without_syntax_is_refused_and_an_empty_one_is_not() -> None:
    with pytest.raises(PipelineError, match="no syntax"):
        UniversalDependencies()(Doc(VOCAB, words=["Rain", "fell"]))
    assert len(UniversalDependencies()(Doc(VOCAB))) == 0


def test_a_long_coordination_does_not_take_long() -> None:
    count = 20_000
    cells = ["A|PROPN|NNP|0|ROOT"]
    cells += [f"B|PROPN|NNP|{i}|conj" for i in range(1, count)]
    doc = converted(" ".join(cells))
    assert {t.head.i for t in doc} == {0}
