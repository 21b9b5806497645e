"""The parts of intake on their own: joining, dates, captions, credits, lines, marks."""

import pytest

from readout.ingest import article_from_text, dates
from readout.ingest.blocks import Block
from readout.ingest.captions import read_caption
from readout.ingest.credits import credit_line, credits_in_prose
from readout.ingest.heal import heal
from readout.ingest.inline import read_inline
from readout.ingest.languages import detect
from readout.ingest.lines import byline, date_line, is_advertisement, is_update_note, related


@pytest.mark.parametrize(
    "pieces",
    [
        ["The envoy flew to Baku", "and then to Tbilisi."],
        ["He was met by the", "Georgian foreign minister."],
        ["The talks were led by Gen.", "Petro Hrytsenko, his office said."],
        ["“We will not sign,”", "she said."],
        ["The deal, which was agreed in May,", "Ankara says, is void."],
        ["The ship left on Monday. It was met at sea by President", "Aliyeva and her guards."],
        ["The minister", "told", "reporters that he would stay."],
        ["The U.S.", "envoy left on Friday."],
    ],
)
def test_cut_paragraphs_are_joined(pieces: list[str]) -> None:
    assert [block.text for block in heal(map(Block, pieces))] == [" ".join(pieces)]


@pytest.mark.parametrize(
    "pieces",
    [
        ["The envoy flew to Baku.", "Talks go on."],
        ["What the treaty says", "The treaty bars both fleets from the strait."],
        ["He named three conditions:", "A ceasefire, first of all."],
        ["PRESIDENT ORMOND: I was about to —", "MR. VANCE: Please go on."],
        ["They met in Washington, D.C.", "Neither side spoke to reporters."],
        ["It bars fleets from the strait", "The treaty was signed in 1936."],
        ["“It was a good day for us. We won.” Ana Torres, trade unionist", "Dockers went back to work."],
        ["Dr. Mara Holt, Deputy Chief of Mission, U.S. Embassy", "Mr. Ian Reed, Counsellor for Trade"],
    ],
)
def test_whole_paragraphs_stay_apart(pieces: list[str]) -> None:
    assert [block.text for block in heal(map(Block, pieces))] == pieces


def test_long_paragraphs_stand_once_and_short_ones_as_often_as_said() -> None:
    long = "The minister said on Friday that the talks would go on for as long as both sides wished."
    assert [b.text for b in heal(map(Block, [long, "Thank you.", long, "Thank you."]))] == [
        long,
        "Thank you.",
        "Thank you.",
    ]


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Thursday, January 12, 2006", "2006-01-12"),
        ("Published: 3 March 2021 at 14.05 GMT", "2021-03-03"),
        ("Sept. 5, 2022 9:30 a.m. ET", "2022-09-05"),
        ("Posted on 2020-02-29", "2020-02-29"),
        ("29.02.2020", "2020-02-29"),
        ("September 15, 2023 / 10:30 AM / Post News", "2023-09-15"),
        ("2023-09-15T10:30:00Z", "2023-09-15"),
        ("25/12/2021", "2021-12-25"),
        ("Washington, D.C., May 3, 2022", "2022-05-03"),
        ("May 1st, 2019 | 4 min read", "2019-05-01"),
    ],
)
def test_date_lines(line: str, iso: str) -> None:
    found = date_line(line, in_head=True)
    assert found is not None and found.iso == iso


@pytest.mark.parametrize(
    "line", ["The treaty was signed on May 3, 2022", "03/04/2021", "On May 3, 2022, ministers met.", "May 2022"]
)
def test_no_date_lines(line: str) -> None:
    assert date_line(line, in_head=True) is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://x.example/2023/09/15/talks", "2023-09-15"),
        ("https://x.example/world/2023/sep/05/talks", "2023-09-05"),
        ("https://x.example/talks-2023-09-15.html", "2023-09-15"),
        ("https://x.example/ps/2015/11/249880.htm", "2015-11"),
        ("https://x.example/news/20230915/talks", "2023-09-15"),
        ("https://x.example/2023/13/45/talks", None),
        ("https://x.example/article/1026868", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, iso: str | None) -> None:
    assert dates.from_url(url) == iso


def test_order_of_dates() -> None:
    text = "Envoys meet in the harbour town\n\n3 March 2021\n\nThe envoys met on Wednesday, officials said.\n\n{}"
    url = "https://x.example/2020/01/01/a"
    assert article_from_text(text.format(url)).published == "2021-03-03"
    assert article_from_text(text.format(url), published="2019-12").published == "2019-12"
    assert article_from_text(text.replace("3 March 2021", "").format(url)).published == "2020-01-01"


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("A tanker off Malta. Image: Ana Ruiz.", "A tanker off Malta.", "Ana Ruiz"),
        (
            "A tanker off Malta. (Photo by Ana Ruiz/AFP via Getty Images)",
            "A tanker off Malta.",
            "Ana Ruiz/AFP via Getty Images",
        ),
        ("A tanker off Malta on Friday. REUTERS/Ana Ruiz", "A tanker off Malta on Friday.", "REUTERS/Ana Ruiz"),
        ("A tanker off Malta, 2019 (AP Photo/Ana Ruiz)", "A tanker off Malta, 2019", "AP Photo/Ana Ruiz"),
        ("A tanker off Malta. [Ana Ruiz/AFP]", "A tanker off Malta.", "Ana Ruiz/AFP"),
        (
            "The president on board. Press Service of the President",
            "The president on board.",
            "Press Service of the President",
        ),
        ("FILE PHOTO: A tanker off Malta", "FILE PHOTO: A tanker off Malta", None),
        ("Dockers at work. Photo courtesy of the port authority of Riga", None, None),
    ],
)
def test_captions(line: str, text: str | None, credit: str | None) -> None:
    caption = read_caption(Block(line), in_head=True, is_last=False)
    assert (caption and caption.text, caption and caption.credit) == (text, credit)


