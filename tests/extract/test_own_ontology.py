"""The worked example of docs/events.md runs as it stands there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
TEXT = (
    "A Greek tanker docked in Mombasa on Tuesday. Two barges were stranded off Beira, the harbour master said. "
    "Police arrested three stowaways."
)
READ = """
import json, sys, readout
found = readout.read_text(sys.argv[1], published="2024-03-14").events
print(json.dumps([[event.type, event.mode, event.start] for event in found]))
"""


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def read(folder: Path, triggers: str, codebook: str) -> subprocess.CompletedProcess[str]:
    (folder / "shipping.json").write_text(codebook, encoding="utf-8")
    (folder / "shipping.tsv").write_text(triggers, encoding="utf-8")
    own = {"READOUT_CODEBOOK": str(folder / "shipping.json"), "READOUT_TRIGGERS": str(folder / "shipping.tsv")}
    return subprocess.run(
        [sys.executable, "-c", READ, TEXT], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )


def test_the_example_reads_its_own_types_beside_those_of_plover(tmp_path: Path) -> None:
    done = read(tmp_path, block("tsv"), block("json"))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert ["SHIPPING", "dock", "2024-03-12"] in found
    assert any(kind[:2] == ["SHIPPING", "delay"] for kind in found)
    assert any(kind[0] == "COERCE" for kind in found)


def test_a_codebook_that_does_not_extend_plover_reads_only_its_own_types(tmp_path: Path) -> None:
    done = read(tmp_path, block("tsv"), block("json").replace('"extends": "plover",', ""))
    assert done.returncode == 0, done.stderr
    assert {kind[0] for kind in json.loads(done.stdout)} == {"SHIPPING"}


@pytest.mark.parametrize(
    ("triggers", "codebook"),
    [
        ("dock\tv\tSAILING", None),
        ("dock\tx\tSHIPPING", None),
        ("dock\tv\tSHIPPING\tsink", None),
        ("", '{"types": {"A": {}}}'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, triggers: str, codebook: str | None) -> None:
    done = read(tmp_path, triggers, codebook or block("json"))
    assert "OptionError" in done.stderr and "shipping." in done.stderr.splitlines()[-1]
