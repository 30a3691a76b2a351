"""A declared source: where events are published, how to read it, and what holds for those that do not say."""

import datetime as dt
from dataclasses import dataclass

__all__ = ["Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One calendar, feed, page or list.

    `name` is short and unique (lower case, digits, hyphens); `title` is for people. `reader` is one of
    "ics", "feed", "html", "confs-tech". `url` may be http, https or file; a file's path is relative to the
    declaration. `time_zone`, `language`, `industries`, `kind` and `place` are the defaults of its events.
    `every` is how often to fetch. `follow_depth` is how many links deep a page spider goes within its site
    (0: only `url`), `follow` a regular expression that a link to an event's page must match. `private`
    allows addresses on private networks. `declared_in` names the file.
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
    private: bool = False
    declared_in: str | None = None
