"""The fields of an index, and documents made for them.

One document for each occurrence, with all that its event is found by. One more document holds the state of the
index; it has no times, so that no search finds it.
"""

import datetime as dt
from collections.abc import Iterator
from copy import copy

import msgspec
from tantivy import Document, PreTokenizedString, Schema, SchemaBuilder, Token

from indexer.analysis import words
from indexer.documents import EventDocument, Time
from indexer.engines import IndexState
from indexer.engines.embedded.geography import area_tokens, position

__all__ = ["ORDER_BITS", "PERSON_WORDS", "STATE", "documents", "schema", "state", "state_document"]

STATE = "state"

ORDER_BITS = 24
"""The low bits of `order`; the high ones are the start in seconds."""

PERSON_WORDS = 32
"""Of a longer name only the first words count."""

_MAX_PEOPLE = 2_000
_GAP = "¶"
_KEYWORDS = ("status", "attendance", "free", "industry", "kind", "city", "country", "month", "source", "language")
_NUMBERS = (
    "order",
    "end",
    "prev_end",
    "prev_end_any",
    "first_day",
    "last_day",
    "prev_last_day",
    "prev_last_day_any",
)


class _State(msgspec.Struct):
    number: int
    rolled_on: dt.date | None


def schema() -> Schema:
    """Text by white space, since tokens come ready; keywords as they are, counted by facets; times as numbers.

    `text` holds the tokens of name and body, `name` those of the name once more, for relevance; `people` the words
    of each name at one position of its own; `area` the cells that the place lies in, and the point; `order` the
    start and the beginning of the event's id, so that most ties are broken by number.
    """
    builder = SchemaBuilder()
    builder.add_text_field("event", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("meta", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("people", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("area", tokenizer_name="whitespace", index_option="basic")
    for name in _KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _NUMBERS:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("latitude", fast=True)
    builder.add_float_field("longitude", fast=True)
    builder.add_bytes_field("key", stored=True)
    builder.add_bytes_field("hit", stored=True)
    return builder.build()


def state_document(number: int, rolled_on: dt.date | None) -> Document:
    document = Document()
    document.add_text("meta", STATE)
    document.add_bytes("hit", msgspec.json.encode(_State(number, rolled_on)))
    return document


def state(stored: bytes, documents: int, events: int) -> IndexState:
    """Raises msgspec.MsgspecError when `stored` is not what `state_document` wrote."""
    found = msgspec.json.decode(stored, type=_State)
    return IndexState(number=found.number, rolled_on=found.rolled_on, documents=documents, events=events)


def documents(event: EventDocument) -> Iterator[Document]:
    """The documents of an event, one for each of its times."""
    shared = Document()
    for name, text in _texts(event):
        shared.add_text(name, text)
    if (people := _people(event.people)) is not None:
        shared.add_pre_tokenized_text("people", people)
    if (place := position(event.latitude, event.longitude)) is not None:
        shared.add_text("area", " ".join(area_tokens(*place)))
        shared.add_float("latitude", place[0])
        shared.add_float("longitude", place[1])
    lowest = _id_bits(event.event_id)
    for time in event.times:
        document = copy(shared)
        _add_time(document, time, lowest)
        document.add_bytes("hit", _hit(event.card, time))
        yield document


def _texts(event: EventDocument) -> Iterator[tuple[str, str]]:
    """The words of the event by field, and its keywords, one by one."""
    name = " ".join(event.name_tokens)
    yield "event", event.event_id
    yield "name", name
    yield "text", f"{name} {_GAP} {' '.join(event.body_tokens)}"
    yield "attendance", event.attendance
    if event.free is not None:
        yield "free", "yes" if event.free else "no"
    single = {"kind": event.kind, "city": event.city, "country": event.country, "language": event.language}
    for field, value in single.items():
        if value:
            yield field, value
    for field, values in (("industry", event.industries), ("source", event.sources)):
        for value in dict.fromkeys(filter(None, values)):
            yield field, value


def _add_time(document: Document, time: Time, lowest: int) -> None:
    document.add_text("status", time.status)
    document.add_text("month", time.month)
    document.add_integer("order", time.start << ORDER_BITS | lowest)
    document.add_integer("end", time.end)
    document.add_integer("prev_end", time.prev_end)
    document.add_integer("prev_end_any", time.prev_end_any)
    document.add_integer("first_day", time.first_day)
    document.add_integer("last_day", time.last_day)
    document.add_integer("prev_last_day", time.prev_last_day)
    document.add_integer("prev_last_day_any", time.prev_last_day_any)
    document.add_bytes("key", time.key.encode())


def _people(names: tuple[str, ...]) -> PreTokenizedString | None:
    """Each name's words at one position, two apart from the next name's, so that words can be asked for in one name."""
    found = [
        Token(word, place * 2, 0, 0)
        for place, name in enumerate(dict.fromkeys(names[:_MAX_PEOPLE]))
        for word in dict.fromkeys(words(name)[:PERSON_WORDS])
    ]
    return PreTokenizedString("", found) if found else None


def _id_bits(event_id: str) -> int:
    """A number that orders ids as their first three bytes do."""
    return int.from_bytes(event_id.encode()[:3].ljust(3, b"\0"))


def _hit(card: bytes, time: Time) -> bytes:
    """The JSON of a Hit: the card, then dates and status, which come last and so count."""
    return b'%s,%s,"status":"%s"}' % (card.rstrip()[:-1], time.when.strip()[1:-1], time.status.encode())
