"""Names of elements as hobnob writes them: "title", "ev:startdate", "georss:point".

The prefix is the customary one of a namespace that is known, else the document's own; the elements of RSS and Atom have
none. Real feeds use namespaces under many addresses, and prefixes that they never declare.
"""

from functools import lru_cache

__all__ = ["bare", "name_of", "prefix_of"]

_CORE = {
    "www.w3.org/2005/atom",
    "purl.org/atom/ns",
    "purl.org/rss/1.0",
    "my.netscape.com/rdf/simple/0.9",
    "channel.netscape.com/rdf/simple/0.9",
    "purl.org/net/rss1.1",
    "backend.userland.com/rss",
    "backend.userland.com/rss2",
    "blogs.law.harvard.edu/tech/rss",
    "www.rssboard.org/rss-specification",
    "cyber.law.harvard.edu/rss",
}
_PREFIXES = {
    "web.resource.org/rss/1.0/modules/event": "ev",
    "purl.org/rss/1.0/modules/event": "ev",
    "urn:ietf:params:xml:ns:xcal": "xcal",
    "urn:ietf:params:xml:ns:icalendar-2.0": "xcal",
    "www.w3.org/2002/12/cal/ical": "xcal",
    "www.w3.org/2002/12/cal": "xcal",
    "bibliocommons.com/rss/1.0/modules/event": "bc",
    "bibliocommons.com/rss": "bc",
    "schemas.google.com/g/2005": "gd",
    "www.georss.org/georss": "georss",
    "www.opengis.net/gml": "gml",
    "www.w3.org/2003/01/geo/wgs84_pos": "geo",
    "search.yahoo.com/mrss": "media",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "schemas.trumba.com/rss/x-trumba": "x-trumba",
    "schemas.trumba.com/atom/x-trumba": "x-trumba",
    "www.webnus.net/rss/mec": "mec",
    "www.livewhale.com": "livewhale",
    "libcal.com/rss_xmlns.php": "libcal",
    "schema.org": "schema",
}


@lru_cache(maxsize=4096)
def name_of(tag: str, prefix: str | None) -> str:
    """The name of an element that lxml calls `tag`, and for which the document uses `prefix`."""
    uri, _, local = tag.rpartition("}")
    if not uri:
        # A prefix that was not declared stays in the name.
        own, _, local = local.rpartition(":")
        return f"{own}:{local}".lower() if own and own.lower() not in ("atom", "a10", "rss") else local.lower()
    known = _known(uri[1:])
    own = (prefix or "") if known is None else known
    return f"{own}:{local}".lower() if own else local.lower()


def _known(uri: str) -> str | None:
    """The customary prefix of a namespace, "" for those of RSS and Atom; None if it is not known."""
    text = uri.strip().lower().removeprefix("http://").removeprefix("https://").rstrip("/#")
    if text in _CORE:
        return ""
    if found := _PREFIXES.get(text) or _PREFIXES.get(text.removeprefix("www.")) or _PREFIXES.get(f"www.{text}"):
        return found
    return "ev" if "/rss/" in text and text.endswith("/event") else None


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without its prefix and its joints: "startdate" of "bc:start_date"."""
    return name.rpartition(":")[2].replace("-", "").replace("_", "")


def prefix_of(name: str) -> str:
    """ "bc" of "bc:start_date"; "" without one."""
    return name.rpartition(":")[0]
