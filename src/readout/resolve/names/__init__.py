"""Names: compared with each other, and looked for on lists."""

from readout.resolve.names.compare import Comparison, compare
from readout.resolve.names.screen import Hit, NameIndex

__all__ = ["Comparison", "Hit", "NameIndex", "compare"]
