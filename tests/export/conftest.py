"""A readout made by hand, with every layer filled, of a report written for the tests."""

import re
from pathlib import Path

import pytest

from readout.schema import Article, Readout

REPORT = Path(__file__).parents[2] / "examples" / "report.md"


def prose() -> str:
    """The example report without its headline, date, caption, note and link to a related article."""
    paragraphs = REPORT.read_text(encoding="utf-8").strip().split("\n\n")
    kept = [part for part in paragraphs[4:] if not part.startswith("**Related")]
    return "\n\n".join(kept)


TEXT = prose()


def at(words: str, number: int = 0) -> tuple[int, int]:
    """The span of the words' occurrence of that number."""
    return [match.span() for match in re.finditer(re.escape(words), TEXT)][number]


def sentence(words: str) -> tuple[int, int]:
    """The span of the paragraph piece between full stops around the words."""
    start, end = at(words)
    breaks = [TEXT.rfind(mark, 0, start) + len(mark) for mark in (". ", "\n\n", '" ') if mark in TEXT[:start]]
    first = max(breaks, default=0)
    return first, TEXT.index(".", end) + 1


def entity(id: str, kind: str, name: str, *others: tuple[int, int], **fields: object) -> dict[str, object]:
    return {"id": id, "kind": kind, "name": name, "mentions": [at(name), *others], **fields}


def role(title: str, organization: str | None = None) -> list[dict[str, object]]:
    return [{"title": title, "organization": organization, "span": at(title)}]


def day(date: str) -> dict[str, str]:
    return {"start": date, "end": date, "precision": "day"}


MAY = {"start": "2024-05-01", "end": "2024-05-31", "precision": "month"}

ENTITIES = [
    entity(
        "e1",
        "person",
        "Ingrid Solheim",
        at("Solheim", 1),
        at("Solheim", 2),
        roles=role("Norwegian Foreign Minister", "e5"),
        relations=[{"type": "works_for", "to": "e5", "span": at("Norwegian Foreign Minister")}],
        country="NOR",
    ),
    entity("e2", "person", "Arman Bekov", at("Bekov", 1), roles=role("Kazakh President"), country="KAZ"),
    entity("e3", "person", "Yerlan Musin", at("Musin", 1), roles=role("head", "e6")),
    entity("e4", "person", "Aliya Nurlanova", roles=role("ministry spokeswoman", "e9")),
    entity("e5", "organization", "Norway's Foreign Ministry"),
    entity("e6", "organization", "Independent Miners' Union"),
    entity(
        "e7",
        "organization",
        "Altyn Resources",
        at("Altyn Resources", 1),
        relations=[{"type": "owned_by", "to": "e8", "span": at("owned by")}],
    ),
    entity("e8", "organization", "Kazyna Invest"),
    entity("e9", "organization", "Interior Ministry"),
    entity("e10", "place", "Astana", at("ASTANA"), country="KAZ", location={"lat": 51.18, "lon": 71.45}),
    entity("e11", "group", "at least 11 protesters"),
    entity("e12", "group", "Police"),
    entity("e13", "place", "Oslo", country="NOR"),
]

TIMES = [
    {"id": "t1", "span": at("Wednesday"), "kind": "date", "value": "2024-03-13", **day("2024-03-13")},
    {"id": "t2", "span": at("May"), "kind": "date", "value": "2024-05", **MAY},
    {"id": "t3", "span": at("Tuesday"), "kind": "date", "value": "2024-03-12", **day("2024-03-12")},
]

STATEMENTS = [
    {
        "id": "s1",
        "speaker": "e1",
        "speaker_span": at("Solheim", 1),
        "cue_span": at("told"),
        "content_spans": [at('"This railway will carry its first goods before the end of the year,"')],
        "kind": "direct",
        "medium": "told reporters",
    },
    {
        "id": "s2",
        "speaker": "e3",
        "speaker_span": at("Yerlan Musin"),
        "cue_span": at("according to"),
        "content_spans": [
            at("Police detained at least 11 protesters outside the offices of Altyn Resources on Tuesday")
        ],
        "kind": "indirect",
    },
    {
        "id": "s3",
        "speaker": "e9",
        "speaker_span": at("The Interior Ministry"),
        "cue_span": at("denied"),
        "content_spans": [at("that force had been used")],
        "kind": "indirect",
        "stance": "denies",
    },
    {
        "id": "s4",
        "speaker": "e4",
        "speaker_span": at("Aliya Nurlanova"),
        "cue_span": at("said", 4),
        "content_spans": [at('"Nobody was beaten and nobody is being held,"')],
        "kind": "direct",
        "stance": "denies",
    },
]

EVENTS = [
    {
        "id": "v1",
        "type": "CONSULT",
        "mode": "visit",
        "trigger": at("met"),
        "mentions": [at("met"), at("the talks")],
        "actors": ["e1"],
        "recipients": ["e2"],
        "actor_spans": [at("Ingrid Solheim")],
        "recipient_spans": [at("Kazakh President Arman Bekov")],
        "place": "e10",
        "place_span": at("Astana"),
        "time": "t1",
        **day("2024-03-13"),
        "evidence": [sentence("met Kazakh")],
    },
    {
        "id": "v2",
        "type": "COERCE",
        "mode": "arrest",
        "trigger": at("detained"),
        "actors": ["e12"],
        "recipients": ["e11"],
        "time": "t3",
        **day("2024-03-12"),
        "asserted_by": "s2",
        "evidence": [sentence("detained")],
    },
    {
        "id": "v3",
        "type": "CONSULT",
        "mode": "visit",
        "trigger": at("travel"),
        "actors": ["e2"],
        "place": "e13",
        "time": "t2",
        **MAY,
        "status": "planned",
        "evidence": [sentence("travel")],
    },
    {
        "id": "v4",
        "type": "ASSAULT",
        "trigger": at("force"),
        "status": "denied",
        "asserted_by": "s3",
        "evidence": [sentence("force")],
    },
]


@pytest.fixture
def article() -> Article:
    return Article(
        id="a1",
        title="Norway and Kazakhstan agree on rail corridor as miners' strike spreads",
        text=TEXT,
        published="2024-03-14",
        url="https://example.com/rail",
        outlet="The Example Times",
        authors=["Jo Writer"],
        contributors=["AFP"],
        updated_note="Updated with comment from the miners' union.",
        captions=[{"text": "At the signing in Astana.", "credit": "AFP"}],
        related=[{"title": "Coal towns count the cost", "url": "https://example.com/coal"}],
    )


@pytest.fixture
def sample(article: Article) -> Readout:
    return Readout.model_validate(
        {
            "id": "report",
            "article": article,
            "entities": ENTITIES,
            "toponyms": [
                {"span": at("Astana"), "entity": "e10", "use": "literal", "country": "KAZ"},
                {"span": at("Norwegian"), "use": "associative", "country": "NOR"},
                {"span": at("Aktau"), "use": "literal", "country": "KAZ"},
            ],
            "times": TIMES,
            "statements": STATEMENTS,
            "events": EVENTS,
            "expectations": [
                {
                    "id": "x1",
                    "event": "v3",
                    "due": MAY,
                    "evidence": [sentence("travel")],
                }
            ],
            "screenings": [
                {
                    "entity": "e7",
                    "match": True,
                    "stated": sentence("placed under European Union sanctions"),
                    "list": "eu",
                    "listed_on": "2022-06-03",
                },
                {"entity": "e2", "match": False, "list": "ofac-sdn", "entry_name": "BEKOV, Arman", "score": 0.71},
            ],
            "produced_by": {"readout": "0.1.0", "model": "sample-1"},
        }
    )
