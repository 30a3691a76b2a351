"""Entries read by the fields that their source declares (hobnob.sources.Pick): dates in a title, a place in a text.

`at` is the name of an element of the entry as in `names` ("title", "description", "ev:location"); "link" is the entry's
address, "@id" an attribute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from crawlers.readers import Context
from crawlers.readers.declared import rows
from crawlers.readers.declared.row_dates import DATE_FIELDS
from crawlers.readers.declared.values import Entry as Row
from crawlers.readers.declared.values import Value
from crawlers.readers.feeds.entry import Entry, inner
from crawlers.readers.feeds.observation import VERSION, observation
from crawlers.readers.feeds.written_times import When
from crawlers.readers.plain_text import prose
from crawlers.readers.web_address import absolute, web
from hobnob.observations import Observation
from hobnob.sources import Pick

__all__ = ["dates_are", "events"]

_OURS = {"uid", "start_date", "end_date", "raw", "reader", "fetched_at", "source_url", "source"}


def dates_are(context: Context) -> bool:
    """Whether the source says where the dates are."""
    return any(name in context.fields for name in DATE_FIELDS)


def events(entry: Entry, context: Context) -> Iterator[Observation]:
    """The events that the declared fields give; what they leave open is filled from the entry."""
    picks = {"name": Pick(at="title"), **context.fields}
    row = Row(lambda at: _values(entry, at), entry.line)
    found = rows.observations([row], picks, context, version=VERSION, base=entry.base)
    events = [one for one in found if isinstance(one, Observation)]
    for one in events:
        own = observation(entry, When(one.start_date, one.end_date), context)
        taken = {
            field.name: value
            for field in fields(one)
            if field.name not in _OURS and (value := getattr(one, field.name)) not in (None, (), {})
        }
        if "uid" in context.fields or len(events) > 1:
            taken["uid"] = one.uid
        yield replace(own, **taken, raw=own.raw | one.raw)


def _values(entry: Entry, at: str) -> Sequence[Value]:
    """What stands in the elements called `at`; of the whole entry for ""."""
    name = at.lower()
    if name == "link":
        return [Value(url, url) for url in (entry.link(),) if url]
    elements = [one for found in entry.named.values() for one in found] if not name else entry.all(name)
    return [
        Value(text, absolute(one.get("url") or one.get("href"), entry.base) or web(text))
        for one in elements
        if (text := prose(inner(one)) or one.get("term") or one.get("url") or one.get("href") or "")
    ]
