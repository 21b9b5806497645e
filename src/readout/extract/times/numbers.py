"""Numbers in words and digits: "twenty-five", "two and a half", "1,200", "several"."""

from __future__ import annotations

from readout.extract.times.lexer import Token, lexicon

FRACTIONS = {"1/2": 0.5, "½": 0.5, "half": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75}
VAGUE = {"several", "few", "some", "many", "number", "handful", "matter", "dozens", "hundreds"}


def integer(tokens: list[Token]) -> int:
    """The number that cardinal or ordinal words spell, also as years are spoken ("nineteen ninety-six")."""
    words = {**lexicon()["NUMWORD"], **lexicon()["ORDWORD"]}
    total = group = 0
    for number in (words[token.text.lower()] for token in tokens if token.text.lower() in words):
        if number == 100:
            group = (group or 1) * 100
        elif number == 1000:
            total, group = total + (group or 1) * 1000, 0
        elif number >= 10 and 10 <= group < 100:
            group = group * 100 + number
        else:
            group += number
    return total + group


def amount(tokens: list[Token]) -> float | None:
    """How many; None for an amount that is not said ("several").

    Args:
        tokens: the words of the amount, such as "two", "and", "a", "half".

    Returns:
        A positive number (halves and quarters as fractions), or None.
    """
    words = [token.text.lower() for token in tokens]
    if VAGUE & set(words):
        return None
    part = sum(FRACTIONS.get(word, 0) for word in words)
    digits = [float(word.replace(",", "")) for word in words if word[0].isdigit() and word not in FRACTIONS]
    if digits:
        scale = integer(tokens) or 1
        return digits[0] * scale + part
    if "couple" in words:
        return 2
    whole = integer(tokens)
    if whole == 0 and words[0] in {"a", "an"}:
        return part or 1
    return whole + part or None
