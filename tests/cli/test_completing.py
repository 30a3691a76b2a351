"""What a shell is offered when it asks the program to complete a word."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOBNOB = (sys.executable, "-c", "from cli.program import run; run()")


def offered(*words: str) -> list[str]:
    """What bash is told to complete the last of `words` with, having seen that nothing else is said."""
    asked = {"_HOBNOB_COMPLETE": "bash_complete", "COMP_WORDS": shlex.join(words), "COMP_CWORD": str(len(words) - 1)}
    ran = subprocess.run(HOBNOB, cwd=ROOT, env=os.environ | asked, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return [told.partition(",")[2] for told in ran.stdout.splitlines() if told]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["crawl", "example-gla"], ["example-glasgow-python"]),
        (["search", "--source", "example-portland-t"], ["example-portland-tech"]),
        (["sources", "show", "example-gla"], ["example-glasgow-python"]),
        (["feed", "write", "be"], ["berlin"]),
        (["search", "-i", "techn"], ["technology"]),
        (["search", "-k", "bar"], ["barcamp"]),
        (["search", "--all-o"], ["--all-occurrences"]),
        (["feed", "wr"], ["write"]),
    ],
)
def test_names_that_the_program_knows(examples, words, found) -> None:
    assert offered("hobnob", "--config", str(examples / "hobnob.toml"), *words) == found


def test_a_broken_declaration_does_not_disturb_the_shell(config) -> None:
    (config.parent / "sources" / "own.toml").write_text("[[source]]\n", encoding="utf-8")
    assert offered("hobnob", "--config", str(config), "crawl", "x") == []
