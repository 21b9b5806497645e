"""The pages, one module each; `PAGES` is their order in the navigation."""

from readout.desk.pages import (
    actor,
    add,
    article,
    beat,
    conflicts,
    due,
    entrance,
    map,
    review,
    search,
    statements,
    timeline,
)

PAGES = (beat, timeline, map, statements, conflicts, due, search, review, add, actor, article, entrance)
"""A module with a `router`, and a `TAB` where it belongs into the navigation: the label and the address."""

TABS: tuple[tuple[str, str], ...] = tuple(module.TAB for module in PAGES if hasattr(module, "TAB"))
