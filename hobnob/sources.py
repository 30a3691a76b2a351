"""A declared source: where events are published, how to read it, and what holds for those that do not say."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Pick", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Where one field of an event stands in what is read, and what to take of it.

    `at` is a CSS selector or an XPath on a page, a column's name in a table, a path of keys ("venue.city") in JSON,
    XML or YAML. `match` is a regular expression: its first group, or what it matches, is taken. `value` holds where
    `at` is not given or gives nothing.
    """

    at: str | None = None
    match: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One calendar, feed, page or list.

    `name` is short and unique (lower case, digits, hyphens); `title` is for people. `reader` is one of
    crawlers.readers.READERS ("ics", "feed", "html" ...). `url` may be http, https or file; a file's path is relative
    to the declaration. `time_zone`, `language`, `industries`, `kind` and `place` are the defaults of its events.
    `every` is how often to fetch. `follow_depth` is how many links deep a page spider goes within its site
    (0: only `url`), `follow` a regular expression that a link to an event's page must match. `fields` says where a
    page without structured data, or a table, has what (see crawlers.sources.picks), `date_order` how it writes dates
    in figures: "dmy", "mdy" or "ymd". `private` allows addresses on private networks. `declared_in` names the file.
    `platform` names an adapter of crawlers.platforms, `spider` a spider of crawlers.spiders.sites.
    """

    name: str
    title: str
    url: str
    reader: str
    platform: str | None = None
    homepage: str | None = None
    time_zone: str | None = None
    language: str | None = None
    industries: tuple[str, ...] = ()
    kind: str | None = None
    place: str | None = None
    every: dt.timedelta = dt.timedelta(days=1)
    enabled: bool = True
    note: str | None = None
    evidence: str | None = None
    licence: str | None = None
    follow_depth: int = 0
    follow: str | None = None
    fields: Mapping[str, Pick] = field(default_factory=dict, hash=False)
    date_order: str | None = None
    private: bool = False
    spider: str | None = None
    declared_in: str | None = None
