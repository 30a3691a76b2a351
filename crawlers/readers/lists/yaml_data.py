"""YAML 1.1 as plain lists, mappings and texts, from the parser's events: nothing in it is constructed or resolved.

Every scalar stays the text that was written, so that 2027-03-03, 18:30 and NO are not taken for dates, numbers and
truths; tags mean nothing. An alias is the object of its anchor, counted at its full size, so that a bomb stays small.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

__all__ = ["LONGEST", "YamlData", "load"]

LONGEST = 2_000_000
"""So many characters are read."""

_DEEPEST = 40
_MOST_NODES = 2_000_000
_MOST_FAULTS = 100
_MOST_ITEMS = 20_000
_NULLS = ("", "~", "null", "Null", "NULL")
_ITEM = re.compile(r"( *)-(?:\s|\Z)")
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlData:
    """The documents of a stream; `lines` tells of each mapping, by its id, on which line it begins.

    Where the stream is broken, `faults` says on which line and why, and `documents` is one list: of the items of the
    outermost list, those that are whole.
    """

    documents: list[Any] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


def load(text: str) -> YamlData:
    """All that can be read of `text`."""
    data = YamlData()
    whole = _cut(text)
    try:
        data.documents = _Builder(data.lines).read(whole, 0)
    except _BrokenError as error:
        data.documents = [_whole_items(whole, data)]
        if not data.faults:
            data.faults.append((error.line, error.reason))
    if len(whole) < len(text):
        data.faults.append((whole.count("\n") + 1, f"more than {LONGEST} characters: the rest was left out"))
    return data


def _cut(text: str) -> str:
    """As much of `text` as is read, to the end of an item of its list."""
    if len(text) <= LONGEST:
        return text
    text = text[:LONGEST]
    end = text.rfind(f"\n{' ' * _depth(text.splitlines())}- ")
    return text[: end + 1] if end > 0 else text


def _whole_items(text: str, data: YamlData) -> list[Any]:
    found: list[Any] = []
    builder = _Builder(data.lines)
    for number, item in islice(_items(text), _MOST_ITEMS):
        try:
            found += (one for document in builder.read(item, number) for one in document)
        except _BrokenError as error:
            data.faults.append((number + 1, error.reason))
            if len(data.faults) == _MOST_FAULTS:
                data.faults.append((number + 1, f"more than {_MOST_FAULTS} broken entries: the rest was left out"))
                break
    return found


def _items(text: str) -> Iterator[tuple[int, str]]:
    """The text of each item of the least indented list, and on which line, counted from 0, it begins."""
    lines = text.splitlines(keepends=True)
    depth = _depth(lines)
    begun: int | None = None
    for number, one in enumerate(lines):
        indent = len(one) - len(one.lstrip(" "))
        match = _ITEM.match(one)
        begins = match is not None and indent == depth
        ends = one.strip() != "" and indent <= depth and not one.lstrip().startswith("#")
        if begun is not None and ends:
            yield begun, "".join(lines[begun:number])
            begun = None
        if begins:
            begun = number
    if begun is not None:
        yield begun, "".join(lines[begun:])


def _depth(lines: list[str]) -> int:
    """How far the least indented list is indented."""
    return min((len(match[1]) for one in lines if (match := _ITEM.match(one))), default=0)


class _BrokenError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class _Open:
    """A collection that is being read; the `key` of a mapping waits for its value. `size` counts all inside it."""

    value: Any
    anchor: str | None
    key: str | None = None
    size: int = 1


class _Builder:
    """Builds documents; anchors hold from one `read` to the next, as do the limits."""

    def __init__(self, lines: dict[int, int]) -> None:
        self._lines = lines
        self._open: list[_Open] = []
        self._documents: list[Any] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._size = 0

    def read(self, text: str, number: int) -> list[Any]:
        """The documents of `text`, which begins on line `number`, counted from 0. Raises _BrokenError."""
        self._open, self._documents = [], []
        line = number
        try:
            for event in yaml.parse(text, Loader=_Parser):
                line = number + event.start_mark.line
                self._take(event, line)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            reason = getattr(error, "problem", None) or str(error).partition("\n")[0]
            raise _BrokenError((number + mark.line if mark else line) + 1, f"not YAML: {reason}") from error
        return self._documents

    def _take(self, event: Any, line: int) -> None:
        self._count(1, line)
        if isinstance(event, yaml.ScalarEvent):
            null = event.style in (None, "") and event.value in _NULLS
            self._keep(event.anchor, None if null else event.value, 1)
        elif isinstance(event, yaml.AliasEvent):
            value, size = self._anchors.get(event.anchor, (None, 1))
            self._count(size, line)
            self._add(value, size)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _DEEPEST:
                raise _BrokenError(line + 1, f"more than {_DEEPEST} levels deep")
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self._open.append(_Open({} if is_mapping else [], event.anchor))
            if is_mapping:
                self._lines[id(self._open[-1].value)] = line + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            if isinstance(done.value, dict):
                _merge(done.value)
            self._keep(done.anchor, done.value, done.size)

    def _count(self, size: int, line: int) -> None:
        if self._size + size > _MOST_NODES:
            raise _BrokenError(line + 1, f"more than {_MOST_NODES} values, counted with those that aliases repeat")
        self._size += size

    def _keep(self, anchor: str | None, value: Any, size: int) -> None:
        if anchor:
            self._anchors[anchor] = value, size
        self._add(value, size)

    def _add(self, value: Any, size: int) -> None:
        if not self._open:
            self._documents.append(value)
            return
        where = self._open[-1]
        where.size += size
        if isinstance(where.value, list):
            where.value.append(value)
        elif where.key is None:
            where.key = value if isinstance(value, str) else ""
        else:
            where.value[where.key] = value
            where.key = None


def _merge(value: dict[str, Any]) -> None:
    """Merge keys (yaml.org/type/merge): what the mapping does not say itself."""
    merged = value.pop("<<", None)
    for one in merged if isinstance(merged, list) else [merged]:
        if isinstance(one, dict):
            for key, inherited in one.items():
                value.setdefault(key, inherited)
