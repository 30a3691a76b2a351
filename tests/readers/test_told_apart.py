"""Events of one document under one UID: those that differ get one of their own, those that do not come once."""

import datetime as dt

from crawlers.readers.told_apart import told_apart
from hobnob.moments import UTC, Moment
from hobnob.observations import Follow, Observation, Skipped

NOW = dt.datetime(2026, 11, 23, tzinfo=UTC)


def event(uid, day, name="Fair"):
    start = Moment(dt.date(2027, 3, day))
    return Observation(source="a", uid=uid, name=name, start_date=start, source_url="", fetched_at=NOW, reader="r/1")


def day(one):
    return (one.start_date,)


def name(one):
    return (one.name,)


def uids(*events):
    return [one.uid for one in told_apart(events, day, name)]


def test_what_is_there_twice_comes_once_and_keeps_its_uid():
    assert uids(event("1", 3), event("2", 3), event("1", 3)) == ["1", "2"]


def test_each_date_of_a_series_gets_a_uid_of_its_own_whatever_their_order():
    first, second, other = uids(event("1", 3), event("1", 4), event("2", 4))
    assert len({first, second, "1"}) == 3
    assert other == "2"
    assert uids(event("1", 4), event("1", 3)) == [second, first]


def test_those_that_share_the_first_trait_are_told_apart_by_the_next():
    found = uids(event("1", 3, "Fair"), event("1", 3, "Market"), event("1", 4, "Fair"))
    assert len(set(found)) == 3


def test_links_come_once_and_every_fault_is_told():
    link, fault = Follow(url="https://a.example/1", as_what="html"), Skipped(reason="no date")
    assert list(told_apart([link, fault, link, fault])) == [link, fault, fault]
