"""Which language a text is in."""

from functools import cache
from typing import Any

SAMPLE = 3000  # characters that decide
SHORTEST = 20  # characters; less does not tell


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model of some megabytes: only when asked

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def detect(text: str) -> str | None:
    """The language of a text (py3langid, after Lui & Baldwin 2012), or `None` where it is too short to tell.

    Args:
        text: prose.

    Returns:
        An ISO 639-1 code, such as "en".
    """
    sample = text[:SAMPLE].strip()
    if len(sample) < SHORTEST or not any(c.isalpha() for c in sample):
        return None
    return str(_identifier().classify(sample)[0])
