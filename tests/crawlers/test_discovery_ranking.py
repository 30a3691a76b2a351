"""Which of several ways is proposed."""

from dataclasses import replace

from crawlers.discovery.found import Candidate
from crawlers.discovery.ranking import better_way, is_good, ranked
from hobnob.sources import Source


def way(reader: str, upcoming: int, path: str = "", **fields) -> Candidate:
    source = Source(name="x", title="X", url=f"https://x.example/{path or reader}", reader=reader)
    made = Candidate(source=source, found_by="", count=upcoming, upcoming=upcoming)
    return replace(made, **fields)


def order(*candidates: Candidate) -> list[str]:
    return [one.source.url.rpartition("/")[2] for one in ranked(candidates)]


def test_a_calendar_before_a_feed_before_a_page_when_they_have_as_much() -> None:
    assert order(way("html", 20), way("feed", 20), way("ics", 20)) == ["ics", "feed", "html"]


def test_a_full_page_before_a_capped_calendar() -> None:
    assert order(way("ics", 10), way("html", 40)) == ["html", "ics"]
    assert order(way("ics", 30), way("json", 50, more=True)) == ["json", "ics"]


def test_a_calendar_of_one_event_loses() -> None:
    assert order(way("ics", 1), way("html", 2)) == ["html", "ics"]


def test_what_is_over_comes_last_however_much_it_is() -> None:
    assert order(way("ics", 0, count=500), way("html", 1)) == ["html", "ics"]


def test_known_zones_and_news_of_changes_decide_between_equals() -> None:
    assert order(way("ics", 9, "floating", floating=9), way("ics", 9, "zoned")) == ["zoned", "floating"]
    assert order(way("ics", 9, "plain"), way("ics", 9, "etag", validators=True)) == ["etag", "plain"]
    assert order(way("ics", 9, "bare"), way("ics", 9, "told", described=9, placed=9)) == ["told", "bare"]


def test_an_address_stands_once_and_with_its_platform() -> None:
    plain = way("ics", 9, "c.ics")
    known = replace(plain, source=replace(plain.source, platform="tribe", url="http://www.x.example/c.ics/"))
    (one,) = ranked([plain, known])
    assert one.source.platform == "tribe"


def test_reasons_are_told() -> None:
    first, second = ranked([way("ics", 10), way("html", 40)])
    assert "read from pages" in first.reasons
    assert second.reasons[0] == "only 10 of 40 upcoming events"
    (capped,) = ranked([way("ics", 30)])
    assert "just 30 events: it may be cut off there" in capped.reasons


def test_what_is_good_enough_to_stop_at() -> None:
    assert is_good(way("ics", 2))
    assert not is_good(way("ics", 1))
    assert not is_good(way("html", 50))


def test_a_better_way_is_of_a_better_kind_and_as_full_or_has_what_is_gone() -> None:
    assert better_way(way("html", 10), [way("ics", 10)]) is not None
    assert better_way(way("html", 10), [way("ics", 3)]) is None
    assert better_way(way("ics", 10), [way("html", 50)]) is None
    assert better_way(way("ics", 0), [way("html", 1)]) is not None
    assert better_way(way("ics", 0), [way("html", 0)]) is None
