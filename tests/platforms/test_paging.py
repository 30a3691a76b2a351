"""How lists go on: where the next answer is, and where they end."""

import datetime as dt
from typing import Any

import pytest

from crawlers.platforms.adapter.paging import ByCursor, ByDates, ByPage
from crawlers.readers import Context

CONTEXT = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), source="s", url="https://x.example/")


@pytest.mark.parametrize(
    ("paging", "url", "answer", "count", "following"),
    [
        (ByPage("page", total="pages"), "/a?b=1", {"pages": 2}, 5, "/a?b=1&page=2"),
        (ByPage("page", total="pages"), "/a?page=2&b=1", {"pages": 2}, 5, None),
        (ByPage("page", total="pages"), "/a?page=2&b=1", {"pages": 3}, 5, "/a?page=3&b=1"),
        (ByPage("page", total="pages"), "/a", {"pages": 9}, 0, None),
        (ByPage("page", total="pages"), "/a", {"pages": "many"}, 5, None),
        (ByPage("page", total="pages"), "/a", [], 5, None),
        (ByPage("page", total="pages", first=0), "/a", {"pages": 2}, 5, "/a?page=1"),
        (ByPage("page", total="pages", first=0), "/a?page=1", {"pages": 2}, 5, None),
        (ByPage("page", size=10), "/a", {}, 10, "/a?page=2"),
        (ByPage("page", size=10), "/a?page=2", {}, 9, None),
        (ByPage("page"), "/a?page=2", {}, 1, "/a?page=3"),
        (ByPage("page"), "/a?page=2", {}, 0, None),
        (ByPage("page", entries="all", size=48), "/a", {"all": 49}, 48, "/a?page=2"),
        (ByPage("page", entries="all", size=48), "/a?page=1", {"all": 48}, 48, None),
        (ByPage("page", entries="all", size="per"), "/a", {"all": 7, "per": 3}, 3, "/a?page=2"),
        (ByPage("page", entries="all", size="per"), "/a?page=3", {"all": 7, "per": 3}, 1, None),
        (ByPage("page", entries="all", size="per"), "/a", {"all": 7, "per": 0}, 7, None),
        (ByPage("page", entries="all", size="per"), "/a", {"all": -1, "per": "3"}, 3, "/a?page=2"),
    ],
)
def test_pages(paging: ByPage, url: str, answer: Any, count: int, following: str | None) -> None:
    expected = following and f"https://x.example{following}"
    assert paging.next_url(f"https://x.example{url}", answer, count, CONTEXT) == expected


def test_a_cursor_of_several_parts_is_sent_back_whole() -> None:
    paging = ByCursor("after[]", "after")
    first = "https://x.example/e?relative[]=current&relative[]=upcoming&size=2"
    second = paging.next_url(first, {"after": [1700000000000, "77"]}, 2, CONTEXT)
    assert second == f"{first}&after[]=1700000000000&after[]=77"
    third = paging.next_url(second, {"after": [1800000000000, "9"]}, 2, CONTEXT)
    assert third == f"{first}&after[]=1800000000000&after[]=9"
    assert paging.next_url(third, {"after": None}, 2, CONTEXT) is None
    assert paging.next_url(third, {"after": []}, 0, CONTEXT) is None


def test_a_window_moves_on_in_the_notation_of_its_platform() -> None:
    paging = ByDates("startdate", None, days=28, ahead=50, pattern="%Y%m%d")
    second = paging.next_url("https://x.example/a?startdate=20261123&weeks=4", [], 0, CONTEXT)
    assert second == "https://x.example/a?startdate=20261221&weeks=4"
    assert paging.next_url(second, [], 0, CONTEXT) is None
    assert paging.next_url("https://x.example/a?startdate=soon", [], 0, CONTEXT) is None
