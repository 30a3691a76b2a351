"""The title and the name that a source is proposed with."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from crawlers.discovery.event_words import folded
from crawlers.readers.plain_text import line

__all__ = ["name_of", "telling", "title_of", "without_maker"]

_LONGEST_TITLE = 100
_LONGEST_NAME = 40
_SAYS_NOTHING = re.compile(
    r"(?:all |our |the |upcoming |alle )*(?:events?|calendar|calendars|home|homepage|home page|start|startseite|agenda|"
    r"veranstaltungen|veranstaltungskalender|termine|kalender|eventos|calendario|eventi|evenements|evenementen|index|"
    r"untitled|feed|rss|ical|events? calendar|calendar of events|untitled calendar|noname|default|test)",
)

_ENDS_IN_A_NAME = re.compile(r"(.+?)\s+[|·•–—-]\s+([^|·•–—]{1,60})")


def title_of(*said: str | None, url: str) -> str:
    """The first of what documents call themselves that tells whose they are; else the host, or the file's name."""
    return telling(*said) or _host(url) or PurePosixPath(unquote(urlsplit(url).path)).stem or "source"


def telling(*said: str | None) -> str | None:
    """The first of some titles that is more than "Events" or "Home"."""
    titles = [line(one, _LONGEST_TITLE) for one in said if one]
    return next((one for one in titles if one.isprintable() and not _SAYS_NOTHING.fullmatch(folded(one))), None)


def without_maker(title: str | None, makers: Iterable[str]) -> str | None:
    """The title of a page without the name of its platform at the end: "Rowing Club | Meetup"."""
    found = _ENDS_IN_A_NAME.fullmatch(title or "")
    return found[1] if found and folded(found[2]) in map(folded, makers) else title


def name_of(title: str, url: str) -> str:
    """A short name from the title; from the address where the title has no Latin letters or is only the host."""
    name = _slug(title)
    if len(name.replace("-", "")) < 4 or title == _host(url):
        parts = urlsplit(url)
        name = _slug(PurePosixPath(unquote(parts.path)).stem if parts.scheme == "file" else _host(url))
    return name or "source"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", folded(text)))
    name = ""
    for word in words:
        if name and len(name) + len(word) >= _LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word[:_LONGEST_NAME]
    return name
