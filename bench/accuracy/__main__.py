"""Prints the tables: `python -m bench.accuracy [QUESTION ...] [--half HALF] [--lists DIR]`."""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.accuracy import QUESTIONS, Options
from bench.accuracy.tables import HALVES

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """0 when every question that was asked could be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=f"of {', '.join(QUESTIONS)}; all if none")
    parser.add_argument("--half", choices=HALVES, help="only this half of the labelled data")
    parser.add_argument("--lists", type=Path, metavar="DIR", help="a folder of clones named OWNER+NAME or NAME")
    told = parser.parse_args(arguments)
    if unknown := set(told.questions) - set(QUESTIONS):
        parser.error(f"no such question: {', '.join(sorted(unknown))} (there are {', '.join(QUESTIONS)})")
    options = Options(halves=(told.half,) if told.half else HALVES, lists=told.lists)
    return max([_measure(question, options) for question in told.questions or QUESTIONS])


def _measure(question: str, options: Options) -> int:
    name = f"bench.accuracy.{question}"
    if find_spec(name) is None:
        print(f"{question}: nothing measures it yet\n")
        return 0
    try:
        for table in import_module(name).measure(options):
            print(table, end="\n\n", flush=True)
    except (OSError, ValueError) as error:
        print(f"{question}: not measured: {error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
