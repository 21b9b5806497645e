"""Which language a text is in."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SAMPLE = 3000  # characters that decide
SHORTEST = 100  # characters; less does not tell a language from its neighbours, and a wrong answer refuses a report
SURE = 0.9  # probability
ENGLISH_SHARE = 0.15  # of small English words; English news has about a third, other languages nearly none


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads((files("readout.ingest") / "data" / "languages.toml").read_text(encoding="utf-8"))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model of some megabytes: only when asked

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = {str(language) for language in identifier.labels}
    identifier.set_languages([language for language in _table()["candidates"] if language in known])
    return identifier


def detect(text: str) -> str | None:
    """The language of a text, or `None` where it does not tell.

    English shows by its small words; other languages are told by py3langid (after Lui & Baldwin 2012).

    Args:
        text: prose.

    Returns:
        An ISO 639-1 code, such as "en".
    """
    sample = text[:SAMPLE].strip()
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if words and sum(word in _table()["english"] for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    if len(sample) < SHORTEST or not words:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= SURE else None
