"""Two descriptions that may be of one event, and what can be asked of how they agree."""

from indexer.identity.agreement import When, Where, are_named_for_two, fits, is_namesake, where
from indexer.identity.likeness import Likeness, Names, are_editions, are_parallel, is_part, is_routine
from indexer.identity.name_words import weight_of
from indexer.identity.opponents import are_opposed, share_opponent
from indexer.identity.subtitles import are_of_one_series
from indexer.identity.tokens import acronyms
from indexer.identity.traits import Traits
from indexer.identity.venues import OTHER_VENUE_KM, Venue, venues

__all__ = ["FESTIVAL", "ONCE", "Pair"]

#: What is on once a day: an hour that differs is a mistake.
ONCE = frozenset({"conference", "trade-show", "barcamp", "unconference", "hackathon"})
#: A festival lasts so many days at least, if its days are events of their own.
FESTIVAL = 3


class Pair:
    """One pair, with all that is known of how it agrees."""

    __slots__ = ("a", "b", "km", "names", "one_source", "page", "venue", "when", "where")

    def __init__(self, a: Traits, b: Traits, times: When, names: Names, page: bool) -> None:
        self.a, self.b, self.when, self.names, self.page = a, b, times, names, page
        self.where, self.km = where(a, b)
        self.venue = Venue.SAME if self.where is Where.VENUE else venues(a, b, self.km)
        self.one_source = a.source == b.source

    def is_one_room(self) -> bool:
        """Whether two sources give one venue and the minute: what the names say of places is then no doubt."""
        return self.where is Where.VENUE and self.when is When.MINUTE and not self.one_source

    def places_fit(self) -> bool:
        """Whether the places that the names speak of may be one."""
        is_two = self.where < Where.CITY and are_named_for_two(self.a, self.b)
        return not is_two and fits(self.a, self.b, self.where)

    def are_siblings(self) -> bool:
        """Whether the names say two editions, ages, cities, or the whole and a part of it."""
        kind, a, b = self.names.likeness, self.a.name, self.b.name
        if kind is Likeness.UNLIKE:
            return are_editions(a, b) or are_opposed(a, b)
        return kind in (Likeness.EDITION, Likeness.ELSEWHERE) or (kind is Likeness.PART and not self.is_one_hour())

    def is_one_edition(self) -> bool:
        """Whether, at one minute or on the same several days, both names say one number, or their field and city."""
        if self.when is not When.MINUTE and (not self.is_exact() or self.is_single()):
            return False
        a, b = self.a.name, self.b.name
        is_numbered = bool(self.names.shared) and not set(a.numbers).isdisjoint(b.numbers)
        return is_numbered or self.is_of_its_city()

    def needed(self) -> int:
        """How much the words that two names share must tell (Names.weight), by how exactly the hours agree."""
        return 1 if self.when is When.MINUTE or not (self.a.wall and self.b.wall) else 2

    def is_one_of_many(self) -> bool:
        """Whether it is on at an hour of one day, as story times and quiz nights are: one of many of its name."""
        if not self.is_single() or self.where < Where.CITY:
            return self.is_single()
        is_timed = bool(self.a.wall or self.b.wall) and not (self.a.kind in ONCE and self.b.kind in ONCE)
        return is_timed or self.is_routine()

    def is_routine(self) -> bool:
        """Whether nothing that both names say tells, and something of it is on everywhere ("Office closed")."""
        return not self.names.weight and any(is_routine(one) and one in self.b.name.own for one in self.a.name.own)

    def is_of_its_city(self) -> bool:
        """Whether both names say a field and the city: what is on everywhere is not called for where it is."""
        a, b = self.a.name, self.b.name
        if self.names.shared <= self.names.strong:
            return False
        return any(one[:1] in ("", "#") and one in b.places for one in a.places) and (
            self.where >= Where.CITY or "" not in a.places or is_namesake(self.a, self.b)
        )

    def says_venue(self) -> bool:
        """Whether what only one name says is where it is: "Trivia Night" and "Kesselhaus Trivia Night"."""
        more = set(self.a.name.own) ^ set(self.b.name.own)
        return more <= {*(self.a.venue or "").split(), *(self.b.venue or "").split(), *self.a.here, *self.b.here}

    def are_beside_each_other(self) -> bool:
        """Whether the names are those of siblings: one word differs, or all of a part, or what they share is where
        they are, or only one is of something beside an event. Two matches with one side are set aside: nobody plays
        two at once."""
        a, b = self.a.name, self.b.name
        house = frozenset((*(self.a.venue or "").split(), *(self.b.venue or "").split()))
        if are_of_one_series(a.text, b.text, house) or self.share_only_where(house):
            return True
        if any(map(is_part, a.own)) != any(map(is_part, b.own)):
            return True
        return are_parallel(a, b) and not share_opponent(a, b, 1)

    def share_only_where(self, house: frozenset[str]) -> bool:
        """Whether all words that tell, of those that two names share, are of the house or the town."""
        shared = {one for one in self.a.name.own if one in self.b.name.own and weight_of(one)}
        return bool(shared) and shared <= house.union(self.a.here, self.b.here)

    def may_be_beside(self) -> bool:
        """Whether two names for the same days may be of two conferences with one page, or of one and a part of it."""
        a, b = self.a.name, self.b.name
        if any(map(is_part, a.own)) != any(map(is_part, b.own)):
            return True
        mine, theirs = acronyms(a.text), acronyms(b.text)
        return not self.is_single() and bool(mine and theirs) and mine.isdisjoint(theirs)

    def is_one_hour(self) -> bool:
        """Whether both begin at the same minute of one day, by two sources: then one only says more of what it is."""
        return self.when is When.MINUTE and self.is_single() and not self.one_source and self.names.strong > 1

    def is_exact(self) -> bool:
        return self.a.start_day == self.b.start_day and self.a.end_day == self.b.end_day

    def is_single(self) -> bool:
        return self.a.start_day == self.a.end_day and self.b.start_day == self.b.end_day

    def may_be_one_venue(self) -> bool:
        """Whether the names tell so much that one source may name the hall, and the other the house that it is in, or
        its own house."""
        return self.names.weight > 1 and self.when >= When.DAY and not self.one_source

    def venues_differ(self) -> bool:
        return self.a.is_precise and self.b.is_precise and self.km is not None and self.km > OTHER_VENUE_KM

    def is_day_of(self, one: Traits, whole: Traits) -> bool:
        """Whether one is on one day and its name says which, and the other lasts several."""
        if not one.name.when or one.end_day > one.start_day or whole.end_day - whole.start_day < FESTIVAL - 1:
            return False
        return not set(one.name.when) <= set(whole.name.when)

    def is_one_organizer(self) -> bool:
        mine, theirs = self.a.organizers, self.b.organizers
        return bool(mine and theirs) and not set(mine).isdisjoint(theirs)
