"""Recurrence rules against dateutil on random rules, and against what nobody else can be asked about."""

import datetime as dt
import itertools
import time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hobnob import recurrence, recurrence_starts

BERLIN = ZoneInfo("Europe/Berlin")
LOW, NOW, HIGH = dt.datetime(2024, 1, 1), dt.datetime(2026, 1, 1), dt.datetime(2027, 6, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def some(low: int, high: int, most: int = 3, negative: bool = False) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    if negative:
        number |= number.map(lambda n: -n)
    return st.lists(number, min_size=1, max_size=most, unique=True).map(lambda found: ",".join(map(str, found)))


def weekdays(numbers: st.SearchStrategy[int] | None) -> st.SearchStrategy[str]:
    """BYDAY either with numbers throughout or without: dateutil intersects a mixture, where the RFC unites it."""
    plain = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True)
    if numbers is None:
        return plain.map(",".join)
    numbered = st.lists(st.builds("{}{}".format, numbers, st.sampled_from(DAYS)), min_size=1, max_size=3, unique=True)
    return (plain | numbered).map(",".join)


@st.composite
def rule_texts(draw: st.DrawFn, freqs: tuple[str, ...] = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")) -> str:
    freq = draw(st.sampled_from(freqs))
    nth = {"YEARLY": st.sampled_from([1, 2, 5, 20, -1, -3]), "MONTHLY": st.sampled_from([1, 2, 4, 5, -1, -2])}
    optional = {
        "INTERVAL": st.integers(1, 40 if freq == "HOURLY" else 5).map(str),
        "BYMONTH": some(1, 12),
        "BYDAY": weekdays(nth.get(freq)),
        "WKST": st.sampled_from(["MO", "SU"]),
        "BYHOUR": some(0, 23, 2),
    }
    if freq != "WEEKLY":
        optional["BYMONTHDAY"] = some(1, 31, negative=True)
    if freq in ("YEARLY", "HOURLY"):
        optional["BYYEARDAY"] = some(1, 365, negative=True)
    if freq == "YEARLY":
        # dateutil loses days of weeks that lie in two years, if they are 52, 53, -52 or -53: see the test by ISO weeks.
        optional["BYWEEKNO"] = some(1, 51, negative=True)
    if freq != "HOURLY":
        optional["BYMINUTE"] = some(0, 59, 2)
    names = draw(st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True))
    if freq == "YEARLY" and "BYMONTH" in names:
        optional["BYDAY"] = weekdays(nth["MONTHLY"])  # dateutil looks for a month's 20th Monday beyond its own tables
    parts = [f"{name}={draw(optional[name])}" for name in names]
    if freq in ("YEARLY", "MONTHLY") and {"BYDAY", "BYMONTHDAY"} & set(names) and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(some(1, 3, 2, negative=True))}")
    return ";".join([f"FREQ={freq}", *parts])


def ours(text: str, start: dt.datetime, low: dt.datetime = LOW, high: dt.datetime = HIGH) -> list[dt.datetime]:
    rule = recurrence.parse(text, BERLIN, False)
    return list(recurrence_starts.starts(rule, start, low=low, high=high, around=NOW))


def ever_falls(text: str, start: dt.datetime) -> bool:
    """dateutil searches to the year 9999 for a rule that never falls, so that is where it is asked first."""
    try:
        return any(True for _ in rrulestr(text, dtstart=start.replace(year=9960)))
    except ValueError:  # it refuses an hourly rule whose interval steps over all its hours
        return False


starts = st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2026, 6, 1)).map(lambda t: t.replace(microsecond=0))


@settings(max_examples=150)
@given(rule_texts(), starts)
def test_equals_dateutil(text: str, start: dt.datetime) -> None:
    assume(ever_falls(text, start))
    expected = rrulestr(f"{text};UNTIL={HIGH:%Y%m%dT%H%M%S}", dtstart=start)
    assert ours(text, start) == [found for found in expected if found >= LOW and found > start]


@settings(max_examples=40)
@given(
    rule_texts(("HOURLY",)),
    st.datetimes(dt.datetime(2025, 11, 1), dt.datetime(2026, 1, 10)).map(lambda t: t.replace(microsecond=0)),
)
def test_hourly_equals_dateutil(text: str, start: dt.datetime) -> None:
    assume(ever_falls(text, start))
    high = start + dt.timedelta(days=60)
    expected = rrulestr(f"{text};UNTIL={high:%Y%m%dT%H%M%S}", dtstart=start)
    assert ours(text, start, high=high) == [found for found in expected if found > start]


