"""What the marks of platforms make of addresses and pages that none of the recorded sites has."""

import pytest

from crawlers.platforms import platform, platforms
from crawlers.platforms.adapter.recognition import Seen, recognised

CHAMBER = "https://business.chamber.example/api/events"


def addresses(name: str, **seen: object) -> list[str]:
    found = recognised(Seen(**{"url": "https://club.example.org/about", **seen}), [platform(name)])
    return [url for one in found for _, url in one.addresses()]


@pytest.mark.parametrize(
    ("name", "embedded", "address"),
    [
        ("wild-apricot", "https://club.wildapricot.org/widget/events", "https://club.wildapricot.org/events/RSS"),
        ("growthzone", "https://town.growthzoneapp.com/events", "https://town.growthzoneapp.com/api/events"),
        (
            "pretalx",
            "https://pretalx.com/camp/widgets/schedule.js",
            "https://pretalx.com/camp/schedule/export/schedule.json",
        ),
        (
            "libcal",
            "https://lib.libcal.com/1.0/api/widget.js",
            "https://lib.libcal.com/ajax/calendar/list?c=-1&date=0000-00-00&perpage=48&page=1&audience=&cats=&camps=&inc=0",
        ),
    ],
)
def test_what_a_page_embeds_is_read_where_it_comes_from(name: str, embedded: str, address: str) -> None:
    assert addresses(name, embedded=(embedded,))[0] == address


def test_a_widget_of_another_site_is_read_there() -> None:
    page = '<pretalx-schedule locale="en" event-url="https://talks.example.net/camp/"></pretalx-schedule>'
    assert addresses("pretalx", page=page)[0] == "https://talks.example.net/camp/schedule/export/schedule.json"


def test_scripts_that_a_platform_serves_to_all_do_not_say_whose_site_it_is() -> None:
    script = "https://static-assets-us.libcal.com/js/public.js"
    page = f'<script src="{script}"></script><a href="/ical_subscribe.php?src=p&amp;cid=42">iCal</a>'
    found = addresses("libcal", url="https://calendar.library.example/", embedded=(script,), page=page)
    assert found[0] == "https://calendar.library.example/ical_subscribe.php?src=p&cid=42"
    script = "https://live-sf.wildapricot.org/WebUI/x.js"
    found = addresses("wild-apricot", embedded=(script,), page=f'<script src="{script}"></script>')
    assert found == ["https://club.example.org/events/RSS"]


@pytest.mark.parametrize(
    ("name", "url", "address"),
    [
        ("growthzone", CHAMBER, CHAMBER),
        (
            "squarespace",
            "https://gallery.example/shows?format=json",
            "https://gallery.example/shows?format=json",
        ),
        (
            "eventbrite",
            "https://www.eventbriteapi.com/v3/organizers/17712345678/events/",
            "https://www.eventbrite.com/o/17712345678",
        ),
    ],
)
def test_the_address_that_its_own_pages_ask_for_is_known(name: str, url: str, address: str) -> None:
    assert address in addresses(name, url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.squarespace.com/?channel=word_of_mouth",
        "https://support.squarespace.com/hc",
        "https://www.wildapricot.com/",
        "https://www.wildapricot.com",
        "https://www.chambermaster.com/",
        "https://www.growthzoneapp.com/",
        "https://www.libcal.com/",
        "https://www.wixsite.com/",
        "https://pretalx.com/p/about/",
        "https://www.meetup.com/",
        "https://tockify.com/i/features",
        "https://www.eventbrite.com/",
        "https://www.localist.com/",
        "https://www.legistar.com/",
        "https://www.trumba.com/",
    ],
)
def test_the_maker_s_own_site_to_which_footers_link_has_no_way(url: str) -> None:
    assert [address for one in recognised(Seen(url=url), platforms()) for _, address in one.addresses()] == []


@pytest.mark.parametrize(
    "page",
    [
        "<script>calendar({events: {googleCalendarId: 'rowing@group.calendar.google.com'}})</script>",
        '<script>var shown = ["rowing@group.calendar.google.com", '
        '"de.german#holiday@group.v.calendar.google.com"]</script>',
        '<iframe src="https://calendar.google.com/calendar/embed?src=rowing%40group.calendar.google.com'
        '&amp;src=de.german%23holiday%40group.v.calendar.google.com"></iframe>',
    ],
)
def test_calendars_of_google_s_in_scripts_and_none_of_holidays(page: str) -> None:
    feed = "https://calendar.google.com/calendar/ical/rowing%40group.calendar.google.com/public/basic.ics"
    assert addresses("google-calendar", page=page) == [feed]
