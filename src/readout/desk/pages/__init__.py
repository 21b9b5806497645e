"""The pages, one module each; `PAGES` is their order in the navigation."""

from readout.desk.pages import article, due, entrance, search, statements

PAGES = (statements, due, search, article, entrance)
"""A module with a `router`, and a `TAB` where it belongs into the navigation: the label and the address."""

TABS: tuple[tuple[str, str], ...] = tuple(module.TAB for module in PAGES if hasattr(module, "TAB"))
