"""How an event is put in a line of words, everywhere alike."""


def towards(actors: str, recipients: str) -> str:
    """Who does something to whom: "Police → protesters", "→ protesters" where nobody is said to do it.

    Args:
        actors: their names in words; empty where there are none.
        recipients: likewise.
    """
    return f"{actors} → {recipients}".strip() if recipients else actors
