"""Documents as the lines of a bulk request. What all documents of an event share is encoded once."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from hobnob.queries import Hit
from indexer.documents import NEVER
from indexer.engines.asking import EPOCH
from indexer.engines.fields import distinct, name_text, people_words, position, searched_text

if TYPE_CHECKING:
    from indexer.documents import EventDocument, Time

__all__ = ["day", "hit", "lines", "moment"]

_FIRST, _LAST = (dt.datetime(year, month, date, tzinfo=dt.UTC) for year, month, date in ((1, 1, 1), (9999, 12, 31)))


class _Shared(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What all documents of an event share, by the fields of the mapping."""

    event: str
    name: str | None = None
    description: str | None = None
    name_tokens: str
    text: str
    attendance: str
    card: msgspec.Raw
    people: list[str] = []
    free: bool | None = None
    kind: str | None = None
    city: str | None = None
    country: str | None = None
    language: str | None = None
    industry: list[str] = []
    source: list[str] = []
    location: list[float] = []
    latitude: float | None = None
    longitude: float | None = None
    point: str | None = None


class _Timed(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What belongs to one occurrence, by the fields of the mapping."""

    key: str
    place: int
    status: str
    month: str
    start_date: str
    end_date: str
    first_day: str
    last_day: str
    prev_end: str | None = None
    prev_end_any: str | None = None
    prev_last_day: str | None = None
    prev_last_day_any: str | None = None
    time: msgspec.Raw


class _Name(msgspec.Struct):
    name: str | None = None


_encode = msgspec.json.Encoder().encode
_name = msgspec.json.Decoder(_Name)


def lines(event: "EventDocument", stamp: bytes) -> Iterator[tuple[str, bytes]]:
    """The documents of an event, each with its id: the event's, and the place of the time among its times.

    `stamp` is the JSON of what all documents of one writing share, without braces.
    """
    if not event.times:
        return
    shared = b"%s,%s," % (_encode(_shared(event))[:-1], stamp)
    for place, time in enumerate(event.times):
        yield f"{event.event_id}:{place}", shared + _encode(_timed(time, place))[1:]


def hit(source: dict[str, object], more: dict[str, float]) -> Hit:
    """The stored card, then the dates and the status of the occurrence, then `more`: what stands last counts.

    Raises msgspec.ValidationError or TypeError when they are not what `lines` wrote.
    """
    card, time = source["card"], source["time"]
    if not isinstance(card, dict) or not isinstance(time, dict):
        raise TypeError("a card or a time is no object")
    return msgspec.convert({**card, **time, **more}, Hit)


def moment(seconds: int) -> str:
    """Seconds since 1970 as the index has them, "2026-12-01T18:00:00Z"; what no calendar has is its first or last."""
    try:
        found = EPOCH + dt.timedelta(seconds=seconds)
    except OverflowError:
        found = _FIRST if seconds < 0 else _LAST
    return f"{found.isoformat()[:19]}Z"


def day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _shared(event: "EventDocument") -> _Shared:
    shared = _Shared(
        event=event.event_id,
        name=_name.decode(event.card).name,
        description=event.description,
        name_tokens=name_text(event),
        text=searched_text(event),
        attendance=event.attendance,
        card=msgspec.Raw(event.card),
        free=event.free,
        kind=event.kind or None,
        city=event.city or None,
        country=event.country or None,
        language=event.language or None,
        industry=distinct(event.industries),
        source=distinct(event.sources),
        people=[" ".join(name) for name in people_words(event) if name],
    )
    if (place := position(event.latitude, event.longitude)) is not None:
        shared.latitude, shared.longitude = place
        shared.location = [place[1], place[0]]
        shared.point = f"{place[0]!r},{place[1]!r}"
    return shared


def _timed(time: "Time", place: int) -> _Timed:
    return _Timed(
        key=time.key,
        place=place,
        status=time.status,
        month=time.month,
        start_date=moment(time.start),
        end_date=moment(time.end),
        first_day=day(time.first_day),
        last_day=day(time.last_day),
        prev_end=_earlier(time.prev_end),
        prev_end_any=_earlier(time.prev_end_any),
        prev_last_day=_earlier_day(time.prev_last_day),
        prev_last_day_any=_earlier_day(time.prev_last_day_any),
        time=msgspec.Raw(b'%s,"status":"%s"}' % (time.when.strip()[:-1], time.status.encode())),
    )


def _earlier(seconds: int) -> str | None:
    return None if seconds == NEVER else moment(seconds)


def _earlier_day(ordinal: int) -> str | None:
    return None if ordinal == NEVER else day(ordinal)
