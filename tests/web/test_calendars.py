"""Calendars of a service that runs for years, on a clock of the test's."""

import datetime as dt
from contextlib import closing
from dataclasses import replace

from hobnob.moments import UTC
from hobnob.settings import Settings
from indexer.search import Filters
from tests.web.conftest import load, meetup
from web.calendars import Calendars


def test_a_weekly_meetup_is_there_after_years_in_which_nobody_crawled(empty: Settings) -> None:
    load(empty, replace(meetup("a", "Rust Meetup"), rrule=("FREQ=WEEKLY",)), meetup("b", "Once only"))
    in_three_years = dt.datetime.now(UTC) + dt.timedelta(days=3 * 365)
    with closing(Calendars(empty, clock=lambda: in_three_years)) as calendars:
        body = calendars.search(Filters()).body
    assert b"SUMMARY:Rust Meetup" in body
    assert b"Once only" not in body
