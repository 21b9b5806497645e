"""The grammar of times, rule by rule, and what decides between readings: tense, anchors, publication."""

import pytest
import spacy
from spacy.tokens import Doc

from readout.errors import OptionError
from readout.extract.times import make_times, times
from readout.extract.times.finder import MODULES
from readout.extract.times.grammar import grammar
from readout.extract.times.granule import Granule, easter
from readout.schema import Time

PUBLISHED = "2023-09-15"  # a Friday
EXAMPLES = [(rule.name, text, value) for rule in grammar().rules for text, value in rule.examples]


def read(text: str, published: str | None = PUBLISHED) -> dict[str, Time]:
    """The times of a text by their words."""
    return {text[time.span.start : time.span.end]: time for time in times(text, published)}


def days(text: str, words: str, published: str | None = PUBLISHED) -> tuple[str | None, str | None]:
    time = read(text, published)[words]
    return time.start, time.end


@pytest.mark.parametrize(("rule", "text", "value"), EXAMPLES)
def test_every_rule_gives_the_value_of_its_example(rule: str, text: str, value: str) -> None:
    found = times(text, PUBLISHED)
    assert found, f"{rule}: nothing found in {text!r}"
    assert found[-1].value == value


def test_every_rule_has_an_example_and_a_meaning() -> None:
    for rule in grammar().rules:
        assert rule.examples, rule.name
        assert any(rule.means in vars(module) for module in MODULES), rule.means


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The envoys met on Friday in Oslo.", "Friday", "2023-09-15", "2023-09-15"),
        ("The envoys will meet on Friday in Oslo.", "Friday", "2023-09-15", "2023-09-15"),
        ("The envoys met on Monday in Oslo.", "Monday", "2023-09-11", "2023-09-11"),
        ("The envoys will meet on Monday in Oslo.", "Monday", "2023-09-18", "2023-09-18"),
        ("The minister is expected to arrive on Tuesday.", "Tuesday", "2023-09-19", "2023-09-19"),
        ("A second round, scheduled for Wednesday, was moved.", "Wednesday", "2023-09-20", "2023-09-20"),
        ("Talks that had been scheduled for Wednesday fell through.", "Wednesday", "2023-09-13", "2023-09-13"),
        ("The trip is expected in October.", "October", "2023-10-01", "2023-10-31"),
        ("Police arrested him in October.", "October", "2022-10-01", "2022-10-31"),
        ("She has been in office since March.", "March", "2023-03-01", "2023-03-31"),
        ("The truce holds until March.", "March", "2024-03-01", "2024-03-31"),
        ("The dividend is payable Nov. 30.", "Nov. 30", "2023-11-30", "2023-11-30"),
        ("The accord was signed on December 20.", "December 20", "2022-12-20", "2022-12-20"),
        ("The talks resumed over the weekend.", "the weekend", "2023-09-09", "2023-09-10"),
        ("The talks will resume at the weekend.", "the weekend", "2023-09-16", "2023-09-17"),
    ],
)
def test_tense_decides_between_past_and_future(text: str, words: str, start: str, end: str) -> None:
    assert days(text, words) == (start, end)


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("He spoke in the 1950s.", "the 1950s", "1950-01-01", "1959-12-31"),
        ("He spoke in the early 1990s.", "the early 1990s", "1990-01-01", "1994-12-31"),
        ("It stood in the 19th century.", "the 19th century", "1800-01-01", "1899-12-31"),
        ("It confirmed the visit this week.", "this week", "2023-09-11", "2023-09-17"),
        ("It grew in the third quarter of 2012.", "the third quarter of 2012", "2012-07-01", "2012-09-30"),
        ("It opened in the winter of 1994.", "the winter of 1994", "1994-12-01", "1995-02-28"),
        ("He travels from 3 to 5 May.", "3 to 5 May", "2023-05-03", "2023-05-05"),
        ("The summit of Sept. 9-10 ended.", "Sept. 9-10", "2023-09-09", "2023-09-10"),
        ("It is due within 48 hours.", "48 hours", "2023-09-15", "2023-09-17"),
        ("Sales fell in the past five years.", "the past five years", "2018-09-15", "2023-09-15"),
        ("It will end in the next two weeks.", "the next two weeks", "2023-09-15", "2023-09-29"),
        ("The nearly 19-month war goes on.", "nearly 19-month", "2022-02-15", "2023-09-15"),
        ("The five-week-old strike goes on.", "five-week-old", "2023-08-11", "2023-09-15"),
        ("She has been held for six months.", "six months", "2023-03-15", "2023-09-15"),
        ("He stayed for six months.", "six months", None, None),
        ("It ended late in February 2016.", "late in February 2016", "2016-02-15", "2016-02-29"),
        ("It ended in the middle of March 2016.", "the middle of March 2016", "2016-03-10", "2016-03-20"),
        ("It will end later this month.", "later this month", "2023-09-15", "2023-09-30"),
        ("It will end in ten days.", "ten days", "2023-09-25", "2023-09-25"),
        ("It ended in ten days.", "ten days", None, None),
        ("It will be the worst harvest in ten years.", "ten years", None, None),
        ("It will end on the 3rd.", "the 3rd", "2023-10-03", "2023-10-03"),
        ("It ended on the 18th.", "the 18th", "2023-08-18", "2023-08-18"),
        ("They gave thanks on Easter Sunday 2024.", "Easter Sunday 2024", "2024-03-31", "2024-03-31"),
        ("It opens on Thanksgiving 2025.", "Thanksgiving 2025", "2025-11-27", "2025-11-27"),
    ],
)
def test_intervals_are_inclusive_and_whole(text: str, words: str, start: str | None, end: str | None) -> None:
    assert days(text, words) == (start, end)


