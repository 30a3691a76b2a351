"""Dates in words: a table of real and made-up lines, what Babel writes in every language, and what must not happen."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from crawlers.readers.dates import When, every_date, find_dates, read_dates
from hobnob.moments import Moment

TABLE = Path(__file__).parents[1] / "cases" / "dates_in_words.tsv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
DAY = dt.date(2026, 11, 23)


def moment(text: str) -> Moment | None:
    """ "2027-03-03T18:30[Europe/Berlin]" as written in the table."""
    if not text:
        return None
    wall, _, zone = text.rstrip("]").partition("[")
    day, _, time = wall.partition("T")
    return Moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None, zone or None)


def known(text: str) -> dict[str, object]:
    kinds = {"year": int, "today": dt.date.fromisoformat}
    pairs = (one.partition("=") for one in text.split())
    return {name: kinds.get(name, str)(value) for name, _, value in pairs}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}-{row['text']}"[:60] for row in ROWS])
def test_a_line_means_what_a_person_reads_in_it(row: dict[str, str]) -> None:
    found = read_dates(row["text"], language=row["language"] or None, **known(row["known"]))  # type: ignore[arg-type]
    if row["start"] == "-":
        assert found is None
    else:
        assert found is not None
        assert (found.start, found.end) == (moment(row["start"]), moment(row["end"]))
        assert found.guessed == tuple(row["guessed"].split())
