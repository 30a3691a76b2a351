"""The base of the spiders of single sites (crawlers.spiders.sites).

A spider says what a person would say of its source, as class attributes, and turns a page into what it says of events
(`events`). Dates in words, places, marks of cancelled events and the like are understood here, by the same rules as in
declared sources; an entry that cannot be read is skipped with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from crawlers.readers import Context, Reader, Reading
from crawlers.readers.declared.rows import observations
from crawlers.readers.declared.values import Entry, Value
from crawlers.readers.fallback_uid import digest
from crawlers.readers.told_apart import told_apart
from crawlers.sources.picks import FIELDS
from crawlers.spiders.declared import DeclaredSpider, Step
from crawlers.spiders.site_page import Said, SitePage
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped
from hobnob.sources import Pick, Source

__all__ = ["SiteSpider"]

_PICKS = {name: Pick(at=name) for name in FIELDS if name != "entries"}


class SiteSpider(DeclaredSpider):
    """A site of its own. `url` is where it begins, `follow_depth` how many links deep `events` may lead."""

    title: ClassVar[str] = ""
    url: ClassVar[str] = ""
    time_zone: ClassVar[str | None] = None
    place: ClassVar[str | None] = None
    industries: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[str | None] = None
    language: ClassVar[str | None] = None
    date_order: ClassVar[str | None] = None
    follow_depth: ClassVar[int] = 0
    version: ClassVar[int] = 1

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "sources" not in cls.__dict__:
            cls.sources = (cls.source(),)

    @classmethod
    def source(cls) -> Source:
        """What crawlers/sources/sites.toml has to say of it."""
        return Source(
            name=cls.name,
            title=cls.title,
            url=cls.url,
            reader="html",
            spider=cls.name,
            time_zone=cls.time_zone,
            place=cls.place,
            industries=cls.industries,
            kind=cls.kind,
            language=cls.language,
            date_order=cls.date_order,
            follow_depth=cls.follow_depth,
        )

    def events(self, page: SitePage) -> Iterator[Said | Follow | Skipped]:
        """What a page of the site says of events, which other pages to read, and what of it cannot be read."""
        raise NotImplementedError

    def reading(self, data: bytes, context: Context) -> Iterator[Reading]:
        """The reader of all pages of the site. Raises ReadError when a page holds nothing of what is looked for."""
        found = list(self.events(SitePage.opened(data, context)))
        said = [one for one in found if isinstance(one, Mapping)]
        rules = {uid: rule for one in said if isinstance(rule := one.get("rrule"), str) and (uid := one.get("uid"))}
        if not found:
            raise ReadError(
                f"nothing on it that the spider {self.name!r} looks for",
                hint="see whether the site looks another way now",
            )
        entries = (Entry(_finder(one)) for one in said)
        read = observations(entries, _PICKS, context, version=f"{self.name}/{self.version}")
        own = {uid for one in said if (uid := one.get("uid"))}
        events = [_of_its_day(one) if isinstance(one, Observation) and one.uid not in own else one for one in read]
        for one in told_apart(events, lambda event: (event.start_date,)):
            rule = rules.get(one.uid) if isinstance(one, Observation) else None
            yield replace(one, rrule=(rule,)) if rule and isinstance(one, Observation) else one
        yield from (one for one in found if isinstance(one, Skipped | Follow))

    def _reader(self, step: Step) -> Reader:
        return self.reading


def _of_its_day(event: Observation) -> Observation:
    """A board meets every month under one name, each time perhaps on a page of its own: the day tells them apart."""
    return replace(event, uid=digest(event.name, event.start_date.date))


def _finder(said: Said) -> Any:
    def find(at: str) -> Sequence[Value]:
        value = said.get(at)
        texts = [value] if isinstance(value, str) else value or ()
        return [Value(one) for one in texts if one and one.strip()]

    return find
