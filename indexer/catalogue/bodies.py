"""Records as the catalogue keeps them: compact JSON, a digest that ignores churn, and keys."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import msgspec

from hobnob import jsonlines
from hobnob.events import Event
from hobnob.moments import UTC, Moment, zone_info
from hobnob.observations import Observation

__all__ = ["event_body", "group_key", "observation_body", "recurrence_key", "stamp", "when"]

#: What changes with every fetch although the event does not.
CHURN = ("source_url", "fetched_at", "dtstamp", "last_modified", "reader", "component")
_KEPT_CHURN = tuple(name for name in CHURN if name != "component")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_deterministic = msgspec.json.Encoder(order="deterministic")


def _compactor(kind: type, leave_out: tuple[str, ...] = ()) -> Callable[[Any], dict[str, Any]]:
    """A function from a `kind` to a dict of those of its fields that have not their default value."""
    fields = [field for field in dataclasses.fields(kind) if field.name not in leave_out]
    names = tuple(field.name for field in fields)
    defaults = tuple(
        field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        for field in fields
    )
    values = attrgetter(*names)

    def compact(record: Any) -> dict[str, Any]:
        pairs = zip(names, values(record), defaults, strict=True)
        return {name: value for name, value, default in pairs if value is not default and value != default}

    return compact


_said = _compactor(Observation, CHURN)
_event_fields = _compactor(Event)


def observation_body(observation: Observation) -> tuple[str, bytes]:
    """JSON that jsonlines.decode_observation reads back as an equal Observation, and a digest of what it says.

    All but `component`, which has a column of its own.

    The digest is the same however often the same is fetched, and by which version of the reader. Fields at their
    default do not count, so a field that a later version adds changes no digest.
    Raises UnicodeEncodeError for text with lone surrogates, which UTF-8 cannot hold.
    """
    said = _said(observation)
    text = _deterministic.encode(said)
    digest = blake2b(_without_churn(said) if observation.raw else text, digest_size=16).digest()
    churn = {name: value for name in _KEPT_CHURN if (value := getattr(observation, name)) is not None}
    return (text[:-1] + b"," + jsonlines.encode(churn)[1:] if churn else text).decode(), digest


def _without_churn(said: dict[str, Any]) -> bytes:
    raw = {name: value for name, value in said["raw"].items() if name not in CHURN}
    return _deterministic.encode(said | {"raw": raw} if raw else {k: v for k, v in said.items() if k != "raw"})


def event_body(event: Event) -> str:
    """JSON that jsonlines.decode_event reads back as an equal Event. Raises UnicodeEncodeError, as above."""
    return jsonlines.encode(_event_fields(event)).decode()


def group_key(source: str, uid: str) -> bytes:
    """The digest of a source's name and a UID."""
    return blake2b(f"{len(source)}:{source}{uid}".encode(), digest_size=16).digest()


def recurrence_key(moment: Moment | None) -> str:
    """Names the occurrence that an override replaces: "" for none, else the same for the same instant in any zone."""
    if moment is None:
        return ""
    if moment.time is None or moment.zone is None or zone_info(moment.zone) is None:
        return str(moment)
    return moment.utc().strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp(instant: dt.datetime) -> int:
    """An aware datetime as microseconds since 1970 (UTC); a naive one is taken to be UTC."""
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def when(microseconds: int) -> dt.datetime:
    """The inverse of `stamp`."""
    return _EPOCH + microseconds * _MICROSECOND
