import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from hobnob.feeds.rrule import published_rule

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("RRULE:wkst=su;byday=tu,mo;freq=weekly;x-note=1", "FREQ=WEEKLY;BYDAY=TU,MO;WKST=SU"),
        ("FREQ=MONTHLY;BYDAY=+1MO,-1FR", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;BYDAY=MO"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
            "FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        ("FREQ=DAILY;UNTIL=20270701T100000Z", "FREQ=DAILY;UNTIL=20270701T100000Z"),
        ("FREQ=DAILY;UNTIL=20270701T100000", "FREQ=DAILY;UNTIL=20270701T080000Z"),
        ("FREQ=DAILY;UNTIL=20270101", "FREQ=DAILY;UNTIL=20270101T225959Z"),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", "FREQ=YEARLY"),
    ],
)
def test_a_rule_in_canonical_form(text: str, expected: str) -> None:
    assert published_rule(text, whole_days=False, zone=BERLIN) == expected


def test_until_is_of_the_type_of_the_start() -> None:
    text = "FREQ=DAILY;UNTIL=20270701T100000Z;BYHOUR=9"
    assert published_rule(text, whole_days=True, zone=None) == "FREQ=DAILY;UNTIL=20270701"
    assert (
        published_rule("FREQ=DAILY;UNTIL=20270701", whole_days=False, zone=None) == "FREQ=DAILY;UNTIL=20270701T235959"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEEKLY",
        "INTERVAL=2",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=WEEKLY\r\nATTENDEE:mailto:a@b",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=1000000000000",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=DAILY;UNTIL=99991231T235959",
        "FREQ=DAILY;BYSETPOS=1",
        "RSCALE=CHINESE;FREQ=YEARLY",
        "FREQ=WEEKLY;BYEASTER=1",
        "FREQ=WEEKLY;INTERVAL=²",
        "FREQ=DAILY;BYMONTH=" + ",".join(["1"] * 1000),
    ],
)
def test_what_is_not_understood_or_not_bounded_does_not_go_out(text: str) -> None:
    west = dt.timezone(dt.timedelta(hours=-8))
    assert published_rule(text, whole_days=False, zone=west) is None


PARTS = st.lists(
    st.sampled_from(
        (
            *("FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "COUNT=4", "UNTIL=20290101", "UNTIL=20290101T100000Z"),
            *("BYDAY=MO,-1FR", "BYDAY=SU", "BYMONTH=2,11", "BYMONTHDAY=31,-1", "BYWEEKNO=1,53", "BYYEARDAY=-366"),
            *("INTERVAL=2", "WKST=SU", "BYSETPOS=-1", "BYHOUR=9,18", "BYMINUTE=0,30", "BYSECOND=60", "JUNK", "="),
        )
    ),
    max_size=5,
).map(";".join)


@given(PARTS | st.text(max_size=60), st.booleans())
def test_what_goes_out_is_accepted_by_another_library(text: str, whole_days: bool) -> None:
    rule = published_rule(text, whole_days=whole_days, zone=BERLIN)
    if rule is None:
        return
    assert rule.isascii()
    assert rule.isprintable()
    until_zone = None if whole_days else dt.timezone.utc
    rrulestr(rule, dtstart=dt.datetime(2027, 1, 1, 9, tzinfo=until_zone))
    assert published_rule(rule, whole_days=whole_days, zone=BERLIN) == rule
