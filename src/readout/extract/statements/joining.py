"""Quotations brought together with the attributions of the tree: who says what stands in marks.

A quotation belongs, in this order, to a cue beside it ("...," she said; she said: "..."); to the clause attribution
whose content it touches; to the name that signs it; to the statement it carries on ("..." he said. "..."); to whoever
spoke last. Marks around a title or nickname make no statement.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range, overlaps, union, within, without
from readout.extract.statements.beside import announced_after, announced_before, ends_in_colon, lead_to, signed
from readout.extract.statements.cues import cue_of, words
from readout.extract.statements.quoted import FINITE, STOPS, Quoted, is_finite, is_label, is_mentioned, is_sentence
from readout.extract.tree import children, has_dep, paragraphs

FILLED = 0.8
"""Share of a paragraph that a quotation without a cue must fill to be its speaker's next statement."""

MAX_LEAD = 40
MAX_ASIDE = 12
CONDITIONS = words("provisos")
"""What makes the words behind an inserted cue part of what is said: "..., he warned, if it was attacked again"."""

CONTRASTS = words("contrasts")
"""What joins one speaker's words to another's: "..., while the union said ...\"."""


def join(doc: Doc, quotes: Sequence[Quoted], clauses: Iterable[Attribution]) -> list[Attribution]:
    """Every attribution of the article, those of clauses and those of quotations as one.

    Args:
        doc: a Doc with tags and a UD v2 tree.
        quotes: its quotations, in text order; each gets its `owner`.
        clauses: what its clauses attribute.

    Returns:
        Attributions in no particular order; a content may hold several ranges.
    """
    joiner = _Joiner(doc, quotes, _outside(quotes, clauses))
    joiner.assign()
    return joiner.settled()


def _outside(quotes: Sequence[Quoted], clauses: Iterable[Attribution]) -> list[Attribution]:
    """The attributions whose cue stands in no quotation: what is quoted is not taken apart."""
    starts = [quote.start for quote in quotes]

    def is_quoted(token: Token) -> bool:
        at = bisect_right(starts, token.i) - 1
        return at >= 0 and any(a <= token.i < b for a, b in quotes[at].ranges)

    return [found for found in clauses if found.cue is None or not is_quoted(found.cue)]


def _place(found: Attribution) -> int:
    """Where a reader meets the speaker: at the cue, else at the words."""
    return found.cue.i if found.cue is not None else found.start


def _ends_after(found: Attribution, cue: Token, colon: int) -> bool:
    """Whether a clause ends behind its cue and before the colon: "The offer, she said, was dead: ..."."""
    tail = [t for start, end in within(found.content, (cue.i, colon)) for t in cue.doc[start:end]]
    return (bool(tail) and found.start > cue.i) or any(t.tag_ in FINITE for t in tail)


