"""How the answers of platforms go on: by number, by offset, by a cursor, by a link, or by dates."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.readers import Context
from crawlers.readers.lists import paths
from crawlers.readers.web_address import absolute

__all__ = ["ByCursor", "ByDates", "ByLink", "ByOffset", "ByPage"]


@dataclass(frozen=True, slots=True)
class ByPage:
    """Pages with numbers. `total` is the path to how many there are, `size` how many entries a full page has.

    Without `total`, a page that is not full is the last; without either, an empty one is.
    """

    parameter: str
    total: str | None = None
    size: int | None = None
    first: int = 1

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        number = _number(_query(url).get(self.parameter), self.first)
        last = _number(_one(document, self.total), -1) if self.total else -1
        goes_on = number < last - 1 + self.first if last >= 0 else count >= (self.size or 1)
        return _with(url, {self.parameter: str(number + 1)}) if goes_on else None


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
    """A mark that the answer gives, at the path `at`, is sent back as `parameter`; `more` is the path to a truth that
    says whether there is more, where the mark alone does not."""

    parameter: str
    at: str
    more: str | None = None

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        cursor = _one(document, self.at)
        if not cursor or (self.more and _one(document, self.more) != "true"):
            return None
        return _with(url, {self.parameter: cursor})


@dataclass(frozen=True, slots=True)
class ByLink:
    """The answer names the next address, at the path `at`."""

    at: str

    def next_url(self, url: str, document: Any, count: int, context: Context) -> str | None:
        return absolute(_one(document, self.at), url)


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


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _with(url: str, changes: Mapping[str, str]) -> str:
    """`url` with these parameters of its query, at their places; new ones at the end."""
    parts = urlsplit(url)
    query = [(name, changes.get(name, value)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    known = {name for name, _ in query}
    query += [(name, value) for name, value in changes.items() if name not in known]
    return parts._replace(query=urlencode(query, safe="/:,[]$'")).geturl()


def _one(document: Any, path: str) -> str:
    return next(iter(paths.texts(document, path)), "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
