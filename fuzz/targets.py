"""What is fuzzed: each reader, HTML by the syntax of its events, and dates in words; with real files to begin with.

The first byte of an input says under which Context the rest is read: those of the cases, in their order. So a table is
fuzzed with the columns that its cases declare.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawlers.readers import Context
from hobnob.sources import Pick

__all__ = ["MOST_BYTES", "TARGETS", "Target", "context", "contexts", "seeds"]

MOST_BYTES = 16_384
"""Longer seeds are not used, longer inputs not made: size itself is tested elsewhere."""

_CASES = Path(__file__).parents[1] / "tests" / "cases"
_PLAIN: Mapping[str, Any] = {"time_zone": "Europe/Berlin", "language": "en"}
_LANGUAGES = (None, "en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ja")
_MOST_CONTEXTS = 256


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fuzz: a `reader` (or "dates"), the endings of files to begin with, what such a file `holds`, and a
    dictionary of tokens. `declared`: only under contexts that declare fields; else only under those that do not."""

    name: str
    reader: str
    endings: tuple[str, ...]
    dictionary: str
    holds: str = ""
    declared: bool = False


TARGETS = {
    target.name: target
    for target in (
        Target("ics", "ics", ("ics", "ical", "vcs"), "ics"),
        Target("jcal", "jcal", ("json",), "json"),
        Target("feed", "feed", ("xml", "rss", "atom", "json"), "feed", holds=r"<rss|<feed|<rdf|jsonfeed"),
        Target("json-ld", "html", ("html",), "html", holds=r"application/ld\+json"),
        Target("microdata", "html", ("html",), "html", holds=r"itemscope"),
        Target("rdfa", "html", ("html",), "html", holds=r"\stypeof="),
        Target("microformats", "html", ("html", "xml"), "html", holds=r"\b(?:h-event|vevent)\b"),
        Target("selectors", "html", ("html",), "html", declared=True),
        Target("json", "json", ("json", "jsonl", "ndjson", "geojson", "js"), "json"),
        Target("declared-json", "json", ("json",), "json", declared=True),
        Target("confs-tech", "confs-tech", ("json",), "json"),
        Target("csv", "csv", ("csv", "tsv"), "csv", declared=True),
        Target("xml", "xml", ("xml",), "feed", declared=True),
        Target("yaml", "yaml", ("yaml", "yml"), "yaml", declared=True),
        Target("markdown", "markdown", ("md",), "markdown", declared=True),
        Target("dates", "dates", (), "dates"),
    )
}


def context(values: Mapping[str, Any]) -> Context:
    """A Context from the `context` of a case's expectation."""
    read: dict[str, Any] = {"now": dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc), "source": "fuzz"} | dict(
        values
    )
    read.setdefault("url", "https://example.org/a/b")
    if "since" in read:
        read["since"] = dt.date.fromisoformat(read["since"])
    fields = read.get("fields", {})
    read["fields"] = {name: Pick(at=at) if isinstance(at, str) else Pick(**at) for name, at in fields.items()}
    return Context(**read)


@cache
def contexts(name: str) -> tuple[Mapping[str, Any], ...]:
    """Those that the first byte of an input chooses among."""
    target = TARGETS[name]
    if target.reader == "dates":
        return tuple({"language": language} if language else {} for language in _LANGUAGES)
    found = [] if target.declared else [{}, _PLAIN]
    for _, values in _cases(target):
        if bool(values.get("fields")) == target.declared and values not in found:
            found.append(values)
    return tuple(found[:_MOST_CONTEXTS]) or (_PLAIN,)


def seeds(name: str) -> Iterator[bytes]:
    """The cases of the target with their contexts, and other files of the suites that look like its own."""
    target = TARGETS[name]
    if target.reader == "dates":
        yield from _texts()
        return
    known = contexts(name)
    for path, values in _cases(target):
        yield from _seed(path, target, known.index(values) if values in known else 0)
    if not target.declared:
        for ending in target.endings:
            for path in sorted(_CASES.glob(f"[!r]*/**/*.{ending}")):
                yield from _seed(path, target, 0)


def _seed(path: Path, target: Target, chosen: int) -> Iterator[bytes]:
    if path.stat().st_size >= MOST_BYTES or path.suffix.lstrip(".") not in target.endings:
        return
    data = path.read_bytes()
    if re.search(target.holds, data.decode("latin-1"), re.IGNORECASE):
        yield bytes([chosen]) + data


def _cases(target: Target) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for expected in sorted(_CASES.glob(f"readers/{target.reader}/*/expected.json")):
        for path in expected.parent.glob("input.*"):
            yield path, json.loads(expected.read_text(encoding="utf-8")).get("context", {})


def _texts() -> Iterator[bytes]:
    """The texts of the cases of dates in words, under the language that their line names."""
    for path in sorted(_CASES.glob("dates*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            columns = line.split("\t")
            chosen = next((_LANGUAGES.index(one) for one in columns if one in _LANGUAGES), 0)
            yield from (bytes([chosen]) + one.encode() for one in columns if any(map(str.isdigit, one)))
