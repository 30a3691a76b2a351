"""Readers: pure functions from bytes to what they say. They fetch nothing, store nothing and know no Scrapy.

A reader yields Observations, links to Follow, components that are Unchanged, and entries that were Skipped with the
reason. It raises ReadError only when the bytes as a whole are not what it reads.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from hobnob.observations import Follow, Observation, Skipped, Unchanged

__all__ = ["READERS", "Context", "Reader", "Reading", "reader"]

Reading = Observation | Follow | Unchanged | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reader may know besides the bytes.

    `url` is where the bytes came from, `source` the name of the source; `time_zone` and `language` are the
    source's defaults; `content_type` is the HTTP header's value.
    """

    now: dt.datetime
    source: str
    url: str
    time_zone: str | None = None
    language: str | None = None
    content_type: str | None = None


Reader = Callable[[bytes, Context], Iterator[Reading]]

#: Each reader by its name in a source declaration: the module that has it as `read`.
READERS = {
    "ics": "crawlers.readers.icalendar",
    "feed": "crawlers.readers.feed",
    "html": "crawlers.readers.html",
    "confs-tech": "crawlers.readers.confs_tech",
}


def reader(name: str) -> Reader:
    """The reader called `name`; raises KeyError when there is none."""
    read: Reader = import_module(READERS[name]).read
    return read
