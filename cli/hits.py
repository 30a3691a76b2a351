"""Answers written out: a table for people, rows for a spreadsheet."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

from cli.dates import when
from cli.table import Column, table
from hobnob.distance import KM_PER_MILE
from hobnob.observations import Attendance, Place, Status
from hobnob.printable import cell
from hobnob.queries import Hit

__all__ = ["csv_text", "distance", "hits_table", "where"]

_WIDE = 100

_CSV_COLUMNS = (
    "id", "name", "start_date", "start_time", "end_date", "end_time", "time_zone", "status", "attendance", "kind",
    "industries", "venue", "city", "region", "country", "latitude", "longitude", "distance_km", "is_free", "language",
    "organizer", "url", "sources",
)  # fmt: skip


def hits_table(
    hits: Sequence[Hit], *, width: int, now: dt.datetime, zone: dt.tzinfo, miles: bool = False
) -> Iterator[str]:
    """The lines of a table: a line for each hit where there is room, two where the terminal is narrow.

    `zone` is the reader's; distances are in kilometres unless `miles`.
    """
    rows = [
        (hit.id, when(hit.start_date, hit.end_date, now=now, zone=zone), _name(hit), *_details(hit, miles))
        for hit in hits
    ]
    if width >= _WIDE:
        columns = (
            Column("When"),
            Column("Event", least=28),
            Column("Place", least=12),
            Column("Away", right=True),
            Column("About", least=8),
            Column("ID"),
        )
        return table(columns, [(*row[1:], row[0]) for row in rows], width)
    narrow = []
    for id_, date, name, *details in rows:
        narrow += [(date, name), (id_, " · ".join(part for part in details if part))]
    return table((Column("When / ID"), Column("Event", least=20)), narrow, width)


def where(place: Place | None, attendance: Attendance) -> str:
    """The city and country of an event, or the nearest to it that is known; "online" where that is all or part."""
    online = "online" if attendance is not Attendance.OFFLINE else ""
    if place is None or attendance is Attendance.ONLINE:
        return online
    country = place.country_code or place.address_country
    city = place.address_locality or place.name or place.text or place.street_address
    return " + ".join(part for part in (", ".join(part for part in (city, country) if part), online) if part)


def distance(kilometres: float | None, *, miles: bool) -> str:
    """ "2.3 km", "120 km", "75 mi"; empty when not known."""
    if kilometres is None:
        return ""
    value, unit = (kilometres / KM_PER_MILE, "mi") if miles else (kilometres, "km")
    return f"{value:.1f} {unit}" if value < 9.95 else f"{value:.0f} {unit}"


def csv_text(hits: Iterable[Hit]) -> str:
    """RFC 4180 with a header, text such that no spreadsheet takes it for a formula; lists are parted by "; "."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV_COLUMNS)
    for hit in hits:
        writer.writerow([_plain(value) for value in _csv_row(hit)])
    return out.getvalue()


def _name(hit: Hit) -> str:
    mark = "" if hit.status is Status.SCHEDULED else f"{hit.status.upper().replace('_', ' ')}: "
    return f"{mark}{hit.name}"


def _details(hit: Hit, miles: bool) -> tuple[str, str, str]:
    about = (hit.kind, *hit.industries, "free" if hit.is_free else None, "repeats" if hit.recurring else None)
    return (
        where(hit.place, hit.attendance),
        distance(hit.distance_km, miles=miles),
        " · ".join(word for word in about if word),
    )


def _csv_row(hit: Hit) -> Iterator[object]:
    place = hit.place or Place()
    end = hit.end_date
    yield from (hit.id, hit.name, hit.start_date.date, hit.start_date.time)
    yield from (end and end.date, end and end.time, hit.start_date.zone)
    yield from (hit.status, hit.attendance, hit.kind, hit.industries, place.name, place.address_locality)
    yield from (place.address_region, place.country_code or place.address_country, place.latitude, place.longitude)
    yield from (None if hit.distance_km is None else round(hit.distance_km, 3), hit.is_free, hit.in_language)
    yield from (hit.organizer, hit.url, hit.sources)


def _plain(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return cell("; ".join(str(part) for part in value))
        case str():
            return cell(value)
        case dt.time():
            return f"{value:%H:%M}"
        case _:
            return value
