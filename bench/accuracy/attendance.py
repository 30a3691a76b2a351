"""How one takes part: on site, on a call, or both, by the words of name, location and description.

The data: places/attendance.tsv, see places/README.md.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bench.accuracy.figures import rate
from bench.accuracy.tables import Options, Table
from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from indexer.enrich import Enricher

__all__ = ["measure"]

LABELLED = Path(__file__).parent / "places" / "attendance.tsv"
_START = Moment(dt.date(2027, 3, 1), dt.time(18))


def measure(options: Options) -> Iterator[Table]:
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for half in options.halves:
        yield _table(half, [row for row in rows if row["half"] == half])


def _table(half: str, rows: list[dict[str, str]]) -> Table:
    table = Table(title=f"attendance, {half} half", columns=("", "events", "right"))
    enricher = Enricher({})
    right = [(row, judged(row, enricher) in row["attendance"].split("|")) for row in rows]
    for column in ("list", "attendance"):
        for value in sorted({row[column] for row in rows}):
            of = [is_right for row, is_right in right if row[column] == value]
            table.rows.append((f"  {column}: {value}", str(len(of)), rate(sum(of), len(of))))
    table.rows.insert(0, ("all", str(len(rows)), rate(sum(is_right for _, is_right in right), len(rows))))
    return table


def judged(row: dict[str, str], enricher: Enricher) -> str:
    """What the words of a row are taken to say."""
    seen = Observation(
        source="measured",
        uid="1",
        name=row["name"],
        start_date=_START,
        description=row["description"] or None,
        location=Place(text=row["location"]) if row["location"] else None,
    )
    return enricher.judge(seen).attendance.value


if __name__ == "__main__":
    for found in measure(Options()):
        print(found, end="\n\n")
