"""Times: every temporal expression of a text, with its TIMEX3 value and the interval it stands for."""

from readout.extract.times.finder import find


def times(text, published=None):
    return find(text, published)
