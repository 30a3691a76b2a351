"""vCalendar 1.0 (versit Consortium, 1996), which phones and old programs still write, as properties of RFC 5545.

Its rules (section 2.1.14, "W1 MO #0") are translated where they are clear, its zone (TZ and DAYLIGHT, sections 2.1.15
and 2.1.4) becomes a VTIMEZONE, and its lists are divided by commas.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers.readers.calendars.content_lines import Property
from crawlers.readers.calendars.fields import Fields
from crawlers.readers.iso_dates import moment

__all__ = ["ZONE", "is_old", "modern", "rule", "time_zone"]

ZONE = "vCalendar"
"""The TZID of a zone made of TZ and DAYLIGHT."""

_LISTS = ("CATEGORIES", "EXDATE", "RDATE")
_RULE = re.compile(r"(D|W|MP|MD|YM|YD)(\d{1,4})((?:\s+[^\s#]+)*?)(?:\s+#(\d{1,9}))?(?:\s+(\d{8}T\d{6}Z?|\d{8}))?\s*")
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_PLACE = re.compile(r"([1-5])([+-])")
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?")
_MOST_DAYLIGHTS = 50
_DEFAULT_COUNT = "2"


def is_old(own: Fields) -> bool:
    """Whether a calendar says that it is of version 1.0."""
    return own.text("VERSION").strip() == "1.0"


def modern(fields: Fields) -> Fields:
    """A VEVENT of vCalendar 1.0 as one of RFC 5545."""
    by_name = dict(fields.by_name)
    for name in _LISTS:
        if name in by_name:
            by_name[name] = [replace(one, value=one.value.replace(";", ",")) for one in by_name[name]]
    if "RRULE" in by_name:
        by_name["RRULE"] = [replace(one, value=rule(one.value) or one.value) for one in by_name["RRULE"]]
    return replace(fields, by_name=by_name)


def rule(text: str) -> str | None:
    """A rule of the basic grammar as an RRULE; None where it is none, or means times of day or rules inside rules.

    Without "#" and an end a rule happens twice; "#0" is for ever.
    """
    match = _RULE.fullmatch(text.strip().upper())
    if match is None:
        return None
    kind, interval, words, count, until = match.groups()
    parts = _parts(kind, words.split())
    if parts is None or int(interval) == 0:
        return None
    found = f"{parts[0]};INTERVAL={int(interval)}" if int(interval) > 1 else parts[0]
    found += f";{parts[1]}" if parts[1] else ""
    if until:
        return f"{found};UNTIL={until}"
    count = _DEFAULT_COUNT if count is None else count
    return found if int(count) == 0 else f"{found};COUNT={int(count)}"


def _parts(kind: str, words: list[str]) -> tuple[str, str] | None:
    """FREQ, and the BY part that the words of the rule make."""
    match kind:
        case "D":
            return None if words else ("FREQ=DAILY", "")
        case "W":
            days = ",".join(words)
            return ("FREQ=WEEKLY", f"BYDAY={days}" if days else "") if set(words) <= set(_DAYS) else None
        case "MP":
            placed = list(_placed(words))
            return ("FREQ=MONTHLY", f"BYDAY={','.join(placed)}") if placed and "" not in placed else None
        case "MD":
            return _numbered("FREQ=MONTHLY", "BYMONTHDAY", ["1-" if word == "LD" else word for word in words])
        case "YM":
            return _numbered("FREQ=YEARLY", "BYMONTH", words)
        case _:
            return _numbered("FREQ=YEARLY", "BYYEARDAY", words)


def _placed(words: list[str]) -> Iterator[str]:
    """ "1+ TU TH 2- FR" as 1TU, 1TH, -2FR; "" for what is neither a place nor a day."""
    place = ""
    for word in words:
        if found := _PLACE.fullmatch(word):
            place = found[1] if found[2] == "+" else f"-{found[1]}"
        else:
            yield f"{place}{word}" if word in _DAYS and place else ""


def _numbered(freq: str, part: str, words: list[str]) -> tuple[str, str] | None:
    found = [re.fullmatch(r"(\d{1,3})([+-]?)", word) for word in words]
    numbers = [f"-{one[1]}" if one[2] == "-" else one[1] for one in found if one]
    if len(numbers) != len(words):
        return None
    return (freq, f"{part}={','.join(numbers)}" if numbers else "")


def time_zone(own: Fields) -> str | None:
    """The VTIMEZONE that TZ and DAYLIGHT make; None without a readable TZ."""
    standard = _offset(own.text("TZ").partition(";")[0])
    if standard is None:
        return None
    lines = ["BEGIN:VTIMEZONE", f"TZID:{ZONE}"]
    lines += _observance("STANDARD", "19700101T000000", standard, standard)
    for prop in own.all("DAYLIGHT")[:_MOST_DAYLIGHTS]:
        lines += _daylight(prop, standard)
    return "\r\n".join([*lines, "END:VTIMEZONE"])


def _daylight(prop: Property, standard: str) -> list[str]:
    """ "TRUE;-06;19960407T025959;19961027T010000;EST;EDT": its offset, its beginning and its end as wall times."""
    observed, offset, begin, end, *_ = [*prop.value.split(";"), "", "", "", ""]
    summer, first, last = _offset(offset), moment(begin), moment(end)
    if observed.strip().upper() != "TRUE" or summer is None or first is None or last is None:
        return []
    return [
        *_observance("DAYLIGHT", f"{first.wall:%Y%m%dT%H%M%S}", standard, summer),
        *_observance("STANDARD", f"{last.wall:%Y%m%dT%H%M%S}", summer, standard),
    ]


def _observance(kind: str, onset: str, before: str, after: str) -> list[str]:
    return [f"BEGIN:{kind}", f"DTSTART:{onset}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"END:{kind}"]


def _offset(text: str) -> str | None:
    """ "+01", "-5" or "+05:30" as a UTC-OFFSET (RFC 5545, 3.3.14)."""
    found = _OFFSET.fullmatch(text.strip())
    return f"{found[1]}{int(found[2]):02d}{found[3] or '00'}" if found and int(found[2]) < 16 else None
