"""A page as the spider of a site sees it: selectors, the text of an element, and where it leads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsel import Selector, SelectorList

from crawlers.readers import Context
from crawlers.readers.faults import skipped
from crawlers.readers.pages.element_text import text_of
from crawlers.readers.pages.page import Page, open_page
from crawlers.readers.pages.selectors import MOST_ENTRIES
from hobnob.observations import Follow, Skipped

__all__ = ["Said", "SitePage", "line", "text"]

Said = Mapping[str, str | Sequence[str] | None]
"""What a page says of one event, by the fields of a declared source (docs/declare-a-source.md): texts, as they stand
there. Besides, `rrule` may hold a recurrence rule (RFC 5545, 3.3.10); what has one names its `uid`."""


@dataclass(frozen=True)
class SitePage:
    """The decoded page at `context.url`; selectors find nothing on one without elements."""

    page: Page
    context: Context

    @classmethod
    def opened(cls, data: bytes, context: Context) -> "SitePage":
        return cls(open_page(data, context), context)

    @property
    def url(self) -> str:
        return self.context.url

    @cached_property
    def root(self) -> Selector:
        return Selector(root=self.page.root, type="html") if self.page.root is not None else Selector("<p>")

    def css(self, query: str) -> SelectorList[Selector]:
        return self.root.css(query)

    def xpath(self, query: str) -> SelectorList[Selector]:
        return self.root.xpath(query)

    def each(self, nodes: Iterable[Selector], say: Callable[[Selector], Said | None]) -> Iterator[Said | Skipped]:
        """What `say` makes of each node, None for one that is no event; one that breaks it is skipped, as is what
        follows the 2,000th."""
        for number, node in enumerate(nodes):
            if number == MOST_ENTRIES:
                yield skipped(f"more than {MOST_ENTRIES} entries: the rest was left out", self.context)
                return
            try:
                said = say(node)
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
                written = " ".join(text(node).split())[:80]
                line = getattr(node.root, "sourceline", None)
                yield skipped(f"{written!r}: {type(error).__name__}: {error}", self.context, line)
                continue
            if said is not None:
                yield said

    def lead_to(self, links: Iterable[str]) -> Iterator[Follow]:
        """The pages of these addresses, each once, to be read by the same spider."""
        for link in dict.fromkeys(links):
            yield Follow(url=link, as_what="html")


def line(node: Selector | SelectorList[Selector], limit: int = 1000) -> str:
    """The text of an element on one line, cut: for regular expressions, which a stranger's page must not keep busy."""
    return " ".join(text(node).split())[:limit]


def text(node: Selector | SelectorList[Selector]) -> str:
    """The text of an element as a reader sees it, its blocks and breaks as lines; of several one below the other."""
    nodes = node if isinstance(node, SelectorList) else [node]
    return "\n".join(one.root if isinstance(one.root, str) else text_of(one.root) for one in nodes).replace("\xa0", " ")
