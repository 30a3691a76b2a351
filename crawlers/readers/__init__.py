"""Readers: pure functions from bytes to what they say. They fetch nothing, store nothing and know no Scrapy.

A reader yields Observations, links to Follow, components that are Unchanged, and entries that were Skipped with the
reason; once each, what the document says About itself, and how many entries were Over. It raises ReadError only when
the bytes as a whole are not what it reads.

A reader lives in `calendars`, `feeds`, `pages` or `lists`. What several of them read by lies below: `declared` (events
by the fields that a source declares), `schema_org` (its objects), `dates` (in words, with `date_words`), and the files
beside this one, each of which reads one kind of value. Feeds may hold pages; else no reader knows another's room.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from hobnob.observations import Follow, Observation, Skipped, Unchanged
from hobnob.sources import Pick

__all__ = ["READERS", "About", "Context", "Over", "Reader", "Reading", "reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a document says of itself: its title, and how long it asks to be left alone between two fetches."""

    title: str | None = None
    refresh: dt.timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """So many entries had ended before Context.since and were not read."""

    count: int


Reading = Observation | Follow | Unchanged | Skipped | About | Over


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reader may know besides the bytes.

    `url` is where the bytes came from, `source` the name of the source; `time_zone`, `language`, `fields` and
    `date_order` are the source's; `content_type` is the HTTP header's value. What ended before the day `since` need
    not be read (None: everything is). `known` holds the keys of the components that were read from this source before
    and are still stored (Observation.component): a reader that meets one of them may say Unchanged instead.
    `one_of_several`: the source leads to other pages, which may tell the same event, or others of its name.
    """

    now: dt.datetime
    source: str
    url: str
    time_zone: str | None = None
    language: str | None = None
    content_type: str | None = None
    fields: Mapping[str, Pick] = field(default_factory=dict)
    date_order: str | None = None
    since: dt.date | None = None
    known: Container[str] = frozenset()
    one_of_several: bool = False


Reader = Callable[[bytes, Context], Iterator[Reading]]

#: Each reader by its name in a source declaration: the module that has it as `read`.
READERS = {
    "ics": "crawlers.readers.calendars.icalendar",
    "jcal": "crawlers.readers.calendars.jcal",
    "feed": "crawlers.readers.feeds.feed",
    "html": "crawlers.readers.pages.html",
    "csv": "crawlers.readers.lists.csv_list",
    "markdown": "crawlers.readers.lists.markdown_list",
    "yaml": "crawlers.readers.lists.yaml_list",
    "json": "crawlers.readers.lists.json_events",
    "xml": "crawlers.readers.lists.xml_list",
    "confs-tech": "crawlers.readers.lists.confs_tech",
}


def reader(name: str) -> Reader:
    """The reader called `name`; raises KeyError when there is none."""
    read: Reader = import_module(READERS[name]).read
    return read
