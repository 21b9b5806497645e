"""The forms in which a page can be taken along: exactly the lines that are on the screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readout.export.answers import write_csv
from readout.record.questions import Line


@dataclass(frozen=True, slots=True)
class Form:
    """One form of export.

    Attributes:
        label: what it is called on the page.
        suffix: of the address, and of the file's name.
        type: its media type.
        write: makes it of lines, the page's title, and the address of the desk ("http://127.0.0.1:8000").
        is_file: whether browsers are to save it; a calendar or a feed is subscribed to.
    """

    label: str
    suffix: str
    type: str
    write: Callable[[Sequence[Line], str, str], str]
    is_file: bool = True


def _csv(lines: Sequence[Line], _title: str, _address: str) -> str:
    made = io.StringIO()
    write_csv(lines, made)
    return made.getvalue()


FORMS = {form.suffix: form for form in (Form("CSV", "csv", "text/csv", _csv),)}
