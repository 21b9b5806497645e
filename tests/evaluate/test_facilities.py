import spacy

from readout.evaluate.datasets import ROOT, copies, items, locate
from readout.evaluate.facilities import PARTS, is_right
from readout.knowledge.countries import countries
from readout.schema import Location, Toponym, _Span


def test_the_set_is_whole() -> None:
    own = [item for part in PARTS for item in items(ROOT / "facilities" / f"{part}.jsonl")]
    assert len(own) >= 150 and len({item["id"] for item in own}) == len(own)
    assert not list(copies({item["id"]: item["text"] for item in own}))
    for item in own:
        start, end = locate(item["text"], item["mention"])
        right = item["right"]
        assert end > start and right["country"] in countries() and right["town"]
        assert -90 <= right["lat"] <= 90 and -180 <= right["lon"] <= 180


def test_right_is_the_place_or_its_town() -> None:
    item = {
        "text": "Rain fell on the Otter mine.",
        "mention": "Otter mine",
        "right": {"name": "Otter mine", "town": "Fargo", "country": "USA", "lat": 46.0, "lon": -97.5},
    }

    def read(lat: float, lon: float, *within: str) -> bool:
        doc = spacy.blank("en")(str(item["text"]))
        at = Location(lat=lat, lon=lon, within=list(within))
        doc._.toponyms = [Toponym(span=_Span(17, 22), use="literal", location=at, country="USA")]
        return is_right(doc, item)

    assert read(46.1, -97.4) and read(46.88, -96.79, "Fargo", "North Dakota")
    assert not read(46.88, -96.79, "Moorhead") and not is_right(spacy.blank("en")(str(item["text"])), item)
