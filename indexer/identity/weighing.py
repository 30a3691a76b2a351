"""Two events with names that have something in common: what speaks for and against their being one."""

from collections.abc import Callable

from indexer.identity.agreement import When, Where, fits, is_namesake, where
from indexer.identity.comparison import Comparison, Verdict
from indexer.identity.likeness import Likeness, Names, is_routine, overlap
from indexer.identity.opponents import are_opposed, share_opponent
from indexer.identity.traits import Traits
from indexer.identity.venues import OTHER_VENUE_KM, Venue, venues

__all__ = ["Weighing", "both_names", "days_apart"]

#: What is on once a day: an hour that differs is a mistake.
_ONCE = frozenset({"conference", "trade-show", "barcamp", "unconference", "hackathon"})
_TWO_VENUES = "two venues"


class Weighing:
    """One pair, with all that is known of how it agrees."""

    __slots__ = ("a", "b", "km", "names", "one_source", "page", "venue", "when", "where")

    def __init__(self, a: Traits, b: Traits, times: When, names: Names, page: bool) -> None:
        self.a, self.b, self.when, self.names, self.page = a, b, times, names, page
        self.where, self.km = where(a, b)
        self.venue = Venue.SAME if self.where is Where.VENUE else venues(a, b, self.km)
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
        names = self.names
        if obstacle := self._obstacle():
            if obstacle == _TWO_VENUES and self._may_be_one_venue():
                return self._unsure(obstacle)
            return self._different(0.3, obstacle, contradicts=True)
        if self.page or (names.strong and (names.weight >= self._needed() or not self._is_one_of_many())):
            return self._same(0.98 if self.when >= When.DAY else 0.9)
        if self.where >= Where.CITY and names.shared and not self._is_one_of_many():
            return self._same(0.9)
        return self._equally_common()

    def _equally_common(self) -> Comparison:
        """The same name, of words that name many events ("Monthly meeting"): more must speak for it."""
        if self.when < When.DAY:
            return self._different(0.3, "a name that many events have", contradicts=False)
        is_long = self._is_exact() and not self._is_single() and (self.where >= Where.CITY or self.names.shared > 1)
        if self.venue is Venue.SAME or self._is_one_organizer() or is_long:
            return self._same(0.9)
        if self.where is Where.UNKNOWN or self.when is When.MINUTE or self.names.weight:
            return self._unsure("a name that many events have")
        return self._different(0.3, "a name that many events have", contradicts=False)

    def _needed(self) -> int:
        """How much the words that two names share must tell (Names.weight), by how exactly the hours agree."""
        return 1 if self.when is When.MINUTE or not (self.a.wall and self.b.wall) else 2

    def _is_one_of_many(self) -> bool:
        """Whether it is on at an hour of one day, as story times and quiz nights are: one of many of its name."""
        if not self._is_single() or self.where < Where.CITY:
            return self._is_single()
        is_timed = bool(self.a.wall or self.b.wall) and not (self.a.kind in _ONCE and self.b.kind in _ONCE)
        return is_timed or self._is_routine()

    def _is_routine(self) -> bool:
        """Whether nothing that both names say tells, and something of it is on everywhere ("Office closed")."""
        return not self.names.weight and any(is_routine(one) and one in self.b.name.own for one in self.a.name.own)

    def _obstacle(self) -> str | Callable[[], str] | None:
        """What keeps two of one name apart."""
        if self.when is When.OTHER_HOUR and not (self.names.strong and self.a.kind in _ONCE and self.b.kind in _ONCE):
            return "the hours differ"
        if self.when is When.NEAR and (self.where < Where.CITY or (self._is_single() and not self.page)):
            return self._days
        if self.when is When.OVERLAP and self.where < Where.CITY and abs(self.a.start_day - self.b.start_day) > 1:
            return self._days
        if self.venue is Venue.APART and (
            self._venues_differ() or (self._is_single() and (self.a.wall or self.b.wall))
        ):
            return _TWO_VENUES
        return None

    def _within(self) -> Comparison:
        if self._obstacle() or self.when < When.OVERLAP:
            is_doubt = self._obstacle() == _TWO_VENUES and self._may_be_one_venue()
            return self._unsure(_TWO_VENUES) if is_doubt else self._different(0.2, self._words, contradicts=True)
        names, is_exact = self.names, self._is_exact()
        if self._is_single() and (self.a.wall or self.b.wall):
            return self._one_says_more()
        if names.strong and is_exact and not (self._is_single() and self._is_routine()):
            return self._same(0.85)
        starts = not names.in_head and self.a.start_day == self.b.start_day
        if names.strong and not self._is_single() and (self.where >= Where.CITY or starts):
            return self._same(0.75)
        if self.page and is_exact:
            return self._same(0.85)
        return self._different(0.4, self._words, contradicts=False)

    def _one_says_more(self) -> Comparison:
        """Of an hour of one day: one name has all words of the other."""
        names, is_here = self.names, self.venue is Venue.SAME
        if self.page or names.weight > (2 if names.loose else 1) or (names.weight and is_here):
            return self._same(0.85 if self.when is When.MINUTE else 0.75)
        if is_here and self.when is When.MINUTE and (names.strong > 1 or self._says_venue()):
            return self._same(0.75)
        if names.weight or (names.strong and self.when is When.MINUTE):
            return self._unsure(self._words)
        return self._different(0.3, self._words, contradicts=False)

    def _says_venue(self) -> bool:
        """Whether what only one name says is where it is: "Trivia Night" and "Kesselhaus Trivia Night"."""
        more = set(self.a.name.own) ^ set(self.b.name.own)
        return more <= {*(self.a.venue or "").split(), *(self.b.venue or "").split(), *self.a.here, *self.b.here}

    def _is_one_evening(self) -> bool:
        """Whether two sources name most of the same people or things for one hour of one city, in other sentences."""
        a, b = self.a, self.b
        if self.one_source or not (a.wall or b.wall) or not self._is_single() or self.when < When.DAY:
            return False
        if self.names.likeness not in (Likeness.SHARED, Likeness.WITHIN) or self.where < Where.CITY:
            return False
        if are_opposed(a.name, b.name):
            return False
        weight, part = overlap(a.name, b.name)
        enough = weight > 2 and part >= 0.6 if self.when is When.MINUTE else weight > 4 and part >= 0.75
        enough = enough or share_opponent(a.name, b.name, 1 if self.when is When.MINUTE else 2)
        return enough and self._obstacle() is None and a.recurs == b.recurs

    def _otherwise_named(self) -> Comparison:
        if self.when is When.MINUTE and self.page and self.where >= Where.CITY and not self.one_source:
            return self._same(0.8)
        if self.when is When.MINUTE and self.venue is Venue.SAME and not self.one_source and self._is_single():
            if self.names.weight > 2 or self.names.strong > 2:
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

    def _may_be_one_venue(self) -> bool:
        """Whether the names tell so much that one source may name the hall, and the other the house that it is in."""
        return self.names.weight > 3 and self.when is When.MINUTE and not self._venues_differ()

    def _venues_differ(self) -> bool:
        return self.a.is_precise and self.b.is_precise and self.km is not None and self.km > OTHER_VENUE_KM

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
            return days_apart(days)
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


def days_apart(days: int) -> str:
    return f"start {days} day{'' if days == 1 else 's'} apart"


def both_names(a: Traits, b: Traits) -> str:
    return repr(a.name.text) if a.name.text == b.name.text else f"{a.name.text!r}, {b.name.text!r}"
