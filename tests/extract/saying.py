"""What the tests of statements within statements share: a reading by cues and words."""

from spacy.language import Language

from readout.schema import Statement


def said(nlp: Language, text: str) -> list[tuple[str | None, str, str | None]]:
    """The cue, the words, and the cue of the statement around, of each statement."""
    statements = nlp(text)._.statements
    by_id = {s.id: s for s in statements}

    def cue(statement: Statement | None) -> str | None:
        return text[slice(*statement.cue_span)] if statement is not None and statement.cue_span else None

    return [
        (cue(s), " / ".join(text[a:b] for a, b in s.content_spans), cue(by_id.get(s.reported_by or "")))
        for s in statements
    ]
