"""The crawl of one source: what is known of it while it lasts, and where each of its requests stands."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from crawlers.platforms.adapter import Way
from hobnob.sources import Source

__all__ = ["Course", "Step", "meta"]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a request stands in the crawl of its source.

    `reader` reads the response, which is `depth` links away from the declared address. `site` is what the crawl
    may not leave; None for the declared address itself, wherever that redirects to. A response that is `optional`
    may be missing; of an `entry` of a feed it is the page, where its event is told if it has one.
    """

    source: Source
    reader: str
    depth: int = 0
    site: str | None = None
    optional: bool = False
    entry: bool = False


@dataclass(slots=True)
class Course:
    """What the crawl of one source knows while it lasts: its way, what is stored of it, where it has been."""

    way: Way | None
    components: Container[str]
    seen: set[str] = field(default_factory=set)
    until: float | None = None


def meta(step: Step, course: Course) -> dict[str, Any]:
    """What the middlewares and the download handlers need to know of a request."""
    source = step.source
    given: dict[str, Any] = {"private": source.private, "local": source.url.startswith("file:")}
    given["dated"] = "{today" in source.url
    if step.site is not None:
        given |= {"site": step.site, "until": course.until}
    if course.way is not None and course.way.key is not None:
        given |= {"key": course.way.key, "platform": source.platform}
    return given
