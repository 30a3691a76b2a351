"""How much of what is known to be in real input the readers get right: the table of `make cases`.

A suite is a module of this folder with `scores()`; each Score is one case. Expected values come from people or from the
projects that collected the input, never from the readers. Where one of them is wrong, the suite says so beside it, with
the reason, and does not count it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module

__all__ = ["SUITES", "Score", "all_scores", "table"]

#: The modules with `scores()`.
SUITES = (
    "tests.readers.case_folders",
    "tests.readers.calagator_suite",
    "tests.readers.icalendar_suite",
    "tests.readers.openacalendar_suite",
    "tests.readers.city_scrapers_suite",
    "tests.readers.confs_tech_suite",
    "tests.readers.feedparser_suite",
    "tests.readers.microformats_suite",
)


@dataclass(frozen=True, slots=True)
class Score:
    """One case: how many expected fields `reader` got `right`; of those that it got `wrong`, what was expected."""

    reader: str
    case: str
    right: int
    wrong: list[str] = field(default_factory=list)


def all_scores() -> Iterator[Score]:
    for suite in SUITES:
        yield from import_module(suite).scores()


def table(scores: list[Score]) -> str:
    """A line for each reader: cases, fields right, fields wrong, their share."""
    lines = [f"{'reader':<24}{'cases':>7}{'right':>8}{'wrong':>7}{'share':>8}"]
    for reader in [*sorted({score.reader for score in scores}), "all"]:
        mine = [score for score in scores if reader in (score.reader, "all")]
        right, wrong = sum(score.right for score in mine), sum(len(score.wrong) for score in mine)
        lines.append(f"{reader:<24}{len(mine):>7}{right:>8}{wrong:>7}{right / max(1, right + wrong):>8.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    found = list(all_scores())
    print(table(found))
    if "-v" in sys.argv:
        for score in found:
            for text in score.wrong:
                print(f"{score.reader} {score.case}: {text}")
