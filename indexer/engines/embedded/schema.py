"""The fields of an index, and the document that holds its state.

One document for each occurrence, with all that its event is found by (see lines). One more document holds the state
of the index; it has no times, so that no search finds it.
"""

import datetime as dt

import msgspec
from tantivy import Document, Schema, SchemaBuilder

from indexer.engines import IndexState

__all__ = ["ORDER_BITS", "STATE", "schema", "state", "state_document"]

STATE = "state"

ORDER_BITS = 24
"""The low bits of `order`; the high ones are the start in seconds."""

_KEYWORDS = ("status", "attendance", "free", "industry", "kind", "city", "country", "month", "source", "language")
_CHAINS = ("prev_end", "prev_end_any", "prev_last_day", "prev_last_day_any")
_NUMBERS = ("order", "end", "first_day", "last_day", *_CHAINS)


class _State(msgspec.Struct):
    number: int
    rolled_on: dt.date | None


def schema() -> Schema:
    """Text by white space, since tokens come ready; keywords as they are, counted by facets; times as numbers.

    `text` holds the tokens of name and body, `name` those of the name once more, for relevance; `people` the words
    of names, each with its name's place; `area` the cells that the place lies in, and the point; `order` the
    start and the beginning of the event's id, so that most ties are broken by number. `card` and `time` are JSON:
    the hit, and what the occurrence says differently.
    """
    builder = SchemaBuilder()
    builder.add_text_field("event", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("meta", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("people", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("area", tokenizer_name="whitespace", index_option="basic")
    for name in _KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _NUMBERS:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("latitude", fast=True)
    builder.add_float_field("longitude", fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("time", stored=True)
    return builder.build()


def state_document(number: int, rolled_on: dt.date | None) -> Document:
    document = Document()
    document.add_text("meta", STATE)
    document.add_bytes("card", msgspec.json.encode(_State(number, rolled_on)))
    return document


def state(stored: bytes, documents: int, events: int) -> IndexState:
    """Raises msgspec.MsgspecError when `stored` is not what `state_document` wrote."""
    found = msgspec.json.decode(stored, type=_State)
    return IndexState(number=found.number, rolled_on=found.rolled_on, documents=documents, events=events)
