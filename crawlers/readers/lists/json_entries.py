"""What the dialects of JSON have in common: one entry after another, each read by itself; where the next page is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from crawlers.readers import Context
from crawlers.readers.faults import skipped
from crawlers.readers.iso_dates import moment
from crawlers.readers.lists.json_document import Document
from crawlers.readers.plain_text import line
from crawlers.readers.told_apart import told_apart
from crawlers.readers.web_address import absolute
from hobnob.moments import Moment, iana_name
from hobnob.observations import Follow, Observation, Skipped

__all__ = [
    "MOST_ENTRIES",
    "Located",
    "Unreadable",
    "list_of",
    "next_page",
    "observations",
    "words",
    "written_moment",
]

MOST_ENTRIES = 20_000
"""So many entries of one document are read."""

_MOST_FAULTS = 100
_NEXT = (
    "next",
    "next_url",
    "nextUrl",
    "next_page_url",
    "nextPageUrl",
    "next_rest_url",
    "@odata.nextLink",
    "hydra:next",
)
_ENVELOPES = ("links", "_links", "meta", "pagination", "paging", "page", "view", "hydra:view")

Located = tuple[Any, int | None]
"""An entry, and the line on which it begins, where that is known."""


class Unreadable(Exception):
    """An entry gives no event; the message says why."""


def observations(
    entries: Iterable[Located], read: Callable[[Mapping[str, Any]], Observation], context: Context
) -> Iterator[Observation | Skipped]:
    """What `read` makes of each entry; of one that is Unreadable the number, counted from 1, and the reason.

    Entries that share a UID are told apart by their start: many programs repeat one id for every occurrence. What is
    there twice comes once.
    """
    found: list[Observation] = []
    faults: list[Skipped] = []
    unread = 0
    for number, (entry, where) in enumerate(entries, 1):
        if number > MOST_ENTRIES:
            faults.append(skipped(f"more than {MOST_ENTRIES} entries: the rest was left out", context, where))
            break
        try:
            if not isinstance(entry, Mapping):
                raise Unreadable("it is no JSON object")
            found.append(read(entry))
        except Unreadable as error:
            unread += 1
            if unread <= _MOST_FAULTS:
                faults.append(skipped(f"entry {number}: {error}", context, where))
    if unread > _MOST_FAULTS:
        faults.append(skipped(f"{unread - _MOST_FAULTS} more entries that cannot be read", context))
    yield from told_apart(found, lambda one: (one.start_date,))
    yield from faults


def list_of(value: Any) -> list[Any]:
    """The values of a property that may have one or many."""
    return value if isinstance(value, list) else [] if value is None else [value]


def words(value: Any, limit: int = 500) -> str:
    """A text or whole number as one line; "" for anything else."""
    return line(value, limit) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def written_moment(value: Any, zone: str | None, default: str | None = None) -> Moment | None:
    """A date or time in ISO 8601. Where the event itself names an IANA `zone`, its times are on those clocks, whatever
    their offset; a time without either is on those of `default`.
    """
    known = iana_name(zone) if zone else None
    found = moment(value, known or default) if isinstance(value, str) else None
    return found.in_zone(known) if found and known else found


def next_page(document: Document, context: Context) -> Iterator[Follow]:
    """The address of the next page, under one of the names that APIs have for it."""
    for value, _ in document.values[:1]:
        if not isinstance(value, Mapping):
            return
        for holder in (value, *(value.get(name) for name in _ENVELOPES)):
            if not isinstance(holder, Mapping):
                continue
            for one in (holder.get(name) for name in _NEXT):
                url = absolute(one.get("href") if isinstance(one, Mapping) else one, context.url)
                if url and url != context.url:
                    yield Follow(url=url, as_what="page")
                    return
