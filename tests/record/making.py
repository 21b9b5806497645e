"""Readouts for the tests, with spans found by the words themselves."""

from readout.ingest import article_from_text
from readout.schema import Due, Entity, Event, Expectation, Producer, Readout, Statement

REPORT = (
    "The fisheries minister of Norland, Ada Lind, met union leaders in Vesthavn on Monday.\n\n"
    '"The quota stays where it is," Lind told reporters after the talks. The unions denied that a deal was near.\n\n'
    "A second round is expected in October, her office said. Boats from the northern villages stayed in harbour."
)
OTHER = (
    "A court in Kestria sentenced two former customs officers to prison on Friday for taking bribes at the border.\n\n"
    "Prosecutors said the men had let lorries pass without papers for almost three years. Both plan to appeal."
)


def made(text=REPORT, *, id=None, url=None, outlet=None, published="2024-03-11", model="small-1", **more) -> Readout:
    """The readout of a text: who, said and done are the words that its layers rest on."""
    article = article_from_text(text, published=published, verbatim=True, url=url, outlet=outlet)
    article.contributors = more.get("credits", [])
    who, said, done = (more.get(key, default) for key, default in LAYERS.items())
    who, said, done = ([words for words in layer if words in text] for layer in (who, said, done))
    return Readout(
        id=id or article.id,
        article=article,
        entities=[Entity(id=f"e{n}", kind="person", name=w, mentions=[_span(text, w)]) for n, w in enumerate(who)],
        statements=[
            Statement(id=f"s{n}", content_spans=[_span(text, w)], kind="direct", speaker="e0" if who else None)
            for n, w in enumerate(said)
        ],
        events=[
            Event(
                id=f"v{n}", type="CONSULT", trigger=_span(text, w), evidence=[_span(text, w)], start="2024-03-11",
                end="2024-03-11", actors=[f"e{m}" for m in range(len(who))], status="planned" if n else "occurred",
            )
            for n, w in enumerate(done)
        ],
        expectations=[Expectation(id="x0", event="v1", due=Due(start="2024-10-01", end="2024-10-31"))][: len(done) - 1],
        produced_by=Producer(readout="0.1", model=model),
    )  # fmt: skip


LAYERS = {
    "who": ["Ada Lind", "Vesthavn", "The unions"],
    "said": ["The quota stays where it is", "a deal was near"],
    "done": ["met", "round"],
}


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)
