"""Where the lists of a user are kept; apart from the store, which takes long to import."""

from pathlib import Path


def default_file() -> Path:
    """The SQLite file in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("readout", appauthor=False) / "lists.sqlite"
