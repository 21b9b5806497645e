"""Lines of an answer as a Parquet file, for data frames. Needs pyarrow: `pip install readout[parquet]`."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from readout.errors import OptionError
from readout.record.questions.lines import Line

LISTS = ("actors", "recipients", "reports")
NUMBERS = {"sources": "int32", "lat": "float64", "lon": "float64"}
COLUMNS = (
    "id", "start", "end", "precision", "type", "mode", "status", "actors", "recipients", "place", "country", "lat",
    "lon", "asserted_by", "sources", "sentence", "article", "span", "outlet", "published", "url", "reports",
)  # fmt: skip


def parquet(lines: Iterable[Line]) -> bytes:
    """A file with a row an event, in the columns of `--csv`; lists stay lists.

    Args:
        lines: of `readout.record.questions.timeline`.

    Returns:
        The file's bytes; with no lines, the columns alone.

    Raises:
        OptionError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as pq
    except ImportError as error:
        raise OptionError("Parquet needs pyarrow: pip install 'readout[parquet]'") from error
    rows = [line.as_dict() for line in lines]
    schema = pa.schema([(name, _type(pa, name)) for name in COLUMNS])
    table = pa.table({name: [row.get(name) for row in rows] for name in COLUMNS}, schema=schema)
    file = BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _type(pa: Any, name: str) -> Any:
    if name in LISTS:
        return pa.list_(pa.string())
    if name == "span":
        return pa.list_(pa.int32(), 2)
    return getattr(pa, NUMBERS.get(name, "string"))()
