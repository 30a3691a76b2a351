"""Hypothesis strategies for the vocabulary: anything an Observation can hold, and Events that make sense.

`observations()` is as wild as JSON allows; `events()` keeps what identification promises (an end not before its start,
recurrence ids and exdates on the clocks of the series, rules of bounded length), so that calendars and engines can be
compared with oracles.
"""

import datetime as dt

from hypothesis import strategies as st

from hobnob.events import Event, EventSource, Label, Override, Presence
from hobnob.moments import Moment
from hobnob.observations import (
    Attendance,
    FetchReport,
    Observation,
    Offer,
    Person,
    Place,
    Skipped,
    Status,
    Unchanged,
)

__all__ = [
    "events",
    "fetch_reports",
    "instants",
    "moments",
    "observations",
    "people",
    "places",
    "prose",
    "records",
    "wild",
]

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Sao_Paulo", "+05:30")
RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;COUNT=5",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=10",
    "FREQ=MONTHLY;COUNT=6",
    "FREQ=DAILY;COUNT=4",
    "FREQ=YEARLY;COUNT=3",
)

#: Any text that UTF-8 can hold, control characters and NUL included.
wild = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
#: Printable text in any script, as a page or a calendar can show it: not blank, on one line.
prose = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), min_size=1, max_size=40).filter(
    str.strip
)
urls = st.builds("https://{}.example/{}".format, st.sampled_from(["a", "meet", "conf"]), st.integers(0, 10**6))
instants = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.timezone.utc))


def _optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def _some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=most, unique=True).map(tuple)


def moments(
    first: dt.date = dt.date(1970, 1, 1),
    last: dt.date = dt.date(2100, 12, 31),
    zones: tuple[str | None, ...] = (None, *ZONES),
) -> st.SearchStrategy[Moment]:
    """Dates, and times to the second in one of `zones`."""
    days, times = st.dates(first, last), st.times().map(lambda time: time.replace(microsecond=0))
    return st.builds(Moment, days) | st.builds(Moment, days, times, st.sampled_from(zones))


