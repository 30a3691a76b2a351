"""One test over all sources that come with hobnob."""

import re
from urllib.parse import unquote, urlsplit

from crawlers.sources import load

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
RESTRICTED = ("meetup.com", "lu.ma", "luma.com", "eventbrite.", "creativemornings.com")


def test_all_bundled_sources():
    sources = load()
    assert len(sources) > 300
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
