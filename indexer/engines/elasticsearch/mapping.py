"""What an index of ours looks like to the server: its settings, the fields of a document, and their version."""

from typing import Any

from indexer.engines.fields import PERSON_WORDS

__all__ = ["FORMAT", "STATE", "body", "is_ours"]

FORMAT = 1
"""Grows whenever the fields of a document, or what stands in them, change."""

STATE = "state"
"""The id of the document that holds where the index stands; it has no times, so that no search finds it."""

_KEYWORD = {"type": "keyword"}
_TIME = {"type": "date", "format": "strict_date_time_no_millis"}
_DAY = {"type": "date", "format": "strict_date"}
_STORED = {"type": "object", "enabled": False}
_READ = {"type": "text", "index": False}
_PHRASES = {"type": "text", "analyzer": "whitespace"}

#: `text` holds the tokens of name and body, `name_tokens` those of the name once more, for relevance; `people` the
#: words of names, far enough apart that a search for one name does not reach into the next. `name` and `description`
#: are what a person reads. `place` is that of the time among the event's times. `point` is where it is, as our own
#: distances take it, for what is on the edge of a circle. `card` and `time` are the hit. `batch` is the writing that a
#: document comes from, `number` the change it knows.
_PROPERTIES: dict[str, dict[str, Any]] = {
    "event": _KEYWORD,
    "key": _KEYWORD,
    "place": {"type": "integer"},
    "name": _READ,
    "description": _READ,
    "name_tokens": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
    "text": _PHRASES,
    "people": {**_PHRASES, "position_increment_gap": 100 * PERSON_WORDS},
    "industry": _KEYWORD,
    "kind": _KEYWORD,
    "status": _KEYWORD,
    "attendance": _KEYWORD,
    "free": {"type": "boolean"},
    "source": _KEYWORD,
    "language": _KEYWORD,
    "country": _KEYWORD,
    "city": _KEYWORD,
    "month": _KEYWORD,
    "location": {"type": "geo_point"},
    "latitude": {"type": "double"},
    "longitude": {"type": "double"},
    "point": _KEYWORD,
    "start_date": _TIME,
    "end_date": _TIME,
    "prev_end": _TIME,
    "prev_end_any": _TIME,
    "first_day": _DAY,
    "last_day": _DAY,
    "prev_last_day": _DAY,
    "prev_last_day_any": _DAY,
    "card": _STORED,
    "time": _STORED,
    "number": {"type": "long"},
    "batch": _KEYWORD,
    "state": _STORED,
}


def body(shards: int, replicas: int) -> dict[str, Any]:
    """What a new index is made with.

    Only a sync refreshes it, when all that belongs together is there. What was deleted is remembered for an hour, so
    that a writer who was late does not bring it back.
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "gc_deletes": "1h",
        },
        "mappings": {"dynamic": "strict", "_meta": {"hobnob_format": FORMAT}, "properties": _PROPERTIES},
    }


def is_ours(mappings: dict[str, Any]) -> str | None:
    """What is wrong with the mapping of an index, as the server tells it; None when it is the one above."""
    found = mappings.get("_meta", {}).get("hobnob_format")
    if found != FORMAT:
        return f"it has format {found}, not {FORMAT}" if found is not None else "it was not made by hobnob"
    properties = mappings.get("properties", {})
    for name, wanted in _PROPERTIES.items():
        if properties.get(name) != wanted:
            return f"its field {name!r} is not what it should be"
    more = sorted(set(properties) - set(_PROPERTIES))
    if more or mappings.get("dynamic") != "strict":
        return f"it takes in other fields{f', such as {more[0]!r}' if more else ''}"
    return None
