"""Screening that reads the article: who of those it names is on a list, itself or through its owner, and why."""

from readout.resolve.screening.screener import Screener, screened, screener

__all__ = ["Screener", "screened", "screener"]
