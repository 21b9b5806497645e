"""What a page is asked for: the query of its address."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from readout.record.questions import Filters

MOST_LINES = 10_000
"""Lines that one answer may have."""


def _words(value: Any) -> Any:
    """Text on one line, without what no database stores."""
    return " ".join(value.replace("\x00", " ").split()) if isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_words), Field(max_length=300)]
Date = Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}$", examples=["2024-03-14", "2024-03", "2024"])]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", examples=["2024-03-14"])]


class Asked(BaseModel):
    """What all pages can be narrowed to; blank fields are none. A page adds fields of its own in a subclass."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    since: Date | None = Field(None, title="From", description="from this day, month or year on")
    until: Date | None = Field(None, title="To", description="up to and with this day, month or year")
    place: Words | None = Field(None, title="Place", description="a place, or a country with all that lies in it")
    type: Words | None = Field(None, title="Type", description="PLOVER type or mode of events: CONSULT, visit")
    source_kind: Literal["independent", "state", "official", "agency"] | None = Field(
        None, title="Sources", description="only outlets of this kind"
    )
    as_of: Day | None = Field(None, title="As of", description="answer as if this day were today")
    limit: int = Field(50, ge=1, le=MOST_LINES, title="Lines", description="lines at most")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: Any) -> Any:
        """Fields that a form sends empty were not filled in."""
        return {k: v for k, v in values.items() if v not in ("", [])} if isinstance(values, dict) else values

    def filters(self, **more: Any) -> Filters:
        """What the questions take.

        Args:
            **more: further fields, such as `status`.

        Raises:
            OptionError: a date that is none.
        """
        names = ("since", "until", "place", "type", "source_kind", "as_of", "limit")
        return Filters(**{name: getattr(self, name) for name in names}, **more)

    def changed(self, **changes: Any) -> Self:
        """The same with some fields changed."""
        return self.model_copy(update=changes)

    @classmethod
    def field(cls, name: str) -> FieldInfo:
        """A field: its `title` and `description`."""
        return cls.model_fields[name]

    @property
    def query(self) -> str:
        """The query of the address that asks for this, with its question mark; "" where nothing is asked."""
        told = self.model_dump(exclude_defaults=True)
        return f"?{urlencode(told, doseq=True)}" if told else ""
