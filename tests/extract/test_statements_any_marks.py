"""Whatever became of an article's quotation marks, it is read, and what stands beside them is found."""

from hypothesis import given, settings
from hypothesis import strategies as st

from readout.language import load

MARKS = ('"', "“", "”", "„", "«", "»", "‘", "’", "'", "``", "''", "＂", "")
ARTICLE = (
    "The harbour board said on Monday that the eastern quay would stay shut until June.\n\n"
    "{}We have found cracks in nine piles,{} its director, Marta Oduya, told reporters. {}Nobody may go there.{}\n\n"
    "{}We warned them twice,{} said Jonas Ruud, who heads the pilots' union. He called the delay {}a scandal{}.\n\n"
    "The transport ministry denied that it had refused to pay for repairs."
)


@settings(max_examples=25, deadline=None)
@given(marks=st.lists(st.sampled_from(MARKS), min_size=8, max_size=8))
def test_plain_speech_is_found_beside_any_marks(marks: list[str]):
    text = ARTICLE.format(*marks)
    statements = load()(text)._.statements
    said = [text[start:end] for statement in statements for start, end in statement.content_spans]
    assert any("the eastern quay would stay shut until June" in words for words in said)
    assert any("it had refused to pay for repairs" in words for words in said)
    assert all(text[start:end].strip() for statement in statements for start, end in statement.content_spans)
