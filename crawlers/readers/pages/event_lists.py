"""Lists that only lead to the pages of events: schema.org/ItemList whose entries carry an address and no date.

(Google calls it a summary page: each ListItem has a position and a url, all else is on the page of its own.)
"""

from collections.abc import Iterable, Iterator

from crawlers.readers.pages.page import Page
from crawlers.readers.schema_org.event_nodes import Node
from crawlers.readers.schema_org.event_types import is_event, type_names
from crawlers.readers.schema_org.values import address_of
from crawlers.readers.web_address import without_fragment

__all__ = ["listed"]

_MOST = 1000
_REFERENCE = {"@id", "@type", "@context", "url", "name", "position", "item"}


def listed(lists: Iterable[Node], page: Page) -> list[str]:
    """The addresses that the ItemLists among these objects lead to, each once, without the page's own."""
    found: dict[str, None] = {}
    for node in lists:
        if "ItemList" in type_names(node):
            found.update(dict.fromkeys(_addresses(node, page.base)))
    found.pop(without_fragment(page.context.url), None)
    return list(found)[:_MOST]


def _addresses(node: Node, base: str) -> Iterator[str]:
    entries = node.get("itemListElement")
    for entry in (entries if isinstance(entries, list) else [entries])[:_MOST]:
        target = entry.get("item", entry) if isinstance(entry, dict) else entry
        if isinstance(target, dict) and not _leads_to_event(target):
            continue
        address = address_of(target, base) or (address_of(entry, base) if isinstance(entry, dict) else None)
        if address:
            yield without_fragment(address)


def _leads_to_event(target: Node) -> bool:
    """Whether it is an event that tells no date here, or a mere reference that does not say to what."""
    if target.get("startDate"):
        return False
    typed = [name for name in type_names(target) if name not in ("ListItem", "Thing", "WebPage")]
    return is_event(target) or (not typed and target.keys() <= _REFERENCE)
