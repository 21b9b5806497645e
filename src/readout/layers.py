"""What each room writes on a spaCy `Doc`, in the schema's own objects.

Importing this module registers the attributes. `doc.text` is `article.text`, so every span of the schema is also a
span of the `Doc`.

    doc._.published      day of publication as ISO text (date, month or date-time), or None         given
    doc._.entities       list[Entity]        names; roles, coreference, relations, places add to them
    doc._.chains         list[list[Span]], all coreferent noun phrases, also of what is no entity         coreference
    doc._.toponyms       list[Toponym]       places
    doc._.times          list[Time]          times
    doc._.statements     list[Statement]     statements
    doc._.events         list[Event]         events; status sets `status` and `asserted_by`
    doc._.expectations   list[Expectation]   expectations
    doc._.occurrences    list[Occurrence]    events, too faint to stand alone; status likewise
    doc._.screenings     list[Screening]     screenings
    doc._.spoken         SpokenParts or None: sources, cues and contents as the encoder scores them         language
    doc._.happening      EventScores or None: triggers, types, roles as the encoder scores them              language
    doc.tensor           float32 [tokens, width]: the encoder's state at each token's first piece    language
"""

from spacy.tokens import Doc

LAYERS = ("entities", "toponyms", "times", "statements", "events", "expectations", "occurrences", "screenings")


def register() -> None:
    """Make the attributes known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    if not Doc.has_extension("chains"):
        Doc.set_extension("chains", default=[])
    for name in ("spoken", "happening"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in LAYERS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])


register()
