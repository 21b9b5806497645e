"""Quotations brought together with the attributions of the tree: who says what stands in marks.

A quotation belongs, in this order, to the clause attribution whose content it touches; to a cue beside it ("...," she
said; she said: "..."); to the statement it carries on ("..." he said. "..."); to whoever spoke last, if it fills a
paragraph of its own. Marks around a title, a nickname or a single borrowed word make no statement.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from readout.extract.statements.attribution import Attribution, Range, overlaps, union, within, without
from readout.extract.statements.clauses import source_of
from readout.extract.statements.cues import cue_of
from readout.extract.statements.quotation import Quotation
from readout.extract.tree import child, children, has_dep, paragraphs, subject

MAX_GAP = 40
MAX_SIGNATURE = 12
FILLED = 0.8
DASHES = frozenset({"-", "--", "–", "—", "―"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOPS = frozenset({".", "!", "?", ";"})


@dataclass
class Quoted:
    """A quotation in tokens, and the attribution that it became part of."""

    ranges: list[Range]
    owner: Attribution | None = None

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]


def in_tokens(doc: Doc, quotations: Iterable[Quotation]) -> list[Quoted]:
    """Quotations as token ranges, marks included."""
    starts = [token.idx for token in doc]
    found = []
    for quotation in quotations:
        ranges = [(max(bisect_right(starts, a) - 1, 0), bisect_left(starts, b)) for a, b in quotation.pieces]
        ranges = [(a, b) for a, b in ranges if a < b]
        if ranges:
            found.append(Quoted(ranges))
    return found


def join(doc: Doc, quotes: Sequence[Quoted], clauses: Iterable[Attribution]) -> list[Attribution]:
    """Every attribution of the article, those of clauses and those of quotations as one.

    Args:
        doc: a Doc with tags and a UD v2 tree.
        quotes: its quotations, in text order.
        clauses: what its clauses attribute.

    Returns:
        Attributions in no particular order; contents may hold several ranges.
    """
    found = _outside(quotes, clauses)
    return _Joiner(doc, quotes, found).run()


def _outside(quotes: Sequence[Quoted], clauses: Iterable[Attribution]) -> list[Attribution]:
    """The attributions whose cue stands in no quotation: what is quoted is not taken apart."""
    starts = [quote.start for quote in quotes]

    def is_quoted(token: Token) -> bool:
        at = bisect_right(starts, token.i) - 1
        return at >= 0 and any(a <= token.i < b for a, b in quotes[at].ranges)

    return [found for found in clauses if found.cue is None or not is_quoted(found.cue)]


class _Joiner:
    """Goes through the quotations in text order, with the last attribution at hand."""

    def __init__(self, doc: Doc, quotes: Sequence[Quoted], found: list[Attribution]) -> None:
        self.doc, self.quotes, self.found = doc, quotes, found
        self.bounds = paragraphs(doc)
        self.starts = [start for start, _ in self.bounds]
        self.by_place = sorted(found, key=_place)
        self.by_cue = {a.cue.i: a for a in found if a.cue is not None}
        self.spoken: dict[int, list[Attribution]] = {}
        for attribution in found:
            for start, end in attribution.content:
                for sentence in range(start, end):
                    self.spoken.setdefault(sentence, []).append(attribution)

    def run(self) -> list[Attribution]:
        for number, quote in enumerate(self.quotes):
            before = self.quotes[number - 1] if number else None
            after = self.quotes[number + 1].start if number + 1 < len(self.quotes) else len(self.doc)
            label = is_label(self.doc, quote)
            if not label:
                quote.owner = self._announced_after(quote, after) or self._announced_before(quote, before)
            quote.owner = quote.owner or self._touched(quote)
            if quote.owner is None and not label:
                quote.owner = self._signed(quote) or self._continued(quote, before) or self._alone(quote)
        for quote in self.quotes:
            self._take_from_others(quote)
        for attribution in self.found:
            self._end_what_went_before(attribution)
        return [attribution for attribution in self.found if attribution.content]

    def paragraph(self, token: int) -> int:
        return max(bisect_right(self.starts, token) - 1, 0)

    def _touched(self, quote: Quoted) -> Attribution | None:
        """The clause attribution whose content the quotation overlaps, grown to hold all of it."""
        best = min(self._near(quote), key=lambda a: a.end - a.start, default=None)
        if best is not None and not all(any(a <= s and e <= b for a, b in best.content) for s, e in quote.ranges):
            best.content = union([*best.content, *quote.ranges])
        return best

    def _near(self, quote: Quoted) -> list[Attribution]:
        """The clause attributions whose content shares a word with the quotation, as it stands now."""
        tokens = (token for start, end in quote.ranges for token in range(start, end))
        near = {id(a): a for token in tokens for a in self.spoken.get(token, ())}
        return [
            a
            for a in near.values()
            if a.content and any(overlaps(one, two) for one in a.content for two in quote.ranges)
        ]

    def _take_from_others(self, quote: Quoted) -> None:
        """What one says in marks is no part of what another says, unless the other's words report it."""
        owner = quote.owner
        for other in self._near(quote) if owner is not None else ():
            reported = (
                owner is not None and owner.cue is not None and within(other.content, (owner.cue.i, owner.cue.i + 1))
            )
            if other is not owner and not reported:
                for part in quote.ranges:
                    other.content = without(other.content, part)

    def _end_what_went_before(self, found: Attribution) -> None:
        """ "He said that ..., adding that ..." and "..., with another saying ...": where the next one's words begin."""
        cue = found.cue
        if cue is None or not has_dep(cue, "advcl", "conj"):
            return
        beside = any(t.lower_ == "with" for t in children(cue, "mark"))
        for other in self.spoken.get(cue.i, ()):
            same = other.source is not None and other.source == found.source
            if other is not found and (same or beside):
                other.content = within(other.content, (0, cue.left_edge.i))

    def _signed(self, quote: Quoted) -> Attribution | None:
        """ "..." - Jane Doe, at the end of a paragraph."""
        line = [t for t in self._gap(quote.end, len(self.doc)) if not t.is_space]
        dashed = bool(line) and line[0].text in DASHES
        if not line or len(line) > MAX_SIGNATURE or not (dashed or self.doc[quote.end - 1].text[-1] in DASHES):
            return None
        names = [t for t in line if t.pos_ == "PROPN"]
        return self._add(names[0], None, quote) if names and not any(t.tag_ in FINITE for t in line) else None

    def _announced_after(self, quote: Quoted, limit: int) -> Attribution | None:
        """ "...," she said / said the minister."""
        gap = self._gap(quote.end, limit)
        while gap and gap[0].text in DASHES | {","}:
            gap = gap[1:]
        if not gap or not self._leans_on_what_follows(quote):
            return None
        known = next((t for t in gap if (entry := cue_of(t)) is not None and entry.takes_quotation), None)
        cue = known if known is not None else self._other_verb(quote, gap)
        if cue is None:
            return None
        source = _subject_in(cue, gap)
        first = min(cue.i, source.left_edge.i if source is not None and source.i < cue.i else cue.i)
        if source is None or first > gap[0].i + 1:
            return None
        if gap[0].pos_ in ("CCONJ", "SCONJ") or gap[0].tag_ in ("WP", "WDT", "WRB"):
            return None
        return self._attach(source, cue, quote, (0, quote.end))

    def _other_verb(self, quote: Quoted, gap: Sequence[Token]) -> Token | None:
        """A verb that the lexicon does not know: "...," he thundered."""
        verb = next((t for t in gap[:12] if t.tag_ in ("VBD", "VBZ")), None)
        if verb is None or verb.pos_ == "AUX" or child(verb, "obj", "cop", "xcomp", "ccomp") is not None:
            return None
        return verb if any(t.tag_ in FINITE for t in self.doc[quote.start : quote.end]) else None

    def _gap(self, start: int, limit: int) -> list[Token]:
        """The words after a quotation, up to the next one or the end of the sentence."""
        gap: list[Token] = []
        for token in self.doc[start : min(limit, start + MAX_GAP)]:
            if token.text in STOPS or (token.is_space and "\n" in token.text):
                break
            gap.append(token)
        return gap

    def _leans_on_what_follows(self, quote: Quoted) -> bool:
        """Whether the quotation ends in a comma, a question or exclamation mark, or a comma follows its mark."""
        last = [t.text for t in self.doc[max(quote.end - 3, quote.start) : quote.end]]
        after = self.doc[quote.end].text if quote.end < len(self.doc) else ""
        return after == "," or bool({",", "?", "!", "-", "—", "–"} & set(last)) or last[-1] in (',"', ",”")

    def _announced_before(self, quote: Quoted, before: Quoted | None) -> Attribution | None:
        """She said: "..." and, with a colon, any sentence that leads to the quotation."""
        start = max(before.end if before is not None else 0, quote.start - MAX_GAP)
        lead: list[Token] = []
        for token in reversed(self.doc[start : quote.start]):
            if token.text in STOPS or (token.is_space and lead and "\n" in token.text):
                break
            if not token.is_space:
                lead.append(token)
        if not lead:
            return None
        cue = next((t for t in lead if (entry := cue_of(t)) is not None and entry.takes_quotation), None)
        colon = lead[0].text.endswith(":")
        if cue is not None and (colon or self._leads_to(lead, cue, quote)):
            own = self.by_cue.get(cue.i)
            if colon and own is not None and cue.i < own.start < lead[0].i and own.end <= lead[0].i:
                return self._add(source_of(cue), None, quote)
            earlier = before is not None and before.owner is not None and before.owner is own
            source = source_of(cue) or _named_after(cue, lead)
            return self._attach(source, cue, quote, (0 if earlier else cue.i, len(self.doc)))
        speaker = _root_subject(lead) if colon else None
        if (
            colon
            and before is not None
            and before.owner is not None
            and not any(t.pos_ in ("VERB", "AUX") for t in lead)
        ):
            speaker = before.owner.source
        return self._add(speaker, None, quote) if speaker is not None else None

    def _leads_to(self, lead: list[Token], cue: Token, quote: Quoted) -> bool:
        between = [t for t in lead if t.i > cue.i]
        if any(t.tag_ in FINITE for t in between):
            return False
        return (
            not between or self._is_sentence(quote) or between[0].text == "," or between[0].lower_ in DASHES | {"that"}
        )

    def _continued(self, quote: Quoted, before: Quoted | None) -> Attribution | None:
        """ "..." she said. "..." in one paragraph."""
        if before is None or before.owner is None or self.paragraph(before.end - 1) != self.paragraph(quote.start):
            return None
        owner = before.owner
        between = self.doc[before.end : quote.start]
        words = [t for t in between if not (t.is_punct or t.is_space)]
        stops = [t for t in between if t.text in STOPS]
        if owner.cue is None or not any(t.i == owner.cue.i for t in words):
            if not words:
                owner.content = union([*owner.content, *quote.ranges])
                return owner
            return None
        trailing = any(t.text == ";" for t in stops) or any(t.i > stops[0].i for t in words if stops)
        if not trailing:
            owner.content = union([*owner.content, *quote.ranges])
            return owner
        if not any(t.tag_ in FINITE for t in words if t.i > owner.cue.i):
            return self._add(owner.source, None, quote)
        return None

    def _alone(self, quote: Quoted) -> Attribution | None:
        """A whole sentence in marks without a cue: whoever spoke last, here or at the end of the paragraph before."""
        at = bisect_left(self.by_place, quote.start, key=_place)
        if not at or not self._is_sentence(quote):
            return None
        last = self.by_place[at - 1]
        here, there = self.paragraph(quote.start), self.paragraph(_place(last))
        start, end = self.bounds[here]
        fills = quote.end - quote.start >= FILLED * (end - start)
        if here == there or (here == there + 1 and fills):
            return self._add(last.source, None, quote)
        return None

    def _is_sentence(self, quote: Quoted) -> bool:
        words = [t for t in self.doc[quote.start : quote.end] if t.is_alpha]
        ends = any(t.text in STOPS for t in self.doc[quote.end - 3 : quote.end])
        return len(words) >= 3 and words[0].text[0].isupper() and ends and any(t.tag_ in FINITE for t in words)

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


