"""Readers of calendars of one town or house: meetings, concerts, a festival. For the rest as `list_readers`."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from zoneinfo import ZoneInfo

import yaml

from bench.accuracy.list_readers import LOADER, Files
from bench.accuracy.listing import Listing

__all__ = ["bristol_improv", "chicago_council", "coerde", "cook_county", "cron_quiles", "lgbt_history", "seattle_206"]


def chicago_council(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)["data"]):
            local = dt.datetime.fromisoformat(entry["date"]).astimezone(ZoneInfo("America/Chicago"))
            yield _meeting("chicago-council", f"{path}#{number}", entry["body"], local, entry.get("location"))


def cook_county(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)):
            name = entry["Name"]["label"] if isinstance(entry["Name"], dict) else entry["Name"]
            told = f"{entry['Meeting Date']} {entry['Meeting Time']}"
            with suppress(ValueError):
                start = dt.datetime.strptime(told, "%m/%d/%Y %I:%M %p")
                yield _meeting("cook-county", f"{path}#{number}", name, start, entry.get("Meeting Location"))


def _meeting(listed: str, locator: str, name: str, start: dt.datetime, place: str | None) -> Listing:
    return Listing(
        list=listed,
        locator=locator,
        name=name,
        start=start.replace(tzinfo=None).isoformat(),
        zone="America/Chicago",
        place=" ".join((place or "").split()) or None,
        city="Chicago",
        country="United States",
    )


def cron_quiles(files: Files) -> Iterator[Listing]:
    """Titles are "organizer|title|country|state"."""
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)):
            start = str(entry.get("dtstart") or "")
            if not start or entry.get("title", "").count("|") < 2:
                continue
            where = entry.get("location") or ""
            yield Listing(
                list="cron-quiles",
                locator=f"{path}#{number}",
                name=entry["title"].split("|")[1].strip(),
                start=start[:10] if len(start) < 19 else start,
                place=None if "://" in where else where or None,
                online=bool(entry.get("online")),
                url=entry.get("url"),
            )


def coerde(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)["events"]):
            start = (
                f"{entry['start_date']}T{entry['start_time']}:00" if entry.get("start_time") else entry["start_date"]
            )
            yield Listing(
                list="coerde",
                locator=f"{path}#{number}",
                name=entry["title"],
                start=start,
                zone="Europe/Berlin" if "T" in start else None,
                venue=entry.get("location_name") or None,
                city="Münster",
                country="Deutschland",
            )


def bristol_improv(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)["events"]):
            clock = re.match(r"\d\d:\d\d", entry.get("time") or "")
            yield Listing(
                list="bristol-improv",
                locator=f"{path}#{number}",
                name=entry["title"],
                start=f"{entry['date']}T{clock[0]}:00" if clock else entry["date"],
                zone="Europe/London" if clock else None,
                venue=entry.get("venue") or None,
                city="Bristol",
                country="United Kingdom",
                url=entry.get("url") or None,
            )


def lgbt_history(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, row in enumerate(csv.DictReader(io.StringIO(text), skipinitialspace=True)):
            yield Listing(
                list="lgbt-history",
                locator=f"{path}#{number}",
                name=row["Summary"],
                start=row["Start"].removesuffix(" UTC").replace(" ", "T"),
                end=row["End"].removesuffix(" UTC").replace(" ", "T"),
                zone="Europe/London",
                venue=row["Location"] or None,
                city="Manchester",
                country="United Kingdom",
            )


def seattle_206(files: Files) -> Iterator[Listing]:
    """Both sides of each pair that the project's own matcher brought up. What it decided of them is not read.

    A key says of both sides the calendar, the title and the start; the place is what the calendar's declaration says
    when it is one venue's. Times of calendars that call local times UTC are left out, their dates are kept.
    """
    venues = dict(_calendars(files))
    for path, text in files.items():
        if not path.endswith("cache.json"):
            continue
        for key in json.loads(text)["resolutions"]:
            mark = hashlib.sha256(key.encode()).hexdigest()[:12]
            for side, said in zip("ab", key.split("::"), strict=False):
                calendar, _, rest = said.partition(".ics ")
                title, _, start = rest.rpartition("|")
                found = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", start)
                if not found:
                    continue
                local = "Los_Angeles" in start
                yield Listing(
                    list=f"206events/{calendar}",
                    locator=f"{mark}/{side}",
                    name=title.strip(),
                    start=f"{found[1]}T{found[2]}:00" if local else found[1],
                    zone="America/Los_Angeles" if local else None,
                    venue=venues.get(calendar),
                    city="Seattle",
                    country="United States",
                )


def _calendars(files: Files) -> Iterator[tuple[str, str]]:
    """The venue of each calendar that is a venue's, by the name of its file."""
    for path, text in files.items():
        if not path.endswith(".yaml"):
            continue
        declared = yaml.load(text, LOADER) or {}
        if declared.get("sourceRole") != "venue":
            continue
        label = ((declared.get("geo") or {}).get("label") or "").split(",")[0] or None
        if "/external/" in path:
            if label:
                yield f"external-{declared['name']}", label
            continue
        calendars = declared.get("calendars") or ()
        for calendar in calendars:
            told = calendar.get("config") or {}
            venue = told.get("venue") or told.get("branch")
            venue = venue or (calendar.get("friendlyname") if len(calendars) > 1 else label)
            if isinstance(venue, str):
                yield f"{declared['name']}-{calendar['name']}", venue