@settings(max_examples=100)
@given(rule_texts(), starts, st.integers(1, 60))
def test_count_equals_dateutil_where_the_start_fits(text: str, start: dt.datetime, count: int) -> None:
    assume(ever_falls(text, start))
    first = next(iter(rrulestr(text, dtstart=start)))
    assume(first < HIGH)
    expected = list(rrulestr(f"{text};COUNT={count}", dtstart=first))
    assume(expected[0] == first)  # what is missing in a rule is taken from its start, so it may be another rule by now
    within = [found for found in expected if LOW <= found <= HIGH and found > first]
    assert ours(f"{text};COUNT={count}", first) == within


@pytest.mark.parametrize("week", [1, 2, 51, 52, 53, -1, -2, -51, -52, -53])
def test_weeks_are_those_of_the_iso_calendar(week: int) -> None:
    start, high = dt.datetime(1990, 1, 1), dt.datetime(2039, 12, 31)
    days = (start + dt.timedelta(days=number) for number in range(1, (high - start).days + 1))
    expected = [day for day in days if week in (day.isocalendar().week, day.isocalendar().week - weeks_of(day) - 1)]
    assert ours(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU", start, start, high) == expected


def weeks_of(day: dt.datetime) -> int:
    """How many weeks the ISO year of a day has."""
    return dt.date(day.isocalendar().year, 12, 28).isocalendar().week


def test_the_start_counts_even_where_the_rule_would_not_give_it() -> None:
    wednesday = dt.datetime(2026, 1, 7, 19)
    assert ours("FREQ=WEEKLY;BYDAY=TU;COUNT=3", wednesday) == [
        dt.datetime(2026, 1, 13, 19),
        dt.datetime(2026, 1, 20, 19),
    ]


def test_numbered_and_plain_weekdays_unite() -> None:
    found = ours("FREQ=MONTHLY;BYDAY=MO,1TU", dt.datetime(2026, 2, 1, 9), high=dt.datetime(2026, 2, 28))
    assert [day.day for day in found] == [2, 3, 9, 16, 23]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260120T180000Z", dt.datetime(2026, 1, 20, 19)),  # 19:00 in Berlin
        ("20260120T175959Z", dt.datetime(2026, 1, 13, 19)),
        ("20260120T190000", dt.datetime(2026, 1, 20, 19)),
        ("20260120", dt.datetime(2026, 1, 20, 19)),
        ("20260119", dt.datetime(2026, 1, 13, 19)),
    ],
)
def test_until(until: str, last: dt.datetime) -> None:
    assert ours(f"FREQ=WEEKLY;UNTIL={until}", dt.datetime(2026, 1, 6, 19))[-1] == last


def test_whole_days_have_no_time_of_day() -> None:
    rule = recurrence.parse("FREQ=DAILY;BYHOUR=9;BYMINUTE=30", BERLIN, True)
    found = recurrence_starts.starts(
        rule, dt.datetime(2026, 1, 1), low=dt.datetime(2026, 1, 1), high=dt.datetime(2026, 1, 3), around=NOW
    )
    assert list(found) == [dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 3)]


