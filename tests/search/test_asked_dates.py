import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.asked_dates import span
from hobnob.errors import BadValue

MONDAY = dt.date(2026, 11, 23)
SUNDAY = dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-01", "2026-12-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("2026-W49", "2026-11-30", "2026-12-06"),
        ("yesterday", "2026-11-22", "2026-11-22"),
        (" Today ", "2026-11-23", "2026-11-23"),
        ("tomorrow", "2026-11-24", "2026-11-24"),
        ("monday", "2026-11-23", "2026-11-23"),
        ("friday", "2026-11-27", "2026-11-27"),
        ("this fri", "2026-11-27", "2026-11-27"),
        ("next friday", "2026-12-04", "2026-12-04"),
        ("last friday", "2026-11-20", "2026-11-20"),
        ("weekend", "2026-11-28", "2026-11-29"),
        ("this  weekend", "2026-11-28", "2026-11-29"),
        ("next weekend", "2026-12-05", "2026-12-06"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("november", "2026-11-01", "2026-11-30"),
        ("Dec", "2026-12-01", "2026-12-31"),
        ("march", "2027-03-01", "2027-03-31"),
        ("march 2029", "2029-03-01", "2029-03-31"),
        ("1 dec", "2026-12-01", "2026-12-01"),
        ("1. December 2027", "2027-12-01", "2027-12-01"),
        ("1st of May", "2027-05-01", "2027-05-01"),
        ("Nov 22", "2027-11-22", "2027-11-22"),
        ("nov 23rd, 2026", "2026-11-23", "2026-11-23"),
        ("29 feb", "2028-02-29", "2028-02-29"),
        ("+90d", "2027-02-21", "2027-02-21"),
        ("-30d", "2026-10-24", "2026-10-24"),
        ("+2w", "2026-12-07", "2026-12-07"),
        ("+3m", "2027-02-23", "2027-02-23"),
        ("+1 year", "2027-11-23", "2027-11-23"),
        ("in 3 days", "2026-11-26", "2026-11-26"),
    ],
)
def test_what_people_type(text: str, first: str, last: str) -> None:
    assert span(text, MONDAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_on_a_sunday() -> None:
    assert span("weekend", SUNDAY) == (dt.date(2026, 11, 28), SUNDAY)
    assert span("friday", SUNDAY) == span("next friday", SUNDAY) == (dt.date(2026, 12, 4),) * 2
    assert span("sunday", SUNDAY) == (SUNDAY, SUNDAY)


def test_a_month_further_stays_in_the_month() -> None:
    assert span("+1m", dt.date(2027, 1, 31)) == (dt.date(2027, 2, 28),) * 2
    assert span("+12m", dt.date(2028, 2, 29)) == (dt.date(2029, 2, 28),) * 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-02-30",
        "31 feb",
        "0000",
        "12/01/2026",
        "99999-01-01",
        "2026-W54",
        "+999999y",
        "-999999d",
        "next",
        "+3",
        "5",
        "next december",
    ],
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadValue, match="is not a date") as caught:
        span(text, MONDAY)
    assert "2026-12-01" in (caught.value.hint or "")


@given(st.dates(), st.dates())
def test_a_day_in_digits_is_that_day_whenever_it_is_typed(day: dt.date, today: dt.date) -> None:
    assert span(day.isoformat(), today) == (day, day)


@given(
    st.text() | st.from_regex(r"(next |last |\+|-|in )?[0-9]{0,7} ?(d|m|y|week|month|dec|friday)", fullmatch=True),
    st.dates(),
)
def test_any_text_is_a_span_or_a_bad_value(text: str, today: dt.date) -> None:
    try:
        first, last = span(text, today)
    except BadValue:
        return
    assert first <= last
