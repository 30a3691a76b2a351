"""What must hold whatever is read: only the project's own error, and readings that can be stored and shown."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Any

from crawlers.readers import reader
from crawlers.readers.dates import find_dates, read_dates
from fuzz.targets import TARGETS, context, contexts
from hobnob import jsonlines
from hobnob.errors import ReadError
from hobnob.moments import Moment, zone_info
from hobnob.observations import Follow, Observation, Skipped

__all__ = ["Broken", "check", "signature"]

MOST_READINGS = 50_000
LONGEST_RECORD = 1_000_000
_TODAY = dt.date(2026, 11, 23)
_PROJECT = ("/crawlers/", "/hobnob/")
_WEB = ("https://", "http://")


class Broken(Exception):
    """A reading does not hold what is promised of it."""


def check(name: str, data: bytes) -> None:
    """Reads `data`, its first byte being the choice of the Context. Raises whatever is wrong with the reader."""
    if not data:
        return
    known = contexts(name)
    values = known[data[0] % len(known)]
    if TARGETS[name].reader == "dates":
        _check_dates(data[1:].decode("utf-8", "ignore"), values.get("language"))
        return
    try:
        for number, reading in enumerate(reader(TARGETS[name].reader)(data[1:], context(values))):
            if number > MOST_READINGS:
                raise Broken("readings without end")
            if isinstance(reading, Observation):
                _check_observation(reading)
            elif isinstance(reading, Skipped) and not reading.reason.isprintable():
                raise Broken("a reason that cannot be shown")
            elif isinstance(reading, Follow) and not reading.url.startswith((*_WEB, "file:")):
                raise Broken("a link that is no address")
    except ReadError as error:
        if not str(error).isprintable() or not (error.hint or "").isprintable():
            raise Broken("an error that cannot be shown") from error


def signature(error: BaseException) -> str:
    """The same for the same mistake: the kind of error, and the project's innermost line that it went through."""
    if isinstance(error, Broken):
        return f"Broken: {error}"
    where, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if any(room in name for room in _PROJECT):
            where = f" in {name.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return type(error).__name__ + where


def _check_observation(one: Observation) -> None:
    encoded = jsonlines.encode(one)
    if len(encoded) > LONGEST_RECORD:
        raise Broken("a record too long to store")
    if jsonlines.decode_observation(encoded) != one:
        raise Broken("a record that decodes to another one")
    for field, text in _texts(one, ""):
        allowed = "\n\r\t" if field in ("description", "vtimezone") else ""
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in text):
            raise Broken(f"a control character in {field}")
    if not one.uid.strip():
        raise Broken("no UID")
    for moment in (one.start_date, one.end_date, one.recurrence_id, *one.rdate, *one.exdate):
        _check_moment(moment, one.vtimezone)
    for url in (one.url, one.image, one.virtual_location):
        if url is not None and not url.startswith(_WEB):
            raise Broken("an address that is none")


def _check_moment(moment: Moment | None, vtimezone: str | None) -> None:
    if moment is None:
        return
    moment.utc()
    if moment.zone is not None and zone_info(moment.zone) is None and not vtimezone:
        raise Broken("a zone that nobody knows")


def _texts(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """All texts in `value` with the names of their fields."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one, field)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, f"{field}[{name}]")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name), f"{field}.{name}".lstrip("."))


def _check_dates(text: str, language: str | None) -> None:
    for zone, today, year in ((None, None, None), ("Europe/Berlin", _TODAY, None), ("UTC", None, 2027)):
        found = read_dates(text, language=language, zone=zone, today=today, year=year)
        for when in ([found] if found else []) + find_dates(text, language=language, zone=zone, today=today, year=year):
            for moment in (when.start, when.end):
                _check_moment(moment, None)
            if when.end is not None and when.end.wall < when.start.wall and when.end.zone == when.start.zone:
                raise Broken("an end before its start")
