"""What goes into a record comes out again: the same ids, the same readouts, the same rows, in either database."""

import pytest
import sqlalchemy as sa
from tests.record.making import OTHER, REPORT, made

from readout.errors import ContentError, OptionError, ReadoutError
from readout.record import Record
from readout.record import tables as t
from readout.record.keys import address, bounds, item_id, split_item_id
from readout.schema import Event


def rows(record, *columns):
    with record.database.reading() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(*columns))]


def test_a_readout_comes_out_as_it_went_in(record):
    readout = made(id="harbour-1", url="https://www.example.org/a?utm_source=x#top", outlet="Reuters")
    added = record.add(readout)
    assert added.state == "new"
    assert record.readout(added.id) == readout
    kept = record.article("harbour-1")
    assert (kept.id, kept.given_id, kept.text, kept.published) == (added.id, "harbour-1", REPORT, "2024-03-11")
    assert (kept.country, kept.outlet_kind, kept.revision_of) == ("GBR", "agency", None)


def test_adding_again_changes_nothing(record):
    first = record.add(made())
    assert record.add(made()) == (first.id, "same")
    assert [state for _, state in record.add_many([made(OTHER), made(), made(OTHER)])] == ["new", "same", "same"]
    assert len(list(record.articles())) == 2


def test_ids_do_not_depend_on_the_database_or_the_order(database, tmp_path):
    readouts = [made(), made(OTHER), made(url="https://a.example/1"), made(id="given")]
    with Record(database) as one, Record(tmp_path / "other.sqlite") as other:
        forwards = {added.id for added in one.add_many(readouts)}
        backwards = {added.id for added in other.add_many(reversed(readouts))}
    assert forwards == backwards
    assert len(forwards) == 4


def test_rows_say_what_the_readout_says(record):
    id = record.add(made()).id
    e, v, x = t.ENTITIES.c, t.EVENTS.c, t.EXPECTATIONS.c
    assert [name for (name,) in rows(record, e.folded)] == ["ada lind", "the unions".removeprefix("the "), "vesthavn"]
    assert rows(record, v.type, v.status, v.starts) == [
        ("CONSULT", "occurred", "2024-03-11"),
        ("CONSULT", "planned", "2024-03-11"),
    ]
    assert rows(record, x.due_start, x.due_end) == [("2024-10-01", "2024-10-31")]
    assert len(rows(record, t.PARTICIPANTS.c.event, t.PARTICIPANTS.c.entity)) == 6
    key, speaker = rows(record, t.STATEMENTS.c.key, t.STATEMENTS.c.speaker)[0]
    start = REPORT.index("The quota")
    assert item_id(id, "s", key) == f"{id}:s{start}"
    assert split_item_id(f"{id}:s{start}")[2] == key - bounds(key >> 28)[0]
    assert rows(record, e.key)[0][0] == speaker


def test_reading_again_keeps_the_keys_of_the_same_words_and_all_decisions(record):
    id = record.add(made()).id
    before = dict(rows(record, t.STATEMENTS.c.words, t.STATEMENTS.c.key))
    decision = record.decide(f"{id}:s{REPORT.index('The quota')}", "positive", "ada", "read it myself")
    better = made(model="large-2", said=["The quota stays where it is", "expected in October"], who=["Ada Lind"])
    assert record.add(better) == (id, "reread")
    after = dict(rows(record, t.STATEMENTS.c.words, t.STATEMENTS.c.key))
    assert after.keys() == {"The quota stays where it is", "expected in October"}
    assert after["The quota stays where it is"] == before["The quota stays where it is"]
    assert record.readout(id) == better
    assert record.decisions() == [decision]
    assert [found.excerpt for found in record.search("October", kind="statements")] == ["expected in October"]
    assert record.search("deal", kind="statements") == []
    assert len(rows(record, t.MENTIONS.c.entity)) == 1


def test_a_page_whose_text_changed_keeps_both_versions_and_says_what_changed(record):
    url = "https://news.example/talks"
    first = record.add(made(url=url))
    text = REPORT.replace("The unions denied that a deal was near.", "A strike begins on Thursday.")
    second = record.add(made(text, url="http://www.news.example/talks/", said=["The quota stays where it is"]))
    assert second.state == "revision"
    assert record.article(second.id).revision_of == first.id
    changes = {(change.sign, change.kind, change.words) for change in record.changes(second.id)}
    assert changes == {("lost", "statement", "a deal was near")}
    lost = record.changes(second.id)[0]
    assert REPORT[lost.start_char : lost.end_char] == "a deal was near"
    assert [id for id, _ in record.readouts()] == [second.id]
    assert {id for id, _ in record.readouts(revised=True)} == {first.id, second.id}
    assert [id for id, _ in record.readouts("2024-03-12")] == [first.id]
    assert list(record.readouts("2024-03-10")) == []