def test_days_in_a_row_are_a_range() -> None:
    found = read("The envoys met on Monday and Tuesday.")
    assert found["Monday"].until == found["Tuesday"].id


def test_clock_times_carry_their_zone() -> None:
    time = read("Polls open at 9 a.m. EST Tuesday.")["9 a.m. EST Tuesday"]
    assert (time.kind, time.value, time.start, time.precision) == (
        "time", "2023-09-12T09:00", "2023-09-12T09:00-05:00", "minute",
    )  # fmt: skip


def test_midnight_is_the_first_moment_of_the_next_day() -> None:
    assert read("The offer lapsed at midnight Thursday.")["midnight Thursday"].start == "2023-09-15T00:00"


def test_a_distance_from_an_event_lies_on_the_day_of_the_story() -> None:
    text = "The president reached the port Friday. Two days after seeing the premier, he toured the docks."
    time = read(text)["Two days"]
    assert (time.value, time.start, time.end) == ("P2D", "2023-09-15", "2023-09-15")


def test_a_distance_from_an_event_stays_open_where_no_day_was_named() -> None:
    assert read("Two days after seeing the premier, he toured the docks.")["Two days"].start is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("A day earlier", "2014-03-10"),
        ("The following day", "2014-03-12"),
        ("Three days later", "2014-03-14"),
        ("Later that month", "2014-03"),
        ("The next morning", "2014-03-12TMO"),
        ("The previous year", "2013"),
    ],
)
def test_distances_count_from_the_time_spoken_of_last(words: str, value: str) -> None:
    assert read(f"Rebels took the bridge on March 11, 2014. {words} the army struck back.")[words].value == value


def test_a_year_ago_keeps_the_quarter_spoken_of() -> None:
    found = read("Profit rose in the second quarter. A year ago the firm had made a loss.")
    assert found["A year ago"].value == "2022-Q2"


def test_a_history_goes_by_its_own_dates() -> None:
    text = (
        "In 1911 the port was taken. The governor fled in March 1912 and the fleet sailed in May 1913. "
        "In 1915 came the siege. The walls fell on 4 June 1916. In July all gave up. A month later it was over."
    )
    found = read(text)
    assert found["July"].value == "1916-07"
    assert found["A month later"].value == "1916-08"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoys met on Friday.", "Friday", "XXXX-WXX-5"),
        ("It opened yesterday.", "yesterday", "XXXX-XX-XX"),
        ("It opened last week.", "last week", "XXXX-WXX"),
        ("It opened last month.", "last month", "XXXX-XX"),
        ("It opened in March.", "March", "XXXX-03"),
        ("It opened two years ago.", "two years ago", "XXXX"),
        ("It lasted the past five years.", "the past five years", "P5Y"),
    ],
)
def test_without_publication_nothing_relative_is_resolved(text: str, words: str, value: str) -> None:
    time = read(text, None)[words]
    assert (time.value, time.start, time.end) == (value, None, None)


