"""What a crawl need not read again: what ended long ago, and the components that are stored already."""

import datetime as dt
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property

from hobnob.sources import Source

__all__ = ["Components", "Remembered"]


class Components(Container[str]):
    """The keys of the stored components of one source, asked for when a reader first looks."""

    def __init__(self, source: str, known: Callable[[str], Container[str]]) -> None:
        self._source = source
        self._ask = known

    def __contains__(self, key: object) -> bool:
        return key in self._known

    @cached_property
    def _known(self) -> Container[str]:
        return self._ask(self._source)


@dataclass(frozen=True, slots=True)
class Remembered:
    """`since` is the day before which what ended need not be read, `known` gives the stored components of a source."""

    since: dt.date | None = None
    known: Callable[[str], Container[str]] | None = None

    def components(self, source: Source) -> Container[str]:
        return Components(source.name, self.known) if self.known else frozenset()

    def since_for(self, source: Source) -> dt.date | None:
        """A source that is not declared was named by someone who wants all of it."""
        return self.since if source.declared_in else None
