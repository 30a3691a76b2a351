"""A page that shows several calendars of one platform: each is a source; what is private or no calendar is none."""

import pytest

from crawlers.platforms import platform
from crawlers.platforms.adapter.recognition import Seen, recognised

FEED = "https://calendar.google.com/calendar/ical/{}/public/basic.ics"


def addresses(name: str, **seen: object) -> list[str]:
    found = recognised(Seen(url="https://club.example.org/", **seen), [platform(name)])
    return [url for one in found for _, url in one.addresses()]


@pytest.mark.parametrize(
    ("link", "ids"),
    [
        (
            "https://calendar.google.com/calendar/embed?src=a%40group.calendar.google.com&ctz=UTC",
            ["a%40group.calendar.google.com"],
        ),
        (
            "//www.google.com/calendar/embed?mode=AGENDA&amp;src=club@gmail.com&amp;src=b%40club.org",
            ["club%40gmail.com", "b%40club.org"],
        ),
        ("https://calendar.google.com/calendar/u/0?cid=Y2x1YkBnbWFpbC5jb20", ["club%40gmail.com"]),
        (
            "https://calendar.google.com/calendar/r?cid=https://www.google.com/calendar/ical/club%40gmail.com/public/basic.ics",
            ["club%40gmail.com"],
        ),
        ("https://calendar.google.com/calendar/ical/club%40gmail.com/public/full.ics", ["club%40gmail.com"]),
        ("https://calendar.google.com/calendar/ical/club%40gmail.com/private-0a1b2c/basic.ics", []),
        ("https://calendar.google.com/calendar/render?action=TEMPLATE&text=Fair&dates=20270101/20270102", []),
        ("https://calendar.google.com/calendar/embed?src=nothing", []),
        ("https://calendar.google.com/calendar/embed?src=%F0%9F%92%A9&src=" + "A" * 3000, []),
    ],
)
def test_what_google_calendar_is_behind_a_link(link: str, ids: list[str]) -> None:
    wanted = [FEED.format(one) for one in ids]
    assert addresses("google-calendar", page=f'<a href="{link}">x</a>') == wanted
    if link.startswith("https:"):
        assert addresses("google-calendar", embedded=(link,)) == wanted


def test_each_calendar_of_a_page_is_a_source_once() -> None:
    frame = '<iframe src="https://calendar.google.com/calendar/embed?src={}%40gmail.com"></iframe>'
    page = "".join(map(frame.format, ("rowing", "sailing", "rowing")))
    assert addresses("google-calendar", page=page) == [
        FEED.format("rowing%40gmail.com"),
        FEED.format("sailing%40gmail.com"),
    ]
    widgets = '<div data-tockify-calendar="one"></div><div data-tockify-calendar="two"></div>'
    assert addresses("tockify", page=widgets) == [
        f"https://tockify.com/api/feeds/ics/{name}" for name in ("one", "two")
    ]


def test_a_page_of_a_thousand_calendars_gives_some() -> None:
    page = "".join(f'<div data-tockify-calendar="c{number}"></div>' for number in range(1000))
    assert len(addresses("tockify", page=page)) == 20
