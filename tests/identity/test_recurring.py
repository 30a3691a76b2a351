"""On which days a series takes place, by what its rule says. Expectations are read off a calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identity.recurring import NEVER, falls_on, repeats


def ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


START = ordinal("2026-03-04")  # a Wednesday, the first of its month


@pytest.mark.parametrize(
    ("rule", "on", "off"),
    [
        ("FREQ=WEEKLY", "2026-03-11", "2026-03-12"),
        ("FREQ=WEEKLY", "2026-03-04", "2026-02-25"),
        ("RRULE:FREQ=WEEKLY;BYDAY=WE,FR", "2026-03-06", "2026-03-05"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-03-18", "2026-03-11"),
        ("FREQ=WEEKLY;UNTIL=20260401T120000Z", "2026-04-01", "2026-04-08"),
        ("FREQ=WEEKLY;COUNT=3", "2026-03-18", "2026-04-15"),
        ("FREQ=DAILY", "2026-03-05", "2026-03-03"),
        ("FREQ=MONTHLY;BYDAY=1WE", "2026-04-01", "2026-04-08"),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=1", "2026-05-06", "2026-05-13"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", "2026-03-20"),
    ],
)
def test_a_rule_gives_days(rule, on, off):
    found = repeats((rule,), START)
    assert falls_on(found, START, ordinal(on))
    assert not falls_on(found, START, ordinal(off))


@pytest.mark.parametrize(
    "rules",
    [
        (),
        ("FREQ=YEARLY",),
        ("FREQ=WEEKLY", "FREQ=DAILY"),
        ("FREQ=WEEKLY;BYMONTH=6",),
        ("FREQ=WEEKLY;BYDAY=XX",),
        ("FREQ=WEEKLY;INTERVAL=0",),
        ("FREQ=MONTHLY;BYMONTHDAY=13",),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1WE",),
        ("FREQ=WEEKLY;" + "X" * 10_000,),
    ],
)
def test_a_rule_that_says_other_things_gives_none(rules):
    assert repeats(rules, START) == NEVER
    assert not falls_on(NEVER, START, START)


@given(st.text(st.sampled_from("FREQ=WKLYDAIMONTH;BYUI,+-0123456789²१")) | st.text(), st.integers(1, 3652059))
def test_any_text_can_be_a_rule(rule, day):
    for text in (rule, f"FREQ=WEEKLY;{rule}", f"FREQ=MONTHLY;BYDAY={rule}", f"FREQ=WEEKLY;UNTIL={rule};COUNT={rule}"):
        assert falls_on(repeats((text,), day), day, day) in (True, False)


def test_the_last_day_of_time():
    end = dt.date.max.toordinal()
    assert falls_on(repeats(("FREQ=MONTHLY;BYDAY=-1FR",), START), START, end)
