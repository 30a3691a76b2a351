"""Records as JSON Lines: what a crawl writes and `hobnob load` reads.

The first line names the format and its version; every other line is one record, tagged with its `type`:

    {"format": "hobnob", "version": 1}
    {"type": "Observation", "source": "...", "uid": "...", ...}

A dump also has the ids of events and decisions by hand (hobnob.kept). A program that does not know a type skips it.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from hobnob.errors import ReadError
from hobnob.events import Event
from hobnob.kept import Decision, Dumped, Identity
from hobnob.observations import FetchReport, Observation, Skipped, Unchanged

__all__ = ["VERSION", "as_builtins", "decode_event", "decode_observation", "encode", "read", "write"]

VERSION = 1
_TYPES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Observation, Unchanged, Skipped, FetchReport, Identity, Decision)
}


class _Tag(msgspec.Struct):
    type: str = ""
    format: str = ""
    version: int = 0


_encoder = msgspec.json.Encoder()
_tag = msgspec.json.Decoder(_Tag)
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in _TYPES.items()}
_observation = msgspec.json.Decoder(Observation)
_event = msgspec.json.Decoder(Event)


def encode(value: object) -> bytes:
    """Any of our dataclasses as JSON in UTF-8, keys as their field names."""
    return _encoder.encode(value)


def as_builtins(value: object) -> Any:
    """The same as dicts, lists and strings, for templates and tables."""
    return msgspec.to_builtins(value)


def decode_observation(data: bytes | str) -> Observation:
    """Raises msgspec.DecodeError or msgspec.ValidationError when `data` is no Observation."""
    return _observation.decode(data)


def decode_event(data: bytes | str) -> Event:
    """Raises msgspec.DecodeError or msgspec.ValidationError when `data` is no Event."""
    return _event.decode(data)


def write(records: Iterable[Dumped], out: IO[bytes]) -> int:
    """Writes the header and a line for each record; returns how many."""
    out.write(header())
    count = 0
    for record in records:
        out.write(line(record))
        count += 1
    return count


def header() -> bytes:
    """The first line of a file."""
    return _encoder.encode({"format": "hobnob", "version": VERSION}) + b"\n"


def line(record: Dumped) -> bytes:
    """One record as one line, its type first."""
    body = _encoder.encode(record)
    return b'{"type":"' + type(record).__name__.encode() + b'",' + body[1:] + b"\n"


def read(lines: Iterable[bytes]) -> Iterator[Dumped]:
    """The records of a file; a line that cannot be read becomes a Skipped with its number.

    Raises ReadError when the file is not hobnob's or of a newer version than this program reads.
    """
    for number, text in enumerate(lines, 1):
        if number == 1:
            _check_header(text)
            continue
        if text.strip():
            yield _record(text, number)


def _check_header(text: bytes) -> None:
    try:
        tag = _tag.decode(text)
    except msgspec.MsgspecError:
        tag = _Tag()
    if tag.format != "hobnob":
        raise ReadError("not a hobnob file: its first line names no format", hint="write one with 'hobnob dump'")
    if tag.version > VERSION:
        raise ReadError(
            f"format version {tag.version} is newer than this program reads ({VERSION})", hint="update hobnob"
        )


def _record(text: bytes, number: int) -> Dumped:
    try:
        kind = _tag.decode(text).type
        decoder = _decoders.get(kind)
        if decoder is None:
            return Skipped(reason=f"unknown record type {kind!r}", line=number)
        record: Dumped = decoder.decode(text)
        return record
    except (msgspec.MsgspecError, RecursionError) as error:
        return Skipped(reason=str(error), line=number)
