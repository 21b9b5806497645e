"""Run the areas, print their figures beside the floor, and say whether all of them hold."""

import importlib
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from readout.errors import OptionError
from readout.evaluate import floor as quality
from readout.evaluate import readme as front
from readout.evaluate.development import REPOSITORY, digest

FLOOR_FILE = REPOSITORY / "quality_floor.json"


class Area(NamedTuple):
    """One area: the data it is measured on (glob patterns in the development data), whether it needs the model."""

    data: tuple[str, ...]
    needs_model: bool = True


AREAS = {
    "sample": Area(("data/language/*.dev.*", "data/articles/articles.jsonl", "acceptance/*", "eval/*.py")),
    "language": Area(("data/language/ewt.dev.*", "data/language/gum.dev.*", "data/language/ner.dev.*")),
    "readouts": Area(("acceptance/*", "data/articles/articles.jsonl", "eval/score_readout.py")),
    "articles": Area(("data/articles/**/*",), needs_model=False),
    "times": Area(("data/time/*.gz", "eval/score_time.py"), needs_model=False),
    "places": Area(("data/place/*.jsonl.gz", "eval/score_place.py")),
    "quotes": Area(("data/quotes/polnear_dev.*", "eval/score_quotes.py")),
    "statements": Area(()),
    "stories": Area(()),
    "events": Area(("data/events/*dev*", "eval/score_events.py")),
    "event_set": Area(()),
    "names": Area(("data/names/*.gz",), needs_model=False),
    "coreference": Area(("data/language/coref.gum.dev.*",)),
    "screening": Area(("acceptance/kim_tours_plant.*",)),
    "lists": Area(("data/names/ofac_sdn_history.*", "data/names/un_consolidated_*"), needs_model=False),
}

Figures = dict[str, float]
_COLOURS = {"ok": "green", "better": "bold green", "new": "cyan"}


def run(
    shared: Path,
    only: Sequence[str] | None = None,
    *,
    update_floor: bool = False,
    check: bool = True,
    allow_lower: Collection[str] = (),
    model: str | None = None,
    floor_file: Path = FLOOR_FILE,
    readme: Path | None = None,
) -> int:
    """Measure areas and print one table: measure, value, floor, verdict.

    Args:
        shared: the development data.
        only: the areas to run; all of them without it.
        update_floor: make the figures the new floors.
        check: whether a figure below its floor makes the run fail.
        allow_lower: with `update_floor`, the names (`area` or `area.measure`) whose floor may be lowered.
        model: what `readout.load` takes in place of the shipped model.
        floor_file: where the floors are kept.
        readme: a README whose table of figures is brought up to date.

    Returns:
        The exit status: 1 where an area failed, a figure is below its floor, a floor has no figure any more, or the
        data is not what the floor was measured on; else 0.

    Raises:
        OptionError: an area has no such name, a floor would be lowered that was not named, or the README has no table.
    """
    if unknown := [name for name in only or () if name not in AREAS]:
        raise OptionError(f"{', '.join(unknown)}: no such area; there are {', '.join(AREAS)}")
    floors = quality.load(floor_file)
    figures, failed = _measure_all(shared, only or list(AREAS), model)
    digests = {name: digest(shared, AREAS[name].data) for name in figures}
    lines = [line for name in figures for line in floors.compare(name, figures[name], digests[name])]
    Console().print(_table(lines))
    if readme:
        front.write(readme, figures)
    if update_floor:
        _update(floors, figures, digests, allow_lower, floor_file)
        return int(failed)
    return int(failed or (check and any(line.verdict in quality.FAILURES for line in lines)))


def _measure_all(shared: Path, names: Sequence[str], model: str | None) -> tuple[dict[str, Figures], bool]:
    """The figures of each area, and whether an area failed: one broken area must not cost the figures of the others."""
    console, pipeline = Console(stderr=True), cache(lambda: _load_model(model))
    figures: dict[str, Figures] = {}
    failed = False
    for name in names:
        with console.status(f"{name} ..."):
            try:
                figures[name] = _measure(name, shared, pipeline)
            except Exception as error:
                console.print(f"{name}: failed, {type(error).__name__}: {error}", style="bold red", markup=False)
                failed = True
    return figures, failed


def _update(
    floors: quality.Floor,
    figures: dict[str, Figures],
    digests: dict[str, str],
    allow_lower: Collection[str],
    floor_file: Path,
) -> None:
    refused = []
    for name in figures:
        try:
            floors.update(name, figures[name], digests[name], allow_lower)
        except OptionError as error:
            refused.append(str(error))
    quality.save(floors, floor_file)
    if refused:
        raise OptionError("; ".join(refused))


def _load_model(name: str | None) -> Language:
    from readout.language import load

    nlp: Language = load(name)
    return nlp


def _measure(name: str, shared: Path, model: Callable[[], Language]) -> Figures:
    evaluate = importlib.import_module(f"readout.evaluate.{name}").evaluate
    figures: Figures = evaluate(shared, model()) if AREAS[name].needs_model else evaluate(shared)
    return figures


def _table(lines: Sequence[quality.Line]) -> Table:
    table = Table("measure", box=None)
    table.add_column("value", justify="right")
    table.add_column("floor", justify="right")
    table.add_column("verdict")
    for line in lines:
        colour = _COLOURS.get(line.verdict, "bold red")
        verdict = f"[{colour}]{line.verdict}[/]"
        table.add_row(f"{line.area}.{line.measure}", _figure(line.value), _figure(line.floor), verdict)
    return table


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if abs(value) > 1 else f"{value:.3f}"
