"""What pages and lists of the real web do that no specification says."""

import datetime as dt

import pytest

from crawlers.readers import Context, reader
from crawlers.readers.looks_like import looks_like
from crawlers.readers.web_address import is_account, same_site
from hobnob.observations import Observation

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
PAGE = """<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Event",
"name": "Plans Committee", "startDate": "{start}", "url": "{url}"}}</script>"""


def _uid(start: str, url: str) -> str:
    context = Context(now=NOW, source="a-source", url="https://county.example/plans")
    (event,) = reader("html")(PAGE.format(start=start, url=url).encode(), context)
    assert isinstance(event, Observation)
    return event.uid


def test_channel_of_another_site_names_no_event() -> None:
    june, july = (_uid(start, "https://video.example/@planning") for start in ("2027-06-13T10:00", "2027-07-11T10:00"))
    assert june != july


@pytest.mark.parametrize(
    "url", ["https://county.example/fair", "https://tickets.example/e/12", "https://t.example/e12"]
)
def test_page_of_the_site_or_of_a_ticket_names_it(url: str) -> None:
    assert _uid("2027-06-13T10:00", url) == url


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://video.example/@planning-2", True),
        ("https://groups.example/printers/", True),
        ("https://tickets.example/e123", False),
        ("https://tickets.example/spring-fair", False),
        ("https://tickets.example/event?id=3", False),
        ("https://tickets.example/e/spring", False),
    ],
)
def test_accounts(url: str, account: bool) -> None:
    assert is_account(url) is account


def test_one_site_with_and_without_www() -> None:
    assert same_site("https://www.county.example/a", "http://county.example/b")
    assert not same_site("https://county.example/a", "https://video.example/a")


def test_vocabularies_of_drupal_make_a_page_no_feed() -> None:
    page = b'<!DOCTYPE html>\n<html prefix="content: http://purl.org/rss/1.0/modules/content/">'
    assert looks_like(page) == "an HTML page"
