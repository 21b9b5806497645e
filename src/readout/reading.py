"""From a source to its readout: one article, a text, or any number of articles as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readout import __version__, ingest
from readout.errors import ContentError, OptionError, ReadoutError
from readout.language import load
from readout.schema import Article, Producer, Readout

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from readout.ingest import Intake

MAX_CHARACTERS = 400_000
"""Longest article text that is read; the longest newspaper features stay under 150,000 characters."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input of a batch that could not be read.

    Attributes:
        name: the input as it was named: a path, an address, or a file and its line.
        given_id: the id the article came in with, if any.
        error: the reason, one line.
    """

    name: str
    given_id: str | None
    error: ReadoutError


def read(
    source: str | Path,
    *,
    published: str | None = None,
    nlp: Language | str | None = None,
    allow_private: bool = False,
) -> Readout:
    """Read one article.

    Args:
        source: a file, an address (`https://...`), or `"-"` for standard input.
        published: day, month or date-time of publication (ISO 8601); outweighs what the source says.
        nlp: the pipeline, its name or its folder; by default the one that ships with Readout.
        allow_private: whether an address may lead into a private network.

    Returns:
        What the article says.

    Raises:
        SourceError: the source cannot be opened or fetched, or is refused.
        ContentError: it holds no news text, or none that Readout reads.
        OptionError: `published` is no date.
    """
    article = ingest.article(source, published=published, allow_private=allow_private)
    return _readout(article, article.id, _loaded(nlp), str(source))


def read_text(text: str, *, published: str | None = None, nlp: Language | str | None = None) -> Readout:
    """Read a text as it stands: it becomes `article.text` unchanged, so that offsets fit the caller's own.

    Args:
        text: the prose of one article, paragraphs parted by a blank line.
        published: day, month or date-time of publication (ISO 8601); without it nothing relative is resolved.
        nlp: the pipeline, its name or its folder; by default the one that ships with Readout.

    Returns:
        What the text says.

    Raises:
        ContentError: the text is empty or too long.
        OptionError: `published` is no date.
    """
    article = ingest.article_from_text(text, published=published, verbatim=True)
    return _readout(article, article.id, _loaded(nlp), "text")


def read_many(
    sources: Iterable[str | Path],
    *,
    published: str | None = None,
    nlp: Language | str | None = None,
    allow_private: bool = False,
    processes: int = 1,
) -> Iterator[Readout | Failure]:
    """Read any number of articles, in input order, holding only a few in memory.

    A `.jsonl` file among the sources is a batch of its own. What cannot be read comes out as a `Failure` in its place
    and stops nothing.

    Args:
        sources: files, addresses, or `"-"`.
        published: day, month or date-time of publication (ISO 8601) of all; outweighs what the sources say.
        nlp: the pipeline, its name or its folder; with several processes a name or folder, or nothing.
        allow_private: whether an address may lead into a private network.
        processes: worker processes, each with its own pipeline (some 500 MB); 1 reads in this process.

    Yields:
        A `Readout` or a `Failure` for each article.

    Raises:
        OptionError: `published` is no date, or `processes` cannot be used.
        PipelineError: the pipeline cannot be loaded.
    """
    if processes < 1:
        raise OptionError(f"processes: {processes} is not a number of workers; give 1 or more")
    if processes > 1 and nlp is not None and not isinstance(nlp, str):
        raise OptionError("nlp: a pipeline cannot be handed to other processes; give its name or folder")
    return outcomes_of(ingest.take(sources, published=published, allow_private=allow_private), nlp, processes)


def outcomes_of(intakes: Iterable[Intake], nlp: Language | str | None, processes: int) -> Iterator[Readout | Failure]:
    """Read what was taken in, in its order.

    Args:
        intakes: the articles, taken only as fast as they are read.
        nlp: the pipeline, its name or its folder; with several processes a name or folder, or nothing.
        processes: worker processes; 1 reads in this process.

    Returns:
        A readout or a failure for each article.

    Raises:
        PipelineError: the pipeline cannot be loaded.
    """
    if processes == 1:
        return _in_turn(intakes, nlp)
    from readout.workers import outcomes

    return outcomes(intakes, nlp if isinstance(nlp, str) else None, processes)


def _in_turn(intakes: Iterable[Intake], nlp: Language | str | None) -> Iterator[Readout | Failure]:
    pipeline = None
    for intake in intakes:
        if intake.article is not None and pipeline is None:
            pipeline = _loaded(nlp)
        yield outcome(intake, pipeline)


def _loaded(nlp: Language | str | None) -> Language:
    return load(nlp) if nlp is None or isinstance(nlp, str) else nlp


def outcome(intake: Intake, nlp: Language | None) -> Readout | Failure:
    """Read one article of a batch; whatever goes wrong with it is its own failure and nobody else's.

    Args:
        intake: the article, or the reason why there is none.
        nlp: the pipeline; not needed where there is no article.

    Returns:
        The readout, or the failure.
    """
    if intake.article is None or nlp is None:
        error = intake.error or ContentError(f"{intake.name}: holds no article")
        return Failure(intake.name, intake.given_id, error)
    try:
        return _readout(intake.article, intake.given_id or intake.article.id, nlp, intake.name)
    except ReadoutError as error:
        return Failure(intake.name, intake.given_id, error)
    except Exception as error:
        return Failure(intake.name, intake.given_id, unforeseen(intake.name, error))


def unforeseen(name: str, error: BaseException) -> ReadoutError:
    """What to say of a failure that nobody foresaw: one line that names the input and the kind of error."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return ReadoutError(f"{name}: reading broke off ({reason[:200]}); please report this as a fault of Readout")


def _readout(article: Article, id: str, nlp: Language, name: str) -> Readout:
    from readout.extract.assemble import readout_of  # loads spaCy, which bad input does not need
    from readout.resolve.screening import screened

    _refuse_unreadable(article, name)
    doc = nlp.make_doc(article.text)
    doc._.published = article.published
    producer = Producer(readout=__version__, model=f"{nlp.meta['name']}-{nlp.meta['version']}")
    return screened(readout_of(nlp(doc), article, id, producer))


def _refuse_unreadable(article: Article, name: str) -> None:
    length = len(article.text)
    if length > MAX_CHARACTERS:
        raise ContentError(
            f"{name}: {length:,} characters are too long for one article; the most is {MAX_CHARACTERS:,}"
        )
    if article.language and article.language.split("-")[0].lower() != "en":
        raise ContentError(f"{name}: the article is in language {article.language!r}; Readout reads English")
