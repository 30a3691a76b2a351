"""What each list says, one small reader for each: files by path in, listings out. Entries without a date are left out.

A place that a list writes in one line stays one line: to take it apart is the work that is measured.
"""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from bench.accuracy.listing import Listing

__all__ = [
    "LOADER",
    "Files",
    "ai_deadlines",
    "android_study_group",
    "awesome_italy_events",
    "ccf_deadlines",
    "cocoa_conferences",
    "code_and_talk",
    "confs_tech",
    "python_deadlines",
    "python_organizers",
    "ruby_conferences",
    "rubyevents",
    "sec_deadlines",
    "testing_conferences",
]

Files = Mapping[str, str]
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_SPAN = re.compile(
    r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s*(?:-|–|—|to|&|and)\s*(?:([A-Z][a-z]{2})[a-z]*\.?\s+)?(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(\d{4}))?"
)


def confs_tech(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)):
            end = entry.get("endDate")
            yield Listing(
                list="confs.tech",
                locator=f"{path}#{number}",
                name=entry["name"],
                start=entry["startDate"],
                end=end if end != entry["startDate"] else None,
                city=entry.get("city"),
                country=entry.get("country"),
                online=bool(entry.get("online")),
                url=entry.get("url"),
            )


def python_deadlines(files: Files) -> Iterator[Listing]:
    for path, number, entry in _entries(files):
        yield from _listing("python-deadlines", f"{path}#{number}", entry, name="conference", url="link")


def python_organizers(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, row in enumerate(csv.DictReader(io.StringIO(text))):
            entry = {
                "name": row.get("Subject"),
                "start": row.get("Start Date"),
                "end": row.get("End Date"),
                "place": row.get("Location"),
                "venue": row.get("Venue") or None,
                "url": row.get("Website URL") or None,
            }
            yield from _listing("python-organizers", f"{path}#{number}", entry)


def ruby_conferences(files: Files) -> Iterator[Listing]:
    for path, number, entry in _entries(files):
        entry = entry | {"start": entry.get("start_date") or entry.get("date"), "end": entry.get("end_date")}
        yield from _listing("ruby-conferences", f"{path}#{number}", entry, place="location")


def rubyevents(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        entry = yaml.load(text, LOADER)
        yield from _listing(
            "rubyevents",
            path,
            entry | {"place": entry.get("location"), "description": None},
            name="title",
            start="start_date",
            end="end_date",
            url="website",
        )


def testing_conferences(files: Files) -> Iterator[Listing]:
    for path, number, entry in _entries(files):
        start, end = _span(str(entry.get("dates") or ""), None)
        dated = entry | {"start": start, "end": end}
        yield from _listing("testing-conferences", f"{path}#{number}", dated, place="location")


def android_study_group(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        entry = next(iter(yaml.load_all(text, LOADER)))
        yield from _listing(
            "android-study-group", path, entry, place="location", start="date_start", end="date_end", url="website"
        )


def cocoa_conferences(files: Files) -> Iterator[Listing]:
    for path, number, entry in _entries(files):
        yield from _listing("cocoa-conferences", f"{path}#{number}", entry, place="location", url="link")


def code_and_talk(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        entry = yaml.load(text, LOADER)  # one file has a comma too many
        told = entry.get("location")
        where = told if isinstance(told, dict) else {}
        entry |= {"city": where.get("city"), "country": where.get("country"), "venue": where.get("venue")}
        yield from _listing("code-and-talk", path, entry, start="event_start", end="event_end", url="website")


def ccf_deadlines(files: Files) -> Iterator[Listing]:
    for path, number, series in _entries(files):
        for edition in series.get("confs", ()):
            start, end = _span(str(edition.get("date")), edition.get("year"))
            entry = edition | {"name": series["title"], "description": series.get("description")}
            entry |= {"start": start, "end": end}
            yield from _listing("ccf-deadlines", f"{path}#{number}/{edition.get('id')}", entry, url="link")


def sec_deadlines(files: Files) -> Iterator[Listing]:
    for path, number, entry in _entries(files):
        start, end = _span(str(entry.get("date")), entry.get("year"))
        dated = entry | {"start": start, "end": end}
        yield from _listing("sec-deadlines", f"{path}#{number}", dated, url="link")


def ai_deadlines(files: Files) -> Iterator[Listing]:
    """Of three projects with one form: a title, which is an acronym most often, and a full name."""
    for path, number, entry in _entries(files):
        entry = entry | {"description": entry.get("full_name"), "place": entry.get("place")}
        if entry.get("city"):
            entry["place"] = None
        listed = "ai-deadlines" if path.startswith("src") else "light-calendar" if "public" in path else ""
        yield from _listing(listed or "papers-with-code", f"{path}#{number}", entry, name="title", url="link")


def awesome_italy_events(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)):
            yield from _listing(
                "awesome-italy-events",
                f"{path}#{number}",
                entry,
                name="title",
                start="startDate",
                end="endDate",
                place="location",
            )


def _entries(files: Files) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for path, text in files.items():
        for document in yaml.load_all(text, LOADER):
            for number, entry in enumerate(document or ()):
                if isinstance(entry, dict):
                    yield path, number, entry


def _listing(
    listed: str,
    locator: str,
    entry: Mapping[str, Any],
    *,
    name: str = "name",
    start: str = "start",
    end: str = "end",
    place: str = "place",
    url: str = "url",
) -> Iterable[Listing]:
    """The listing that these keys of an entry make, or none without a name and a whole date."""
    first, last = _day(entry.get(start)), _day(entry.get(end))
    title = entry.get(name)
    if not first or not title:
        return ()
    return (
        Listing(
            list=listed,
            locator=locator,
            name=str(title).strip(),
            start=first,
            end=last if last and last > first else None,
            venue=_text(entry.get("venue")),
            place=_text(entry.get(place)),
            city=_text(entry.get("city")),
            country=_text(entry.get("country")),
            description=_text(entry.get("description")),
            url=_text(entry.get(url)),
        ),
    )


def _text(value: object) -> str | None:
    return str(value).strip() or None if value else None


def _day(value: object) -> str | None:
    text = str(value or "")[:10]
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _span(text: str, year: int | None) -> tuple[str | None, str | None]:
    """The first and last day of "May 30 - June 2, 2022"; the year may stand apart."""
    found = _SPAN.search(text)
    if not found:
        return None, None
    month, day, last_month, last_day, written = found.groups()
    years = re.findall(r"\b(20\d\d)\b", text)
    of = int(years[-1]) if years else int(written or year or 0)
    try:
        first = dt.date(of, _MONTHS[month.lower()], int(day))
        last = dt.date(of, _MONTHS[(last_month or month).lower()], int(last_day or day))
        if last < first:
            first = first.replace(year=of - 1)
    except (KeyError, ValueError):
        return None, None
    return first.isoformat(), last.isoformat()