def _place(found: Attribution) -> int:
    """Where a reader meets the speaker: at the cue, else at the words."""
    return found.cue.i if found.cue is not None else found.start


def is_label(doc: Doc, quote: Quoted) -> bool:
    """Whether marks set off a title or nickname: capitalised throughout, no finite verb, no sentence's end."""
    words = [t for t in doc[quote.start : quote.end] if t.is_alpha]
    if any(t.tag_ in FINITE for t in words) or any(
        t.text in (",", ".", "!", "?") for t in doc[quote.start : quote.end]
    ):
        return False
    return all(t.text[0].isupper() or t.pos_ in ("ADP", "DET", "CCONJ", "PART") for t in words)


def _subject_in(cue: Token, gap: Sequence[Token]) -> Token | None:
    """Who speaks, among the words beside a quotation: the cue's subject, else the noun next to it."""
    inside = (gap[0].i, gap[-1].i + 1)
    own = child(cue, "nsubj")
    if own is not None and overlaps((own.i, own.i + 1), inside):
        return own
    nouns = [t for t in gap if t.pos_ in ("PROPN", "NOUN", "PRON")]
    after = next((t for t in nouns if t.i > cue.i), None) if cue.i == gap[0].i else None
    before = next((t for t in reversed(nouns) if t.i < cue.i), None)
    return after or before


def _named_after(cue: Token, lead: Sequence[Token]) -> Token | None:
    """ "Said Jane Doe: ...", where a tree has no subject."""
    first = cue.i == lead[-1].i
    return next((t for t in reversed(lead) if t.i > cue.i and t.pos_ in ("PROPN", "NOUN")), None) if first else None


def _root_subject(lead: Sequence[Token]) -> Token | None:
    sentence = lead[-1].sent
    found = subject(sentence.root)
    return found[0] if found is not None and not found[1] else None
