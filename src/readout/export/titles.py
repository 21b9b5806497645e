"""A line of an answer in a few words, for feeds, calendars and lists."""

from __future__ import annotations

from readout.export.plain import plain
from readout.record.questions.lines import Line
from readout.wording import towards


def title_of(line: Line) -> str:
    """Who does what to whom, and where: "CONSULT visit: Ingrid Solheim → Kazakhstan, Astana (planned)"."""
    what = line.what
    kind = " ".join(filter(None, (what.get("type"), what.get("mode"))))
    actors, recipients = (plain(", ".join(what.get(side) or ())) for side in ("actors", "recipients"))
    parts = [towards(actors, recipients), plain(what.get("place") or "")]
    told = ", ".join(filter(None, parts))
    state = what.get("state") or what.get("status")
    named = f"{kind}: {told}" if told else kind
    return f"{named} ({state})" if state and state != "occurred" else named
