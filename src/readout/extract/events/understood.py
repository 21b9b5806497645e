"""What a clause leaves unsaid: understood subjects, objects of relative clauses, who a relative pronoun is.

Control, raising, participles and reported speech on UD trees, where a subject or object is not among the dependents.
"""

from spacy.tokens import Token

from readout.extract import tree
from readout.extract.events.kinds import is_actor
from readout.extract.events.lexicon import belongs, lemma_of

SPEAKERS_OWN = frozenset({"it", "they"})


def raised_objects(verb: Token) -> list[Token]:
    """The subject of an infinite complement is the verb's object: "urged them to leave", "accused them of lying"."""
    infinite = [
        t for t in tree.children(verb, "xcomp", "ccomp") if t.tag_ in ("VB", "VBG") and not tree.children(t, "aux")
    ]
    return [subject for t in infinite if (subject := tree.child(t, "nsubj")) is not None]


def meaning(predicate: Token) -> Token:
    """The verb that a complement is about, below "be able to" and the like."""
    for _ in range(3):
        lower = tree.child(predicate, "xcomp")
        if lower is None or lemma_of(predicate) not in ("be", "able", "continue", "begin", "start", "go", "try"):
            break
        predicate = lower
    return predicate


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, also one that shares its auxiliary ("was arrested and charged").

    A past tense with an object does not, whatever the parser hangs on it ("condemned the beating of pupils by guards").
    """
    if verb.tag_ == "VBD" and tree.object_of(verb) is not None and tree.child(verb, "aux:pass") is None:
        return False
    if tree.is_passive(verb):
        return True
    shares = tree.has_dep(verb, "conj") and verb.tag_ == "VBN" and not tree.children(verb, "nsubj", "aux")
    return shares and verb.head.tag_ == "VBN" and tree.is_passive(verb.head)


def subject_of(verb: Token) -> Token | None:
    """Who is understood to do (or, in the passive, undergo) what the verb says."""
    if (controller := _blamed(verb)) is not None:
        return controller
    found = tree.subject(verb)
    if found is None:
        return None
    noun = _likeliest(tree.children(verb, "nsubj"), found[0])
    if noun.lower_ in SPEAKERS_OWN and (speaker := _reporting_subject(verb)) is not None and not is_actor(noun):
        return speaker
    if (
        tree.has_dep(verb, "acl")
        and noun.i == verb.head.i
        and not tree.has_dep(verb, "acl:relcl")
        and _is_infinite(verb)
    ):
        return _owner(noun)
    return referent(noun)


def _blamed(verb: Token) -> Token | None:
    """Who does what the gerund says in "accused the army of torturing", "the army was accused of torturing"."""
    upper = tree.governor(verb)
    if upper is None or verb.tag_ != "VBG" or not belongs(lemma_of(upper), "BLAMING") or tree.child(verb, "nsubj"):
        return None
    if not any(t.lower_ in ("of", "for", "from", "against") for t in tree.children(verb, "mark", "case")):
        return None
    passive = tree.child(upper, "nsubj:pass")
    return passive if passive is not None else tree.child(upper, "obj", "iobj")


def _reporting_subject(verb: Token) -> Token | None:
    """Who says it: "it" in "the ministry says it will not accept" is the ministry, where nothing else is known."""
    speech = verb.head if tree.has_dep(verb, "ccomp") else None
    return tree.child(speech, "nsubj") if speech is not None and belongs(lemma_of(speech), "SPEECH") else None


def _likeliest(subjects: list[Token], first: Token) -> Token:
    """Of several subjects ("which ministers criticised", "they today reject": a parser's slip), one that acts."""
    return next((t for t in subjects if is_actor(t)), first) if len(subjects) > 1 else first


def _is_infinite(verb: Token) -> bool:
    return any(mark.lower_ in ("to", "of", "for", "in", "at", "on") for mark in tree.children(verb, "mark", "case"))


def _owner(noun: Token) -> Token | None:
    """Whose plan, attempt or policy it is: the possessor, a phrase with "by" or "of", or the subject of the verb."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return referent(owner)
    for nominal in tree.children(noun, "nmod", "compound", "amod"):
        if (tree.preposition(nominal) in ("by", "of") or tree.has_dep(nominal, "compound", "amod")) and is_actor(
            nominal
        ):
            return nominal
    verb = tree.governor(noun)
    if verb is not None and verb.pos_ == "VERB" and tree.has_dep(noun, "obj"):
        return subject_of(verb) if not is_passive(verb) else tree.agent(verb)
    return None


def gap(verb: Token, passive: bool) -> Token | None:
    """The noun that a relative clause without object is about ("the deal that he signed", "the deal he signed")."""
    if passive or not tree.has_dep(verb, "acl:relcl") or tree.child(verb, "obj") is not None:
        return None
    subject = tree.child(verb, "nsubj")
    if subject is None or tree.is_relative_pronoun(subject):
        return None
    return tree.governor(verb)


def referent(nominal: Token) -> Token:
    """The noun that a relative pronoun stands for; any other word is itself."""
    if not tree.is_relative_pronoun(nominal) or nominal.pos_ == "NOUN":
        return nominal
    noun = tree.antecedent(tree.clause_head(nominal))
    return noun if noun is not None else nominal


def named_by(word: Token) -> Token:
    """The name that a title, or a word of the title, stands before: "Trump" for "U.S." and "President" before it."""
    for upper in (word, word.head):
        if (
            tree.has_dep(upper, "nmod:desc")
            and upper.head.pos_ == "PROPN"
            and tree.has_dep(word, "nmod:desc", "compound")
        ):
            return upper.head
    return word


def is_condition(clause: Token) -> bool:
    """Whether a clause says what others must do first: "until the army leaves", "unless it pays"."""
    return any(t.lower_ in ("until", "till", "unless") for t in tree.children(clause, "mark"))
