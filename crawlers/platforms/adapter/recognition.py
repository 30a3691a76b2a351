"""Which platforms an address, a page or a calendar is of, and the sources that this makes possible."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from string import Formatter
from urllib.parse import quote, urlsplit

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["Recognised", "Seen", "recognised"]

_MOST_SEARCHED = 2_000_000
_MOST_SEVERAL = 20
_AT_CRAWL_TIME = re.compile(r"today(?:[+-]\d{1,4}d)?|year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of something that was fetched: its address, the addresses that it embeds or links to as calendars,
    its text where it is a page, the lines of its header, the PRODID where it is a calendar, and the software that
    the site names (NodeInfo)."""

    url: str
    embedded: tuple[str, ...] = ()
    page: str = ""
    header: str = ""
    prodid: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A platform, by which mark it was recognised, and the parameters found; `several` are the values of the one that
    may have many (Marks.several)."""

    platform: Platform
    mark: str
    parameters: Mapping[str, str]
    several: tuple[str, ...] = ()

    def addresses(self) -> Iterator[tuple[Way, str]]:
        """Each way whose parameters are all known, with the address of its source; of several calendars, of each."""
        named = self.platform.marks.several
        of_each = [{named[0]: value} for value in self.several] if named else []
        for way in self.platform.ways:
            made = (_filled(way.url, {**way.otherwise, **self.parameters, **one}) for one in of_each or [{}])
            yield from ((way, url) for url in dict.fromkeys(made) if url is not None)


def recognised(seen: Seen, platforms: Iterable[Platform]) -> list[Recognised]:
    """The platforms that `seen` has marks of; those of the address itself first."""
    found = [one for platform in platforms if (one := _recognised(platform, seen)) is not None]
    return sorted(found, key=lambda one: _ORDER.index(one.mark))


_ORDER = ("address", "software", "header", "prodid", "embedded", "page")


def _recognised(platform: Platform, seen: Seen) -> Recognised | None:
    marks = platform.marks
    parts = urlsplit(seen.url)
    places = (
        ("address", marks.address, (seen.url,)),
        ("software", tuple(f"^{re.escape(name)}$" for name in marks.software), (seen.software,)),
        ("header", marks.header, (seen.header,)),
        ("prodid", marks.prodid, (seen.prodid,)),
        ("embedded", marks.address, seen.embedded),
        ("page", marks.page, _pages(marks, seen)),
    )
    first: str | None = None
    parameters: dict[str, str] = {}
    matched: list[str] = []
    name_of_several, values = marks.several or ("", iter)
    for mark, patterns, texts in places:
        for pattern in patterns:
            for match in (one for text in texts for one in islice(_compiled(pattern).finditer(text), _MOST_SEVERAL)):
                first = first or mark
                for name, value in match.groupdict().items():
                    if value and name == name_of_several:
                        matched.append(value)
                    elif value:
                        parameters.setdefault(name, value)
    parameters.setdefault("site", f"{parts.scheme}://{parts.netloc}")
    parameters["page"] = parts._replace(query="", fragment="").geturl()
    several = dict.fromkeys(value for text in matched for value in values(text))
    return Recognised(platform, first, parameters, tuple(islice(several, _MOST_SEVERAL))) if first else None


def _pages(marks: Marks, seen: Seen) -> tuple[str, ...]:
    """The text of the page, unless it lacks what every page of the platform has."""
    text = seen.page[:_MOST_SEARCHED]
    return (text,) if marks.every_page is None or _compiled(marks.every_page).search(text) else ()


def _filled(template: str, parameters: Mapping[str, str]) -> str | None:
    """The template with its parameters; None where one is not known. What is a date at crawl time stays."""
    filled: list[str] = []
    for text, name, notation, _ in Formatter().parse(template):
        filled.append(text)
        if name is None:
            continue
        if _AT_CRAWL_TIME.fullmatch(name):
            filled.append(f"{{{name}:{notation}}}" if notation else f"{{{name}}}")
        elif value := parameters.get(name):
            filled.append(value if name in ("site", "page") else quote(value, safe="/:@-._~%"))
        else:
            return None
    return "".join(filled)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
