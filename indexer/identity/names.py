"""Names of events, taken apart once so that many can be compared: their own words, editions, parts, places, tails."""

import msgspec

from indexer.identity.name_words import (
    REGION,
    STRONG,
    Says,
    Word,
    area,
    city_in,
    is_country,
    limit_of,
    places_from,
    state_of,
    word,
)
from indexer.identity.tokens import MOST, in_order, tokens

__all__ = ["LONGEST", "Name", "initials", "parse"]

LONGEST = 160
"""Of a longer name only the beginning is compared."""

_NUMBERS = frozenset({Says.NUMBER, Says.SHORT_YEAR, Says.YEAR})
#: What the name of a place may begin with: "Los Angeles", "New York", "West Palm Beach".
_PLACES = frozenset({Says.OWN, Says.COMMON, Says.ROUTINE, Says.TOPIC, Says.AREA, Says.GENERIC, Says.STOP})
#: In which of several rounds one may apply for a thing: that thing itself, unless another round is said.
_ROUNDS = {"round": "round", "cycle": "round", "phase": "round", "runde": "round", "ronda": "round"}
#: Countries that are more often written as a code.
_EVENTS = ("con", "conf", "days", "day", "fest", "camp", "summit", "congress", "forum", "expo", "week", "kaigi")
_PLAIN = frozenset({"US", "GB"})


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name, parsed. All words are folded.

    `own`: the words that tell it from others, in order; `head` of them stand before the first break ("X: Y", "X | Y").
    `strong` of them are no words of a whole field ("python", "security"). `tail`: words of who speaks, hosts or pays.
    `generic`: what sort of event ("conference"). `places`: countries' codes, "#" with cities' GeoNames ids and their
    countries, "~" with parts of the world, "+" with states' codes and their countries, "" for the event's own city.
    `years`; `numbers` count editions; `parts` are such as "day 2". `levels` are ages and classes that it is for
    ("u12", "6-9", "b1").
    `letters`: the whole name without years and joining words, as one run.
    """

    text: str
    own: tuple[str, ...] = ()
    head: int = 0
    strong: int = 0
    tail: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    letters: str = ""
    levels: tuple[str, ...] = ()


def parse(text: str, year: int, here: frozenset[str] = frozenset(), country: str | None = None) -> Name:
    """The name of an event of that year, in a city (and region) called by the words `here`, in that country."""
    text = " ".join(text[: 4 * LONGEST].split())[:LONGEST]
    found = list(map(word, tokens(text)))
    reading = _Reading(year, here, country)
    reading.read(found)
    return reading.name(text)


def initials(name: Name) -> str | None:
    """The first letters of the words of a long name, or a name that may be such letters; None for any other."""
    if len(name.own) == 1:
        return name.own[0] if 3 <= len(name.own[0]) <= 6 else None
    words = [one for one in in_order(name.text) if word(one).says not in (Says.STOP, Says.NUMBER, Says.SHORT_YEAR)]
    return "".join(one[0] for one in words) if 3 <= len(words) <= 6 else None


class _Reading:
    """One name while it is read, word by word."""

    def __init__(self, year: int, here: frozenset[str], country: str | None) -> None:
        self.year, self.here, self.country = year, here, country
        self.own: list[tuple[str, Says]] = []
        self.head = self.place_at = -1
        self.place = ""
        self.tail: list[str] = []
        self.generic: list[str] = []
        self.places: list[str] = []
        self.years: list[int] = []
        self.numbers: list[int] = []
        self.parts: list[str] = []
        self.when: list[str] = []
        self.levels: list[str] = []
        self.letters: list[str] = []

    def read(self, found: list[Word]) -> None:
        texts = [item.base or item.text for item in found]
        at, in_tail = 0, False
        before: Word | None = None
        while at < len(found):
            item = found[at]
            if item.says is Says.BREAK:
                in_tail = False
                if self.own and self.head < 0:
                    self.head = len(self.own)
            elif item.says is Says.TAIL:
                in_tail = bool(self.own)
            elif in_tail:
                self._tail(item)
            else:
                at += self._take(item, before, found, texts, at)
                before = item
                continue
            before = None
            at += 1

    def _tail(self, item: Word) -> None:
        if item.says is Says.YEAR:
            self.years.append(item.number)
        elif item.says is not Says.STOP:
            self.tail.append(item.text)

    def _take(self, item: Word, before: Word | None, found: list[Word], texts: list[str], at: int) -> int:
        """Takes the word at its place, and gives how many words it took."""
        says = item.says
        behind_unit = before is not None and before.says is Says.UNIT
        if (behind_unit or says in _NUMBERS) and self._numbered(item, before if behind_unit else None):
            return 1
        if self.place_at >= 0 and (size := self._state(item, found, texts, at)):
            return size
        if item.country is not None and (self._code(item) or self._is_region(found, at)):
            return 1
        if item.text in self.here and says is not Says.STOP and not is_country(item.text):
            self.letters.append(item.text)
            self.places.append("")
            self.place_at = at
            return 1
        if says in _PLACES and (place := places_from(texts, at)) and (place[1] > 1 or says is not Says.STOP):
            self.place_at = at + place[1] - 1
            return self._place(place, texts, at)
        if says >= Says.LEVEL:
            self._level(item, found, at)
        elif says is not Says.STOP:
            self.letters.append(item.spelt or item.text)
            follows = found[at + 1] if at + 1 < len(found) else None
            self._plain(item, follows is not None and _is_label(follows))
        return 1

    def _level(self, item: Word, found: list[Word], at: int) -> None:
        """Whom it is for: "U12", "B1"; or words such as "years" behind two numbers."""
        if item.says is Says.LEVEL:
            self.letters.append(item.text)
            self.levels.append(item.text)
        elif sum(one.says in _NUMBERS and one.number < 100 for one in found[max(0, at - 4) : at]) == 2:
            self.levels.append("-".join(map(str, self.numbers[-2:])))
            del self.numbers[-2:]

    def _plain(self, item: Word, is_labelled: bool) -> None:
        match item.says:
            case Says.WHEN:
                self.when.append(item.text)
            case Says.AREA:
                self.places.append(area(item.text))
            case Says.GENERIC | Says.EDITION:
                self.generic.append(item.text)
            case Says.UNIT:
                if not is_labelled:
                    self.generic.append(item.text)
            case _ if item.base and item.number == self.year % 100:
                self.own.append((item.base, word(item.base).says))
                self.letters[-1] = item.base
            case _:
                self.own.append((item.text, item.says))
        if item.number > 99 and item.says not in _NUMBERS:
            self.years.append(item.number)

    def _numbered(self, item: Word, before: Word | None) -> bool:
        """Whether a number, or a letter behind "part", was understood."""
        if before is not None and (limit := limit_of(before.text)) and (age := item.text.removesuffix("s")).isdecimal():
            self.levels.append(f"{limit}{age}")
        elif before is not None and before.text in _ROUNDS and _is_label(item):
            self.levels.append(f"{_ROUNDS[before.text]} {item.number or item.text}")
        elif before is not None and _is_label(item):
            self.parts.append(f"{before.text[:3]} {item.number or item.text}")
        elif item.says is Says.YEAR:
            self.years.append(item.number)
        elif item.says is Says.SHORT_YEAR and item.number == self.year % 100:
            self.years.append(self.year)
        elif item.says in (Says.NUMBER, Says.SHORT_YEAR):
            self.numbers.append(item.number)
        else:
            return False
        return True

    def _code(self, item: Word) -> bool:
        """A country's code, at the end of a word ("PyConDE") or alone; elsewhere letters mean other things."""
        if item.country == REGION:
            return False
        if item.country != self.country and not (self._is_glued(item) if item.base else self._is_plain(item)):
            return False
        self.letters.append(item.text)
        if item.base:
            self.own.append((item.base, word(item.base).says))
        self.places.append(item.country or "")
        return True

    def _is_glued(self, item: Word) -> bool:
        """Whether a code that ends a word means a country, the event's own not being known: "PyConHK", not "RuleML"."""
        return self.country is None and (item.country in _PLAIN or (item.base or "").endswith(_EVENTS))

    def _is_region(self, found: list[Word], at: int) -> bool:
        """Whether two capital letters are a state's: "Boston, MA"."""
        return at > 1 and found[at - 1].text == "," and self.place_at == at - 2

    def _state(self, item: Word, found: list[Word], texts: list[str], at: int) -> int:
        """How many words are a state's name, or its code, right behind a city of its country: "Portland, ME"."""
        is_behind_comma = found[at - 1].text == ","
        if self.place_at != at - (2 if is_behind_comma else 1):
            return 0
        for size in (2, 1):
            if size == 1 and len(item.text) < 4 and not self._is_state_code(item, found, at, is_behind_comma):
                return 0
            text = " ".join(texts[at : at + size])
            if marks := self._marks(text):
                self.letters.extend(texts[at : at + size])
                self.places[-1:] = marks
                return size
        return 0

    def _is_state_code(self, item: Word, found: list[Word], at: int, is_behind_comma: bool) -> bool:
        """Whether two capital letters behind a city can be a state's: behind a comma, or at the end of a name."""
        is_last = at + 1 == len(found) or found[at + 1].says in (Says.YEAR, Says.BREAK)
        return item.country is not None and (is_behind_comma or is_last)

    def _marks(self, state: str) -> tuple[str, str] | None:
        """The city that was read last, and the state of that name, if it is in one."""
        if self.places[-1]:
            return city_in(self.place, state)
        found = state_of(state, self.country) if self.country else None
        return ("", found) if found else None

    def _is_plain(self, item: Word) -> bool:
        """Whether a code that is not of the event's own country means a country all the same: "React Summit US"."""
        return bool(self.own) and item.says in STRONG and item.country in _PLAIN

    def _place(self, place: tuple[str, int], texts: list[str], at: int) -> int:
        mark, size = place
        self.place = " ".join(texts[at : at + size])
        self.letters.extend(texts[at : at + size])
        self.places.append(mark)
        return size

    def name(self, text: str) -> Name:
        own = dict.fromkeys(one for one, _ in self.own)
        if not own and self.tail:
            own = dict.fromkeys(self.tail)
        return Name(
            text,
            tuple(own)[:MOST],
            len(dict.fromkeys(one for one, _ in self.own[: self.head])) if self.head >= 0 else len(own),
            sum(says in STRONG for says in dict(self.own).values()),
            tuple(dict.fromkeys(self.tail)),
            tuple(dict.fromkeys(self.generic)),
            tuple(dict.fromkeys(self.places)),
            tuple(dict.fromkeys(self.years)),
            tuple(dict.fromkeys(self.numbers)),
            tuple(dict.fromkeys(self.parts)),
            tuple(dict.fromkeys(self.when)),
            "".join(self.letters),
            tuple(dict.fromkeys(self.levels)),
        )


def _is_label(item: Word) -> bool:
    """Whether it can stand behind "day" or "part": a number, or a single letter."""
    return item.says in (Says.NUMBER, Says.SHORT_YEAR) or (len(item.text) == 1 and item.text.isalpha())