def test_until_of_whole_days_is_a_local_day() -> None:
    rule = recurrence.parse("FREQ=DAILY;UNTIL=20260107T230000Z", BERLIN, True)
    found = recurrence_starts.starts(rule, dt.datetime(2026, 1, 6), low=LOW, high=HIGH, around=NOW)
    assert list(found) == [dt.datetime(2026, 1, 7), dt.datetime(2026, 1, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEEKLY",
        "FREQ=FORTNIGHTLY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;WKST=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=WEEKLY;UNTIL=20261399",
        "FREQ=WEEKLY;NONSENSE=1",
        "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=8",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=HOURLY;BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=YEARLY;BYYEARDAY=" + "1," * 5000,
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        recurrence.parse(text, BERLIN, False)


@pytest.mark.parametrize("text", ["FREQ=WEEKLY;", "RRULE:FREQ=WEEKLY", "freq=weekly", "FREQ=WEEKLY;BYDAY=;X-NOTE=1"])
def test_small_faults_are_forgiven(text: str) -> None:
    assert ours(text, dt.datetime(2026, 1, 6, 19))[0] == dt.datetime(2026, 1, 13, 19)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;INTERVAL=999999999999",
        "FREQ=YEARLY;INTERVAL=999999999999",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=9999;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))) + ";BYHOUR=" + ",".join(map(str, range(24))),
        "FREQ=HOURLY;BYMINUTE=" + ",".join(map(str, range(0, 60, 5))),
    ],
)
@pytest.mark.parametrize(
    "start", [dt.datetime(1, 1, 1), dt.datetime(1601, 1, 1, 9), dt.datetime(2026, 1, 6), dt.datetime(9999, 12, 31)]
)
def test_hostile_rules_are_bounded(text: str, start: dt.datetime) -> None:
    begun = time.process_time()
    found = ours(text, start)
    assert time.process_time() - begun < 2
    assert len(found) <= 2 * recurrence_starts.PERIODS * recurrence.MOST_TIMES


def test_a_daily_rule_from_1601_still_falls_today() -> None:
    found = ours("FREQ=DAILY;INTERVAL=3", dt.datetime(1601, 1, 1, 9), low=NOW, high=HIGH)
    assert all((day.date() - dt.date(1601, 1, 1)).days % 3 == 0 for day in found)
    assert (
        len(found) == ((HIGH.date() - dt.date(1601, 1, 1)).days - 1) // 3 - (NOW.date() - dt.date(1601, 1, 2)).days // 3
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", [13, 20]),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", [7, 14]),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260107T180000Z", [7]),
        ("FREQ=MONTHLY;BYMONTHDAY=7,-1;BYSETPOS=-1;COUNT=1", [31]),
    ],
)
def test_a_rule_by_itself_gives_its_start_only_if_it_falls_then(text: str, expected: list[int]) -> None:
    wednesday = dt.datetime(2026, 1, 7, 19)
    rule = recurrence.parse(text, BERLIN, False)
    found = recurrence_starts.falls(rule, wednesday, low=wednesday, high=HIGH)
    assert [time.day for time in found] == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FREQ=HOURLY", 2 * recurrence_starts.PERIODS),
        ("FREQ=HOURLY;BYDAY=MO;BYHOUR=9", 119),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=DAILY;COUNT=9999;BYMONTH=2;BYMONTHDAY=30", 0),
    ],
)
def test_all_of_a_window_that_is_too_long_is_refused_after_what_is_within_reach(text: str, found: int) -> None:
    start = dt.datetime(2026, 1, 5)
    rule = recurrence.parse(text, BERLIN, False)
    times = recurrence_starts.starts(rule, start, low=start, high=start.replace(year=2066))
    assert sum(1 for _ in itertools.islice(times, found)) == found
    with pytest.raises(recurrence_starts.OutOfReach):
        next(times)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("FREQ=SECONDLY;COUNT=10", dt.datetime(2026, 1, 5, 0, 0, 9)),
        ("FREQ=SECONDLY;UNTIL=20260105T000010", dt.datetime(2026, 1, 5, 0, 0, 10)),
        ("FREQ=HOURLY;BYHOUR=9;COUNT=3", dt.datetime(2026, 1, 6, 9)),
        ("FREQ=DAILY", dt.datetime(2066, 1, 5)),
    ],
)
def test_what_ends_within_reach_is_given_whole(text: str, last: dt.datetime) -> None:
    start = dt.datetime(2026, 1, 5)
    rule = recurrence.parse(text, BERLIN, False)
    assert list(recurrence_starts.starts(rule, start, low=start, high=start.replace(year=2066)))[-1] == last


def test_a_window_far_from_the_start_costs_no_walk_to_it() -> None:
    rule = recurrence.parse("FREQ=SECONDLY;INTERVAL=7", BERLIN, False)
    start, at = dt.datetime(1601, 1, 1), dt.datetime(2026, 1, 5, 12)
    first = next(recurrence_starts.starts(rule, start, low=at, high=at + dt.timedelta(seconds=20)))
    assert at <= first < at + dt.timedelta(seconds=7)
    assert (first - start) % dt.timedelta(seconds=7) == dt.timedelta()
