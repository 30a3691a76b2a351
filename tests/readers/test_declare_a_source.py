"""docs/declare-a-source.md: each declaration reads what stands below it, and gives what the page says it gives."""

import datetime as dt
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from crawlers.readers import Context, reader
from crawlers.sources import declaration
from crawlers.sources.picks import FIELDS, READERS_WITH_FIELDS
from hobnob.observations import Observation, Place
from hobnob.sources import Pick

TEXT = (Path(__file__).parents[2] / "docs" / "declare-a-source.md").read_text("utf-8")
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
_EXAMPLE = re.compile(
    r"```toml\n(?P<toml>(?:(?!```).)*?)```\n\n```(?:html|csv|markdown|yaml|xml)\n(?P<input>.*?)```\n\ngives\n\n(?P<table>(?:\|[^\n]*\n)+)",
    re.DOTALL,
)
EXAMPLES = [match.groupdict() for match in _EXAMPLE.finditer(TEXT)]


def _place(place: Place | None) -> str:
    parts = (place.text or place.name, place.address_locality, place.address_country) if place else ()
    return ", ".join(part for part in parts if part)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: re.search('name = "(.*?)"', one["toml"])[1])
def test_an_example_gives_what_the_page_says(example):
    (table,) = tomllib.loads(example["toml"])["source"]
    source = declaration(table)
    context = Context(
        now=NOW,
        source=source.name,
        url=source.url,
        fields=source.fields,
        language=source.language,
        time_zone=source.time_zone,
        date_order=source.date_order,
    )
    readings = reader(source.reader)(example["input"].encode(), context)
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in example["table"].splitlines()[2:]]
    found = [
        [str(one.start_date), one.name, one.event_status or "", _place(one.location), one.url or ""]
        for one in readings
        if isinstance(one, Observation)
    ]
    assert found == rows


def test_every_reader_with_fields_but_feeds_and_json_has_an_example():
    readers = {tomllib.loads(one["toml"])["source"][0]["reader"] for one in EXAMPLES}
    assert readers == set(READERS_WITH_FIELDS) - {"feed", "json"}


def test_every_field_key_and_reader_is_described():
    described = set(re.findall(r"`([^`\n]+)`", TEXT))
    assert {*FIELDS, *READERS_WITH_FIELDS, *(one.name for one in fields(Pick))} <= described
