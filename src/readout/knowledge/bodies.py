"""International bodies and armed movements known to news readers by bare names and acronyms (`data/bodies.txt`)."""

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    text = files("readout.knowledge.data").joinpath("bodies.txt").read_text(encoding="utf-8")
    rows = (line.split("|") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: row[0] for row in rows for name in row}


def body(name: str) -> str | None:
    """The fullest name of the international body that a name or acronym stands for.

    Args:
        name: as written; letter case counts ("WHO" is a body, "who" is not).

    Returns:
        Such as "United Nations", or `None`.
    """
    return _table().get(name)
