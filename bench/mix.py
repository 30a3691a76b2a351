"""The published mix: observations like those of the open web, the same ones for the same seed.

One in eight repeats weekly, for ever or for a season; one in ten is online; one in twelve lasts several days. Seven
languages, 62 cities, 60 days back to 500 days ahead of `today`. Three in ten descriptions are a sentence, half are a
paragraph, the others a page.
"""

import datetime as dt
import random
from collections.abc import Iterator

from bench.mix_words import CITIES, FIRST_NAMES, LANGUAGES, SYLLABLES, TOPICS
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Offer, Person, Place

__all__ = ["SOURCES", "TODAY", "observations"]

TODAY = dt.date(2026, 11, 23)
SOURCES = 200
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_VENUES = ("Hub", "Library", "Town Hall", "Campus", "Café Central", "Makerspace", "Forum", "Atelier")


def observations(count: int, seed: int = 1, *, today: dt.date = TODAY) -> Iterator[Observation]:
    """`count` observations with distinct UIDs, spread over SOURCES sources ("mix-000" and so on)."""
    chance = random.Random(seed)
    fetched = dt.datetime.combine(today, dt.time(6), dt.timezone.utc)
    for number in range(count):
        yield _observation(chance, number, today, fetched)


def _observation(chance: random.Random, number: int, today: dt.date, fetched: dt.datetime) -> Observation:
    city, country, zone, latitude, longitude, language = chance.choice(CITIES)
    titles, _ = LANGUAGES[language]
    source = f"mix-{number % SOURCES:03d}"
    url = f"https://{source}.example/events/{number}"
    online = chance.random() < 0.1
    start, end, rrule = _times(chance, zone, today)
    return Observation(
        source=source,
        uid=f"{number}@{source}.example",
        name=_filled(chance, chance.choice(titles), language, city),
        start_date=start,
        end_date=end,
        description=_description(chance, language, city),
        url=url,
        event_attendance_mode=Attendance.ONLINE if online else None,
        location=None if online else _place(chance, city, country, latitude, longitude),
        virtual_location=f"https://call.example/{number}" if online else None,
        organizer=(Person(name=_name(chance), type="Organization"),),
        performer=tuple(Person(name=_name(chance)) for _ in range(chance.choice((0, 0, 1, 2)))),
        offers=(Offer(price=chance.choice(("0", "15.00", "250")), price_currency="EUR"),)
        if chance.random() < 0.3
        else (),
        keywords=tuple(chance.choice(TOPICS[""]) for _ in range(chance.choice((0, 1, 3)))),
        in_language=language,
        rrule=rrule,
        sequence=0,
        dtstamp=fetched,
        source_url=f"https://{source}.example/calendar.ics",
        fetched_at=fetched,
        reader="ics/1",
    )


def _times(chance: random.Random, zone: str, today: dt.date) -> tuple[Moment, Moment, tuple[str, ...]]:
    day = today + dt.timedelta(days=chance.randint(-60, 500))
    kind = chance.random()
    if kind < 1 / 12:
        return Moment(day), Moment(day + dt.timedelta(days=chance.randint(0, 4))), ()
    hour = chance.choice((9, 12, 18, 18, 19, 19, 20))
    start = Moment(day, dt.time(hour, chance.choice((0, 30))), zone)
    end = Moment.of(start.wall + dt.timedelta(hours=chance.choice((1, 2, 2, 3))), zone)
    if kind >= 1 / 12 + 1 / 8:
        return start, end, ()
    rule = f"FREQ=WEEKLY;BYDAY={_DAYS[day.weekday()]}"
    return start, end, (rule if chance.random() < 0.7 else f"{rule};COUNT={chance.randint(6, 40)}",)


def _place(chance: random.Random, city: str, country: str, latitude: float, longitude: float) -> Place:
    located = chance.random() < 0.6
    return Place(
        name=f"{chance.choice(_VENUES)} {_word(chance)}",
        street_address=f"{_word(chance)} {chance.randint(1, 200)}",
        address_locality=city,
        address_country=country,
        latitude=round(latitude + chance.uniform(-0.08, 0.08), 6) if located else None,
        longitude=round(longitude + chance.uniform(-0.08, 0.08), 6) if located else None,
    )


def _description(chance: random.Random, language: str, city: str) -> str:
    _, sentences = LANGUAGES[language]
    size = chance.random()
    count = 1 if size < 0.3 else chance.randint(3, 7) if size < 0.8 else chance.randint(15, 50)
    return " ".join(_filled(chance, chance.choice(sentences), language, city) for _ in range(count))


def _filled(chance: random.Random, form: str, language: str, city: str) -> str:
    while "{topic}" in form:
        form = form.replace("{topic}", chance.choice(TOPICS[chance.choice(("", language))]), 1)
    while "{name}" in form:
        form = form.replace("{name}", _name(chance), 1)
    return form.replace("{city}", city)


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {_word(chance)}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize()
