"""The readout for a terminal: what an analyst wants of a new report at a glance, in plain text when it is piped."""

from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout.export.plain import plain, visible
from readout.export.view import Happening, Listed, Said, View, Who
from readout.schema import Readout, Span
from readout.wording import towards

NARROW = 72
"""Columns below which lines are stacked instead of set side by side."""
LEAD = 24
"""Columns of names and dates on a wide terminal; a quarter of a narrower one."""
EXCERPT = 220
"""Longest piece of a sentence shown, in characters."""
MANY = 12
"""Names shown of the lesser sections."""

MARKS = {"occurred": "●", "ongoing": "◐", "planned": "○", "denied": "✗", "alleged": "?", "hypothetical": "~"}
STYLES = {
    "occurred": "green",
    "ongoing": "cyan",
    "planned": "blue",
    "denied": "red",
    "alleged": "yellow",
    "hypothetical": "magenta",
}

Row = tuple[str | Text, Text]


def console(file: IO[str] | None = None) -> Console:
    """A console that never reads markup in what it prints; colours only on a terminal, and not under `NO_COLOR`.

    Args:
        file: where to print; by default standard output.

    Returns:
        The console.
    """
    return Console(file=file, markup=False, highlight=False, emoji=False)


def show(readout: Readout, out: Console) -> None:
    """Print a readout.

    Args:
        readout: what one article says.
        out: where to print.
    """
    if out.is_terminal:
        _print(View(readout), out)
        return
    with out.capture() as captured:
        _print(View(readout), out)
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _print(view: View, out: Console) -> None:
    _header(view, out)
    _section("Who", _who(view.people), out)
    _section("What happened", [_event(line, view) for line in view.timeline], out)
    _section("What was said", _statements(view), out)
    _section("What is due", [_due(line, view) for line in view.due], out)
    _section("Under sanctions", [_listed(line, view) for line in view.sanctions], out)
    _section("Bodies and things", [("", _roll(view.bodies))] if view.bodies else [], out)
    _section("Places", [("", _roll(view.places))] if view.places else [], out)
    if lists := view.screened():
        out.print()
        out.print(Text(f"Names were looked for in {'; '.join(lists)}.", style="dim"))


def _header(view: View, out: Console) -> None:
    out.print(Text(view.title, style="bold"))
    out.print(Text(" · ".join(view.byline), style="dim"))
    if view.article.updated_note:
        out.print(Text(plain(view.article.updated_note), style="italic"))


def _section(title: str, rows: Iterable[Row], out: Console) -> None:
    rows = list(rows)
    if not rows:
        return
    out.print()
    out.print(Text(title.upper(), style="bold"))
    for part in _stacked(rows) if out.width < NARROW else _side_by_side(rows, min(LEAD, out.width // 4)):
        out.print(part)


def _stacked(rows: list[Row]) -> Iterator[RenderableType]:
    for lead, body in rows:
        if lead:
            yield Padding(lead, (0, 0, 0, 1))
        yield Padding(body, (0, 0, 0, 3))


def _side_by_side(rows: list[Row], lead: int) -> Iterator[RenderableType]:
    if not any(name for name, _ in rows):
        yield from (Padding(body, (0, 0, 0, 2)) for _, body in rows)
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=2)
    table.add_column(width=lead, overflow="fold")
    table.add_column(overflow="fold")
    for name, body in rows:
        table.add_row("", name, body)
    yield table


def _who(people: list[Who]) -> Iterator[Row]:
    for who in people:
        if who.about:
            yield Text(who.name, style="bold"), Text(" · ".join(who.about))
    others = [who for who in people if not who.about]
    if others:
        yield Text("also named", style="dim"), _roll(others)


def _event(line: Happening, view: View) -> Row:
    lead = Text(line.when or "undated", style="" if line.when else "dim")
    return lead, _head(line).append("\n").append(_sentence(line, view))


def _due(line: Happening, view: View) -> Row:
    lead = Text(line.when or "no date given", style="bold" if line.when else "dim")
    return lead, _happening(line).append("\n").append(_sentence(line, view))


def _head(line: Happening) -> Text:
    head = Text(f"{MARKS[line.status]} {line.status}  ", style=STYLES[line.status])
    return Text().append_text(head).append_text(_happening(line))


def _happening(line: Happening) -> Text:
    text = Text().append(line.type, style="bold")
    sides = towards(line.actors, line.recipients)
    text.append(f"  {sides}" if sides else "")
    text.append(f"  at {line.place}" if line.place else "", style="dim")
    return text.append(f"  by the word of {line.voice}" if line.voice else "", style="italic")


def _sentence(line: Happening, view: View) -> Text:
    """The piece of the evidence around the trigger, the trigger itself in bold."""
    start, end = line.trigger
    first, last = next((span for span in line.evidence if span[0] <= start and end <= span[1]), line.trigger)
    before, after = _clipped(view, (first, start), keep_end=True), _clipped(view, (end, last), keep_end=False)
    return Text(style="dim").append(before).append(view.words(line.trigger), style="bold").append(after)


def _clipped(view: View, span: Span | tuple[int, int], *, keep_end: bool) -> str:
    """At most half an excerpt of a span's words, cut between words, with the blanks at its edges kept."""
    words = visible(view.article.text[span[0] : span[1]]).replace("\n", " ").replace("\t", " ")
    if len(words) <= EXCERPT // 2:
        return words
    if keep_end:
        return "… " + words[-EXCERPT // 2 :].partition(" ")[2]
    return words[: EXCERPT // 2].rpartition(" ")[0] + " …"


def _statements(view: View) -> Iterator[Row]:
    for speaker, lines in view.said.items():
        about = view.about(speaker)
        yield Text(speaker, style="bold"), Text(about, style="dim") if about else _said(lines[0])
        for line in lines if about else lines[1:]:
            yield "", _said(line)


def _said(line: Said) -> Text:
    text = Text()
    if line.stance not in ("asserts", "other"):
        text.append(f"{line.stance}: ", style=STYLES["denied"] if line.stance == "denies" else "bold")
    text.append(line.words)
    return text.append(f"  ({', '.join(filter(None, (line.kind, line.setting)))})", style="dim")


def _listed(line: Listed, view: View) -> Row:
    text = Text().append("" if line.certain else "perhaps: ", style="dim").append(line.by)
    for span in line.spans[:1]:
        text.append(f"\n{view.words(span)}", style="dim")
    return Text(line.name, style="bold"), text


def _roll(names: list[Who]) -> Text:
    shown = ", ".join(who.name for who in names[:MANY])
    return Text(shown + (f" and {len(names) - MANY} more" if len(names) > MANY else ""))