def test_a_given_id_names_a_revision_only_of_a_like_text(record):
    first = record.add(made(id="1"))
    assert record.add(made(OTHER, id="1")).state == "new"
    again = record.add(made(OTHER + " The judge spoke for an hour.", id="1"))
    assert again.state == "revision"
    assert record.article(again.id).revision_of != first.id


def test_search_finds_words_phrases_and_places(record):
    id = record.add(made(outlet="The Harbour Post")).id
    record.add(made(OTHER, published="2024-05-01"))
    found = record.search("quotas talk")
    assert [f.article for f in found] == [id]
    assert REPORT[slice(*found[0].span)] in ("quota", "talks")
    assert record.search('"stays quota"') == []
    assert [f.article for f in record.search('"quota stays"', outlet="The Harbour Post")] == [id]
    assert record.search("prosecutors", until="2024-04-01") == []
    assert len(record.search("prosecutors", since="2024-04-01")) == 1
    assert record.search("quota", kind="statements")[0].statement == f"{id}:s{REPORT.index('The quota')}"


@pytest.mark.parametrize(
    "words", ['"', "NEAR(a b)", "a AND", "x*", "col:y", "'; DROP TABLE articles; --", "^ -", "%s %(x)s"]
)
def test_search_takes_any_words(record, words):
    record.add(made())
    try:
        assert isinstance(record.search(words), list)
    except OptionError as error:
        assert "nothing to look for" in str(error)


def test_decisions_are_taken_back_and_stay(record):
    made_one = record.decide("a:e1 = b:e7", "negative", "lou")
    assert record.decisions("a:e1 = b:e7") == [made_one]
    record.undo(made_one.key)
    assert record.decisions() == []
    assert record.decisions(undone=True)[0].undone_at is not None
    with pytest.raises(OptionError, match="no decision"):
        record.undo(made_one.key)


def test_removing_an_article_removes_its_lines(record):
    id = record.add(made()).id
    record.remove(id)
    assert record.search("quota") == []
    for table in (t.ENTITIES, t.MENTIONS, t.STATEMENTS, t.EVENTS, t.PARTICIPANTS, t.EXPECTATIONS, t.READOUTS):
        assert rows(record, *table.primary_key.columns) == []
    with pytest.raises(OptionError, match="no such article"):
        record.article(id)


def test_what_does_not_fit_is_refused_and_leaves_nothing(record):
    broken = made()
    broken.events.append(Event(id="v9", type="AID", trigger=(5, 10_000)))
    with pytest.raises(ContentError, match="do not fit its text"):
        record.add(broken)
    with pytest.raises(ContentError):
        list(record.add_many([made(OTHER), broken]))
    assert list(record.articles()) == []


def test_text_with_odd_characters_is_kept_with_its_places(record):
    text = "The \x00 minister spoke in 東京 of 🐟 and of peace, “really”, he said to us on Monday."
    id = record.add(made(text, said=["of peace, “really”"])).id
    assert record.readout(id).article.text == text
    found = record.search("peace", kind="statements")
    assert found[0].excerpt == "of peace, “really”"
    assert record.article(id).text.index("peace") == text.index("peace")


def test_a_newer_or_foreign_file_is_refused(tmp_path):
    with Record(tmp_path / "r.sqlite") as opened, opened.database.writing() as connection:
        connection.exec_driver_sql("UPDATE record_version SET version_num = '9999'")
    with pytest.raises(OptionError, match="newer Readout"):
        Record(tmp_path / "r.sqlite")
    (tmp_path / "text.sqlite").write_text("no database at all, but long enough to be looked at " * 30)
    with pytest.raises(ReadoutError, match="database"):
        Record(tmp_path / "text.sqlite")
    with pytest.raises(OptionError, match="no usable database"):
        Record("nonsense://:@x/y")


def test_addresses_differ_only_where_articles_do():
    same = ("https://www.a.example/x/", "http://a.example/x#part", "HTTP://A.example:80/x?utm_medium=feed&fbclid=1")
    assert {address(url) for url in same} == {"a.example/x"}
    assert address("https://a.example/x?id=2") != address("https://a.example/x?id=3")