@pytest.mark.parametrize(
    "line",
    [
        "He posted a photo: Kim on a white horse.",
        "“They lied,” he told the BBC.",
        "The agreement was first reported by Reuters.",
        "She held up the picture by Picasso",
        "The news was carried by state media. TASS quoted him as saying so.",
    ],
)
def test_prose_is_no_caption(line: str) -> None:
    assert read_caption(Block(line), in_head=False, is_last=False) is None


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("AFP contributed reporting.", ["AFP"]),
        ("The Associated Press and Reuters contributed to this report.", ["The Associated Press", "Reuters"]),
        ("With reporting by AP", ["AP"]),
        ("(Additional reporting by Jane Roe in Kyiv and AFP)", ["AFP"]),
        ("Reporting by Jane Roe; Editing by John Doe", []),
        ("(With inputs from PTI, ANI)", ["PTI", "ANI"]),
        ("— Reuters", ["Reuters"]),
        ("This report includes material from AFP.", ["AFP"]),
        ("With AFP", ["AFP"]),
        ("Source: dpa", ["dpa"]),
        ("Based on reporting by Interfax and TASS", ["Interfax", "TASS"]),
        ("© 2023 AFP", ["AFP"]),
        ("His firm contributed to this year's campaign of the president.", None),
        ("Source: people close to the minister", None),
        ("Reporting by the newspaper led to his arrest.", None),
        ("With support from the army, the police moved in.", None),
    ],
)
def test_credit_lines(line: str, agencies: list[str] | None) -> None:
    assert credit_line(line) == agencies


def test_credits_inside_prose() -> None:
    assert credits_in_prose(["KYIV, Sept 15 (Reuters) - The ship left.", "It will be back. (AFP)"]) == [
        "Reuters",
        "AFP",
    ]
    assert credits_in_prose(["The ship left (again) - late.", "So said the BBC."]) == []


@pytest.mark.parametrize(
    ("block", "titles"),
    [
        (read_inline("**Related article:** [Old treaty, new ships](https://x.example/1)"), ["Old treaty, new ships"]),
        (Block("See also: Old treaty, new ships"), ["Old treaty, new ships"]),
        (Block("READ MORE | Who owns the strait?"), ["Who owns the strait?"]),
        (Block("Related articles"), []),
        (Block("Watch: the president said on Friday that the strait was closed."), None),
        (Block("Related matters were also discussed, officials said."), None),
    ],
)
def test_related_lines(block: Block, titles: list[str] | None) -> None:
    found = related(block)
    assert (found if found is None else [link.title for link in found]) == titles


def test_furniture_and_prose() -> None:
    assert is_advertisement("ADVERTISEMENT") and is_advertisement("— Story continues below advertisement —")
    assert is_advertisement("Sign up for our newsletter and get the news first.")
    assert not is_advertisement("Sign up for talks or face sanctions, the envoy told both sides.")
    assert is_update_note("This story has been updated to include a comment.") and is_update_note(
        "UPDATE: A name was wrong."
    )
    assert not is_update_note("Updated figures show that trade fell by a third.")


def test_bylines() -> None:
    assert byline("By Jane Roe and John Doe in Kyiv") == (["Jane Roe", "John Doe"], "in Kyiv")
    assert byline("By JANE ROE, Associated Press") == (["Jane Roe", "Associated Press"], "")
    assert byline("By Friday the strait was closed to all ships.") is None


def test_marks_go_and_words_stay() -> None:
    block = read_inline(
        r"Kim [inspected](#) the *Su-35*, __not__ the Su-57 \*, at 5 * 3 a_b_c & AT&amp;T <https://x.example>"
    )
    assert block.text == "Kim inspected the Su-35, not the Su-57 *, at 5 * 3 a_b_c & AT&T https://x.example"
    assert read_inline("``We will stay,'' he said. ``We will.''").text == "``We will stay,'' he said. ``We will.''"
    assert read_inline("Ships in port. **TASS**").tail == "TASS"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister met him."),
        (
            "de",
            "Die Ministerin sagte am Freitag, dass die Gespräche in Oslo fortgesetzt würden, wie es geplant war.",
        ),
        (
            "fr",
            "La ministre a déclaré vendredi que les pourparlers se poursuivraient à Oslo, sans la Suède.",
        ),
        (
            "ru",
            "Министр заявил в пятницу, что переговоры будут продолжены в Осло, а затем, возможно, и в Риге.",
        ),
        (None, "São Tomé’s president, José Ávila, met Zoë Ångström in Málaga on Monday."),
        (None, "Aktau Oslo Tashkent Riga Baku " * 4),
    ],
)
def test_languages(language: str | None, text: str) -> None:
    assert detect(f"{text} {text}") == language


def test_id_is_that_of_the_text() -> None:
    one = article_from_text("The envoys met in Riga on Friday.")
    two = article_from_text("The **envoys** met in\u00a0Riga on Friday.\r\n", title="Envoys meet")
    assert one.id == two.id and len(one.id) == 16 and int(one.id, 16) >= 0
    assert article_from_text(" The envoys met in Riga. ", verbatim=True).text == " The envoys met in Riga. "
