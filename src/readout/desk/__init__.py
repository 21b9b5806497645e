"""The desk: a web application over one record, served whole from this package.

    from readout.desk import Settings, application

    app = application(Settings(database="beat.sqlite"))      # any ASGI server takes it; `readout desk` runs uvicorn

How a page is added (`pages/`), in this order:

1. *What is asked* is a subclass of `asked.Asked`: its fields are the query of the address, so the address is the
   filter, can be kept as a bookmark, and goes for every form of the page. `asked.filters()` is what the questions take.
2. *What is shown* is the `page.Shown` that a function of the page gives back. It asks `readout.record.questions` (or
   `resolve`) on the connection that it declares, and makes no HTML. `Shown.data` is what `.json` answers, `Shown.lines`
   what the exports are made of, `Shown.context` what else the template needs.
3. `@page(router, "/due", "due.html", answers=..., exports=("csv", "ics"))` registers that function under `/due`,
   `/due.json` and `/due.csv`, `/due.ics`: the same answer in every form, exactly what is on the screen.
4. *How it looks* is a template that extends `base.html` and builds on the macros of `parts.html`; everything is
   escaped, and characters that cannot be shown (bidirectional overrides and the like) are left out of everything.
5. The module's `router` and its `TAB` go into `pages/__init__.py`.

A change (a POST) declares nothing for its safety: `guard.genuine` stands before every route. Its form has
`{{ csrf() }}`; a script sends the same token, from `<meta name="csrf">`, as `X-CSRF-Token`. Scripts are modules in
`static/`, without inline code or styles (the Content-Security-Policy forbids both), and pages read well without them.
"""

from readout.desk.application import application
from readout.desk.settings import Settings

__all__ = ["Settings", "application"]
