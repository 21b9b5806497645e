"""The README's table of figures is written by the command that measures them."""

import re
from pathlib import Path

import pytest

from readout.errors import OptionError
from readout.evaluate import readme
from readout.evaluate.development import REPOSITORY


def page(table: str) -> str:
    return f"# Readout\n\n{readme.BEGIN}\n{table}{readme.END}\n\n## Limits\n"


def test_a_row_whose_figures_were_measured_is_written_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    pairs = "Name pairs, cross-validated F1 / screening queries F1"
    path.write_text(page(f"| | |\n|---|---|\n| {pairs} | 80.0 / 81.0 |\n| a row of old | 1.0 |\n"))
    readme.write(path, {"events": {"gsr_type_acc": 0.8772, "gsr_type_macro_f1": 0.86}, "names": {"queries.f1": 97.5}})
    types = "Event types, PLOVER gold records (dev half): accuracy / macro-F1"
    assert path.read_text() == page(f"| | |\n|---|---|\n| {types} | 87.7 / 86.0 |\n| {pairs} | 80.0 / 81.0 |\n")


def test_a_file_without_the_table_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Another\n")
    with pytest.raises(OptionError, match=r"README\.md: has no lines"):
        readme.write(path, {})
    assert path.read_text() == "# Another\n"


def test_every_row_of_our_readme_is_one_that_is_measured() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    table = text.split(readme.BEGIN)[1].split(readme.END)[0].lstrip("\n")
    assert readme.table({}, table) == table
    assert len(re.findall(r"^\| \S", table, re.MULTILINE)) > 20
