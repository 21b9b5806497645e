"""Screening with the article as evidence, on invented lists and texts."""

from datetime import date

from readout.resolve.lists.entry import Entry
from readout.resolve.lists.watchlist import Watchlist
from readout.resolve.names import NameIndex
from readout.resolve.screening import Screener
from readout.schema import Article, Entity, Producer, Readout, Relation, Screening

ENTRIES = (
    Entry("ours", "1", "ORLANOV, Taras Petrovich", "person", ("ORLANOV, Taras",), countries=("RUS",),
          birth_dates=("1960",), listed_on=date(2022, 3, 1)),
    Entry("ours", "2", "UNITED GLIDER CORPORATION", "organization", countries=("RUS",),
          addresses=("1 Lipovaya St., Moscow, Russia",), listed_on=date(2022, 3, 1)),
    Entry("ours", "3", "BOROVSK AVIATION PLANT", "organization", countries=("RUS",),
          addresses=("4 Polevaya St., Borovsk 249010, Russia",), listed_on=date(2022, 3, 1)),
    Entry("ours", "4", "STATE CORPORATION KRUVENTA", "organization", countries=("RUS",), listed_on=date(2022, 3, 1)),
    Entry("ours", "5", "OSTRELMASH", "organization", countries=("RUS",), listed_on=date(2022, 3, 1)),
)  # fmt: skip
LISTS = Watchlist(ENTRIES, {"ours": date(2023, 6, 1)}, False, {"ours": date(2022, 1, 1)})
SCREENER = Screener(LISTS, NameIndex(ENTRIES))


def read(text: str, *entities: Entity, published: str = "2023-05-01", stated: tuple[Screening, ...] = ()) -> Readout:
    article = Article(id="a", text=text, published=published)
    producer = Producer(readout="0", model="none")
    made = Readout(id="a", article=article, entities=list(entities), produced_by=producer, screenings=list(stated))
    return SCREENER.screen(made)


def entity(text: str, id: str, name: str, kind: str = "person", **more: object) -> Entity:
    start = text.index(name)
    return Entity.model_validate(
        {"id": id, "kind": kind, "name": name, "mentions": [(start, start + len(name))]} | more
    )


def matches(readout: Readout) -> list[tuple[str, str | None]]:
    return [(s.entity, s.entry_id) for s in readout.screenings if s.match and s.list]


def test_a_minister_is_the_listed_one_and_the_day_decides_whether_in_force() -> None:
    text = "The energy minister Taras Orlanov blamed sanctions for the shortage of oil."
    found = read(text, entity(text, "e1", "Taras Orlanov", country="RUS"))
    assert matches(found) == [("e1", "1")]
    assert found.screenings[0].in_force is True
    assert found.screenings[0].features["article.country_same"] > 0
    assert found.produced_by.lists == {"ours": "2023-06-01"}
    early = read(text, entity(text, "e1", "Taras Orlanov", country="RUS"), published="2022-02-01")
    assert early.screenings[0].in_force is False
    late = read(text, entity(text, "e1", "Taras Orlanov", country="RUS"), published="2025-02-01")
    assert late.screenings[0].in_force is None


def test_a_young_nurse_of_that_name_is_a_candidate_only() -> None:
    text = "Taras Orlanov, 24, a nurse from Winnipeg, won the marathon."
    found = read(text, entity(text, "e1", "Taras Orlanov", country="CAN"))
    assert matches(found) == []
    assert [s.entry_id for s in found.screenings] == ["1"]
    assert found.screenings[0].features["article.age_other"] < 0


def test_what_the_bearer_is_said_to_be_weighs_more_than_words_around() -> None:
    text = "Taras Orlanov, a plumber, wrote to the minister about the hedge."
    plumber = read(text, entity(text, "e1", "Taras Orlanov", country="RUS")).screenings[0]
    text = "The minister Taras Orlanov wrote to a plumber about the hedge."
    minister = read(text, entity(text, "e1", "Taras Orlanov", country="RUS")).screenings[0]
    assert minister.match
    assert (plumber.score or 0) < (minister.score or 0)
    assert {"article.is_private", "article.public_life"} <= plumber.features.keys()
    assert {"article.is_public", "article.private_life"} <= minister.features.keys()


