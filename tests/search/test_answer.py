import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hobnob.events import Event
from hobnob.feeds.icalendar import calendar
from hobnob.moments import UTC, Moment
from hobnob.queries import Hit, Page, Query, Sort
from hobnob.settings import Settings
from indexer.search import Filters
from indexer.search.answer import MOST_EVENTS, calendar_for, events_for, feed_calendar

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=UTC)
START = Moment(dt.date(2026, 12, 1))
SETTINGS = Settings(data_dir=Path("nowhere"), config_dir=Path("nowhere"), time_zone="UTC")


class Everything:
    """An engine and a catalogue of so many events, all of which are found."""

    def __init__(self, count: int) -> None:
        self.ids = [f"event{number:05d}" for number in range(count)]
        self.asked: list[Query] = []

    def search(self, query: Query) -> Page:
        self.asked.append(query)
        first = (query.page - 1) * query.limit
        hits = tuple(Hit(id=id_, name=id_, start_date=START) for id_ in self.ids[first : first + query.limit])
        return Page(hits=hits, total=len(self.ids), query=query)

    def events(self, ids: Iterable[str]) -> Iterator[Event]:
        return (Event(id=id_, name=id_, start_date=START) for id_ in ids)


@pytest.mark.parametrize("count", [0, 1, 1000, 1001, MOST_EVENTS, MOST_EVENTS + 500])
def test_all_that_is_found_whatever_page_is_asked_for(count: int) -> None:
    all_: Any = Everything(count)
    query = Query(now=NOW, text="x", limit=3, page=7, sort=Sort.RELEVANCE, all_occurrences=True)
    found = list(events_for(query, all_, all_))
    assert [event.id for event in found] == all_.ids[:MOST_EVENTS]
    for asked in all_.asked:
        assert replace(asked, limit=3, page=7) == replace(query, sort=Sort.DATE, all_occurrences=False)


def test_a_query_as_a_calendar() -> None:
    all_: Any = Everything(3)
    expected = calendar(all_.events(all_.ids), name="x")
    assert calendar_for(Query(now=NOW), all_, all_, name="x") == expected
    assert feed_calendar("x", Filters(), settings=SETTINGS, now=NOW, engine=all_, catalogue=all_) == expected


def test_a_feed_whose_time_is_over_is_empty() -> None:
    all_: Any = Everything(3)
    over = Filters(start="today", end="2026-11-01")
    assert feed_calendar("x", over, settings=SETTINGS, now=NOW, engine=all_, catalogue=all_) == calendar((), name="x")
