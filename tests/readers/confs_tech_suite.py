"""All lists of confs.tech: how many conferences each has, and every one's fields as they stand in its file.

The fields are compared as text, without anything that the reader uses; but two addresses hold a space, which no
address can (RFC 3986, section 2): it is expected escaped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawlers.readers import Context, reader
from hobnob.observations import Attendance, Observation
from tests.readers.case_folders import NOW
from tests.readers.scoring import Score

__all__ = ["COUNTS", "FILES", "SUITE", "scores"]

SUITE = Path(__file__).parents[1] / "cases" / "confs-tech"
FILES = sorted(SUITE.glob("conferences/*/*.json"))
COUNTS: dict[str, dict[str, int]] = json.loads((SUITE / "counts.json").read_text(encoding="utf-8"))


def scores() -> Iterator[Score]:
    for path in FILES:
        year, topic = path.parent.name, path.stem
        data = path.read_bytes()
        context = Context(now=NOW, source="confs-tech", url=f"https://example.org/{year}/{topic}.json")
        found = [one for one in reader("confs-tech")(data, context) if isinstance(one, Observation)]
        wrong = [] if len(found) == COUNTS[year][topic] else [f"{len(found)} conferences of {COUNTS[year][topic]}"]
        right = 1 - len(wrong)
        for number, (entry, one) in enumerate(zip(json.loads(data), found, strict=False)):
            for name, (expected, said) in _fields(entry, one, topic).items():
                right += expected == said
                wrong += [] if expected == said else [f"{number}.{name}: expected {expected!r}, found {said!r}"]
        yield Score("confs-tech", f"confs.tech {year}/{topic}", right, wrong)


def _fields(entry: dict[str, Any], one: Observation, topic: str) -> dict[str, tuple[Any, Any]]:
    """What the file says and what was read, for each field that the entry has."""
    place = one.location
    town = ", ".join(filter(None, (place.address_locality, place.address_region))) if place else ""
    pairs: dict[str, tuple[Any, Any]] = {
        "name": (" ".join(entry["name"].split()), one.name),
        "startDate": (entry["startDate"], str(one.start_date)),
        "endDate": (entry.get("endDate"), str(one.end_date)),
        "url": ((entry.get("url") or "").replace(" ", "%20"), one.url),
        "city": (" ".join((entry.get("city") or "").split()), town),
        "country": (entry.get("country"), place.address_country if place else None),
        "cfpUrl": (entry.get("cfpUrl"), one.raw.get("cfp_url")),
        "cfpEndDate": (entry.get("cfpEndDate"), one.raw.get("cfp_end_date")),
        "locales": ((entry.get("locales") or "").lower().split(",")[0].strip(), one.in_language),
        "online": (_attendance(entry), one.event_attendance_mode),
    }
    stated = {name: pair for name, pair in pairs.items() if entry.get(name) not in (None, "")}
    return stated | {"topic": ((topic,), one.keywords)}


def _attendance(entry: dict[str, Any]) -> Attendance | None:
    if entry.get("online"):
        return Attendance.MIXED if entry.get("city") else Attendance.ONLINE
    return Attendance.OFFLINE if entry.get("online") is False else None
