"""The README shows what the program prints: its searches are run again, and every command it names exists."""

import re
import shlex
from pathlib import Path

import pytest

from cli.program import COMMANDS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
_ID = re.compile(r"\b[0-9a-z]{8}$", re.MULTILINE)


def _shown() -> list[tuple[str, str]]:
    """Each command of the README's console block with the output below it."""
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [tuple(part.rstrip().split("\n", 1)) for part in block.split("$ ")[1:]]


@pytest.mark.parametrize(("command", "output"), _shown())
def test_a_search_of_the_readme_prints_what_the_readme_shows(run, crawled, examples, monkeypatch, command, output):
    monkeypatch.setenv("COLUMNS", "100")
    program, *arguments = shlex.split(command)
    assert program == "hobnob"
    ran = run(*arguments, data=crawled, config=examples / "hobnob.toml")
    assert ran.code == 0, ran.err
    assert _without_ids(ran.out) == _without_ids(output)


def test_there_are_five_searches():
    assert len(_shown()) == 5


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"^ {4}hobnob ([a-z]+)|`hobnob ([a-z]+)", README, re.MULTILINE))
    assert {first or second for first, second in named} <= set(COMMANDS)


def _without_ids(text: str) -> str:
    """Ids are random."""
    return "\n".join(_ID.sub("········", line) for line in text.rstrip().splitlines())
