"""Whether what two sources, or one source twice, say is one event.

Names, times, places and pages are weighed by rules that a reader can follow, the plainest first. Two sources that say
the same are believed sooner than one source that says it twice: it has its reasons to list two.
"""

from indexer.identity.abbreviations import akin
from indexer.identity.agreement import When, Where, when, where
from indexer.identity.comparison import Comparison, Verdict
from indexer.identity.likeness import Likeness, likeness
from indexer.identity.recurring import Repeats, falls_on
from indexer.identity.traits import Traits
from indexer.identity.venues import Venue, venues
from indexer.identity.weighing import Weighing
from indexer.identity.wording import both_names, days_apart

__all__ = ["Comparison", "Verdict", "compare"]


def compare(a: Traits, b: Traits) -> Comparison:
    """Whether two descriptions are of one event. Symmetric; depends on nothing but the two."""
    if (b.source, b.uid, b.start_day, b.name.text) < (a.source, a.uid, a.start_day, a.name.text):
        a, b = b, a
    if a.recurs != b.recurs and a.source != b.source and _is_time_of(a, b):
        return Comparison(
            Verdict.SAME, 0.8, lambda: (f"a series and one time of it: {both_names(a, b)}", "in one place")
        )
    times = when(a, b)
    if times is When.APART:
        return _apart(a, b)
    names = likeness(a.name, b.name)
    page = a.url is not None and a.url == b.url and not a.is_shared
    if names.likeness is Likeness.UNLIKE:
        if _may_be_akin(a, b) and akin(a.name, b.name, a.end_day - a.start_day + 1):
            return _akin(a, b)
        if not page or not (times is When.MINUTE or _is_long(a, b)):
            return _unlike(a, b)
    return Weighing(a, b, times, names, page).result()


def _is_long(a: Traits, b: Traits) -> bool:
    """Whether both last the same days, several."""
    return a.start_day == b.start_day and a.end_day == b.end_day and a.end_day > a.start_day


def _is_time_of(a: Traits, b: Traits) -> bool:
    """Whether one is a series and the other, of the same name, hour and place, on one of its days."""
    series, once = (a, b) if a.recurs else (b, a)
    if series.wall is None or series.wall != once.wall or once.start_day != once.end_day or not series.repeats:
        return False
    if not falls_on(Repeats(series.repeats, series.every, series.until_day), series.start_day, once.start_day):
        return False
    names, (near, km) = likeness(a.name, b.name), where(a, b)
    if names.likeness is not Likeness.EQUAL or near < Where.CITY or not names.shared:
        return False
    place = Venue.SAME if near is Where.VENUE else venues(a, b, km)
    page = a.url is not None and a.url == b.url and not a.is_shared
    return place is not Venue.APART and (place is Venue.SAME or page or names.weight > 0)


def _unlike(a: Traits, b: Traits) -> Comparison:
    contradicts = a.source == b.source
    return Comparison(
        Verdict.DIFFERENT, 0.0, lambda: (f"names with nothing in common: {both_names(a, b)}",), contradicts=contradicts
    )


def _may_be_akin(a: Traits, b: Traits) -> bool:
    """Whether two sources speak of the same days of one city, or of one country that both names say: few share both."""
    if a.source == b.source or a.start_day != b.start_day or a.end_day != b.end_day or (a.wall and b.wall):
        return False
    if a.city is None and b.city is None:
        return a.end_day > a.start_day + 1 and bool({*a.name.places} & {*b.name.places})
    return a.city == b.city and not a.is_guessed and not b.is_guessed


def _akin(a: Traits, b: Traits) -> Comparison:
    """Names of which one may be another form of the other, on the same days in one place."""
    names = f"one name may be short for the other: {both_names(a, b)}"
    return Comparison(Verdict.SAME, 0.7, lambda: (names, "the same days", "the same city"))


def _apart(a: Traits, b: Traits) -> Comparison:
    days = abs(a.start_day - b.start_day)
    if a.recurs and b.recurs and a.source != b.source and a.wall == b.wall and not days % 7:
        names = likeness(a.name, b.name)
        if names.likeness is Likeness.EQUAL and names.shared and where(a, b)[0] >= Where.CITY:
            return Comparison(
                Verdict.SAME,
                0.85,
                lambda: (
                    f"series of one name: {both_names(a, b)}",
                    "on the same day of the week and hour",
                    "in one place",
                ),
            )
    return Comparison(Verdict.DIFFERENT, 0.0, lambda: (days_apart(days),), contradicts=True)
