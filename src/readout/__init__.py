"""Readout reads the news and keeps the record, every line pinned to the words it came from."""

__version__ = "0.1.0"
