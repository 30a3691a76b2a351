"""What stands at a declared place of an entry, and what of it is taken (hobnob.sources.Pick)."""

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import regex  # type: ignore[import-untyped]  # unlike re, it can be given a time limit

from hobnob.sources import Pick

__all__ = ["Entry", "Value", "Values", "linked"]

LONGEST_MATCHED = 2000
"""So many characters of a text a `match` is tried on."""

_OWN = ("name", "dates", "every_date", "start_date")
_LONGEST = 20_000
_MATCH_SECONDS = 0.1
_MOST_TIMEOUTS = 10
_MOST_VALUES = 200
_MARKDOWN_LINK = re.compile(
    r"!?\[([^\[\]]{0,500})\]\(\s*<?([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?[^()]{0,300}\)"
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_HTML_LINK = re.compile(r"<a\s[^<>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s<>]{1,2000})[^<>]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """One text as it stands there, with its line breaks, and the address that it links to."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: `find` gives what stands at a place of it ("" for the whole entry), in order.

    `line` is where it begins, counted from 1, where that is known; `shared` are places that other entries have as
    well, such as the heading above: what stands there makes no entry.
    """

    find: Callable[[str], Sequence[Value]]
    line: int | None = None
    shared: Container[str] = frozenset()


def linked(text: str) -> Value:
    """A cell of text; of a Markdown or HTML link in it the text stays, and the first address is what it links to."""
    text = text[:_LONGEST]
    url = None
    if "](" in text:
        for match in _MARKDOWN_LINK.finditer(text):
            if not match[0].startswith("!"):
                url = match[2]
                break
        text = _MARKDOWN_LINK.sub(lambda match: "" if match[0].startswith("!") else match[1], text)
    if "<" in text:
        if bare := _AUTOLINK.search(text):
            url = url or bare[1]
            text = _AUTOLINK.sub(lambda one: one[1], text)
        if anchor := _HTML_LINK.search(text):
            url = url or html.unescape(anchor[1])
    return Value(text, url)


@dataclass(slots=True)
class Values:
    """The values of the declared `fields` in one entry after another.

    `slow` counts how often a `match` was given up because it took too long; after a few times none is tried any more,
    so that hostile text cannot hold a crawl up.
    """

    fields: Mapping[str, Pick]
    slow: int = field(default=0, init=False)

    def of(self, name: str, entry: Entry) -> list[Value]:
        """What is taken for the field `name`, never an empty text: the declared value where nothing is found."""
        pick = self.fields.get(name)
        if pick is None:
            return []
        return self._found(name, pick, entry) or ([Value(pick.value)] if pick.value else [])

    def stand_in(self, entry: Entry) -> bool:
        """Whether `entry` has a name or a date of its own, as declared: the head of a table has none."""
        picks = ((name, pick) for name in _OWN if (pick := self.fields.get(name)) is not None)
        return any(self._found(name, pick, entry) for name, pick in picks if pick.at not in entry.shared)

    def _found(self, name: str, pick: Pick, entry: Entry) -> list[Value]:
        if pick.at is None and pick.match is None:
            return []
        return list(self._matched(entry.find(pick.at or "")[:_MOST_VALUES], pick.match, name))

    def _matched(self, values: Iterable[Value], pattern: str | None, name: str) -> Iterator[Value]:
        for value in values:
            if pattern is None:
                if value.text.strip() or value.url:
                    yield value
                continue
            subject = value.url if name in ("url", "image") and value.url else " ".join(value.text.split())
            if (taken := self._searched(pattern, subject[:LONGEST_MATCHED])) is not None:
                yield Value(taken) if name in ("url", "image") else Value(taken, value.url)

    def _searched(self, pattern: str, text: str) -> str | None:
        if self.slow >= _MOST_TIMEOUTS:
            return None
        try:
            match = _compiled(pattern).search(text, timeout=_MATCH_SECONDS)
        except TimeoutError:
            self.slow += 1
            return None
        taken: str | None = None
        if match:
            taken = next((one for one in match.groups() if one), "") if match.re.groups else match[0]
        return taken.strip() or None if taken else None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern)
