"""Readers of the lists that were labelled after the rules were written: conferences, and calendars of towns in French,
German and Spanish. For the rest as `list_readers`."""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress

import yaml

from bench.accuracy.list_readers import LOADER, Files
from bench.accuracy.listing import Listing

__all__ = [
    "awesome_tech",
    "gran_canaria",
    "infosec_events",
    "march_2020",
    "muensterland",
    "munich_december",
    "toulouse",
]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)")
_OF_MARCH = re.compile(
    r'name: "(.*?)",\s*city: "(.*?)",\s*'
    r'date: "([A-Z][a-z]{2})[a-z]* (\d+)(?: ?- ?(?:([A-Z][a-z]{2})[a-z]* )?(\d+))?"'
)
_TAG = re.compile(r"<[^>]+>")
_ONLINE = re.compile(r"(?i)\b(virtual|online)\b")
_SPAN = re.compile(
    r"([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:\s*[-–]\s*(?:([A-Z][a-z]{2})[a-z]*\.? )?(\d{1,2}))?,? (20\d\d)"
)


def infosec_events(files: Files) -> Iterator[Listing]:
    """Tables "name | dates | place | ..."; a flag, or its name between colons, stands for the country."""
    for path, text in files.items():
        for number, line in enumerate(text.splitlines()):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            span = _SPAN.search(cells[1]) if line.startswith("| [") and len(cells) > 2 else None
            link = _LINK.match(cells[0])
            if not span or not link:
                continue
            start, end = _days(span[1], span[2], span[3], span[4], span[5])
            online = bool(_ONLINE.search(cells[2]))
            yield Listing(
                list="infosec-events",
                locator=f"{path}#{number}",
                name=re.sub(r"\\(.)", r"\1", link[1]),
                start=start,
                end=end,
                place=None if online else cells[2] or None,
                online=online,
                url=link[2],
            )


def _days(month: str, day: str, last_month: str | None, last: str | None, year: str) -> tuple[str, str | None]:
    start = dt.date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
    end = dt.date(int(year), _MONTHS.index((last_month or month).lower()) + 1, int(last or day))
    if end < start:
        start = start.replace(year=start.year - 1)
    return start.isoformat(), None if end == start else end.isoformat()


def awesome_tech(files: Files) -> Iterator[Listing]:
    for path, text in files.items():
        for number, entry in enumerate(yaml.load(text, LOADER) or ()):
            start, end = str(entry["start"]), str(entry.get("end") or entry["start"])
            city = None if entry.get("city") in (None, "N/A") else entry["city"]
            yield Listing(
                list="awesome-tech",
                locator=f"{path}#{number}",
                name=str(entry["name"]),
                start=start,
                end=None if end == start else end,
                place=f"{city} {entry.get('country') or ''}".strip() if city else None,
                online=entry.get("mode") == "virtual",
                url=entry.get("url"),
            )


def march_2020(files: Files) -> Iterator[Listing]:
    """Names, cities and days of conferences of 2020, without the year."""
    for path, text in files.items():
        for number, one in enumerate(_OF_MARCH.finditer(text)):
            start, end = _days(one[3], one[4], one[5], one[6], "2020")
            place = one[2].strip("・ ")
            online = bool(_ONLINE.search(place))
            yield Listing(
                list="march-2020",
                locator=f"{path}#{number}",
                name=one[1],
                start=start,
                end=end,
                place=None if online else place,
                online=online,
            )


def muensterland(files: Files) -> Iterator[Listing]:
    """Pages of a month: a heading for each day, below it what is on, from three calendars."""
    for path, text in files.items():
        day = None
        number = 0
        for part in re.split(r'(?=id="datum-\d{4})|(?=<div class="termin" )', text):
            heading = re.match(r'id="datum-(\d{4}-\d\d-\d\d)"', part)
            day = heading[1] if heading else day
            source = re.match(r'<div class="termin" data-stadt="[^"]*" data-quelle="([^"]*)"', part)
            if not source or not day:
                continue
            number += 1
            clock = re.search(r"(\d\d:\d\d)", _div(part, "zeit"))
            yield Listing(
                list=f"muensterland/{source[1]}",
                locator=f"{path}#{number}",
                name=_plain(re.sub(r"<span.*?</span>", "", _div(part, "name"))),
                start=f"{day}T{clock[1]}:00" if clock else day,
                zone="Europe/Berlin" if clock else None,
                venue=_plain(_div(part, "ort")).removesuffix(" None") or None,
                city=_plain(_div(part, "stadt")) or None,
                country="Deutschland",
                description=_plain(_div(part, "beschreibung")) or None,
            )


def _div(part: str, name: str) -> str:
    found = re.search(rf'<div class="termin-{name}">(.*?)</div>', part, re.S)
    return found[1] if found else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def gran_canaria(files: Files) -> Iterator[Listing]:
    """What sellers of tickets and houses of one island announce; the seller is the calendar."""
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text)):
            clock = re.fullmatch(r"\d\d:\d\d", entry.get("hora") or "")
            clock = None if entry.get("hora") == "00:00" else clock
            with suppress(ValueError):
                dt.date.fromisoformat(entry.get("fecha_iso") or "")
                yield Listing(
                    list=f"gran-canaria/{entry['organiza']}",
                    locator=f"{path}#{number}",
                    name=entry["nombre"],
                    start=f"{entry['fecha_iso']}T{clock[0]}:00" if clock else entry["fecha_iso"],
                    zone="Atlantic/Canary" if clock else None,
                    venue=" ".join((entry.get("lugar") or "").split()) or None,
                    country="España",
                    description=(entry.get("descripcion") or "")[:500] or None,
                    url=entry.get("url_venta"),
                )


def toulouse(files: Files) -> Iterator[Listing]:
    """Meetups of one city's groups, each a file with a head."""
    for path, text in files.items():
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        entry = yaml.load(head, yaml.CBaseLoader)
        clock = re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)", entry.get("dateIso") or "")
        if not clock:
            continue
        yield Listing(
            list=f"toulouse/{entry.get('groupId') or entry.get('community')}",
            locator=path,
            name=entry["title"],
            start=f"{clock[1]}T{clock[2]}:00",
            zone="Europe/Paris",
            venue=entry.get("place") or None,
            place=entry.get("placeAddr") or None,
            description=_plain(body)[:500] or None,
            url=entry.get("link"),
        )


def munich_december(files: Files) -> Iterator[Listing]:
    """What several sellers have of one month in Munich; the host of the link is the calendar."""
    for path, text in files.items():
        for number, entry in enumerate(json.loads(text[text.index("{") : text.rindex("}") + 1])["events"]):
            host = re.match(r"https?://(?:www\.)?([^/]+)", entry["originUrl"])
            yield Listing(
                list=f"munich-december/{host[1] if host else ''}",
                locator=f"{path}#{number}",
                name=entry["eventName"],
                start=entry["beginDateTimeUtc"][:19],
                zone="Europe/Berlin",
                place=entry.get("address") or None,
                url=entry["originUrl"],
            )
