"""Two events with names that have something in common: what speaks for and against their being one."""

from collections.abc import Callable

from indexer.identity import scoring
from indexer.identity.agreement import When, Where, fits, is_namesake
from indexer.identity.comparison import Comparison, Verdict
from indexer.identity.likeness import Likeness, overlap
from indexer.identity.opponents import are_opposed, share_opponent
from indexer.identity.pair import FESTIVAL, ONCE, Pair
from indexer.identity.venues import Venue
from indexer.identity.wording import days, distance, words

__all__ = ["Weighing"]

_TWO_VENUES = "two venues"
#: So far apart are two cities of one region, of which a list may name the better known.
_SUBURB_KM = 80.0


class Weighing(Pair):
    """The rules, the plainest first."""

    __slots__ = ()

    def result(self) -> Comparison:
        if self.are_siblings():
            return self._different(0.1, self._words, contradicts=True)
        if self._is_one_evening():
            return self._same()
        if self.names.likeness in (Likeness.UNLIKE, Likeness.SHARED):
            return self._otherwise_named()
        if self.where <= Where.DISTANT:
            return self._far()
        if not self.is_one_room() and not self.places_fit():
            return self._different(0.1, self._words, contradicts=True)
        return self._near()

    def _near(self) -> Comparison:
        """Names alike, and nothing against the places."""
        if self.names.placed and self.where < Where.CITY and not self.page:
            return self._unsure(self._words)
        if self.names.loose and self.where < Where.CITY and not self.page:
            is_near = self.is_exact() and not self.is_single()
            return self._unsure(self._words) if is_near else self._different(0.3, self._words, contradicts=False)
        if self.is_day_of(self.a, self.b) or self.is_day_of(self.b, self.a):
            return self._different(0.2, "a festival and one day of it", contradicts=True)
        if self.a.recurs != self.b.recurs:
            return self._different(0.3, "one is a series, the other happens once", contradicts=False)
        if self.one_source:
            return self._twice()
        return self._equal() if self.names.likeness is Likeness.EQUAL else self._within()

    def _far(self) -> Comparison:
        """Names alike, in two cities: of a brand, unless only one was placed wrongly."""
        is_equal = self.names.likeness is Likeness.EQUAL
        alike = self.names.shared and self.a.start_day == self.b.start_day if is_equal else self.is_exact()
        if alike and not self.one_source and fits(self.a, self.b, Where.UNKNOWN):
            if is_namesake(self.a, self.b) and (is_equal or self.names.strong):
                return self._same()
            if is_equal and self.names.weight and self.km is not None and self.km < _SUBURB_KM:
                return self._unsure(self._distance, contradicts=True)
            if is_equal and self.page and self.names.strong and self.a.end_day > self.a.start_day:
                return self._unsure(self._distance)
        return self._different(0.05, self._distance, contradicts=True)

    def _twice(self) -> Comparison:
        """The same source has it twice, under two UIDs."""
        a, b = self.a, self.b
        if self.when < When.DAY or a.start != b.start or a.wall != b.wall:
            return self._different(0.2, "two times of one source", contradicts=True)
        if self.venues_differ() or a.city != b.city or (a.venue and b.venue and a.venue != b.venue):
            return self._different(0.2, "two places of one source", contradicts=True)
        if self.names.likeness is Likeness.WITHIN and not (self.page and self.is_exact()):
            return self._different(0.3, self._words, contradicts=True)
        if not set(a.name.places) <= {"", *b.name.places} and not set(b.name.places) <= {"", *a.name.places}:
            return self._different(0.3, self._words, contradicts=True)
        if a.wall is not None and a.url != b.url and a.url and b.url and not (a.is_shared and b.is_shared):
            return self._unsure("one source, two pages")
        return self._same()

    def _equal(self) -> Comparison:
        names = self.names
        if obstacle := self._obstacle():
            if obstacle == _TWO_VENUES and self.may_be_one_venue():
                return self._unsure(obstacle, contradicts=True)
            if self.when <= When.OVERLAP and not self.is_single() and names.weight > 1 and not self.one_source:
                return self._unsure(obstacle, contradicts=True)
            return self._different(0.3, obstacle, contradicts=True)
        if self.page or (names.strong and (names.weight >= self.needed() or not self.is_one_of_many())):
            return self._same()
        if self.where >= Where.CITY and names.shared and not self.is_one_of_many():
            return self._same()
        return self._equally_common()

    def _equally_common(self) -> Comparison:
        """The same name, of words that name many events ("Monthly meeting"): more must speak for it."""
        if self.when < When.DAY:
            return self._different(0.3, "a name that many events have", contradicts=False)
        is_long = self.is_exact() and not self.is_single() and (self.where >= Where.CITY or self.names.shared > 1)
        if self.venue is Venue.SAME or self.is_one_organizer() or is_long or self.is_one_edition():
            return self._same()
        is_timed = bool(self.a.wall or self.b.wall)
        is_placed_once = (self.a.city is None) != (self.b.city is None)  # another may be elsewhere on that day
        is_whole = not is_timed and not is_placed_once and self.is_exact() and self.names.shared > 0
        if is_whole and self.a.kind in ONCE and self.b.kind in ONCE:
            return self._same()
        is_here = self.where >= Where.CITY or (self.where is Where.UNKNOWN and is_namesake(self.a, self.b))
        if not is_timed and is_here and self.names.shared > max(1, self.names.strong):
            return self._same()
        if self.where is Where.UNKNOWN or self.when is When.MINUTE or self.names.weight or not is_timed:
            return self._unsure("a name that many events have")
        return self._different(0.3, "a name that many events have", contradicts=False)

    def _obstacle(self) -> str | Callable[[], str] | None:
        """What keeps two of one name apart."""
        if self.when is When.OTHER_HOUR and not (self.names.strong and self.a.kind in ONCE and self.b.kind in ONCE):
            return "the hours differ"
        if self.when is When.NEAR and (self.where < Where.CITY or (self.is_single() and not self.page)):
            return self._days
        if self.when is When.OVERLAP and self.where < Where.CITY and self.a.start_day != self.b.start_day:
            apart = abs(self.a.start_day - self.b.start_day)
            if apart > 1 or abs(self.a.end_day - self.a.start_day - self.b.end_day + self.b.start_day) >= FESTIVAL:
                return self._days
        if self.venue is Venue.APART and (self.venues_differ() or (self.is_single() and (self.a.wall or self.b.wall))):
            return _TWO_VENUES
        return None

    def _within(self) -> Comparison:
        if (obstacle := self._obstacle()) or self.when < When.OVERLAP:
            if obstacle == _TWO_VENUES and self.may_be_one_venue():
                return self._unsure(_TWO_VENUES, contradicts=True)
            return self._different(0.2, self._words, contradicts=True)
        names, is_exact = self.names, self.is_exact()
        if self.is_single() and (self.a.wall or self.b.wall):
            return self._one_says_more()
        starts = not names.in_head and self.a.start_day == self.b.start_day
        is_said = names.strong and is_exact and not (self.is_single() and self.is_routine())
        is_long = names.strong and not self.is_single() and (self.where >= Where.CITY or starts)
        if is_said or is_long or (self.page and is_exact):
            return self._same()
        if self.a.start_day == self.b.start_day and (names.weight or names.shared > 1):
            return self._unsure(self._words)
        return self._different(0.3, self._words, contradicts=False)

    def _one_says_more(self) -> Comparison:
        """Of an hour of one day: one name has all words of the other."""
        names, is_here = self.names, self.venue is Venue.SAME
        if self.page or names.weight > (2 if names.loose else 1) or (names.weight and is_here):
            return self._same()
        if is_here and self.when is When.MINUTE and (names.strong > 1 or self.says_venue()):
            return self._same()
        if names.weight or names.strong > 1 or (names.strong and self.when is When.MINUTE):
            return self._unsure(self._words)
        return self._different(0.3, self._words, contradicts=False)

    def _is_one_evening(self) -> bool:
        """Whether two sources name most of the same people or things for one hour of one city, in other sentences."""
        a, b = self.a, self.b
        if self.one_source or not (a.wall or b.wall) or not self.is_single() or self.when < When.DAY:
            return False
        if self.names.likeness not in (Likeness.SHARED, Likeness.WITHIN) or self.where < Where.CITY:
            return False
        if are_opposed(a.name, b.name) or (self.names.likeness is Likeness.SHARED and self.are_beside_each_other()):
            return False
        weight, part = overlap(a.name, b.name)
        enough = weight > 2 and part >= 0.6 if self.when is When.MINUTE else weight > 4 and part >= 0.75
        enough = enough or share_opponent(a.name, b.name, 1 if self.when is When.MINUTE else 2)
        return enough and self._obstacle() is None and a.recurs == b.recurs

    def _otherwise_named(self) -> Comparison:
        if (
            self.page
            and not self.one_source
            and (self.when is When.MINUTE or (self.is_exact() and not self.is_single()))
        ):
            return self._one_page()
        if self.when is When.MINUTE and self.venue is Venue.SAME and not self.one_source and self.is_single():
            if (self.names.weight > 2 or self.names.strong > 2) and not self.are_beside_each_other():
                return self._same()
            if self.names.strong and self.names.likeness is Likeness.SHARED:
                return self._unsure(self._words)
        contradicts = self.one_source or self.names.likeness is Likeness.SHARED or self.where is Where.VENUE
        return self._different(0.1, self._words, contradicts=contradicts)

    def _one_page(self) -> Comparison:
        """Names in other words, or in another language, for the same hour or the same days, with one page."""
        if self.where >= Where.CITY and self.venue is not Venue.APART and not self.may_be_beside():
            return self._same()
        if self.where <= Where.DISTANT:
            return self._different(0.1, self._distance, contradicts=True)
        return self._unsure(self._words)

    def _same(self) -> Comparison:
        return Comparison(Verdict.SAME, self._score(scoring.SAME), self._all)

    def _unsure(self, why: str | Callable[[], str], *, contradicts: bool = False) -> Comparison:
        text: Callable[[], tuple[str, ...]] = lambda: (why if isinstance(why, str) else why(), *self._all())  # noqa: E731
        score = self._score(scoring.UNSURE)
        return Comparison(Verdict.UNSURE, score, lambda: tuple(dict.fromkeys(text())), contradicts)

    def _score(self, between: tuple[float, float]) -> float:
        return scoring.score(
            between,
            self.names,
            self.when,
            self.where,
            self.venue,
            same_days=self.is_exact() and not self.is_single(),
            page=self.page,
            organizer=self.is_one_organizer(),
        )

    def _different(self, score: float, why: str | Callable[[], str], *, contradicts: bool) -> Comparison:
        text: Callable[[], tuple[str, ...]] = lambda: (why if isinstance(why, str) else why(),)  # noqa: E731
        return Comparison(Verdict.DIFFERENT, score, text, contradicts)

    def _all(self) -> tuple[str, ...]:
        page = (f"the same page {self.a.url}",) if self.page else ()
        return (self._words(), self._days(), self._distance(), *page)

    def _days(self) -> str:
        return days(self.a, self.b, self.when)

    def _distance(self) -> str:
        return distance(self.a, self.b, self.where, self.km)

    def _words(self) -> str:
        return words(self.a, self.b, self.names.likeness)
