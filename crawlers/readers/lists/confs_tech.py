"""The conference lists of confs.tech (github.com/tech-conferences/conference-data), one for each year and topic.

A JSON array; an entry has `name`, `url`, `startDate` and `endDate` (inclusive), and perhaps `city`, `country`,
`online`, `locales` ("EN,DE"), `cfpUrl`, `cfpEndDate`, `cocUrl`, `twitter`, `mastodon`, `bluesky`. The topic is the
name of the file ("ux.json").
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from crawlers.readers import Context, Reading
from crawlers.readers.fallback_uid import bounded
from crawlers.readers.faults import skipped
from crawlers.readers.iso_dates import moment
from crawlers.readers.lists.json_document import MOST_BYTES
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import line, verbatim
from crawlers.readers.web_address import web
from hobnob.errors import ReadError
from hobnob.observations import Attendance, Observation, Place

__all__ = ["VERSION", "read", "recognises"]

VERSION = "confs-tech/1"

MOST_ENTRIES = 20_000
_MOST_FAULTS = 100
_AS_WRITTEN = {
    "cfpUrl": "cfp_url",
    "cfpEndDate": "cfp_end_date",
    "cocUrl": "coc_url",
    "twitter": "twitter",
    "mastodon": "mastodon",
    "bluesky": "bluesky",
}
_REGION = re.compile(r"(.+),\s*([A-Z]{2})")
_OWN = ("city", "country", "online", "cfpUrl", "locales")
_decoder = json.JSONDecoder(strict=False)


def recognises(value: Any) -> bool:
    """Whether it is such a list: its entries have a name, a startDate and a field of confs.tech's own."""
    return isinstance(value, list) and any(
        isinstance(one, dict)
        and isinstance(one.get("name"), str)
        and "startDate" in one
        and not {"@type", "type"} & one.keys()
        and any(name in one for name in _OWN)
        for one in value[:50]
    )


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The conferences of one file; entries that are broken or cut off as Skipped.

    Raises ReadError when `data` is no JSON array.
    """
    text = data[:MOST_BYTES].decode("utf-8-sig", "replace")
    if not text.lstrip().startswith("["):
        raise ReadError(f"no list of conferences: it is no JSON array, it looks like {looks_like(data)}")
    seen: set[str] = set()
    for number, entry in _entries(text):
        reason = entry if isinstance(entry, str) else _fault(entry)
        if reason or not isinstance(entry, dict):
            yield skipped(reason or "entry is no JSON object", context, number)
        else:
            yield _observation(entry, context, seen)
    if len(data) > MOST_BYTES:
        yield skipped(f"more than {MOST_BYTES >> 20} MB: the rest was left out", context)


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    """The objects of the array with the line each begins on; for one that is broken, the reason as a string.

    Read one by one, so that a fault costs one entry and a file that was cut off keeps what it has.
    """
    position, number, faults = text.index("[") + 1, 1, 0
    counted = 0
    for _ in range(MOST_ENTRIES):
        start = text.find("{", position)
        if start < 0:
            if not text[position:].rstrip().endswith("]"):
                yield text.count("\n") + 1, "the list is cut off: it has no closing bracket"
            return
        number, counted = number + text.count("\n", counted, start), start
        try:
            entry, position = _decoder.raw_decode(text, start)
            yield number, entry
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON: {error}"
            position, faults = start + 1, faults + 1
            if faults == _MOST_FAULTS:
                yield number, f"more than {_MOST_FAULTS} broken entries: the rest was left out"
                return
    yield number, f"more than {MOST_ENTRIES} entries: the rest was left out"


def _fault(entry: Any) -> str | None:
    if not line(entry.get("name")):
        return "entry without a name"
    start = entry.get("startDate")
    if not isinstance(start, str) or moment(start) is None:
        return f"startDate is no date: {line(start, 80)!r}"
    return None


def _observation(entry: dict[str, Any], context: Context, seen: set[str]) -> Observation:
    start = moment(entry["startDate"])
    assert start is not None
    end = moment(entry["endDate"]) if isinstance(entry.get("endDate"), str) else None
    raw = {name: value for key, name in _AS_WRITTEN.items() if (value := line(entry.get(key)))}
    if end is None or end.date < start.date:
        end = None
        raw |= {"end_date": written} if (written := line(entry.get("endDate"), 80)) else {}
    languages = [code for one in line(entry.get("locales")).lower().split(",") if (code := one.strip())]
    if len(languages) > 1:
        raw["in_language"] = ",".join(languages)
    return Observation(
        source=context.source,
        uid=_uid(entry, seen),
        name=line(entry["name"]),
        start_date=start,
        end_date=end,
        url=web(entry.get("url")),
        event_attendance_mode=_attendance(entry),
        location=_place(entry),
        keywords=_topic(context.url),
        in_language=languages[0] if languages else None,
        source_url=context.url,
        fetched_at=context.now,
        reader=VERSION,
        raw=raw,
    )


def _uid(entry: dict[str, Any], seen: set[str]) -> str:
    """Address, year and city, which outlive a change of the days; where that is not unique in the file, the day too."""
    address = line(entry.get("url")).rstrip("/") or line(entry["name"])
    uid = f"{address}#{entry['startDate'].strip()[:4]}"
    if city := line(entry.get("city")).casefold():
        uid += f"-{city}"
    if bounded(uid) in seen:
        uid += f"-{verbatim(entry['startDate'])}"
    seen.add(bounded(uid))
    return bounded(uid)


def _attendance(entry: dict[str, Any]) -> Attendance | None:
    online = entry.get("online")
    if not isinstance(online, bool):
        return None
    if not online:
        return Attendance.OFFLINE
    return Attendance.MIXED if line(entry.get("city")) else Attendance.ONLINE


def _place(entry: dict[str, Any]) -> Place | None:
    """City and country; of "Seattle, WA" the state apart."""
    city, country = line(entry.get("city")), line(entry.get("country"))
    if not city and not country:
        return None
    region = _REGION.fullmatch(city)
    return Place(
        address_locality=(region[1] if region else city) or None,
        address_region=region[2] if region else None,
        address_country=country or None,
    )


def _topic(url: str) -> tuple[str, ...]:
    name = unquote(url.partition("#")[0].partition("?")[0]).rpartition("/")[2]
    topic = line(name.removesuffix(".json"))
    return (topic,) if name.endswith(".json") and topic else ()
