"""What looks like a time and is none: ages, verbs, votes, prices, articles of law, papers, persons called April."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from readout.extract.times.grammar import WEAK, Match
from readout.extract.times.lexer import Token, table
from readout.extract.times.numbers import integer

SENTENCE_MARKS = frozenset({".", "?", "!", "BREAK", ":", '"', "“", "(", ")", "]", "•", "*", "—"})
JOINS = frozenset({"and", "or", ",", "/", "-", "–", "‑", "to"})
LAST_DAY = 31
"""Of a month."""
ENDS = frozenset({".", ",", ";", ":", ")", "?", "!", "—"})
QUOTES = frozenset({'"', "”", "'", "’"})
DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their"})
YEAR_RULES = frozenset({"year", "year-first"})


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(table("guard")[name])


class Surroundings:
    """The words around a match, in lower case, and the tokens themselves."""

    def __init__(self, match: Match, tokens: list[Token]) -> None:
        self.match = match
        self.tokens = tokens
        self.before = tokens[match.first - 1] if match.first else None
        self.behind = tokens[match.last] if match.last < len(tokens) else None
        self.word_before = self.before.text.lower() if self.before else ""
        self.word_behind = self.behind.text.lower() if self.behind else ""
        self.words = match.text_words

    @property
    def rule(self) -> str:
        return self.match.rule.name

    @property
    def opens_sentence(self) -> bool:
        return self.before is None or bool(self.before.tags & SENTENCE_MARKS) or not self.before.text.strip()

    @property
    def name_before(self) -> bool:
        """Whether a capitalised word of no class stands right before; words such as "On" and "The" are none."""
        token = self.before
        named = token is not None and token.text[:1].isupper() and len(token.tags) < 2 and token.text.isalpha()
        return named and self.word_before not in WEAK

    @property
    def name_behind(self) -> bool:
        token = self.behind
        return token is not None and token.text[:1].isupper() and token.text.isalpha() and len(token.tags) < 2


def age(here: Surroundings) -> bool:
    """ "A 6-year-old", "52 years old", "aged 40 years", "a 3-month-old baby"; a week-old strike is no age."""
    if here.rule != "duration" or "unit" not in here.match:
        return False
    if here.words[-1] == "old" and here.word_behind in words("young"):
        return True
    years = here.words[-1] in {"year", "years"} or (here.words[-1] == "old" and "year" in here.words[-3:])
    old = here.words[-1] == "old" or here.word_behind == "old" or here.word_before == "aged"
    next_but_one = [token.text.lower() for token in here.tokens[here.match.last + 1 : here.match.last + 2]]
    return years and (old or (here.word_behind == "of" and next_but_one == ["age"]))


def ordinal_second(here: Surroundings) -> bool:
    """ "A second" is nearly always the number two."""
    return here.rule == "duration" and here.words[-1] == "second" and "-" not in here.words


def no_day_number(here: Surroundings) -> bool:
    """ "On the 13th floor", "for the third time", "from the first": an ordinal that is no day of the month."""
    if here.rule == "last-day-number":  # only behind another: "from the 1st to the 3rd"
        return here.match.first < 2 or "DAYTH" not in here.tokens[here.match.first - 2].tags
    if here.rule != "day-number":
        return False
    spelled = "ordday" in here.match
    if " ".join(here.words) in words("counting_ordinals") or (
        spelled and integer(here.match.parts["ordday"]) > LAST_DAY
    ):
        return True
    if here.behind is None:
        return False
    if not here.word_behind.isalnum():
        return not ends_phrase(here, spelled)
    opener = here.tokens[here.match.first - 2] if here.match.first > 1 else None
    opens = opener is None or bool(opener.tags & SENTENCE_MARKS)
    name = here.behind.text[0].isupper() and here.word_behind not in words("streets")
    if opens and here.words[0] == "the" and (here.word_behind in DETERMINERS or name):
        return False  # "On the 22nd a court in Tunis opens"
    if not spelled and here.word_behind in DETERMINERS:
        return False  # "will sentence on the 25th the two officials"
    counts = (here.word_before == "for" and spelled) or counts_on(here)
    return counts or here.word_behind not in words("after_day_number")


def ends_phrase(here: Surroundings, spelled: bool) -> bool:
    """Whether the mark behind an ordinal closes its phrase; a spelled one may still count ("for the third, and last,
    time", "by the tenth 'baron'")."""
    if here.word_behind == "," and spelled:
        return here.word_before != "for"
    return here.word_behind in ENDS or (here.word_behind in QUOTES and not spelled)


def counts_on(here: Surroundings) -> bool:
    """ "On the third and fourth floors": the ordinal behind it counts something."""
    after = [t for t in here.tokens[here.match.last : here.match.last + 4] if t.text.lower() != "the"]
    if len(after) < 3 or after[0].text.lower() not in ("and", "or", "to") or not after[1].tags & {"ORDWORD", "ORDNUM"}:
        return False
    return after[2].text.isalnum() and after[2].text.lower() not in words("after_day_number")


def weekly(here: Surroundings) -> bool:
    """ "500 dollars a week from Monday": what is paid or done by the week."""
    before = here.tokens[max(here.match.first - 2, 0) : here.match.first]
    return here.rule == "week-from-weekday" and any(t.tags & {"DIGITS", "NUMWORD"} for t in before)


def for_weekends(here: Surroundings) -> bool:
    """ "At weekend rates", "by weekend staff"."""
    return (
        here.rule == "bare-weekend" and here.word_behind.isalpha() and here.word_behind not in words("after_day_number")
    )


def fraction(here: Surroundings) -> bool:
    """ "Three quarters of the votes", "a quarter of its oil"."""
    if here.rule != "duration" or here.words[-1] not in {"quarter", "quarters"}:
        return False
    thirds = here.words[-1] == "quarter" or bool({"three", "two", "3"} & set(here.words))
    return thirds and ("-" in here.words or here.word_behind == "of")


def addressed(here: Surroundings) -> bool:
    """ "24 May Street", "at 1812 Constitution Avenue", "a 1911 pistol", "General Tuesday Bwalya"."""
    if here.word_behind in words("streets") and here.rule in {"date", "month", "weekday", "holiday"}:
        return here.behind is not None and here.behind.text[0].isupper()
    if here.rule == "year" and here.word_before == "at" and here.name_behind:
        return True
    if here.rule == "year-noun":
        return here.word_behind in words("models")
    return here.rule in {"weekday", "month", "holiday"} and here.word_before in words("addresses") and here.name_behind


def plural_behind(here: Surroundings) -> bool:
    """ "Of 1950 ballots cast": after a preposition that no year needs, a plural is what is counted."""
    if here.rule != "year" or here.behind is None:
        return False
    doubtful = here.word_before in words("counting") or here.match.text("year") < "1700"
    return doubtful and here.word_behind.endswith("s") and here.behind.text.islower() and len(here.word_behind) > 4


def part_of_number(here: Surroundings) -> bool:
    """ "+44 7946 1999", "case 1998/7", "2012-4471": the digits beside it belong to the same number."""
    if here.rule not in YEAR_RULES:
        return False
    if any(t is not None and "DIGITS" in t.tags and "YEAR" not in t.tags for t in (here.before, here.behind)):
        return True
    after = here.tokens[here.match.last : here.match.last + 2]
    joined = len(after) == 2 and after[0].text in {"-", "/"} and after[0].tight and after[1].tight
    return joined and "DIGITS" in after[1].tags and after[1].tags.isdisjoint({"YEAR", "TWO"})


def tiny(here: Surroundings) -> bool:
    """ "A minute particle"."""
    minute = here.rule == "duration" and here.words == ["a", "minute"] and here.word_behind.isalpha()
    return minute and here.word_behind not in words("after_minute")


def kept_minutes(here: Surroundings) -> bool:
    """ "The minutes of the committee" are a record."""
    record = here.rule == "bare-units" and here.words == ["minutes"] and here.word_before == "the"
    return record and here.word_behind not in {"before", "after", "leading", "following", "ticked", "between"}


def counted(here: Surroundings) -> bool:
    """ "In 2000 homes", "to 1900 troops": a number of things."""
    if here.rule not in YEAR_RULES | {"year-noun", "dated-year"} or here.behind is None:
        return False
    return here.word_behind in words("counted")


def stray_year(here: Surroundings) -> bool:
    """A year without a preposition opens its sentence or follows a name ("Tokyo 2020")."""
    if here.rule == "year-first":
        named = (
            here.name_before
            and here.word_before.rstrip("s") not in words("numbered")
            and "1900" <= here.match.text("year") < "2060"
        )
        return not named and (not here.opens_sentence or here.match.text("year") < "1500")
    early = here.rule == "year" and "era" not in here.match and here.match.text("year") < "1700"
    enclosed = here.word_before in {"(", "-", "–"} and here.word_behind in {")", "-", "–"}
    return early and not enclosed and here.word_before not in words("early_year_context")


def joined_number(here: Surroundings, accepted: set[int]) -> bool:
    """ "Resolutions 1970 and 1973", "555-1999": what it is joined to is a number that was no time."""
    if here.rule not in YEAR_RULES or here.word_before not in JOINS or here.match.first < 2:
        return False
    index = here.match.first - 2
    while index > 0 and here.tokens[index].text in JOINS and here.match.first - index < 4:
        index -= 1
    other = here.tokens[index]
    if here.word_before in {"-", "–", "‑", "/"} and here.before is not None and here.before.tight:
        return index not in accepted
    return bool(other.tags & {"DIGITS", "NAME"}) and index not in accepted


def doubtful_month(here: Surroundings) -> bool:
    """ "May I", "March on", "Theresa May", "April Jones"."""
    if here.rule != "month" or len(here.words) > 1:
        return False
    if here.name_before and here.word_before not in words("month_context"):
        return True
    if here.words[0] not in words("months_doubtful"):
        return False
    if here.name_behind and here.word_before not in {"in", "since", "until", "by", "last"}:
        return True
    opens = here.opens_sentence and here.words[0] not in {"may", "march"}
    return not opens and here.word_before not in words("month_context")


def bare_clock(here: Surroundings) -> bool:
    """ "John 3:16", "won 5:15": a clock time alone needs a preposition."""
    alone = here.rule == "clock-day" and len(here.words) == 1 and "clock" in here.match
    return alone and here.word_before not in words("clock_context")


def indefinite(here: Surroundings) -> bool:
    """ "Some day"; and "the past" before the length of a period ("the past 20-plus months")."""
    some_day = here.rule == "duration" and here.words[0] == "some" and here.match.tokens[-1].text in {"day", "time"}
    cut_off = here.words == ["the", "past"] and here.behind is not None and "DIGITS" in here.behind.tags
    return some_day or cut_off


def falling(here: Surroundings) -> bool:
    """ "The fall of Kabul", "the fall in prices"."""
    season = (
        here.rule in {"season", "bare-season"}
        and "last" not in here.match
        and "this" not in here.match
        and here.words[-1] in {"fall", "spring"}
    )
    return season and here.word_behind in {"of", "in", "from", "out", "for", "line", "guy"}


def crop(here: Surroundings) -> bool:
    """ "Winter wheat", "spring onions", "summer squash"."""
    return here.rule in {"season", "bare-season"} and here.word_behind in words("crops")


def electric(here: Surroundings) -> bool:
    """ "Alternating current" is a noun; the adjective stands before one."""
    noun = here.behind is None or not here.behind.text.isalpha() or here.word_behind.endswith("ed")
    noun = noun or here.word_behind in words("no_noun")
    return here.words == ["current"] and (noun or here.word_before in words("electric"))


def titled(here: Surroundings) -> bool:
    """ "The Sunday Times", "Daily Mail", "USA Today", "60 Minutes", "Seven Years' War"."""
    last = here.match.tokens[-1]
    if here.rule == "holiday":
        return here.name_behind or here.name_before or here.word_before in words("calendars")
    if not last.text[:1].isupper():
        return False
    if here.word_behind in words("titles") and here.behind is not None and here.behind.text[0].isupper():
        return True
    if here.rule == "weekday" and here.word_before in words("dark_days"):
        return True
    if here.rule == "weekday" and here.opens_sentence and len(here.words) == 1 and here.name_behind:
        return True  # "Sunday Eze coached the side"
    if here.rule in {"deictic", "frequency"}:
        return here.name_before or (here.name_behind and here.rule == "frequency")
    counted_title = here.words[0].isdigit() and last.text in {"Minutes", "Days", "Hours"}
    joined = (
        counted_title
        or not here.opens_sentence
        or here.name_behind
        or "APOS" in (here.behind.tags if here.behind else ())
    )
    return here.rule in {"duration", "past-units"} and "unit" in here.match and joined


def no_adjective(here: Surroundings) -> bool:
    """ "Recent talks" and "future governments" are times; "the child's future" and "Future Forces" are none."""
    if here.words[-1] not in {"future", "recent"} or here.rule not in {"future-noun", "once-past"}:
        return False
    behind = here.behind
    if here.words[-1] == "future" and here.word_before in words("future_nouns"):
        return True
    return (
        behind is None
        or not behind.text.isalpha()
        or (here.match.tokens[-1].text[0].isupper() and not here.opens_sentence)
        or here.word_behind in words("no_noun")
    )


def age_decade(here: Surroundings) -> bool:
    """ "In her 30s", "mid-20s": two digits without "the" tell an age or a temperature."""
    return (
        here.rule == "decade"
        and here.match.tokens[-1].text[0].isdigit()
        and len(here.words[-1]) < 5
        and "the" not in here.words
        and not (here.word_before in {"and", "or"} and "DECADE" in here.tokens[here.match.first - 2].tags)
    )


CHECKS: tuple[Callable[[Surroundings], bool], ...] = (
    age, ordinal_second, no_day_number, weekly, for_weekends, fraction, counted, stray_year, doubtful_month, bare_clock,
    indefinite, falling, electric,
    titled, age_decade, no_adjective, addressed, plural_behind,
    kept_minutes, crop, part_of_number, tiny,
)  # fmt: skip


def counts_with(last: Match, here: Surroundings) -> bool:
    """ "Between 1900 and 2000 refugees": if one of two joined numbers is a count, so is the other."""
    joined = last.last == here.match.first - 1 and here.word_before in JOINS
    return joined and last.rule.name in YEAR_RULES and (plural_behind(here) or counted(here))


def times_only(matches: list[Match], tokens: list[Token]) -> list[Match]:
    """The matches that stand for times in their surroundings, in text order."""
    kept: list[Match] = []
    accepted: set[int] = set()
    for match in matches:
        here = Surroundings(match, tokens)
        if any(check(here) for check in CHECKS) or joined_number(here, accepted):
            if kept and counts_with(kept[-1], here):
                kept.pop()
            continue
        kept.append(match)
        accepted.update(range(match.first, match.last))
    return kept
