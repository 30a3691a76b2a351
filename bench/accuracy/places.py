"""Where events are: a point from what a source wrote of a place, and its time zone.

The truth is a label by hand or the publisher's own coordinates, never the gazetteer: see places/README.md.
"""

import csv
import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.accuracy.figures import rate
from bench.accuracy.tables import Options, Table
from hobnob.distance import kilometres
from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from indexer.enrich import Enricher

__all__ = ["measure"]

LABELLED = Path(__file__).parent / "places" / "places.tsv"
COLUMNS = ("", "strings", "right", "elsewhere", "no point", "zone right")
_START = Moment(dt.date(2027, 3, 1), dt.time(18))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was written, and where it is: a point in degrees and how near is near enough; none when nobody can know."""

    half: str
    origin: str
    kind: str
    script: str
    place: Place
    point: tuple[float, float] | None
    km: float = 25.0
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`km` from the truth; None when no point was found."""

    case: Case
    km: float | None
    zone_is_right: bool

    @property
    def is_right(self) -> bool:
        return self.km is not None and self.km <= self.case.km


def measure(options: Options) -> Iterator[Table]:
    labelled = _labelled()
    for half in options.halves:
        yield _table(f"places, {half} half", [case for case in labelled if case.half == half])
    if options.lists is None:
        return
    listed = list(_listed(options.lists))
    for half in options.halves:
        yield _table(f"places of other lists, publishers' coordinates, {half}", [c for c in listed if c.half == half])


def _labelled() -> list[Case]:
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        return [case for row in csv.DictReader(lines, delimiter="\t") for case in _cases(row)]


def _cases(row: dict[str, str]) -> Iterator[Case]:
    """A string; a city with its country both in fields of its own and on one line."""
    known: dict[str, Any] = {"half": row["half"], "origin": row["list"], "script": row["script"]}
    if row["kind"] == "none":
        known["point"] = None
    else:
        point = float(row["latitude"]), float(row["longitude"])
        known |= {"point": point, "km": float(row["km"]), "time_zone": row["time_zone"]}
    if row["country"]:
        fields = Place(address_locality=row["text"], address_country=row["country"])
        yield Case(**known, kind=f"{row['kind']} and country", place=fields)
        known["origin"] += ", on one line"
    text = ", ".join(filter(None, (row["text"], row["country"])))
    yield Case(
        **known, kind=f"{row['kind']}, country on one line" if row["country"] else row["kind"], place=Place(text=text)
    )


def _table(title: str, cases: list[Case]) -> Table:
    table = Table(title=title, columns=COLUMNS)
    enricher = Enricher({})
    answers = [_answer(case, enricher) for case in cases]
    placed = [answer for answer in answers if answer.case.point is not None]
    if placed:
        table.rows.append(_row("all that are somewhere", placed))
    views: tuple[tuple[str, Callable[[Case], str]], ...] = (
        ("from", lambda case: case.origin),
        ("kind", lambda case: case.kind),
        ("script", lambda case: case.script),
    )
    for label, of in views:
        for value in sorted({of(answer.case) for answer in placed}):
            table.rows.append(_row(f"  {label}: {value}", [answer for answer in placed if of(answer.case) == value]))
    if nowhere := [answer for answer in answers if answer.case.point is None]:
        none = rate(sum(answer.km is None for answer in nowhere), len(nowhere))
        table.rows.append(("nowhere to be known", str(len(nowhere)), none, "", "", ""))
    table.notes.append("right: within 25 km, or within the area where one was written; of nowhere: no point was given.")
    return table


def _row(label: str, answers: list[Answer]) -> tuple[str, ...]:
    right = sum(answer.is_right for answer in answers)
    none = sum(answer.km is None for answer in answers)
    zoned = [answer for answer in answers if answer.case.time_zone]
    zones = rate(sum(answer.zone_is_right for answer in zoned), len(zoned))
    return label, str(len(answers)), rate(right, len(answers)), str(len(answers) - right - none), str(none), zones


def _answer(case: Case, enricher: Enricher) -> Answer:
    seen = Observation(source="measured", uid="1", name="Event", start_date=_START, location=case.place)
    judged = enricher.judge(seen)
    place = judged.place
    zone = place.time_zone if place else None
    km = None
    if place and place.latitude is not None and place.longitude is not None:
        km = kilometres(place.latitude, place.longitude, *(case.point or (0.0, 0.0)))
    return Answer(case, km, bool(zone and case.time_zone and _clocks(zone) == _clocks(case.time_zone)))


@cache
def _clocks(zone: str) -> tuple[dt.timedelta | None, ...]:
    """What its clocks show: zones that differ in the past only are the same here."""
    days = (dt.datetime(2026, 1, 1) + dt.timedelta(days=day) for day in range(0, 730, 3))
    return tuple(zoneinfo.ZoneInfo(zone).utcoffset(day) for day in days)


def _listed(folder: Path) -> Iterator[Case]:
    """Strings of other lists beside the publisher's coordinates, from clones named OWNER+NAME or NAME."""
    seen: set[tuple[str, Place]] = set()
    for owner, name, read in (
        ("rubyevents", "rubyevents", _of_rubyevents),
        ("JesperDramsch", "python-deadlines", _of_python_deadlines),
    ):
        clone = next((found for found in (folder / f"{owner}+{name}", folder / name) if found.is_dir()), None)
        for case in read(clone) if clone else ():
            if (case.kind, case.place) not in seen:
                seen.add((case.kind, case.place))
                yield case


def _of_rubyevents(clone: Path) -> Iterator[Case]:
    """data/SERIES/EVENT/event.yml and venue.yml; halves by the digest of the text."""
    for path in sorted(clone.glob("data/*/*/event.yml")):
        event = _yaml(path)
        yield from _listed_case(
            "rubyevents", "event's location", event.get("location"), event.get("coordinates"), event
        )
    for path in sorted(clone.glob("data/*/*/venue.yml")):
        venue = _yaml(path)
        address = (venue.get("address") or {}).get("display")
        yield from _listed_case("rubyevents", "venue's address", address, venue.get("coordinates"), {})


def _of_python_deadlines(clone: Path) -> Iterator[Case]:
    """All of _data/*.yml; halves by the digest of the text."""
    for path in sorted(clone.glob("_data/*.yml")):
        for event in rows if isinstance(rows := _yaml(path), list) else ():
            for point in event.get("location") or () if isinstance(event, dict) else ():
                yield from _listed_case("python-deadlines", "event's place", event.get("place"), point, {})


def _listed_case(origin: str, kind: str, text: object, point: object, event: dict[str, Any]) -> Iterator[Case]:
    if not isinstance(text, str) or not isinstance(point, dict) or "online" in text.lower():
        return
    at = point.get("latitude"), point.get("longitude")
    if not isinstance(at[0], int | float) or not isinstance(at[1], int | float):
        return
    odd = hashlib.sha256(text.casefold().encode()).digest()[0] % 2
    yield Case(
        half="held-out" if odd else "dev",
        origin=origin,
        kind=kind,
        script="latin" if max(text) < "\u0250" else "other",
        place=Place(text=text),
        point=(float(at[0]), float(at[1])),
        time_zone=zone if isinstance(zone := event.get("timezone"), str) else None,
    )


def _yaml(path: Path) -> Any:
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for found in measure(Options()):
        print(found, end="\n\n")
