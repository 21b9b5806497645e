"""Intake: from a file, a page, an address or a line of JSON to a clean `Article`.

for taken in take(["report.md", "https://example.org/news/1", "batch.jsonl"]):
    print(taken.name, taken.article or taken.error)
"""

from readout.ingest.intake import Intake, article, article_from_text, take

__all__ = ["Intake", "article", "article_from_text", "take"]
