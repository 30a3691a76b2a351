"""Which way to read a site's events is the best, and why, in words.

A way that has less than six tenths of the upcoming events of the fullest is short: a calendar that is capped at ten,
the calendar of a single event. In this order: has upcoming events, is not short, a calendar or an API before a feed
before a page, has further pages, has more upcoming events, is of a known platform, all times have a zone, tells of
changes, says more of each event. Where the address that was asked about names a part of a calendar (a category, a
group), a calendar or a feed of that part goes before the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawlers.discovery.found import Candidate
from crawlers.discovery.parts import keeps_to, part_of

__all__ = ["better_way", "is_good", "ranked"]

_SHORT = 0.6
_KINDS = {"ics": 0, "jcal": 0, "json": 0, "xml": 0, "confs-tech": 0, "csv": 0, "yaml": 0, "markdown": 1, "feed": 1}
_PAGE = 2
_CAPS = (10, 20, 25, 30, 50, 100, 200, 250, 500, 1000)


def ranked(candidates: Iterable[Candidate], asked: str = "") -> list[Candidate]:
    """The candidates, the best first, each address once, with the reasons in words. `asked`: the address that was
    looked at."""
    part = part_of(asked)
    unique: dict[tuple[str, bool], Candidate] = {}
    for one in candidates:
        key = (_address(one.source.url), one.source.follow_depth > 0)
        before = unique.get(key)
        if before is None or (one.source.platform and not before.source.platform and one.upcoming >= before.upcoming):
            unique[key] = one
    narrow = [one for one in unique.values() if part and _is_of(part, one)]
    rest = [one for one in unique.values() if one not in narrow]
    return [*_ordered(narrow), *_ordered(rest, wider=bool(narrow))]


def _ordered(candidates: Sequence[Candidate], *, wider: bool = False) -> list[Candidate]:
    """The best first; `wider`: there are others that keep to what was asked about."""
    fullest = max((one.upcoming for one in candidates), default=0)
    order = sorted(candidates, key=lambda one: _key(one, fullest))
    return [replace(one, reasons=_reasons(one, fullest, wider=wider)) for one in order]


def _is_of(part: frozenset[str], one: Candidate) -> bool:
    """Whether it is a calendar or a feed of the part, with anything to come."""
    return one.upcoming > 0 and kind_of(one) < _PAGE and keeps_to(part, one.source.url)


def is_good(one: Candidate) -> bool:
    """Whether nothing better need be looked for: a calendar, an API or a list with more than one event to come."""
    return kind_of(one) == 0 and one.upcoming > (0 if one.source.platform and not one.as_given else 1)


def kind_of(one: Candidate) -> int:
    """0 for calendars, APIs and lists, 1 for feeds, 2 for pages; an adapter's pages count for as much as a feed."""
    kind = _KINDS.get(one.source.reader, _PAGE)
    return min(kind, 1) if one.source.platform else kind


def _key(one: Candidate, fullest: int) -> tuple[object, ...]:
    detail = (one.placed + one.linked + one.described) / max(1, 3 * one.count)
    return (
        one.upcoming == 0,
        _is_short(one, fullest),
        kind_of(one),
        not one.more,
        -one.upcoming,
        one.source.platform is None,
        one.as_given,
        not one.zone_known,
        not (one.validators or one.refresh),
        -round(detail, 1),
        -one.count,
    )


def _is_short(one: Candidate, fullest: int) -> bool:
    return not one.more and one.upcoming < _SHORT * fullest


def _reasons(one: Candidate, fullest: int, *, wider: bool) -> tuple[str, ...]:
    kinds = ("complete in itself", "a feed has only the newest", "read from pages")
    said = [kinds[kind_of(one)]]
    if wider:
        said.insert(0, "not only what the address names")
    if one.upcoming == 0:
        said.insert(0, "nothing upcoming")
    elif _is_short(one, fullest):
        said.insert(0, f"only {one.upcoming} of {fullest} upcoming events")
    if one.more:
        said.append("goes on over further pages")
    elif one.count in _CAPS and fullest <= one.count:
        said.append(f"just {one.count} events: it may be cut off there")
    if one.floating:
        said.append(f"{one.floating} times without a zone")
    if one.validators:
        said.append("tells when nothing has changed")
    if one.skipped:
        said.append(f"{one.skipped} entries skipped")
    return tuple(said)


def _address(url: str) -> str:
    """What makes two addresses one: scheme, "www." and a last slash do not count."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def better_way(now: Candidate, others: Iterable[Candidate]) -> Candidate | None:
    """Of other ways to read what is read by `now`, one that is plainly better: of a better kind and no less full, or
    one that gives upcoming events where there are none."""
    own = _address(now.source.url)
    part = part_of(now.source.url)
    for one in ranked(one for one in others if _address(one.source.url) != own or not now.upcoming):
        if not one.upcoming:
            break
        if now.upcoming and not keeps_to(part, one.source.url):
            continue
        fuller = one.more or one.upcoming >= now.upcoming
        if not now.upcoming or (kind_of(one) < kind_of(now) and fuller):
            return one
    return None
