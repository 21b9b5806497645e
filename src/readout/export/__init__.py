"""Readouts for people and for other programs: the terminal, one self-contained page, files."""
