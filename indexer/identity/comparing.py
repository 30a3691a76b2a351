"""Whether what two sources, or one source twice, say is one event."""

import enum
from typing import NamedTuple

from hobnob.distance import kilometres
from indexer.identity.likeness import Likeness, Names, likeness
from indexer.identity.traits import Traits

__all__ = ["Comparison", "Verdict", "compare"]

#: Between the centres of a city and a suburb of it; and beyond it, two cities.
SAME_CITY_KM, OTHER_CITY_KM = 45.0, 60.0
#: Two points of one venue, and of two.
SAME_VENUE_KM, OTHER_VENUE_KM = 0.25, 2.0
#: Doors and start; and what nobody takes for the same hour.
SAME_START, OTHER_START = 35, 95
#: Whole-day events whose starts are so far apart were written with and without days before and after.
MOST_DAYS = 3


class Verdict(enum.StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Comparison(NamedTuple):
    """`score` is how likely they are one event, 0 to 1. `contradicts`: something speaks against it, so that no third
    may join them; otherwise too little speaks for it."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()
    contradicts: bool = False


class Where(enum.IntEnum):
    """How near two events are."""

    APART = 0
    DISTANT = 1  # in one country, in two cities
    UNKNOWN = 2
    CITY = 3
    VENUE = 4


class When(enum.IntEnum):
    """How their times agree."""

    APART = 0
    NEAR = 1  # a day or few between, no overlap
    OTHER_HOUR = 2
    OVERLAP = 3
    DAY = 4
    MINUTE = 5


_UNLIKE = Comparison(Verdict.DIFFERENT, 0.0, ("the names have nothing in common",))


def compare(a: Traits, b: Traits) -> Comparison:
    """Whether two descriptions are of one event. Symmetric; depends on nothing but the two."""
    if (b.source, b.uid, b.start_day, b.name.text) < (a.source, a.uid, a.start_day, a.name.text):
        a, b = b, a
    when = _when(a, b)
    same_page = a.url is not None and a.url == b.url and not a.is_shared
    if when is When.APART and not same_page:
        return _apart_in_time(a, b)
    names = likeness(a.name, b.name)
    if names.likeness is Likeness.UNLIKE and not same_page and when is not When.MINUTE:
        return _UNLIKE
    where, km = _where(a, b)
    return _Judging(a, b, when, where, km, names, same_page).result()


def _apart_in_time(a: Traits, b: Traits) -> Comparison:
    if a.recurs and b.recurs and a.wall == b.wall and not (a.start_day - b.start_day) % 7:
        return _series(a, b)
    return Comparison(Verdict.DIFFERENT, 0.0, (f"start {abs(a.start_day - b.start_day)} days apart",), contradicts=True)


def _series(a: Traits, b: Traits) -> Comparison:
    names = likeness(a.name, b.name)
    where, _ = _where(a, b)
    if names.likeness is Likeness.EQUAL and where >= Where.CITY and names.shared and a.source != b.source:
        reasons = (f"series of the same name: {a.name.text!r}", "on the same day of the week and hour", "same place")
        return Comparison(Verdict.SAME, 0.85, reasons)
    return Comparison(Verdict.DIFFERENT, 0.1, ("series that begin on other days",), contradicts=True)


def _when(a: Traits, b: Traits) -> When:
    days = abs(a.start_day - b.start_day)
    long = a.end_day > a.start_day or b.end_day > b.start_day
    if a.start is not None and b.start is not None:
        minutes = abs(a.start - b.start)
        if minutes <= SAME_START:
            return When.MINUTE if minutes <= 5 else When.DAY
        if not long and days <= 1:
            if minutes <= OTHER_START:
                return When.DAY
            return When.DAY if _is_zone_error(a, b, minutes) else When.OTHER_HOUR if days == 0 else When.APART
    elif a.wall is not None and b.wall is not None and not days:
        minutes = abs(a.wall - b.wall)
        if not minutes:
            return When.MINUTE
        if not long and minutes > OTHER_START:
            return When.OTHER_HOUR
    if not days:
        return When.DAY
    if a.start_day <= b.end_day and b.start_day <= a.end_day:
        return When.OVERLAP if days <= 7 else When.APART
    gap = max(a.start_day - b.end_day, b.start_day - a.end_day)
    return When.NEAR if gap <= 1 or (long and days <= MOST_DAYS) else When.APART


def _is_zone_error(a: Traits, b: Traits, minutes: int) -> bool:
    """Whether one wrote local time as UTC, or the other way round."""
    return bool(minutes) and minutes in (abs(a.offset or 0), abs(b.offset or 0)) and a.offset != b.offset


def _where(a: Traits, b: Traits) -> tuple[Where, float | None]:
    km = None
    if a.latitude is not None and a.longitude is not None and b.latitude is not None and b.longitude is not None:
        km = kilometres(a.latitude, a.longitude, b.latitude, b.longitude)
    same_words = (a.venue is not None and a.venue == b.venue) or (a.street is not None and a.street == b.street)
    if km is None:
        if a.country and b.country and a.country != b.country:
            return (Where.UNKNOWN if a.is_guessed or b.is_guessed else Where.APART), None
        return (Where.VENUE if same_words and a.country and b.country else Where.UNKNOWN), None
    if a.is_precise and b.is_precise and km <= SAME_VENUE_KM:
        return Where.VENUE, km
    if km <= SAME_CITY_KM or a.city == b.city:
        return (Where.VENUE if same_words else Where.CITY), km
    if a.is_guessed or b.is_guessed:
        return Where.UNKNOWN, km
    if a.country == b.country and a.country is not None:
        return (Where.DISTANT if km > OTHER_CITY_KM else Where.CITY), km
    return (Where.APART if km > OTHER_CITY_KM else Where.CITY), km


class _Judging:
    """One pair, with all that is known of how it agrees."""

    __slots__ = ("a", "b", "km", "names", "one_source", "same_page", "when", "where")

    def __init__(
        self, a: Traits, b: Traits, when: When, where: Where, km: float | None, names: Names, same_page: bool
    ) -> None:
        self.a, self.b, self.when, self.where, self.km, self.names = a, b, when, where, km, names
        self.same_page = same_page
        self.one_source = a.source == b.source

    def result(self) -> Comparison:
        if self.when is When.APART:
            return self._apart()
        if self.where is Where.APART or (self.where is Where.DISTANT and not self.same_page):
            return self._different(0.05, self._distance(), contradicts=self.names.likeness >= Likeness.SHARED)
        if self.a.recurs != self.b.recurs:
            return self._different(0.3, "one is a series, the other happens once", contradicts=False)
        match self.names.likeness:
            case Likeness.EQUAL:
                return self._equal()
            case Likeness.WITHIN:
                return self._within()
            case Likeness.UNLIKE | Likeness.SHARED:
                return self._unlike()
        return self._sibling()

    def _apart(self) -> Comparison:
        """The same page, other dates: a page that is kept for every edition, or a date that one of them got wrong."""
        days = abs(self.a.start_day - self.b.start_day)
        return self._different(0.1, f"start {days} days apart", contradicts=True)

    def _equal(self) -> Comparison:
        if self.one_source:
            return self._twice()
        if self.when is When.OTHER_HOUR:
            return self._different(0.3, "the hours differ", contradicts=True)
        if self.when is When.NEAR and self._is_single_days() and not self.same_page:
            return self._different(0.3, self._days(), contradicts=True)
        if self._venues_differ():
            return self._different(0.2, "two venues", contradicts=True)
        if self._is_telling() or self.same_page:
            return self._same(0.98 if self.when >= When.DAY else 0.9)
        if self.where is Where.VENUE and self.when >= When.DAY:
            return self._same(0.93)
        if self.where >= Where.CITY and self.when >= When.DAY and self.names.shared:
            return self._same(0.9)
        if self._same_organizer() and self.when is When.MINUTE:
            return self._same(0.9)
        if self.where >= Where.CITY and self.when is When.MINUTE:
            return self._unsure("a name that many events have")
        if self.where is Where.UNKNOWN and self.when >= When.DAY and self.names.shared:
            return self._same(0.8)
        return self._different(0.3, "a name that many events have", contradicts=False)

    def _twice(self) -> Comparison:
        """The same source has it twice, under two UIDs."""
        a, b = self.a, self.b
        if self.when < When.DAY or a.start != b.start or a.wall != b.wall:
            return self._different(0.2, "two times of one source", contradicts=True)
        if self._venues_differ() or a.city != b.city:
            return self._different(0.2, "two places of one source", contradicts=True)
        if a.wall is not None and a.url != b.url and a.url and b.url and not a.is_shared and not b.is_shared:
            return self._unsure("one source, two pages")
        return self._same(0.95)

    def _within(self) -> Comparison:
        exact = self.a.start_day == self.b.start_day and self.a.end_day == self.b.end_day
        if self.one_source and not (self.same_page and exact):
            return self._different(0.3, self._words(), contradicts=True)
        if self.when < When.OVERLAP or self._venues_differ():
            return self._different(0.2, self._words(), contradicts=True)
        if self.names.strong and (exact or self.when is When.MINUTE) and self.when is not When.OTHER_HOUR:
            return self._same(0.85)
        if self.names.strong and self.where >= Where.CITY and self.a.end_day > self.a.start_day:
            return self._same(0.75)
        if self.same_page and exact:
            return self._same(0.85)
        return self._different(0.4, self._words(), contradicts=False)

    def _unlike(self) -> Comparison:
        proven = self.when is When.MINUTE and self.same_page and self.where >= Where.CITY and not self.one_source
        if proven:
            return self._same(0.8)
        contradicts = self.one_source or self.names.likeness is Likeness.SHARED or self.where is Where.VENUE
        return self._different(0.1, self._words(), contradicts=contradicts)

    def _sibling(self) -> Comparison:
        return self._different(0.1, self._words(), contradicts=True)

    def _is_telling(self) -> bool:
        return self.names.strong > 0

    def _is_single_days(self) -> bool:
        return self.a.start_day == self.a.end_day and self.b.start_day == self.b.end_day

    def _venues_differ(self) -> bool:
        if self.a.is_precise and self.b.is_precise and self.km is not None:
            return self.km > OTHER_VENUE_KM
        return False

    def _same_organizer(self) -> bool:
        return bool(set(self.a.organizers) & set(self.b.organizers))

    def _same(self, score: float) -> Comparison:
        return Comparison(Verdict.SAME, score, (self._words(), self._days(), self._distance(), *self._page()))

    def _unsure(self, why: str) -> Comparison:
        return Comparison(Verdict.UNSURE, 0.5, (why, self._words(), self._days(), self._distance(), *self._page()))

    def _different(self, score: float, why: str, *, contradicts: bool) -> Comparison:
        return Comparison(Verdict.DIFFERENT, score, (why,), contradicts)

    def _page(self) -> tuple[str, ...]:
        return (f"the same page {self.a.url}",) if self.same_page else ()

    def _days(self) -> str:
        days = abs(self.a.start_day - self.b.start_day)
        if days:
            return f"start {days} day{'s' if days > 1 else ''} apart"
        return "the same start to the minute" if self.when is When.MINUTE else "the same day"

    def _distance(self) -> str:
        if self.where is Where.VENUE:
            return f"the same venue {self.a.venue or ''}".strip()
        if self.km is not None:
            return "the same city" if self.a.city == self.b.city else f"{self.km:.0f} km apart"
        return "the place of one is not known" if self.where is Where.UNKNOWN else "two countries"

    def _words(self) -> str:
        a, b, names = self.a.name, self.b.name, self.names
        if names.likeness is Likeness.EQUAL:
            if a.text == b.text:
                return f"the same name: {a.text!r}"
            return f"the same name in other words: {a.text!r}, {b.text!r}"
        if names.likeness is Likeness.WITHIN:
            return f"one name has more words: {a.text!r}, {b.text!r}"
        return f"{a.text!r} is not {b.text!r}"
