"""`scrapy list` and `scrapy crawl NAME`: every declared source is a spider, made from its declaration."""

import os
from pathlib import Path

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawlers.sources import load
from crawlers.spiders import spider_class

__all__ = ["DeclaredSpiders"]


class DeclaredSpiders:
    """Scrapy's spider loader over the bundled sources and those of the folder HOBNOB_SOURCES, if that is set."""

    def __init__(self, settings: BaseSettings) -> None:
        folder = settings.get("HOBNOB_SOURCES") or os.environ.get("HOBNOB_SOURCES")
        self._sources = load(Path(folder) if folder else None)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "DeclaredSpiders":
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of one source; raises KeyError when none is called so."""
        source = self._sources[spider_name]
        generic = spider_class(source)
        return type(generic.__name__, (generic,), {"name": source.name, "sources": (source,), "__doc__": source.title})

    def find_by_request(self, request: Request) -> list[str]:
        """The sources whose address this is."""
        return [name for name, source in self._sources.items() if source.url == request.url]

    def list(self) -> "list[str]":
        return sorted(self._sources)
