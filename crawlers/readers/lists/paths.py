"""Paths of keys into JSON, YAML and XML: "venue.city", "dates[0].begin", "results.*.event".

A step is a key, or in a list a number counted from 0 (from the end: -1); `*` is every entry of a list or every value of
an object. A key of a list is that of each object in it. A key that holds a dot is quoted:
`extras["cityscrapers.org/id"]`. A leading `$` is the document, as in JSONPath (RFC 9535), of which this is the part
that declarations need. An object that stands for an XML element has its text at "#text".
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

__all__ = ["at", "text", "texts"]

_MOST = 100_000
_STEP = re.compile(r"\[\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\d{1,9}|\*))\s*\]|([^.\[\]]+)")
_INDEX = re.compile(r"-?\d{1,9}")


def at(document: Any, path: str) -> list[Any]:
    """What stands at `path`, in the order of the document; nulls and what is missing are left out."""
    steps = _steps(path)
    return list(islice((one for one in _walk(document, steps) if one is not None), _MOST))


def texts(document: Any, path: str) -> list[str]:
    """The texts, numbers and truths at `path`, and those of a list that stands there, as they are written."""
    found: list[str] = []
    for value in at(document, path):
        for one in value if isinstance(value, list) else (value,):
            if written := text(one):
                found.append(written)
    return found[:_MOST]


def text(value: Any) -> str:
    """A text as it is (an element's own), a number or truth as JSON writes it; "" for infinity and anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else ""
    if isinstance(value, dict):
        own = value.get("#text")
        return own if isinstance(own, str) else ""
    if isinstance(value, float) and abs(value) < 1e30:
        return str(int(value)) if value.is_integer() else repr(value)
    return ""


def _walk(value: Any, steps: tuple[str | int, ...]) -> Iterator[Any]:
    if not steps:
        yield value
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in inner:
            yield from _walk(one, rest)
    elif isinstance(value, dict):
        yield from _walk(value.get(str(step)), rest)
    elif isinstance(value, list) and isinstance(step, int):
        if -len(value) <= step < len(value):
            yield from _walk(value[step], rest)
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, dict):
                yield from _walk(one, steps)


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str | int, ...]:
    found: list[str | int] = []
    for double, single, index, key in _STEP.findall(path.strip().removeprefix("$")):
        step = double or single or index or key.strip()
        found.append(int(step) if not (double or single) and _INDEX.fullmatch(step) else step)
    return tuple(found)
