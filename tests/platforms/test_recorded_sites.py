"""Every recorded site of a platform (tests/cases/platforms): crawled, crawled again, crawled when it has changed."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from crawlers.platforms import platform, platforms
from crawlers.platforms.adapter.recognition import recognised
from hobnob.observations import Observation
from tests.platforms.crawls import Crawls, configure, hobnob
from tests.platforms.recorded import Case, cases
from tests.platforms.seen import seen_at_home
from tests.readers.case_folders import differences, plain

ALL = cases()
CRAWLED = [case for case in ALL if case.source]
CLOSED = [case for case in ALL if not case.source]
CHANGED = [case for case in CRAWLED if case.change]


@pytest.fixture(scope="module")
def crawls(player, tmp_path_factory) -> Iterator[Any]:
    """The crawls of a case: those that one test has made are there for the next."""
    made: dict[str, Crawls] = {}

    def of(case: Case) -> Crawls:
        if str(case) not in made:
            made[str(case)] = Crawls(case, player, tmp_path_factory.mktemp(case.platform))
        return made[str(case)]

    return of


@pytest.mark.parametrize("case", CRAWLED, ids=str)
def test_a_crawl_finds_what_is_there(case: Case, crawls) -> None:
    first = crawls(case).first
    missing = [one.url for one in first.requests if one.status >= 400 and not _is_answered(case, one.url)]
    assert (first.code, first.report["outcome"]) == (0, "read"), (first.report["errors"], missing)
    assert len(first.observations) == case.expected["count"] > 0
    assert unmatched(case.expected.get("events", {}), first.observations) == []
    assert len({one.uid for one in first.observations}) >= case.expected.get("distinct_uids", 1)
    assert not missing
    _as_stated(case.expected.get("errors", []), first.report["errors"])


@pytest.mark.parametrize("case", CRAWLED, ids=str)
def test_what_is_skipped_has_its_reason(case: Case, crawls) -> None:
    reasons = [reason for reason, times in crawls(case).first.report["skipped"].items() for _ in range(times)]
    _as_stated([one["reason"] for one in case.expected.get("skipped", [])], reasons)


@pytest.mark.parametrize("case", CRAWLED, ids=str)
def test_a_second_crawl_sends_validators_and_has_no_news(case: Case, crawls) -> None:
    second = crawls(case).second
    answered = [one for one in second.requests if one.status < 400]
    assert answered
    assert [one.url for one in answered if "if-none-match" not in one.headers or one.status != 304] == []
    assert second.report["outcome"] == "not_modified"
    assert (second.report["new"], second.report["changed"]) == (0, 0)
    assert second.report["unchanged"] == len(second.observations) == case.expected["count"]


@pytest.mark.parametrize("case", CHANGED, ids=str)
def test_after_the_change_a_third_crawl_reports_it_and_nothing_else(case: Case, crawls) -> None:
    third = crawls(case).after_the_change
    events = case.change.get("events", 1)
    count = case.expected["count"]
    assert third.report["outcome"] == "read"
    assert {key: third.report[key] for key in ("new", "changed", "unchanged")} == {
        "new": 0,
        "changed": events,
        "unchanged": count - events,
    }
    before = list(map(said, crawls(case).second.observations))
    changed = [one for one in third.observations if said(one) not in before]
    assert len(changed) == events
    assert unmatched({"changed": case.change.get("gives", {})}, changed) == []


@pytest.mark.parametrize("case", ALL, ids=str)
def test_its_home_page_is_recognised_and_leads_to_the_source(case: Case, player) -> None:
    found = {one.platform.name: one for one in recognised(seen_at_home(case, player), platforms())}
    assert set(found) == {case.platform} | case.also
    if case.source is None:
        assert found[case.platform].platform.closed
        return
    ways = [(way.reader, address) for way, address in found[case.platform].addresses()]
    assert (case.source["reader"], case.source["url"]) in ways


@pytest.mark.parametrize("case", CRAWLED, ids=str)
def test_its_home_page_is_all_that_a_person_needs(case: Case, player, tmp_path) -> None:
    configure(case, tmp_path)
    player.play(case.answers)
    with time_machine.travel(case.now):
        ran = hobnob(tmp_path, "sources", "add", case.home, "--yes")
    assert ran.code == 0, ran.err
    (added,) = tomllib.loads((tmp_path / "sources" / "added.toml").read_text("utf-8"))["source"]
    assert (added.get("platform"), added["reader"], added["url"]) == (
        case.platform,
        case.source["reader"],
        case.source["url"],
    )


@pytest.mark.parametrize("case", CLOSED, ids=str)
def test_what_is_closed_is_answered_with_the_reason(case: Case, player, tmp_path) -> None:
    configure(case, tmp_path)
    player.play(case.answers)
    with time_machine.travel(case.now):
        ran = hobnob(tmp_path, "sources", "add", case.home, "--yes")
    assert ran.code == 1
    assert (platform(case.platform).closed or "").split(",")[0] in " ".join(ran.err.split())
    assert not (tmp_path / "sources" / "added.toml").exists()


def test_every_platform_has_a_case_or_is_closed() -> None:
    open_ones = {one.name for one in platforms() if not one.closed}
    assert open_ones - {case.platform for case in CRAWLED} == set()
    assert {case.platform for case in ALL} - {one.name for one in platforms()} == set()


def unmatched(expected: dict[str, Any], found: list[Observation]) -> list[str]:
    """What no event says that is expected of one: the differences to the one at its place.

    The answers of event pages may come in any order, so an event may also be at another's place.
    """
    free = dict(enumerate(map(plain, found)))
    elsewhere = {}
    for number, event in expected.items():
        if number.isdecimal() and int(number) in free and not differences(event, free[int(number)]):
            del free[int(number)]
        else:
            elsewhere[number] = event
    wrong = []
    for number, event in elsewhere.items():
        place = next((place for place, one in free.items() if not differences(event, one)), None)
        if place is None:
            at = int(number) if number.isdecimal() else 0
            wrong += differences(event, plain(found[at]) if at < len(found) else {}, f"event {number}") or [number]
        else:
            del free[place]
    return wrong


def said(one: Observation) -> dict[str, Any]:
    """An observation without when it was made."""
    return {name: value for name, value in plain(one).items() if name not in ("fetched_at", "dtstamp", "component")}


def _as_stated(stated: list[str], found: list[str]) -> None:
    """Each stated text is part of one of those found, and there are no others."""
    left = list(found)
    for text in stated:
        place = next((place for place, one in enumerate(left) if text in one), None)
        assert place is not None, f"nothing says {text!r} of {left}"
        del left[place]
    assert left == []


def _is_answered(case: Case, url: str) -> bool:
    return any(url == answer.url for answer in case.answers)