def test_without_publication_the_only_year_of_a_text_completes_its_dates() -> None:
    assert days("He flew in on 4 April. The two met on 6 April 2016.", "4 April", None) == ("2016-04-04", "2016-04-04")


def test_a_month_of_publication_dates_days_but_not_weekdays() -> None:
    found = read("They meet on November 22. On Friday they part. The visit goes on next month.", "2015-11")
    assert found["November 22"].value == "2015-11-22"
    assert found["Friday"].start is None
    assert found["next month"].value == "2015-12"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Filed 3/4/2021.", "3/4/2021", "2021-03-04"),
        ("Filed 3/4/2021, heard 25/6/2021.", "3/4/2021", "2021-04-03"),
        ("Seen on 2 June and again on 5 July. Filed 3/4/2021.", "3/4/2021", "2021-04-03"),
    ],
)
def test_the_other_dates_of_a_text_tell_the_order_of_day_and_month(text: str, words: str, value: str) -> None:
    assert read(text)[words].value == value


def test_joined_months_share_the_year() -> None:
    found = read("It rained from March to June 2011.")
    assert found["March"].value == "2011-03"


def test_publication_must_be_a_date() -> None:
    with pytest.raises(OptionError, match="no ISO date"):
        times("It rained today.", "last Tuesday")


@pytest.mark.parametrize("published", ["2023-09-15T08:30:00Z", "2023-09-15 08:30", "2023-09-15"])
def test_publication_may_be_a_date_time(published: str) -> None:
    assert read("It rained today.", published)["today"].value == "2023-09-15"


def test_ids_and_spans_follow_the_text() -> None:
    text = "On Monday and on Tuesday, in 2019 and daily."
    found = times(text, PUBLISHED)
    assert [time.id for time in found] == ["t1", "t2", "t3", "t4"]
    assert [text[slice(*time.span)] for time in found] == ["Monday", "Tuesday", "2019", "daily"]


def test_the_component_works_in_a_blank_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_times")
    doc = nlp.make_doc("They met yesterday.")
    doc._.published = PUBLISHED
    assert [time.value for time in nlp.get_pipe("readout_times")(doc)._.times] == ["2023-09-14"]


def tree(words: list[str], heads: list[int], deps: list[str], pos: list[str], morphs: list[str]) -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos, morphs=morphs)
    doc._.published = PUBLISHED
    return make_times(spacy.blank("en"), "times")(doc)


def test_the_tree_finds_the_verb_that_nearby_words_miss() -> None:
    words = ["Rivals", "meet", "Monday", "where", "they", "quarrelled"]
    doc = tree(
        words,
        [1, 1, 1, 5, 5, 1],
        ["nsubj", "root", "obl:tmod", "advmod", "nsubj", "advcl"],
        ["NOUN", "VERB", "PROPN", "ADV", "PRON", "VERB"],
        ["", "Tense=Pres|VerbForm=Fin", "", "", "", "Tense=Past|VerbForm=Fin"],
    )
    assert doc._.times[0].value == "2023-09-18"


@pytest.mark.parametrize(
    "text",
    [
        "The deputy was promoted to the 9th.",
        "The agency prints tickets at weekend rates.",
        "Police in Corpus Christi arrested three men.",
        "The third half of May never came.",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert not any(time.precision == "day" for time in read(text).values())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It will be tried in 24 hours' time.", "PT24H"),
        ("It will be built in ten years' time.", "2033"),
        ("On Easter Monday the gates will open.", "2024-04-01"),
        ("He will sentence on the 25th the two officials.", "2023-09-25"),
    ],
)
def test_what_lies_ahead(text: str, value: str) -> None:
    assert [time.value for time in read(text).values()] == [value]


