"""What is promised to users holds: public names, documented commands and fields, set-up commands, clean files."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

import readout
from readout import schema
from readout.cli import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIELDS = (ROOT / "docs" / "readout.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_public_names_are_exactly_the_exported_ones():
    reachable = {name for names in readout._HOMES.values() for name in names}
    assert sorted(readout.__all__) == sorted(reachable | {"__version__"})
    assert dir(readout) == sorted(readout.__all__)
    for name in readout.__all__:
        assert getattr(readout, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = readout.nothing


def test_importing_loads_nothing_heavy():
    heavy = ("spacy", "onnxruntime", "numpy", "rich", "pydantic", "jinja2")
    code = f"import sys, readout, readout.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_versions_agree():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{readout.__version__}"' in project


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_documented(name: str):
    assert f"readout {name}" in README
    assert commands.commands[name].help
    assert all(parameter.help for parameter in commands.commands[name].params if isinstance(parameter, click.Option))


def test_every_option_of_reading_is_documented():
    assert {name for name in options(commands.commands["read"]) if f"`{name}" not in README} == set()


@pytest.mark.parametrize("name", readout.__all__[1:])
def test_every_public_error_and_function_has_a_docstring(name: str):
    assert name == "__version__" or getattr(readout, name).__doc__


def models() -> list[type[BaseModel]]:
    return [item for item in vars(schema).values() if isinstance(item, type) and issubclass(item, schema.Record)]


def test_every_field_is_documented():
    fields = {field.alias or name for model in models() for name, field in model.model_fields.items()}
    assert {field for field in fields if f"`{field}`" not in FIELDS} == set()


def test_every_component_is_documented():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    components = re.findall(r"^(readout_\w+) = ", project, re.MULTILINE)
    assert components
    assert {name for name in components if f"`{name}`" not in README} == set()


def set_up_commands() -> list[str]:
    return re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)


def test_the_readme_has_two_set_up_commands_and_ci_runs_them():
    assert len(set_up_commands()) == 2
    run = CI.replace("pip install -q ", "pip install ")
    assert [command for command in set_up_commands() if command not in run] == []


def text_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name] or [*ROOT.glob("src/**/*"), *ROOT.glob("*.md")]
    return [path for path in files if path.is_file() and path.suffix not in (".onnx", ".npz", ".gz", ".bin", ".png")]


def test_no_file_names_a_place_on_somebodys_machine():
    """Paths of a home or a workplace have no meaning for anybody else."""
    private = re.compile(rb"/(?:work|home|Users|root)/[\w.]+/?[\w.]|[A-Z]:\\Users")
    found = {}
    for path in text_files():
        if path != Path(__file__) and (match := private.search(path.read_bytes())):
            found[str(path.relative_to(ROOT))] = match.group()
    assert found == {}


def test_licences_are_there():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence and "END OF TERMS AND CONDITIONS" in licence
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for work in (
        "UD_English-EWT",
        "UD_English-GUM",
        "Wikigold",
        "CrossNER",
        "MiniLM",
        "GeoNames",
        "Natural Earth",
        "PLOVER",
    ):
        assert work in notice
