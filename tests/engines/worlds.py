"""Worlds of events and questions about them, thrown with dice that are either Hypothesis or a seeded Random."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from hobnob.events import Event, EventSource, Label, Occurrence
from hobnob.moments import Moment
from hobnob.observations import Attendance, Person, Place, Status
from hobnob.queries import Box, Circle, Query, Sort
from indexer.documents import EventDocument, event_document

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "+05:30", "Pacific/Honolulu")
WORDS = (
    *("meetup", "Meetups", "conference", "conferences", "Python", "C++", "C#", ".NET", "node.js", "front-end", "data"),
    *(
        "Treffen",
        "Zürich",
        "Straße",
        "événements",
        "Łódź",
        "конференция",
        "конференции",
        "勉強会",
        "東京",
        "会",
        "개발자",
    ),
    *("مؤتمر", "the", "a", "İstanbul"),
)
LANGUAGES = ("en", "de", "fr", "ru", "ja", "pl", "pt-BR", None)
CITIES = (("Zürich", "CH"), ("Łódź", "PL"), ("東京", "JP"), ("Springfield", "US"), ("Springfield", "CA"), (None, None))
POINTS = (
    *((52.52, 13.405), (52.520001, 13.405), (52.4, 13.1), (48.137154, 11.576124), (-36.85, 174.76), (0.0, 0.0)),
    *((90.0, 0.0), (89.9, 120.0), (-90.0, 77.0), (-89.99, -170.0)),
    *((-16.5, 180.0), (-16.5, -180.0), (-16.5, 179.999999), (-16.4, -179.9), (65.0, 179.5), (65.0, -179.5)),
)
NAMES = ("Ada Lovelace", "Ada King", "Grace Hopper", "Hopper Ada", "Jürgen Ødegård", "O'Neil, Ada", "山田 太郎", "!!!")
INDUSTRIES = ("technology", "health", "finance", "design")
KINDS = ("meetup", "conference", "barcamp")
SOURCES = ("one", "two", "three")

T = TypeVar("T")


class Dice(Protocol):
    def pick(self, choices: Sequence[T]) -> T: ...

    def between(self, low: int, high: int) -> int: ...


class Drawn:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def pick(self, choices: Sequence[T]) -> T:
        return self._draw(st.sampled_from(choices))

    def between(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


class Thrown:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def between(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


def some(dice: Dice, choices: Sequence[T], most: int) -> tuple[T, ...]:
    return tuple(dict.fromkeys(dice.pick(choices) for _ in range(dice.between(0, most))))


def seldom(dice: Dice, one_in: int) -> bool:
    return dice.between(1, one_in) == one_in


# Events


def an_event(dice: Dice, number: int, occurrences: int | None = None) -> EventDocument:
    start = _start(dice)
    attendance = dice.pick(list(Attendance))
    event = Event(
        id=f"{dice.pick('abc')}{number:04d}",
        name=_text(dice, 1, 3),
        description=_text(dice, 0, 6),
        start_date=start,
        attendance=attendance,
        kind=Label(id=dice.pick(KINDS), score=1.0) if dice.between(0, 1) else None,
        industries=tuple(Label(id=name, score=1.0) for name in some(dice, INDUSTRIES, 2)),
        place=_place(dice),
        organizer=tuple(Person(name=name) for name in some(dice, NAMES, 1)),
        performer=tuple(Person(name=name) for name in some(dice, NAMES, 2)),
        attendee=tuple(Person(name=name) for name in some(dice, NAMES, 2)),
        is_free=dice.pick((True, False, None)),
        in_language=dice.pick(LANGUAGES),
        sources=tuple(EventSource(source=name, uid="1") for name in some(dice, SOURCES, 2) or ("one",)),
    )
    count = occurrences or dice.pick((1, 1, 1, 2, 5))
    return event_document(event, [_occurrence(dice, event.id, start, at) for at in range(count)])


def _text(dice: Dice, least: int, most: int) -> str:
    return " ".join(dice.pick(WORDS) for _ in range(dice.between(least, most)))


def _start(dice: Dice) -> Moment:
    day = NOW.date() + dt.timedelta(days=dice.between(-9, 9))
    if seldom(dice, 4):
        return Moment(day)
    return Moment(day, dt.time(dice.pick((0, 1, 11, 12, 13, 18, 23)), dice.pick((0, 0, 30))), dice.pick(ZONES))


def _occurrence(dice: Dice, event_id: str, first: Moment, at: int) -> Occurrence:
    start = Moment(first.date + dt.timedelta(days=at * dice.pick((0, 1, 2, 2))), first.time, first.zone)
    lasts = dt.timedelta(hours=dice.pick((0, 0, 1, 2, 6, 24, 80)))
    if start.is_date:
        end = Moment(start.date + dt.timedelta(days=lasts.days))
        end_utc = Moment(end.date + dt.timedelta(days=1)).utc()
    else:
        end = Moment.of((start.utc() + lasts).astimezone(start.utc().tzinfo)).in_zone(start.zone or "UTC")
        end_utc = start.utc() + lasts
    return Occurrence(
        event_id=event_id,
        start=start,
        end=end,
        start_utc=start.utc(),
        end_utc=end_utc,
        status=dice.pick((*Status, Status.SCHEDULED, Status.SCHEDULED, Status.CANCELLED)),
        recurrence_id=Moment(dt.date(2000, 1, 1) + dt.timedelta(days=at)),
    )


def _place(dice: Dice) -> Place | None:
    if seldom(dice, 5):
        return None
    city, country = dice.pick(CITIES)
    if seldom(dice, 8):
        return Place(address_locality=city, country_code=country)
    latitude, longitude = _point(dice)
    return Place(address_locality=city, country_code=country, latitude=latitude, longitude=longitude)


def _point(dice: Dice) -> tuple[float, float]:
    """One of the points that are hard, one near Berlin, or one anywhere."""
    which = dice.between(0, 3)
    if which == 0:
        return dice.between(-90_000_000, 90_000_000) / 1e6, dice.between(-180_000_000, 180_000_000) / 1e6
    if which == 1:
        return 52.5 + dice.between(-300_000, 300_000) / 1e6, 13.4 + dice.between(-500_000, 500_000) / 1e6
    return dice.pick(POINTS)


# Questions


def a_query(dice: Dice) -> Query:
    """Most parts left out, so that most questions have an answer."""
    near = _circle(dice) if seldom(dice, 3) else None
    sorts = [Sort.DATE, Sort.DATE, *([Sort.DISTANCE] if near else [])]
    return Query(
        text=_question(dice) if seldom(dice, 4) else None,
        exclude=(_question(dice),) if seldom(dice, 8) else (),
        industries=some(dice, INDUSTRIES, 2) if seldom(dice, 6) else (),
        kinds=some(dice, KINDS, 2) if seldom(dice, 6) else (),
        near=near,
        box=_box(dice) if seldom(dice, 6) else None,
        countries=some(dice, ("CH", "JP", "US", "XX"), 2) if seldom(dice, 8) else (),
        start=_day(dice) if seldom(dice, 3) else None,
        end=_day(dice) if seldom(dice, 3) else None,
        attendance=some(dice, list(Attendance), 3) if seldom(dice, 4) else (),
        statuses=frozenset(some(dice, list(Status), 5)) if seldom(dice, 3) else Query().statuses,
        sources=some(dice, SOURCES, 2) if seldom(dice, 6) else (),
        people=some(dice, ("Ada", "lovelace ADA", "ada hopper", "Odegard", "山田", "!!", "O'Neil"), 2)
        if seldom(dice, 6)
        else (),
        languages=some(dice, ("en", "de", "ja", "xx"), 2) if seldom(dice, 6) else (),
        free=dice.pick((True, False)) if seldom(dice, 6) else None,
        sort=dice.pick(sorts),
        limit=dice.pick((1, 2, 3, 5, 20, 1000)),
        page=dice.pick((1, 1, 2, 3)),
        all_occurrences=seldom(dice, 4),
        now=NOW + dt.timedelta(seconds=dice.between(-200_000, 200_000), milliseconds=dice.pick((0, 500))),
        time_zone=dice.pick(ZONES),
    )


def _question(dice: Dice) -> str:
    parts = []
    for _ in range(dice.between(1, 2)):
        word = dice.pick((*WORDS, "zurich", "strasse", "evenement", "meeting", "net", "node", "京", "勉強", "nothing"))
        parts.append(
            dice.pick(("", "", "", "-")) + dice.pick((word, word, f'"{word}"', f'"{word} {dice.pick(WORDS)}"'))
        )
    return " ".join(parts)


def _circle(dice: Dice) -> Circle:
    latitude, longitude = _point(dice)
    radius = dice.pick((0.0, 0.1, 5.0, 25.0, 50.0, 400.0, 3000.0, 12000.0, 20015.0, 30000.0))
    return Circle(latitude=latitude, longitude=longitude, radius_km=radius)


def _box(dice: Dice) -> Box:
    south, north = sorted((_point(dice)[0], _point(dice)[0]))
    return Box(south=south, north=north, west=_point(dice)[1], east=_point(dice)[1])


def _day(dice: Dice) -> dt.date:
    return NOW.date() + dt.timedelta(days=dice.between(-10, 10))