class _Joiner:
    """Goes through the quotations in text order; knows which attribution has which cue and which words."""

    def __init__(self, doc: Doc, quotes: Sequence[Quoted], found: list[Attribution]) -> None:
        self.doc, self.quotes, self.found = doc, quotes, found
        self.bounds = paragraphs(doc)
        self.starts = [start for start, _ in self.bounds]
        self.by_place = sorted(found, key=_place)
        self.by_cue = {i: a for a in found for i in a.cue_words}
        self.by_word: dict[int, list[Attribution]] = {}
        for attribution in found:
            for start, end in attribution.content:
                for word in range(start, end):
                    self.by_word.setdefault(word, []).append(attribution)

    def assign(self) -> None:
        """Give each quotation its owner."""
        for number, quote in enumerate(self.quotes):
            before = self.quotes[number - 1] if number else None
            limit = self.quotes[number + 1].start if number + 1 < len(self.quotes) else len(self.doc)
            label = is_label(self.doc, quote) or is_mentioned(self.doc, quote)
            if not label:
                quote.owner = self._announced(quote, before, limit)
            quote.owner = quote.owner or self._touched(quote)
            if quote.owner is None and not label:
                quote.owner = self._signed(quote) or self._continued(quote, before) or self._alone(quote)

    def settled(self) -> list[Attribution]:
        """The attributions once each has its own words alone."""
        for quote in self.quotes:
            self._take_from_others(quote)
        for one, two in pairwise(self.quotes):
            self._clear_between(one, two)
        for attribution in self.found:
            self._end_what_went_before(attribution)
        return [attribution for attribution in self.found if attribution.content]

    def _paragraph(self, token: int) -> int:
        return max(bisect_right(self.starts, token) - 1, 0)

    def _announced(self, quote: Quoted, before: Quoted | None, limit: int) -> Attribution | None:
        after = announced_after(self.doc, quote, limit)
        if after is not None and after.cue is not None:
            return self._attach(after.source, after.cue, quote, self._side_before(after.cue, quote))
        lead = lead_to(self.doc, quote, before.end if before is not None else 0)
        found = announced_before(self.doc, quote, lead) if lead else None
        last = before.owner if before is not None else None
        if found is not None and found.cue is not None:
            own = self.by_cue.get(found.cue.i)
            apart = ends_in_colon(lead) and is_sentence(self.doc, quote)
            if apart and own is not None and _ends_after(own, found.cue, lead[0].i):
                own.content = within(own.content, (0, lead[0].i))
                return self._add(found.source, None, quote)  # the cue has said its own: "he denied it: ..."
            whole = lead[0].i == found.cue.i or lead[0].text in (",", ":")
            end = quote.end if whole and is_finite(self.doc, quote) and self._is_closed(quote) else len(self.doc)
            side = (0 if own is not None and own is last else found.cue.i, end)
            return self._attach(found.source, found.cue, quote, side)
        if ends_in_colon(lead) and last is not None and not any(t.pos_ in ("VERB", "AUX") for t in lead):
            return self._add(last.source, None, quote)
        return self._add(found.source, None, quote) if found is not None else None

    def _side_before(self, cue: Token, quote: Quoted) -> Range:
        """What an inserted cue leaves to the speaker: all of a clause that the marks hold a part of, or a condition."""
        own = self.by_cue.get(cue.i)
        tail = [start for start, _ in own.content if start > cue.i] if own is not None else []
        first = self.doc[tail[0] : tail[0] + 2] if tail else ()
        partial = own is not None and own.start < quote.start and own.start > self._sentence_before(quote)
        goes_on = any(t.lower_ in CONDITIONS for t in first) or (partial and any(t.pos_ == "CCONJ" for t in first))
        return 0, len(self.doc) if goes_on else quote.end

    def _sentence_before(self, quote: Quoted) -> int:
        """The last full stop in front of a quotation."""
        before = self.doc[max(quote.start - MAX_LEAD, 0) : quote.start]
        return max((t.i for t in before if t.text in STOPS), default=-1)

    def _is_closed(self, quote: Quoted) -> bool:
        """Whether what stands in marks ends there: a comma or full stop stands at its end, or no word follows."""
        inner = self.doc[quote.end - 2].text if quote.end - quote.start > 2 else ""
        following = self.doc[quote.end] if quote.end < len(self.doc) else None
        return inner in STOPS | {","} or following is None or not following.is_alpha or following.pos_ == "CCONJ"

    def _touched(self, quote: Quoted) -> Attribution | None:
        """The clause attribution whose content the quotation overlaps, grown to hold all of it."""
        best = min(self._near(quote), key=lambda a: a.end - a.start, default=None)
        if best is not None:
            best.content = union([*best.content, *quote.ranges])
        return best

    def _near(self, quote: Quoted) -> list[Attribution]:
        """The clause attributions whose content shares a word with the quotation, as it stands now."""
        words = (word for start, end in quote.ranges for word in range(start, end))
        near = {id(a): a for word in words for a in self.by_word.get(word, ())}
        return [a for a in near.values() if any(overlaps(one, two) for one in a.content for two in quote.ranges)]

    def _signed(self, quote: Quoted) -> Attribution | None:
        name = signed(self.doc, quote)
        return self._add(name, None, quote) if name is not None else None

    def _continued(self, quote: Quoted, before: Quoted | None) -> Attribution | None:
        """ "..." he said. "..." in one paragraph."""
        if before is None or before.owner is None or self._paragraph(before.end - 1) != self._paragraph(quote.start):
            return None
        owner, between = before.owner, self.doc[before.end : quote.start]
        words = [t for t in between if not (t.is_punct or t.is_space)]
        stop = next((t for t in between if t.text in STOPS), None)
        said = owner.cue is not None and any(t.i == owner.cue.i for t in words)
        if words and not said:
            return self._second_piece(quote, owner) if stop is None else None
        if stop is None or (stop.text != ";" and not any(t.i > stop.i for t in words)):
            owner.content = union([*owner.content, *quote.ranges])
            return owner
        if any(t.tag_ in FINITE for t in words if owner.cue is not None and t.i > owner.cue.i):
            return None
        return self._add(owner.source, None, quote)

    def _second_piece(self, quote: Quoted, owner: Attribution) -> Attribution | None:
        """A further piece in the same sentence: he called it "a farce" after the court "gave in"."""
        between = (owner.end, quote.start)
        if owner.cue is None or between[0] >= between[1] or any(cue_of(t) for t in self.doc[between[0] : between[1]]):
            return None
        owner.content = union([*owner.content, between, *quote.ranges])
        return owner

    def _alone(self, quote: Quoted) -> Attribution | None:
        """A whole sentence in marks without a cue: whoever spoke last, here or at the end of the paragraph before."""
        at = bisect_left(self.by_place, quote.start, key=_place)
        if not at or not is_sentence(self.doc, quote):
            return None
        last = self.by_place[at - 1]
        here, there = self._paragraph(quote.start), self._paragraph(_place(last))
        start, end = self.bounds[here]
        fills = quote.end - quote.start >= FILLED * (end - start)
        return self._add(last.source, None, quote) if here == there or (here == there + 1 and fills) else None

    def _attach(self, source: Token | None, cue: Token, quote: Quoted, side: Range) -> Attribution:
        """The quotation as what a cue beside it announces; of what its clause gave, the part on that side stays."""
        own = self.by_cue.get(cue.i)
        if own is None:
            own = self.by_cue[cue.i] = self._add(source, cue, quote)
        own.content = union([*within(own.content, side), *quote.ranges])
        own.source = own.source or source
        return own

    def _add(self, source: Token | None, cue: Token | None, quote: Quoted) -> Attribution:
        added = Attribution(source, cue, cue_of(cue) if cue is not None else None, list(quote.ranges))
        self.found.append(added)
        insort(self.by_place, added, key=_place)
        return added

    def _clear_between(self, one: Quoted, two: Quoted) -> None:
        """Who speaks to whom, between two pieces of a quotation, is none of the words."""
        cue = one.owner.cue if one.owner is not None and one.owner is two.owner else None
        if cue is None or one.owner is None or not one.end <= cue.i < two.start or two.start - cue.i > MAX_ASIDE:
            return
        behind = self.doc[cue.i + 1 : two.start]
        if behind and behind[-1].text == "," and not any(t.tag_ in FINITE or t.lower_ == "that" for t in behind):
            one.owner.content = without(one.owner.content, (one.end, two.start))

    def _take_from_others(self, quote: Quoted) -> None:
        """What one says in marks is no part of what another says, unless the other's words report it."""
        owner = quote.owner
        for other in self._near(quote) if owner is not None else ():
            cue = owner.cue if owner is not None else None
            reported = cue is not None and within(other.content, (cue.i, cue.i + 1))
            if other is not owner and not reported:
                for part in quote.ranges:
                    other.content = without(other.content, part)

    def _end_what_went_before(self, found: Attribution) -> None:
        """ "He said that ..., adding that ..." and "..., with another saying ...": where the next one's words begin."""
        cue = found.cue
        if cue is None or not has_dep(cue, "advcl", "conj"):
            return
        beside = any(t.lower_ in CONTRASTS for t in children(cue, "mark"))
        for other in self.by_word.get(cue.i, ()):
            same = other.source is not None and other.source == found.source
            if other is not found and (same or beside):
                other.content = within(other.content, (0, cue.left_edge.i))