def test_an_age_counts_for_the_one_person_of_its_sentence() -> None:
    text = "Taras Orlanov complained to the mayor. The boy Taras Orlanov is nine."
    alone = read(text, entity(text, "e1", "Taras Orlanov", mentions=[(0, 13), (47, 60)]))
    assert matches(alone) == []
    assert "article.age_other" in alone.screenings[0].features
    text = "Taras Orlanov met Ola Field, who is nine."
    both = read(text, entity(text, "e1", "Taras Orlanov"), entity(text, "e2", "Ola Field"))
    assert "article.age_other" not in both.screenings[0].features


def test_a_name_that_was_cut_is_read_whole_where_the_list_has_it_whole() -> None:
    text = "Fitters at the Borovsk Aviation Plant went home early."
    cut = entity(text, "e1", "Borovsk Aviation", "organization")
    assert matches(read(text, cut)) == [("e1", "3")]
    text = "Fitters at the Borovsk Aviation Club went home early."
    assert matches(read(text, entity(text, "e1", "Borovsk Aviation", "organization"))) == []


def test_a_body_taken_for_a_place_or_person_is_found_by_its_letters_alone() -> None:
    text = "Ostrelmash sold no lathes in Russia this year."
    for kind in ("place", "person", "work"):
        assert matches(read(text, entity(text, "e1", "Ostrelmash", kind, country="RUS"))) == [("e1", "5")]
    somewhere = {"lat": 55.0, "lon": 37.0, "precision": "town"}
    assert matches(read(text, entity(text, "e1", "Ostrelmash", "place", location=somewhere))) == []
    text = "Ostrelmash Dancers sold no tickets in Russia this year."
    assert matches(read(text, entity(text, "e1", "Ostrelmash Dancers", "place", country="RUS"))) == []


def test_a_rare_word_alone_means_the_body_that_has_only_common_words_beside_it() -> None:
    text = "Kruventa delivered the missiles that Russia had ordered."
    assert matches(read(text, entity(text, "e1", "Kruventa", "organization", country="RUS"))) == [("e1", "4")]
    text = "Kruventa, a bakery in Leeds, gives bread away."
    assert matches(read(text, entity(text, "e1", "Kruventa", "organization", country="GBR"))) == []


def test_a_lone_name_never_matches() -> None:
    text = "Orlanov said the ministry would wait."
    assert matches(read(text, entity(text, "e1", "Orlanov"))) == []


def test_a_works_is_found_by_town_trade_and_owner_whatever_it_is_called() -> None:
    text = "In Borovsk the Stepan Lugin Aviation Plant, a branch of the United Glider Corporation, hired fitters."
    town = entity(text, "e3", "Borovsk", "place")
    owner = entity(text, "e2", "United Glider Corporation", "organization")
    near = [Relation(type="branch_of", to="e2", span=(0, 5)), Relation(type="located_in", to="e3", span=(0, 5))]
    plant = entity(text, "e1", "Stepan Lugin Aviation Plant", "facility", relations=near)
    assert set(matches(read(text, plant, owner, town))) == {("e1", "3"), ("e2", "2")}


def test_who_is_not_listed_is_found_through_the_owner() -> None:
    text = "Lugin Logistics, owned by the United Glider Corporation, rents warehouses."
    owner = entity(text, "e2", "United Glider Corporation", "organization")
    owned = [Relation(type="owned_by", to="e2", span=(0, 5))]
    found = read(text, entity(text, "e1", "Lugin Logistics", "organization", relations=owned), owner)
    via = next(s for s in found.screenings if s.entity == "e1" and s.match)
    assert (via.entry_id, via.via) == ("2", {"relation": "owned_by", "entity": "e2"})


def test_what_the_article_states_is_compared_with_the_lists() -> None:
    text = "Taras Orlanov, a Russian minister, and Nora Field are under sanctions."
    stated = tuple(Screening(entity=e, match=True, stated=(55, 69)) for e in ("e1", "e2"))
    people = entity(text, "e1", "Taras Orlanov", country="RUS"), entity(text, "e2", "Nora Field")
    found = read(text, *people, stated=stated)
    assert {s.entity: s.features["compared"] for s in found.screenings} == {"e1": "agree", "e2": "article only"}
