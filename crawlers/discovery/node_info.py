"""NodeInfo 2.1: a site's document that names the document which names its software."""

import json
from typing import Any

from crawlers.readers.web_address import absolute

__all__ = ["document_in", "software_in"]


def document_in(body: bytes, url: str) -> str | None:
    """Where the document is: the last link, which is of the newest version."""
    links = _at(_loaded(body), "links")
    return absolute(_at(links[-1], "href"), url) if isinstance(links, list) and links else None


def software_in(body: bytes) -> str | None:
    """The name of the software."""
    name = _at(_at(_loaded(body), "software"), "name")
    return name[:100] if isinstance(name, str) else None


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return None


def _at(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
