"""Spiders of single sites, for what no platform, no format and no declared selectors cover.

A file is one site: `chi_housing_authority.py` has one class, which is derived from SiteSpider and whose name is
"chi-housing-authority". Each says in its docstring why a declared source was not enough. What a person sees of it as a
source is in crawlers/sources/sites.toml, so that nobody needs Scrapy to list the sources.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

__all__ = ["names", "spider_called"]


def names() -> list[str]:
    """The names of all of them, in order; none is imported."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def spider_called(name: str) -> type[Any]:
    """The spider called `name`, a crawlers.spiders.site_spider.SiteSpider; raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    found: type[Any] = next(
        one for one in vars(module).values() if isinstance(one, type) and vars(one).get("name") == name
    )
    return found
