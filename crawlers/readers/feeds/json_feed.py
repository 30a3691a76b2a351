"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): its items as the elements of a feed, to be read like those.

`content_html` or `content_text`, `summary`, `url`, `external_url`, `tags`, `image`, `date_modified` and such get the
names that RSS and Atom have for them; what publishers add (keys with an underscore, objects) keeps its own.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import lxml.etree

from crawlers.readers.plain_text import line
from crawlers.readers.xml_text import allowed

__all__ = ["items", "open_json_feed"]

_NAMES = {
    "content_html": "content",
    "content_text": "content",
    "tags": "category",
    "banner_image": "image",
    "date_modified": "updated",
    "date_published": "published",
    "url": "link",
    "external_url": "link",
}
_LEVELS = 5
_MOST_VALUES = 100
_NO_NAME = re.compile(r"[^\w.-]|^(?=[\d.-])", re.ASCII)


def open_json_feed(text: str) -> dict[str, Any] | None:
    """The feed in `text`; None if it is no JSON Feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    version = feed.get("version")
    return feed if isinstance(version, str) and "jsonfeed.org" in version.lower() else None


def items(feed: dict[str, Any]) -> Iterator[Any]:
    """Each item as an element; what is no object as None."""
    for item in feed["items"]:
        if isinstance(item, dict):
            element = lxml.etree.Element("entry")
            # The first address of a kind counts: the item's own goes before the page that it speaks of.
            _fill(element, dict(sorted(item.items(), key=lambda pair: pair[0] == "external_url")), _LEVELS)
            yield element
        else:
            yield None


def _fill(parent: Any, values: dict[str, Any], levels: int) -> None:
    for key, value in islice(values.items(), _MOST_VALUES):
        name = _NAMES.get(key, key).strip("_") or key
        for one in islice(value if isinstance(value, list) else [value], _MOST_VALUES):
            child = lxml.etree.SubElement(parent, _NO_NAME.sub("_", name)[:100] or "_")
            if isinstance(one, dict):
                _attachment(child, key, one)
                if levels:
                    _fill(child, one, levels - 1)
            elif isinstance(one, str):
                child.text = allowed(one)
            elif one is not None:
                child.text = str(one).lower() if isinstance(one, bool) else line(one)


def _attachment(child: Any, key: str, value: dict[str, Any]) -> None:
    if key == "attachments" and isinstance(value.get("url"), str):
        child.tag = "enclosure"
        child.set("url", allowed(value["url"]))
        child.set("type", allowed(str(value.get("mime_type") or "")))
