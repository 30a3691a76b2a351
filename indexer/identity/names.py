"""Names of events, taken apart once so that many can be compared: their own words, editions, parts, places, tails."""

import re

import msgspec

from indexer.identity.name_words import Says, Word, area, places_from, word

__all__ = ["LONGEST", "Name", "parse", "tokens"]

LONGEST = 160
"""Of a longer name only the beginning is compared."""

_MOST_WORDS = 24
_TOKEN = re.compile(
    r"w/|(?:[^\W\d_]\.){2,}"  # with; U.K.
    r"|[#№]\s?\d+"
    r"|['’]\d\d\b"
    r"|[^\W_]+(?:['’][^\W\d_]{1,2}\b)?(?:\+\+|\#)?"
    r"|[|:@()\[\]–—•·/,]| - "
)


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name, parsed. All words are folded.

    `own`: the words that tell it from others, in order; `head` of them stand before the first break ("X: Y", "X | Y").
    `strong` of them are no words of a whole field ("python", "security"). `tail`: words of who speaks, hosts or pays.
    `generic`: what sort of event ("conference"). `places`: countries' codes, "#" and cities' GeoNames ids, "~" and
    parts of the world, "" for the event's own city. `years`, `numbers` (editions), `parts` ("day 2", "am").
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


def parse(text: str, year: int, here: frozenset[str] = frozenset(), country: str | None = None) -> Name:
    """The name of an event of that year, in a city (and region) called by the words `here`, in that country."""
    text = " ".join(text[: 4 * LONGEST].split())[:LONGEST]
    found = list(map(word, tokens(text)))
    reading = _Reading(year, here, country)
    reading.read(found)
    return reading.name(text)


def tokens(text: str) -> list[str]:
    """The words of a name as written, and the breaks between them."""
    return _TOKEN.findall(text)[: 2 * _MOST_WORDS]


class _Reading:
    """One name while it is read, word by word."""

    def __init__(self, year: int, here: frozenset[str], country: str | None) -> None:
        self.year, self.here, self.country = year, here, country
        self.own: list[tuple[str, Says]] = []
        self.head = -1
        self.tail: list[str] = []
        self.generic: list[str] = []
        self.places: list[str] = []
        self.years: list[int] = []
        self.numbers: list[int] = []
        self.parts: list[str] = []
        self.when: list[str] = []
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
                in_tail = bool(self.own or self.generic)
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
        elif item.says not in (Says.STOP, Says.NUMBER, Says.SHORT_YEAR):
            self.tail.append(item.text)

    def _take(self, item: Word, before: Word | None, found: list[Word], texts: list[str], at: int) -> int:
        """Takes the word at its place, and gives how many words it took."""
        says = item.says
        if says in (Says.NUMBER, Says.SHORT_YEAR, Says.YEAR) or (before is not None and before.says is Says.UNIT):
            if self._numbered(item, before):
                return 1
        if item.country is not None and (size := self._code(item)):
            return size
        if says is Says.STOP:
            place = places_from(texts, at) if len(item.text) > 1 else None  # Los Angeles
            return self._place(place, texts, at) if place and place[1] > 1 else 1
        self.letters.append(item.text)
        if item.text in self.here:
            self.places.append("")
            return 1
        if says in (Says.OWN, Says.TOPIC, Says.AREA, Says.GENERIC) and (place := places_from(texts, at)):
            self.letters.pop()
            return self._place(place, texts, at)
        match says:
            case Says.WHEN:
                self.when.append(item.text)
            case Says.AREA:
                self.places.append(area(item.text))
            case Says.GENERIC | Says.EDITION:
                self.generic.append(item.text)
            case Says.UNIT:
                follows = found[at + 1] if at + 1 < len(found) else None
                if follows is None or not _is_label(follows):
                    self.generic.append(item.text)
            case _:
                self.own.append((item.text, says))
        if item.number and says is not Says.NUMBER:
            self.years.append(item.number)
        return 1

    def _numbered(self, item: Word, before: Word | None) -> bool:
        """Whether a number, or a letter behind "part", was understood."""
        if before is not None and before.says is Says.UNIT and _is_label(item):
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

    def _code(self, item: Word) -> int:
        """A country's code, at the end of a word ("PyConDE") or alone; elsewhere letters mean other things."""
        if item.country != self.country and (item.base or item.country not in ("US", "GB", "DE") or not self.own):
            return 0
        if not item.base and item.says is Says.TOPIC and item.country != self.country:
            return 0
        self.letters.append(item.text)
        if item.base:
            self.own.append((item.base, word(item.base).says))
        self.places.append(item.country or "")
        return 1

    def _place(self, place: tuple[str, int], texts: list[str], at: int) -> int:
        mark, size = place
        self.letters.extend(texts[at : at + size])
        self.places.append(mark)
        return size

    def name(self, text: str) -> Name:
        own = dict.fromkeys(one for one, _ in self.own)
        if not own and self.tail:
            own = dict.fromkeys(self.tail)
        return Name(
            text,
            tuple(own)[:_MOST_WORDS],
            len(dict.fromkeys(one for one, _ in self.own[: self.head])) if self.head >= 0 else len(own),
            sum(says is Says.OWN for says in dict(self.own).values()),
            tuple(dict.fromkeys(self.tail)),
            tuple(dict.fromkeys(self.generic)),
            tuple(dict.fromkeys(self.places)),
            tuple(dict.fromkeys(self.years)),
            tuple(dict.fromkeys(self.numbers)),
            tuple(dict.fromkeys(self.parts)),
            tuple(dict.fromkeys(self.when)),
            "".join(self.letters),
        )


def _is_label(item: Word) -> bool:
    """Whether it can stand behind "day" or "part": a number, or a single letter."""
    return item.says in (Says.NUMBER, Says.SHORT_YEAR) or (len(item.text) == 1 and item.text.isalpha())
