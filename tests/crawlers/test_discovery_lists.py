"""Lists of addresses: OPML as feed readers write it (the cases of listparser), and an address on each line."""

from pathlib import Path

import pytest

from crawlers.discovery.address_lists import addresses_in

CASES = Path(__file__).parents[1] / "cases" / "listparser"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("hier-4-mixed.xml", [("http://domain/feed", "feedname")]),
        ("outline-duplication-1.xml", [("http://domain/feed", "feedname")]),
        ("outline_xmlUrl-miscapitalized.xml", [("http://domain/feed", "feedname")]),
        ("outline_xmlUrl-whitespace.xml", [("http://domain/feed", "feedname")]),
        ("outline_type-missing.xml", [("http://domain/feed", "feedname")]),
        ("outline_type-include.xml", []),
        ("outline_type-link.xml", []),  # its address is another list
        ("end-element-missing.xml", [("https://domain/feed", "malformed")]),
        ("undefined-entity-attribute.xml", [("http://domain1/feed", "archology")]),
    ],
)
def test_subscriptions_as_feed_readers_write_them(case: str, expected: list[tuple[str, str]]) -> None:
    found = addresses_in((CASES / case).read_bytes())
    assert [(one.url, one.title) for one in found] == expected


def test_the_text_of_an_outline_is_what_readers_show() -> None:
    (one,) = addresses_in((CASES / "outline_text-overrides_title.xml").read_bytes())
    assert one.title == "text"


def test_an_address_on_each_line() -> None:
    text = (
        "# my list\r\n\r\nhttps://a.example/events.ics\nb.example.org/agenda\nwebcal://c.example/x\n"
        "https://a.example/events.ics again\nfeed:https://d.example/f\nnothing here\n<https://e.example/>\n"
    )
    assert [one.url for one in addresses_in(text.encode())] == [
        "https://a.example/events.ics",
        "https://b.example.org/agenda",
        "https://c.example/x",
        "https://d.example/f",
        "https://e.example/",
    ]


def test_a_table_of_addresses() -> None:
    text = 'name,url\n"Guild","https://a.example/"\nb.example.org;the second\n'
    expected = ["https://a.example/", "https://b.example.org"]
    assert [one.url for one in addresses_in(text.encode())] == expected
    assert [one.url for one in addresses_in(text.encode("utf-16"))] == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 100,
        b"<html><a href='https://a.example/'>",
        b"<opml",
        b"<opml><body>" + b"<outline>" * 50_000,
        b'<!DOCTYPE opml [<!ENTITY a "https://a.example/"><!ENTITY b SYSTEM "file:///etc/passwd">]><opml><body>'
        b'<outline text="&b;" xmlUrl="javascript:x"/></body></opml>',
    ],
)
def test_what_is_no_list_has_no_addresses(data: bytes) -> None:
    assert list(addresses_in(data)) == []
