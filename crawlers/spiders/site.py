"""What belongs to a source's own site, and which of its links to go on with."""

import re
from urllib.parse import urldefrag, urlsplit

from hobnob.sources import Source

__all__ = ["leads_on", "site_of"]


def site_of(url: str) -> str:
    """What belongs together: the pages of one host (with or without "www."), or the files of one folder."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return url.rpartition("/")[0] + "/"
    return parts.netloc.removeprefix("www.")


def leads_on(url: str, site: str, source: Source, *, named: bool) -> bool:
    """Whether a link found on `site` is one to follow for `source`: within the site, and about events.

    About events is what matches the source's `follow`; without one, what a reader `named` as such, and of a page's
    other links those that lie below the source's declared address.
    """
    if site.startswith("file:"):
        if not url.startswith(site) or "/.." in url or "%2e" in url.lower():
            return False
    else:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc.removeprefix("www.") != site:
            return False
    if source.follow is not None:
        return re.search(source.follow, url) is not None
    if named:
        return True
    declared = urldefrag(source.url).url.partition("?")[0]
    return url.startswith(declared.rpartition("/")[0] + "/")
