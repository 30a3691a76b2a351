"""Whether what two sources, or one source twice, say is one event.

Names, times, places and pages are weighed by rules that a reader can follow, the plainest first. Two sources that say
the same are believed sooner than one source that says it twice: it has its reasons to list two.
"""

import enum
from collections.abc import Callable
from functools import cached_property

from indexer.identity.agreement import When, Where, fits, is_namesake, when, where
from indexer.identity.likeness import Likeness, Names, likeness, overlap, share_opponent
from indexer.identity.traits import Traits

__all__ = ["Comparison", "Verdict", "compare"]

#: What is on once a day: an hour that differs is a mistake.
_ONCE = frozenset({"conference", "trade-show", "barcamp", "unconference", "hackathon"})
#: Two venues of one city are so far apart at least.
OTHER_VENUE_KM = 2.0


class Verdict(enum.StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Comparison:
    """What was found of two events.

    `score` is how likely they are one event, 0 to 1. `contradicts`: something speaks against it, so that no third may
    join them; otherwise too little speaks for it. `reasons` are short texts, made when they are asked for.
    """

    def __init__(
        self, verdict: Verdict, score: float, why: Callable[[], tuple[str, ...]], contradicts: bool = False
    ) -> None:
        self.verdict, self.score, self.contradicts = verdict, score, contradicts
        self._why = why

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        return self._why()

    def __repr__(self) -> str:
        return f"Comparison({self.verdict}, {self.score}, {self.reasons}, contradicts={self.contradicts})"


def compare(a: Traits, b: Traits) -> Comparison:
    """Whether two descriptions are of one event. Symmetric; depends on nothing but the two."""
    if (b.source, b.uid, b.start_day, b.name.text) < (a.source, a.uid, a.start_day, a.name.text):
        a, b = b, a
    times = when(a, b)
    if times is When.APART:
        return _apart(a, b)
    names = likeness(a.name, b.name)
    page = a.url is not None and a.url == b.url and not a.is_shared
    if names.likeness is Likeness.UNLIKE and not (page and times is When.MINUTE):
        return _unlike(a, b)
    return _Judging(a, b, times, names, page).result()


def _unlike(a: Traits, b: Traits) -> Comparison:
    contradicts = a.source == b.source
    return Comparison(
        Verdict.DIFFERENT, 0.0, lambda: (f"names with nothing in common: {_two(a, b)}",), contradicts=contradicts
    )


def _apart(a: Traits, b: Traits) -> Comparison:
    days = abs(a.start_day - b.start_day)
    if a.recurs and b.recurs and a.source != b.source and a.wall == b.wall and not days % 7:
        names = likeness(a.name, b.name)
        if names.likeness is Likeness.EQUAL and names.shared and where(a, b)[0] >= Where.CITY:
            return Comparison(
                Verdict.SAME,
                0.85,
                lambda: (f"series of one name: {_two(a, b)}", "on the same day of the week and hour", "in one place"),
            )
    return Comparison(Verdict.DIFFERENT, 0.0, lambda: (_days_apart(days),), contradicts=True)


class _Judging:
    """One pair, with all that is known of how it agrees."""

    __slots__ = ("a", "b", "km", "names", "one_source", "page", "when", "where")

    def __init__(self, a: Traits, b: Traits, times: When, names: Names, page: bool) -> None:
        self.a, self.b, self.when, self.names, self.page = a, b, times, names, page
        self.where, self.km = where(a, b)
        self.one_source = a.source == b.source

    def result(self) -> Comparison:
        kind = self.names.likeness
        if kind in (Likeness.EDITION, Likeness.ELSEWHERE) or (kind is Likeness.PART and not self._is_one_hour()):
            return self._different(0.1, self._words, contradicts=True)
        if self._is_one_evening():
            return self._same(0.8)
        if kind in (Likeness.UNLIKE, Likeness.SHARED):
            return self._otherwise_named()
        if self.where <= Where.DISTANT:
            return self._far()
        if not fits(self.a, self.b, self.where):
            return self._different(0.1, self._words, contradicts=True)
        return self._near()

    def _near(self) -> Comparison:
        """Names alike, and nothing against the places."""
        if self.names.loose and self.where < Where.CITY and not self.page:
            return self._different(0.3, self._words, contradicts=False)
        if self.a.recurs != self.b.recurs:
            return self._different(0.3, "one is a series, the other happens once", contradicts=False)
        if self.one_source:
            return self._twice()
        return self._equal() if self.names.likeness is Likeness.EQUAL else self._within()

    def _far(self) -> Comparison:
        """Names alike, in two cities: of a brand, unless only one was placed wrongly."""
        is_equal = self.names.likeness is Likeness.EQUAL
        alike = self.names.shared and self.a.start_day == self.b.start_day if is_equal else self._is_exact()
        if alike and not self.one_source and fits(self.a, self.b, Where.UNKNOWN):
            if is_namesake(self.a, self.b) and (is_equal or self.names.strong):
                return self._same(0.85)
            if is_equal and self.page and self.names.strong and self.a.end_day > self.a.start_day:
                return self._unsure(self._distance)
        return self._different(0.05, self._distance, contradicts=True)

    def _twice(self) -> Comparison:
        """The same source has it twice, under two UIDs."""
        a, b = self.a, self.b
        if self.when < When.DAY or a.start != b.start or a.wall != b.wall:
            return self._different(0.2, "two times of one source", contradicts=True)
        if self._venues_differ() or a.city != b.city or (a.venue and b.venue and a.venue != b.venue):
            return self._different(0.2, "two places of one source", contradicts=True)
        if self.names.likeness is Likeness.WITHIN and not (self.page and self._is_exact()):
            return self._different(0.3, self._words, contradicts=True)
        if not set(a.name.places) <= {"", *b.name.places} and not set(b.name.places) <= {"", *a.name.places}:
            return self._different(0.3, self._words, contradicts=True)
        if a.wall is not None and a.url != b.url and a.url and b.url and not (a.is_shared and b.is_shared):
            return self._unsure("one source, two pages")
        return self._same(0.95)

    def _equal(self) -> Comparison:
        if obstacle := self._obstacle():
            return self._different(0.3, obstacle, contradicts=True)
        if self.names.strong or self.page:
            return self._same(0.98 if self.when >= When.DAY else 0.9)
        if self.where >= Where.CITY and self.names.shared:
            return self._same(0.9)
        return self._equally_common()

    def _equally_common(self) -> Comparison:
        """The same name, of words that name many events ("Monthly meeting"): more must speak for it."""
        if self.when < When.DAY:
            return self._different(0.3, "a name that many events have", contradicts=False)
        is_long = self._is_exact() and not self._is_single() and self.where >= Where.CITY
        if self.where is Where.VENUE or self._is_one_organizer() or is_long:
            return self._same(0.9)
        if self.names.shared and (self.where is Where.UNKNOWN or self.when is When.MINUTE):
            return self._same(0.8)
        if self.where is Where.CITY and self.when is When.MINUTE:
            return self._unsure("a name that many events have")
        return self._different(0.3, "a name that many events have", contradicts=False)

    def _obstacle(self) -> str | Callable[[], str] | None:
        """What keeps two of one name apart."""
        if self.when is When.OTHER_HOUR and not (self.names.strong and self.a.kind in _ONCE and self.b.kind in _ONCE):
            return "the hours differ"
        if self.when is When.NEAR and (self.where < Where.CITY or (self._is_single() and not self.page)):
            return self._days
        if self.when is When.OVERLAP and self.where < Where.CITY and abs(self.a.start_day - self.b.start_day) > 1:
            return self._days
        is_timed = self.a.wall is not None and self.b.wall is not None and self._is_single()
        return "two venues" if self._venues_differ() or (is_timed and self._venues_named_apart()) else None

    def _within(self) -> Comparison:
        if self._obstacle() or self.when < When.OVERLAP:
            return self._different(0.2, self._words, contradicts=True)
        names, is_exact = self.names, self._is_exact()
        is_timed = self.a.wall and self.b.wall and self._is_single()
        if names.strong and (self.when is When.MINUTE or (is_exact and not is_timed)):
            return self._same(0.85)
        starts = not names.in_head and self.a.start_day == self.b.start_day
        if names.strong and not self._is_single() and (self.where >= Where.CITY or starts):
            return self._same(0.75)
        if self.page and is_exact:
            return self._same(0.85)
        return self._different(0.4, self._words, contradicts=False)

    def _is_one_evening(self) -> bool:
        """Whether two sources name most of the same people or things for one hour of one city, in other sentences."""
        a, b = self.a, self.b
        if self.one_source or not (a.wall and b.wall) or not self._is_single() or self.when < When.DAY:
            return False
        if self.names.likeness not in (Likeness.SHARED, Likeness.WITHIN) or self.where < Where.CITY:
            return False
        count, part = overlap(a.name, b.name)
        enough = part >= 0.75 if count > 2 else part >= 0.8 and count > 1 and self.when is When.MINUTE
        enough = enough or (self.when is When.MINUTE and share_opponent(a.name, b.name))
        return enough and self._obstacle() is None and a.recurs == b.recurs

    def _otherwise_named(self) -> Comparison:
        if self.when is When.MINUTE and self.page and self.where >= Where.CITY and not self.one_source:
            return self._same(0.8)
        if self.when is When.MINUTE and self.where is Where.VENUE and not self.one_source and self._is_single():
            if self.names.strong > 1:
                return self._same(0.75)
            if self.names.strong and self.names.likeness is Likeness.SHARED:
                return self._unsure(self._words)
        contradicts = self.one_source or self.names.likeness is Likeness.SHARED or self.where is Where.VENUE
        return self._different(0.1, self._words, contradicts=contradicts)

    def _is_one_hour(self) -> bool:
        """Whether both begin at the same minute of one day, by two sources: then one only says more of what it is."""
        return self.when is When.MINUTE and self._is_single() and not self.one_source and self.names.strong > 1

    def _is_exact(self) -> bool:
        return self.a.start_day == self.b.start_day and self.a.end_day == self.b.end_day

    def _is_single(self) -> bool:
        return self.a.start_day == self.a.end_day and self.b.start_day == self.b.end_day

    def _venues_differ(self) -> bool:
        return self.a.is_precise and self.b.is_precise and self.km is not None and self.km > OTHER_VENUE_KM

    def _venues_named_apart(self) -> bool:
        """Two venues by name, unless they have a word or a point in common."""
        a, b = self.a, self.b
        if self.where is Where.VENUE or not (a.venue and b.venue) or set(a.venue.split()) & set(b.venue.split()):
            return False
        return not (a.street and a.street == b.street)

    def _is_one_organizer(self) -> bool:
        return not set(self.a.organizers).isdisjoint(self.b.organizers)

    def _same(self, score: float) -> Comparison:
        return Comparison(Verdict.SAME, score, self._all)

    def _unsure(self, why: str | Callable[[], str]) -> Comparison:
        return Comparison(Verdict.UNSURE, 0.5, lambda: (why if isinstance(why, str) else why(), *self._all()))

    def _different(self, score: float, why: str | Callable[[], str], *, contradicts: bool) -> Comparison:
        text: Callable[[], tuple[str, ...]] = lambda: (why if isinstance(why, str) else why(),)  # noqa: E731
        return Comparison(Verdict.DIFFERENT, score, text, contradicts)

    def _all(self) -> tuple[str, ...]:
        page = (f"the same page {self.a.url}",) if self.page else ()
        return (self._words(), self._days(), self._distance(), *page)

    def _days(self) -> str:
        if days := abs(self.a.start_day - self.b.start_day):
            return _days_apart(days)
        return "the same start to the minute" if self.when is When.MINUTE else "the same day"

    def _distance(self) -> str:
        if self.where is Where.VENUE:
            return f"the same venue {self.a.venue or ''}".strip()
        if self.km is not None:
            return "the same city" if self.a.city == self.b.city else f"{self.km:.0f} km apart"
        return "the place of one is not known" if self.where is Where.UNKNOWN else "two countries"

    def _words(self) -> str:
        a, b = self.a.name.text, self.b.name.text
        if a == b and self.names.likeness is Likeness.EQUAL:
            return f"the same name: {a!r}"
        return f"{_SAID[self.names.likeness]}: {a!r}, {b!r}"


_SAID = {
    Likeness.EQUAL: "the same name in other words",
    Likeness.WITHIN: "one name says more",
    Likeness.EDITION: "two editions or parts",
    Likeness.PART: "one is a part of the other",
    Likeness.ELSEWHERE: "named for two places",
    Likeness.SHARED: "other names",
    Likeness.UNLIKE: "other names",
}


def _days_apart(days: int) -> str:
    return f"start {days} day{'' if days == 1 else 's'} apart"


def _two(a: Traits, b: Traits) -> str:
    return repr(a.name.text) if a.name.text == b.name.text else f"{a.name.text!r}, {b.name.text!r}"
