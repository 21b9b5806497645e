import time

import pytest
import spacy
from spacy.tokens import Doc, Span

import readout
import readout.extract.places
from readout.extract.places.resolve import Named, resolve
from readout.knowledge.gazetteer import Place, gazetteer
from readout.schema import Entity, Toponym, _Span


def doc_of(text: str, **names: str) -> Doc:
    """A Doc with the given words marked as names; all capitalised words are proper nouns."""
    doc = spacy.blank("en")(text)
    for token in doc:
        token.pos_ = "PROPN" if token.text[:1].isupper() else "X"
    spans = []
    for name, label in ((key.replace("_", " "), label) for key, label in names.items()):
        start = text.index(name)
        span = doc.char_span(start, start + len(name), label)
        assert isinstance(span, Span)
        spans.append(span)
    doc.ents = tuple(spans)
    return doc


def read(doc: Doc) -> dict[str, Toponym]:
    places = readout.extract.places.Places(gazetteer())(doc)._.toponyms
    return {doc.text[t.span[0] : t.span[1]]: t for t in places}


def meant(text: str, *names: str) -> dict[str, Place | None]:
    spans = [Named(text.index(name), text.index(name) + len(name), name) for name in names]
    found = [resolved.place for resolved in resolve(text, spans, gazetteer())]
    return dict(zip(names, found, strict=True))


def test_the_parent_beside_a_name_decides() -> None:
    place = meant("A dairy in Paris, Texas, closed its doors.", "Paris", "Texas")["Paris"]
    assert place is not None and place.admin1 == "US.TX"
    place = meant("The mayor of Paris met farmers from Burgundy.", "Paris", "Burgundy")["Paris"]
    assert place is not None and place.country == "FRA"


def test_the_country_of_the_story_decides() -> None:
    text = "Floods cut off Cordoba. Relief flights left Buenos Aires, and Argentina asked Rosario to send boats."
    place = meant(text, "Cordoba", "Buenos Aires", "Argentina", "Rosario")["Rosario"]
    assert place is not None and place.country == "ARG"


def test_a_state_or_a_country_of_one_name() -> None:
    american = meant("Voters in Atlanta and Savannah, Georgia, queued.", "Atlanta", "Savannah", "Georgia")["Georgia"]
    caucasian = meant("Ministers from Armenia and Georgia met in Tbilisi.", "Armenia", "Georgia", "Tbilisi")["Georgia"]
    assert american is not None and american.admin1 == "US.GA"
    assert caucasian is not None and caucasian.country == "GEO"


def test_a_misspelt_name_needs_its_country_in_the_text() -> None:
    place = meant("Russia opened a yard in Vladivostock.", "Russia", "Vladivostock")["Vladivostock"]
    assert place is not None and place.name == "Vladivostok"
    assert meant("A yard opened in Zhytomyrr yesterday.", "Zhytomyrr")["Zhytomyrr"] is None


def test_one_name_has_one_reading() -> None:
    text = "Birmingham, Alabama, voted. Birmingham counts on Monday."
    names = [Named(0, 10, "Birmingham"), Named(12, 19, "Alabama"), Named(28, 38, "Birmingham")]
    first, _, last = (resolved.place for resolved in resolve(text, names, gazetteer()))
    assert first is not None and first == last and first.admin1 == "US.AL"


def test_places_adjectives_and_places_within_names() -> None:
    found = read(
        doc_of(
            "The University of Khartoum said Sudanese students had left for Cairo.",
            University_of_Khartoum="ORG",
            Cairo="PLACE",
        )
    )
    assert {name: t.use for name, t in found.items()} == {
        "Khartoum": "associative",
        "Sudanese": "associative",
        "Cairo": "literal",
    }
    assert [found[name].country for name in ("Khartoum", "Sudanese", "Cairo")] == ["SDN", "SDN", "EGY"]


def test_persons_are_no_places() -> None:
    assert read(doc_of("Paris Hilton and Michael Jordan sang.", Paris_Hilton="PERSON", Michael_Jordan="PERSON")) == {}