def test_no_time_lies_inside_a_persons_name() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["In", "Fredric", "March", "it", "had", "a", "star"],
              ents=["O", "B-PERSON", "I-PERSON", "O", "O", "O", "O"])  # fmt: skip
    assert make_times(spacy.blank("en"), "times")(doc)._.times == []


def test_modifiers_are_those_of_timex3() -> None:
    found = read("By the end of 2019 nearly three months had passed; about 40 days were left in early May.")
    assert [time.mod for time in found.values()] == ["END", "LESS_THAN", "APPROX", "START"]


@pytest.mark.parametrize(
    ("text", "first", "last", "end"),
    [
        ("The strike ran from Friday to Monday.", "Friday", "Monday", "2023-09-11"),
        ("Rain fell between March and June.", "March", "June", "2023-06-30"),
        ("The reign of 1910-1919 was long.", "1910", "1919", "1919-12-31"),
    ],
)
def test_the_beginning_of_a_range_names_its_end(text: str, first: str, last: str, end: str) -> None:
    found = read(text, "2023-09-13")
    assert found[first].until == found[last].id
    assert found[last].end == end


def test_a_business_year_ends_on_the_day_that_is_said() -> None:
    assert days("Sales rose in the year ended March 31.", "the year") == ("2022-04-01", "2023-03-31")


def counted(last_day: str) -> dict[str, Time]:
    """ "They met <last_day>. A day after meeting, they parted Friday.", with its tree."""
    words = ["They", "met", last_day, ".", "Two", "days", "after", "they", "met", "they", "parted", "Friday", "."]
    doc = Doc(
        spacy.blank("en").vocab, words=words, heads=[1, 1, 1, 1, 5, 8, 8, 8, 10, 10, 10, 10, 10],
        deps=["nsubj", "root", "obl:tmod", "punct", "nummod", "obl:tmod", "mark", "nsubj", "advcl", "nsubj", "root",
              "obl:tmod", "punct"],
        pos=["PRON", "VERB", "PROPN", "PUNCT", "NUM", "NOUN", "SCONJ", "PRON", "VERB", "PRON", "VERB", "PROPN",
             "PUNCT"],
        lemmas=["they", "meet", last_day, ".", "two", "day", "after", "they", "meet", "they", "part", "Friday", "."],
        morphs=["", "Tense=Past|VerbForm=Fin", "", "", "", "", "", "", "Tense=Past|VerbForm=Fin", "",
                "Tense=Past|VerbForm=Fin", "", ""],
    )  # fmt: skip
    doc._.published = PUBLISHED
    found = make_times(spacy.blank("en"), "times")(doc)._.times
    return {doc.text[slice(*time.span)]: time for time in found}


def test_days_after_an_event_count_from_its_own_day_and_name_it() -> None:
    found = counted("Wednesday")
    time = found["Two days"]
    assert (time.start, time.anchor, time.disagrees) == ("2023-09-15", found["Wednesday"].id, None)


def test_a_count_that_contradicts_the_day_of_its_clause_says_so() -> None:
    found = counted("Tuesday")
    assert (found["Two days"].start, found["Two days"].disagrees) == ("2023-09-14", found["Friday"].id)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoys were to meet on Monday.", "Monday", "2023-09-18"),
        ("He said the envoys would meet on Monday.", "Monday", "2023-09-18"),
        ("Unions kept up a strike called for Sunday.", "Sunday", "2023-09-17"),
        ("A verdict could come as soon as Tuesday.", "Tuesday", "2023-09-19"),
        ("The offer had been due to expire Monday.", "Monday", "2023-09-11"),
    ],
)
def test_what_was_arranged_lies_ahead_of_its_arranging(text: str, words: str, value: str) -> None:
    assert read(text)[words].value == value


def test_times_of_plain_text_belong_to_the_public_face() -> None:
    import readout

    assert [time.value for time in readout.times("They met yesterday.", PUBLISHED)] == ["2023-09-14"]


def test_granules_know_their_neighbours() -> None:
    assert Granule.of("W", Granule("D", easter(2023)).first).value == "2023-W14"
    assert Granule.of("SE", easter(2024).replace(month=1)).value == "2023-WI"
    assert Granule("Q", easter(2023).replace(month=10, day=1)).shift(1).value == "2024-Q1"