def places(text: st.SearchStrategy[str] = wild) -> st.SearchStrategy[Place]:
    degrees = {"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}
    texts = ("name", "text", "street_address", "address_locality", "address_region", "postal_code", "address_country")
    return st.builds(
        Place,
        **{name: _optional(text) for name in texts},
        **{name: _optional(value.map(lambda degree: round(degree, 6))) for name, value in degrees.items()},
    )


def people(text: st.SearchStrategy[str] = wild) -> st.SearchStrategy[Person]:
    kinds = st.sampled_from(["Person", "Organization"])
    return st.builds(Person, name=text, type=_optional(kinds), url=_optional(urls), same_as=_some(urls, 2))


def offers(text: st.SearchStrategy[str] = wild) -> st.SearchStrategy[Offer]:
    prices = st.decimals(0, 9999, places=2).map(str)
    currencies = st.sampled_from(["EUR", "USD", "JPY"])
    return st.builds(
        Offer,
        price=_optional(prices),
        price_currency=_optional(currencies),
        url=_optional(urls),
        availability=_optional(text),
    )


def observations(text: st.SearchStrategy[str] = wild) -> st.SearchStrategy[Observation]:
    """Anything a reader may hand over. Rules are as written, so they may be nonsense."""
    many_moments = _some(moments(zones=(None, *ZONES, "Customized Time Zone")), 3)
    return st.builds(
        Observation,
        source=st.sampled_from(["one", "two", "three"]),
        uid=text.map(lambda uid: uid.replace("\0", "")),
        name=text,
        start_date=moments(),
        end_date=_optional(moments()),
        description=_optional(text),
        url=_optional(text),
        event_status=_optional(st.sampled_from(Status)),
        event_attendance_mode=_optional(st.sampled_from(Attendance)),
        location=_optional(places(text)),
        virtual_location=_optional(text),
        organizer=_some(people(text), 2),
        performer=_some(people(text), 2),
        attendee=_some(people(text), 2),
        offers=_some(offers(text), 2),
        is_accessible_for_free=_optional(st.booleans()),
        keywords=_some(text),
        image=_optional(text),
        in_language=_optional(st.sampled_from(["en", "de", "ja"])),
        super_event=_optional(text),
        sequence=_optional(st.integers(0, 2**31)),
        rrule=_some(st.sampled_from(RULES) | text, 2),
        rdate=many_moments,
        exdate=many_moments,
        recurrence_id=_optional(moments()),
        vtimezone=_optional(text),
        dtstamp=_optional(instants),
        last_modified=_optional(instants),
        source_url=_optional(text),
        fetched_at=_optional(instants),
        reader=_optional(text),
        raw=st.dictionaries(text, text, max_size=2),
    )


def fetch_reports() -> st.SearchStrategy[FetchReport]:
    return st.builds(
        FetchReport,
        source=st.sampled_from(["one", "two", "three"]),
        outcome=st.sampled_from(["read", "not_modified", "failed"]),
        started_at=instants,
        finished_at=instants,
        complete=st.booleans(),
        read=st.integers(0, 10**6),
        etag=_optional(wild),
        errors=_some(wild, 2),
    )


def records() -> st.SearchStrategy[Observation | Unchanged | Skipped | FetchReport]:
    """Everything that may stand in a file of JSON Lines."""
    skipped = st.builds(Skipped, reason=wild, line=_optional(st.integers(1)), source=_optional(st.just("one")))
    return observations() | fetch_reports() | skipped | st.builds(Unchanged, source=st.just("one"), key=wild)


@st.composite
def events(
    draw: st.DrawFn,
    text: st.SearchStrategy[str] = prose,
    first: dt.date = dt.date(2024, 1, 1),
    last: dt.date = dt.date(2029, 12, 31),
    recurring: bool | None = None,
    zones: tuple[str | None, ...] = ZONES,
) -> Event:
    """An Event as identification makes them; `recurring` settles whether it has a rule."""
    start = draw(moments(first, last, zones))
    repeats = draw(st.booleans()) if recurring is None else recurring
    series = (
        {"series": draw(st.text("abcdefgh", min_size=6, max_size=6)), **_recurrence(draw, start)} if repeats else {}
    )
    source = draw(st.sampled_from(["one", "two", "three"]))
    return Event(
        id=draw(st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=8, max_size=8)),
        name=draw(text),
        start_date=start,
        end_date=draw(_optional(_ends(start))),
        description=draw(_optional(text)),
        url=draw(_optional(urls)),
        status=draw(st.sampled_from(Status)),
        presence=Presence.PRESENT,
        attendance=draw(st.sampled_from(Attendance)),
        kind=draw(_optional(labels("meetup", "conference", "barcamp"))),
        industries=draw(
            st.lists(labels("technology", "health", "finance"), max_size=2, unique_by=lambda x: x.id).map(tuple)
        ),
        place=draw(_optional(places(text))),
        virtual_location=draw(_optional(urls)),
        organizer=draw(_some(people(text), 2)),
        performer=draw(_some(people(text), 2)),
        offers=draw(_some(offers(text), 2)),
        is_free=draw(_optional(st.booleans())),
        keywords=draw(_some(text)),
        image=draw(_optional(urls)),
        in_language=draw(_optional(st.sampled_from(["en", "de", "fr", "ja"]))),
        sources=(EventSource(source=source, uid=draw(text), url=draw(_optional(urls))),),
        sequence=draw(st.integers(0, 1000)),
        created_at=draw(instants),
        changed_at=draw(instants),
        **series,
    )


def labels(*ids: str) -> st.SearchStrategy[Label]:
    return st.builds(Label, id=st.sampled_from(ids), score=st.sampled_from([0.3, 0.5, 0.9]), why=_some(prose, 2))


def _ends(start: Moment) -> st.SearchStrategy[Moment]:
    if start.is_date:
        return st.integers(0, 10).map(lambda days: Moment(start.date + dt.timedelta(days=days)))
    return st.integers(0, 72 * 60).map(lambda minutes: _later(start, dt.timedelta(minutes=minutes)))


def _later(moment: Moment, distance: dt.timedelta) -> Moment:
    """`distance` later by the wall clock; where that skips or repeats an hour, never before `moment` itself."""
    later = Moment.of(moment.wall + distance, moment.zone)
    return later if later.utc() >= moment.utc() else moment


def _recurrence(draw: st.DrawFn, start: Moment) -> dict[str, object]:
    """Rule, extra and left-out dates, and overrides, all on days of the series: each week after `start`."""
    weeks = st.lists(st.integers(1, 8), max_size=3, unique=True)
    left_out = draw(weeks)
    differing = [week for week in draw(weeks) if week not in left_out]
    return {
        "rrule": (draw(st.sampled_from(RULES)),),
        "rdate": tuple(_on(start, 7 * week + 1) for week in draw(weeks)),
        "exdate": tuple(_on(start, 7 * week) for week in left_out),
        "overrides": tuple(
            Override(
                recurrence_id=_on(start, 7 * week),
                start_date=(moved := _on(start, 7 * week + draw(st.integers(0, 2)))),
                end_date=draw(_optional(_ends(moved))),
                status=draw(st.sampled_from([Status.SCHEDULED, Status.CANCELLED])),
            )
            for week in differing
        ),
    }


def _on(start: Moment, days: int) -> Moment:
    return Moment(start.date + dt.timedelta(days=days), start.time, start.zone)