def test_names_of_several_words_that_the_model_cut() -> None:
    found = read(doc_of("Ships crossed the South China Sea at dawn.", South="PLACE", China_Sea="PLACE"))
    assert list(found) == ["South China Sea"]


def test_common_words_are_left_out_and_hyphens_opened() -> None:
    found = read(doc_of("In northern Iraq the U.S.-led force held Khabarovsk region maps.", northern_Iraq="PLACE"))
    assert {"Iraq", "U.S."} <= found.keys()


def test_a_hyphenated_name_stays_whole() -> None:
    text = "Russia built the yard at Komsomolsk-on-Amure in the Iran-Iraq war years."
    found = read(doc_of(text, **{"Komsomolsk-on-Amure": "PLACE"}))
    assert found["Komsomolsk-on-Amure"].geonames == 2021851
    assert {"Iran", "Iraq"} <= found.keys()


def test_entities_are_located() -> None:
    doc = doc_of("Delegates reached Baghdad by road.", Baghdad="PLACE")
    doc._.entities = [Entity(id="e1", kind="place", name="Baghdad", mentions=[_Span(18, 25)])]
    found = read(doc)["Baghdad"]
    entity = doc._.entities[0]
    assert entity.country == "IRQ" and found.entity == "e1"
    assert entity.location is not None and entity.location.lat == pytest.approx(33.34, abs=0.1)
    assert entity.identifiers["geonames"] == str(found.geonames)


def test_it_works_in_anybodys_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_places")
    assert [t.country for t in nlp("They met Russian envoys.")._.toponyms] == ["RUS"]
    assert nlp("")._.toponyms == []


def test_long_lists_of_places_stay_bounded() -> None:
    names = ["Paris", "Springfield", "San Jose", "Santa Maria", "Richmond", "Georgetown", "Salem", "Kingston"] * 300
    doc = spacy.blank("en")(", ".join(names))
    doc.ents = tuple(Span(doc, t.i, t.i + 1, "PLACE") for t in doc if t.text.istitle())
    start = time.process_time()
    read(doc)
    assert time.process_time() - start < 20


def test_a_facility_nobody_knows_lies_in_its_town() -> None:
    text = "Smoke rose over the Tern shipyard in Kerch."
    doc = doc_of(text, Kerch="PLACE")
    start = text.index("Tern")
    doc._.entities = [Entity(id="e1", kind="facility", name="Tern shipyard", mentions=[_Span(start, start + 13)])]
    read(doc)
    where = doc._.entities[0].location
    assert where is not None and where.precision == "town" and where.within[0] == "Kerch"
    assert where.lat == pytest.approx(45.36, abs=0.05)


def test_a_choice_has_a_reason_and_a_runner_up() -> None:
    found = read(doc_of("A dairy in Paris, Texas, closed its doors.", Paris="PLACE", Texas="PLACE"))["Paris"]
    assert found.resolved_by == "hierarchy" and found.runner_up is not None and found.runner_up.country == "FRA"
    assert found.location is not None and found.location.within == ["Texas", "United States"]


def test_places_as_a_plain_function() -> None:
    text = "Rescuers from Bergen, Norway, reached Kyiv. Moscow said nothing. Paris Hilton sang at the Bagram Air Base."
    found = {text[slice(*t.span)]: t for t in readout.places(text)}
    assert found.keys() == {"Bergen", "Norway", "Kyiv", "Moscow", "Bagram Air Base"}
    assert found["Moscow"].use == "associative" and found["Kyiv"].use == "literal"
    assert found["Bergen"].country == "NOR" and found["Bagram Air Base"].country == "AFG"


def test_a_city_is_meant_rather_than_the_division_around_it() -> None:
    place = meant("Trams stopped in Oslo on Monday.", "Oslo")["Oslo"]
    assert place is not None and (place.kind, place.geonames) == ("city", 3143244)
