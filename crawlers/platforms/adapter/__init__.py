"""What adapters of platforms are made of: the types by which a platform declares itself.

`recognition` says which platforms a page is of, `paging` how a way goes on, `reading` how its answers are read,
`programme` what becomes of the sessions of a conference.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from crawlers.readers import Context
from hobnob.observations import Observation
from hobnob.sources import Pick

__all__ = ["Key", "Marks", "Paging", "Platform", "Way", "fields"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what a platform is recognised: regular expressions that are searched for, without regard to case.

    A named group is a parameter of the addresses of its ways: what it matches first counts. One that is called `site`
    counts before the page's own, for calendars of other sites that a page embeds; one called `time_zone` (an IANA name)
    is the zone of the sources. `address` is searched in the address of a page, and in those that it embeds or links to
    as a calendar; `page` in the text of an HTML page, which must have `every_page` somewhere, too, where that is given;
    `header` in the lines of the response's header ("x-tec-api-root: https://..."); `prodid` in a calendar's PRODID;
    `software` is the name of the software in the site's NodeInfo. `several` is a parameter of which a page may have
    many values (its calendars), each with sources of its own; the function makes these of what its group matched, none
    where that is nothing to read.
    """

    address: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    every_page: str | None = None
    header: tuple[str, ...] = ()
    prodid: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    several: tuple[str, Callable[[str], Iterable[str]]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that the platform wants of whoever asks: the user's own, from the settings (`keys`), sent to `host` only.

    It goes into the header `header`, after `prefix`, or into the query as `parameter`. `get_one_at` says where.
    """

    host: str
    get_one_at: str
    header: str | None = None
    prefix: str = ""
    parameter: str | None = None


class Paging(Protocol):
    """How a list goes on after one of its answers."""

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        """The address of what follows the answer of `url`, which had `count` entries; None at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to the events of a platform: an address, and how to read what is there.

    `url` is a template: `{site}` is scheme and host of the page that was recognised, `{page}` its address without
    query, any other name a parameter found by the marks, or failing that what `otherwise` has for it; `{today}`,
    `{today+90d}`, `{today:%Y%m%d}` stay in the source's address and are dates at crawl time. `reader` is one of
    crawlers.readers.READERS. `fields` say where the fields of an event stand, as in a declared source; `entries` turns
    one answer into the list of entries that they look at, where that is more than a path; without either, the reader
    reads the answer as it does any other. `paging` says how to go on, `also` which other addresses an answer leads to
    that are read in the same way. Where the entries only lead to pages that tell the events, `pages` is the path to the
    page's address in an entry (with a `follow_depth`). With `script` the answer is a page with JSON in it, right behind
    what this regular expression matches. `mend` puts right in an observation what the platform says in its own way in a
    standard format. With `calendar_zone` the zone that a calendar states for itself, or alone defines, is that of its
    events: their times in UTC are put on its clocks. `headers` are sent with each request. `base` is a regular
    expression and what to write for what it matches in the address of an answer: addresses in its entries are relative
    to the result, not to the answer. What is listed on a way with `programme` are sessions of one event: they are read
    as that event, which has the title of the source (see `programme`). `date_order` is how it writes dates in figures,
    `follow_depth` and `follow` are those of the source. `note` is for the documentation: what this way leaves out.
    """

    reader: str
    url: str
    fields: Mapping[str, Pick] = field(default_factory=dict)
    entries: Callable[[Any], Iterable[Any]] | None = None
    paging: Paging | None = None
    also: Callable[[Any], Iterable[str]] | None = None
    pages: str | None = None
    script: str | None = None
    mend: Callable[[Observation], Observation] | None = None
    calendar_zone: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    otherwise: Mapping[str, str] = field(default_factory=dict)
    base: tuple[str, str] | None = None
    key: Key | None = None
    programme: bool = False
    date_order: str | None = None
    follow_depth: int = 0
    follow: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """An event platform.

    `ways` are in the order in which to try them; those of one reader read alike, since a source is of the way that
    has its reader. `closed` says why its events cannot be read, for a platform that has no way. `evidence` says what
    this adapter was tried on, for the documentation: a real answer and where it was seen, or None when it was only
    written after a description.
    """

    name: str
    title: str
    marks: Marks
    ways: tuple[Way, ...] = ()
    closed: str | None = None
    evidence: str | None = None


def fields(**declared: str | Mapping[str, str]) -> Mapping[str, Pick]:
    """Fields as in a declaration: a path, or a table of `at`, `match` and `value` (crawlers.sources.picks)."""
    return {name: Pick(at=one) if isinstance(one, str) else Pick(**one) for name, one in declared.items()}
