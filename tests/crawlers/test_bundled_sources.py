"""Tests over all sources that come with hobnob."""

import re
from string import Formatter
from urllib.parse import unquote, urlsplit

import pytest

from crawlers.platforms import platform, way_of
from crawlers.sources import load
from hobnob.sources import Source

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
RESTRICTED = ("meetup.com", "lu.ma", "luma.com", "eventbrite", "creativemornings.com")
#: Platforms whose answers have local times, or instants, without the zone of the place.
NAME_NO_ZONE = ("gancio", "growthzone", "legistar")
AT_CRAWL_TIME = re.compile(r"today(?:[+-]\d+d)?|year")


def test_all_bundled_sources():
    sources = load()
    assert len(sources) > 450
    assert len({source.url.removesuffix("/") for source in sources.values()}) == len(sources)
    assert len({industry for source in sources.values() for industry in source.industries}) >= 28
    for source in sources.values():
        said = " ".join(filter(None, (source.title, source.note, source.evidence, unquote(source.url))))
        addresses = [found for found in EMAIL.findall(said) if not found.endswith("@group.calendar.google.com")]
        assert not addresses, source.name
        assert source.url.startswith("http"), source.name
        assert source.evidence, source.name
        assert source.industries, source.name
        assert not source.private, source.name
        assert source.reader != "feed" or source.follow_depth, f"{source.name}: a feed's entries lead to pages"
        if any(part in urlsplit(source.url).netloc for part in RESTRICTED):
            assert not source.enabled, source.name
        if not source.enabled:
            assert "Disabled because" in (source.note or ""), source.name


@pytest.mark.parametrize("source", [one for one in load().values() if one.platform], ids=lambda one: one.name)
def test_a_source_of_a_platform_is_read_by_one_of_its_ways(source: Source):
    way = way_of(source)
    assert way is not None, f"the platform {source.platform} has no way for the reader {source.reader}"
    assert source.follow_depth >= way.follow_depth, "its entries only lead to pages"
    if source.reader in ("json", "xml"):
        ways = [one for one in platform(source.platform or "").ways if one.reader == source.reader]
        assert any(_form(one.url).fullmatch(source.url) for one in ways), source.url
    if source.platform in NAME_NO_ZONE:
        assert source.time_zone, "its platform's answers name no zone"


def _form(template: str) -> re.Pattern[str]:
    """What the addresses look like that this template of a way makes; dates at crawl time stay in them."""
    form = ""
    for text, name, notation, _ in Formatter().parse(template):
        form += re.escape(text)
        if name is not None and AT_CRAWL_TIME.fullmatch(name):
            form += re.escape(f"{{{name}:{notation}}}" if notation else f"{{{name}}}")
        elif name is not None:
            form += r"https?://[^?#{}]+" if name in ("site", "page", "api") else r"[\w.%@:/-]+"
    return re.compile(form)
