"""Documents as lines of JSON, which tantivy takes in faster than Document objects; and hits out of what is stored.

What all documents of an event share is encoded once. Bytes are base64 there.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from hobnob.queries import Hit
from indexer.engines.embedded.geography import area_tokens
from indexer.engines.embedded.schema import ORDER_BITS
from indexer.engines.fields import distinct, name_text, people_words, position, searched_text

if TYPE_CHECKING:
    from indexer.documents import EventDocument, Time

__all__ = ["SLOT", "hit", "identity", "lines"]

SLOT = "·"
"""Parts a word of a name from the name's place; never part of a word."""


class _Shared(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What all documents of an event share, by the fields of the schema."""

    event: str
    name: str
    text: str
    attendance: str
    card: bytes
    people: str | None = None
    free: str | None = None
    kind: str | None = None
    city: str | None = None
    country: str | None = None
    language: str | None = None
    industry: list[str] = []
    source: list[str] = []
    area: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class _Timed(msgspec.Struct, kw_only=True):
    """What belongs to one occurrence, by the fields of the schema."""

    status: str
    month: str
    order: int
    end: int
    first_day: int
    last_day: int
    prev_end: int
    prev_end_any: int
    prev_last_day: int
    prev_last_day_any: int
    time: bytes


class _Key(msgspec.Struct):
    key: str


_encode = msgspec.json.Encoder().encode
_hit = msgspec.json.Decoder(Hit)
_key = msgspec.json.Decoder(_Key)


def lines(event: "EventDocument") -> Iterator[str]:
    """The documents of an event, one for each of its times."""
    if not event.times:
        return
    shared = _encode(_shared(event))[:-1].decode() + ","
    lowest = _id_bits(event.event_id)
    for time in event.times:
        yield shared + _encode(_timed(time, lowest))[1:].decode()


def hit(card: bytes, time: bytes, more: dict[str, float]) -> Hit:
    """The stored card, then the dates and the status of the occurrence, then `more`: what stands last counts.

    Raises msgspec.MsgspecError when they are not what `lines` wrote.
    """
    parts = [card.rstrip()[:-1], time[1:-1], _encode(more)[1:-1]] if more else [card.rstrip()[:-1], time[1:-1]]
    return _hit.decode(b",".join(parts) + b"}")


def identity(time: bytes) -> str:
    """The key of the occurrence. Raises as `hit`."""
    return _key.decode(time).key


def _shared(event: "EventDocument") -> _Shared:
    shared = _Shared(
        event=event.event_id,
        name=name_text(event),
        text=searched_text(event),
        attendance=event.attendance,
        card=event.card,
        free=None if event.free is None else "yes" if event.free else "no",
        kind=event.kind or None,
        city=event.city or None,
        country=event.country or None,
        language=event.language or None,
        industry=distinct(event.industries),
        source=distinct(event.sources),
        people=_people(event),
    )
    if (place := position(event.latitude, event.longitude)) is not None:
        shared.latitude, shared.longitude = place
        shared.area = " ".join(area_tokens(*place))
    return shared


def _people(event: "EventDocument") -> str | None:
    """The words of each name, marked with the name's place among them ("ada·0 lovelace·0 grace·1"), so that words can
    be asked for in one name."""
    found = [f"{word}{SLOT}{place}" for place, name in enumerate(people_words(event)) for word in name]
    return " ".join(found) or None


def _timed(time: "Time", lowest: int) -> _Timed:
    return _Timed(
        status=time.status,
        month=time.month,
        order=time.start << ORDER_BITS | lowest,
        end=time.end,
        first_day=time.first_day,
        last_day=time.last_day,
        prev_end=time.prev_end,
        prev_end_any=time.prev_end_any,
        prev_last_day=time.prev_last_day,
        prev_last_day_any=time.prev_last_day_any,
        time=b'%s,"status":"%s","key":%s}' % (time.when.strip()[:-1], time.status.encode(), _encode(time.key)),
    )


def _id_bits(event_id: str) -> int:
    """A number that orders ids as their first three bytes do."""
    return int.from_bytes(event_id.encode()[:3].ljust(3, b"\0"))
