"""How the answers of platforms go on: by number, by offset, by a cursor, by a link, or by dates."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.readers import Context
from crawlers.readers.lists import paths
from crawlers.readers.web_address import absolute

__all__ = ["ByCursor", "ByDates", "ByLink", "ByOffset", "ByPage", "Nested"]


@dataclass(frozen=True, slots=True)
class ByPage:
    """Pages with numbers. `total` is the path to how many there are, `entries` to how many entries there are in all;
    `size` is how many entries a full page has, or the path to that.

    Where the answer does not say how many there are, a page that is not full is the last one; an empty one always is,
    and one that is answered with a status of `past_the_end` is none.
    """

    parameter: str
    total: str | None = None
    size: int | str | None = None
    first: int = 1
    entries: str | None = None
    past_the_end: tuple[int, ...] = ()

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        number = _number(_query(url).get(self.parameter), self.first)
        if not count or number + 1 - self.first >= self._pages(document, count, number):
            return None
        return _with(url, {self.parameter: str(number + 1)})

    def _pages(self, document: Any, count: int, number: int) -> int:
        """How many pages there are; one more than those read where only a full page says that there is another."""
        size = _number(_one(document, self.size), 0) if isinstance(self.size, str) else self.size or 0
        if self.total and (pages := _number(_one(document, self.total), -1)) >= 0:
            return pages
        if self.entries and size and (entries := _number(_one(document, self.entries), -1)) >= 0:
            return -(-entries // size)
        is_full = count >= size if size else not (self.total or self.entries)
        return number + 2 - self.first if is_full else 0


@dataclass(frozen=True, slots=True)
class ByOffset:
    """Entries counted from 0: `parameter` skips so many. `total` is the path to how many there are in all.

    `size_in` names the parameter by which an address asks for pages of another size.
    """

    parameter: str
    size: int
    total: str | None = None
    size_in: str | None = None

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        query = _query(url)
        size = _number(query.get(self.size_in), self.size) if self.size_in else self.size
        reached = _number(query.get(self.parameter), 0) + size
        total = _number(_one(document, self.total), -1) if self.total else -1
        goes_on = reached < total if total >= 0 else count >= max(1, size)
        return _with(url, {self.parameter: str(reached)}) if goes_on else None


@dataclass(frozen=True, slots=True)
class ByCursor:
    """A mark that the answer gives, at the path `at`, is sent back as `parameter` (a list as several); `more` is the
    path to a truth that says whether there is more, where the mark alone does not."""

    parameter: str
    at: str
    more: str | None = None

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        cursor = paths.texts(document, self.at)
        if not cursor or (self.more and _one(document, self.more) != "true"):
            return None
        return _with(url, {self.parameter: cursor})


@dataclass(frozen=True, slots=True)
class ByLink:
    """The answer names the next address, at the path `at`, or at the first of these paths where something stands."""

    at: str | tuple[str, ...]

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        stated = (self.at,) if isinstance(self.at, str) else self.at
        return absolute(next(filter(None, (_one(document, path) for path in stated)), ""), url)


@dataclass(frozen=True, slots=True)
class ByDates:
    """A window of `days` between two dates of the query moves on until `ahead` days from now are covered.

    `pattern` is how the dates are written (strftime). `end` is left out where the platform wants only a beginning.
    """

    start: str
    end: str | None
    days: int
    ahead: int = 400
    pattern: str = "%Y-%m-%d"

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        query = _query(url)
        try:
            start = dt.datetime.strptime(query.get(self.start, ""), self.pattern).date()  # noqa: DTZ007 - a day
        except ValueError:
            return None
        following = start + dt.timedelta(days=self.days)
        if following >= context.now.date() + dt.timedelta(days=self.ahead):
            return None
        changes = {self.start: following.strftime(self.pattern)}
        if self.end:
            changes[self.end] = (following + dt.timedelta(days=self.days)).strftime(self.pattern)
        return _with(url, changes)


@dataclass(frozen=True, slots=True)
class Nested:
    """Pages within windows: the `pages` of one are read to the end, then the next of the `windows` from its first."""

    pages: ByPage | ByOffset
    windows: ByDates

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        within = self.pages.next_url(url, document, count, context)
        return within or self.windows.next_url(_without(url, self.pages.parameter), document, count, context)


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _with(url: str, changes: Mapping[str, str | list[str]]) -> str:
    """`url` with these parameters of its query, at their places; new ones at the end."""
    parts = urlsplit(url)
    left = {name: [value] if isinstance(value, str) else value for name, value in changes.items()}
    query: list[tuple[str, str]] = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        query += [(name, one) for one in left.pop(name, ())] if name in changes else [(name, value)]
    query += [(name, one) for name, values in left.items() for one in values]
    return parts._replace(query=urlencode(query, safe="/:,[]$'", errors="replace")).geturl()


def _without(url: str, name: str) -> str:
    parts = urlsplit(url)
    query = [(one, value) for one, value in parse_qsl(parts.query, keep_blank_values=True) if one != name]
    return parts._replace(query=urlencode(query, safe="/:,[]$'", errors="replace")).geturl()


def _one(document: Any, path: str) -> str:
    return next(iter(paths.texts(document, path)), "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
