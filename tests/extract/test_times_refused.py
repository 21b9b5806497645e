"""Strings that look like times and are none, and texts made to be slow."""

import time

import pytest

from readout.evaluate.times import refused
from readout.extract.times import times

NO_TIMES = """
The pilots flew a Su-35 over the range.
We may meet them again.
May I ask what happened to the money?
March on, the crowd shouted.
They sat in the sun and looked out to sea.
Theresa May lost the vote.
April Jones joined the board.
The council voted 21-17 against the plan.
Arsenal won 3-1 at home.
A Boeing 747 landed safely.
It invoked Article 51 of the charter.
One in 300 people carries the gene.
Council resolution 1718 banned the sale.
Resolutions 1970 and 1973 were cited again.
Call 555-1999 for tickets.
The flat costs $1,950.
Shares closed at 2010.5 points.
Flight 1549 was cancelled.
She stayed in room 1408.
He drives down Route 1945.
About 2000 people fled.
The ship carried 1900 troops to 2000 homes.
A MiG-29 and two F-16s were seen.
He wore number 10 for the side.
COVID-19 cases rose.
The G20 and the G7 both agreed.
Troops carried AK-47 rifles.
He quoted John 3:16 to them.
The second man ran.
They met on the ninth floor.
He stood for the third time.
It has been so from the first.
She was shot on 12th Street.
On 5th Avenue, police arrested six men.
They were held on the ninth-floor balcony.
They met on the third and fourth floors.
Police arrested six men, the 12th in a row and the 21st in the province.
Nurses on 500 dollars a head won by the sixth (and last) vote.
A second blast followed.
Three quarters of voters agreed.
The fall of the capital shocked them.
There was a fall in prices.
The Sunday Times reported the deal.
The Daily Mail ran the story.
USA Today reported the deal.
He appeared on 60 Minutes.
The Seven Years' War changed the map.
The Good Friday Agreement ended the fighting.
Easter Island is remote.
A woman in her 30s was hurt.
The 6-year-old was unhurt.
He is 52 years old.
The man, aged 40 years, fled.
Alternating current powers the grid.
The rate rose to 19.5 percent.
Turnout was 1950 votes short.
Type 2050 pumps failed.
The road is 1500 metres long.
It weighs 1,990 kg.
Section 230 protects them.
Chapter 11 protects the firm.
Form 1040 is long.
Security zone B12 was closed.
The T-72 tank and the M1 rolled by.
The score stood at 15-40.
The odds were 9 to 4.
A 4x100 relay ran.
Room 2001 was empty.
The ISBN is 1-931-20199-4.
Version 2.0.1998 shipped.
The IP address is 192.168.1999.1.
PO Box 1989 is closed.
Sunak and June Sarpong spoke.
Sgt. August Wilson spoke.
Mar-a-Lago hosted them.
The MV Dec sank.
Fred March played the king.
Unit 731 was infamous.
Order 1945/2 was read.
They marched and may march again.
Highway 2020 is closed.
Number 1984 was drawn.
The bill passed 218-210.
He ran it in 9.58.
Security Council Resolutions 1718, 1874, 2087, and 2094 stand.
Some day it will rain.
Persian New Year crowds grew.
"""


@pytest.mark.parametrize("text", NO_TIMES.strip().split("\n"))
def test_no_time_is_found(text: str) -> None:
    assert [text[slice(*found.span)] for found in times(text, "2023-09-15")] == []


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "last ",
        "1 ",
        "May ",
        "twenty-",
        "2023-09-15 ",
        "\n",
        "a.",
        "'",
        "1,000",
        "9:",
        "two days after ",
        "Jan. 5-",
    ],
)
def test_reading_time_grows_with_length_alone(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    times(text, "2023-09-15")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text",
    ["999999999 years ago", "in the 99th century", "9999999 centuries later", "31 February 2020", "30/30/2020",
     "two hundred thousand millennia from now", "25:61 GMT", "9999-99-99", "0000-00-00", "Q9 2020"],
)  # fmt: skip
def test_days_outside_the_calendar_do_no_harm(text: str) -> None:
    for found in times(text, "2023-09-15"):
        assert found.start is None or len(found.start) >= 10


@pytest.mark.parametrize(("half", "share"), [("dev", 99.0), ("held_back", 97.0)])
def test_sentences_without_times_are_refused(half: str, share: float) -> None:
    assert refused()[f"not_times.{half}"] >= share
