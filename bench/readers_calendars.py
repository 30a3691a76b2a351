"""How fast the reader of calendars is beside the bare icalendar library, which parses the same and walks its VEVENTs.

The calendar is made of real ones: the VEVENTs of the cases named below, over and over, each copy with a UID of its own,
under the properties and time zones of the first. Nine in ten keep their dates, which are long ago (a rule without an
end ended, too); of a plain calendar all are read. The best of `rounds` counts, and both sides take turns.

    python -m bench.readers_calendars [EVENTS] [ROUNDS]
"""

import datetime as dt
import re
import sys
from pathlib import Path

from icalendar import Calendar

from bench.turns import best
from crawlers.readers import Context
from crawlers.readers.calendars.icalendar import read
from hobnob.observations import Observation

EVENTS = 4_000
CASES = Path(__file__).parents[1] / "tests" / "cases" / "readers" / "ics"
REAL = ("google_calendar", "the_events_calendar", "eventful_venues", "meetup_com")
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
SINCE = dt.date(2026, 11, 1)
_EVENT = re.compile(r"BEGIN:VEVENT\n.*?END:VEVENT\n", re.DOTALL)
_YEAR = re.compile(r"^((?:DTSTART|DTEND)[^:\n]*:|RRULE:.*UNTIL=)\d{4}", re.MULTILINE)
_ENDLESS = re.compile(r"^(RRULE:(?!.*UNTIL=).*)$", re.MULTILINE)


def calendar(count: int, *, coming: int) -> bytes:
    """A calendar of `count` events, of which each one in `coming` is still to come."""
    texts = [(CASES / name / "input.ics").read_text(encoding="utf-8").replace("\r\n", "\n") for name in REAL]
    events = [event for text in texts for event in _EVENT.findall(text)]
    head = texts[0][: texts[0].index("BEGIN:VEVENT")]
    copies = (_copy(events[number % len(events)], number, over=number % coming > 0) for number in range(count))
    return (head + "".join(copies) + "END:VCALENDAR\n").replace("\n", "\r\n").encode()


def _copy(event: str, number: int, *, over: bool) -> str:
    event = event.replace("\nUID:", f"\nUID:{number}-", 1)
    return _ENDLESS.sub(r"\1;UNTIL=20240101T000000Z", event) if over else _YEAR.sub(r"\g<1>2027", event)


def refetched(data: bytes) -> bytes:
    """The same calendar a day later: every DTSTAMP is new, and one event in a hundred has another name."""
    events = re.sub(rb"DTSTAMP:[^\r\n]*", b"DTSTAMP:20261124T000000Z", data).split(b"SUMMARY:")
    return b"SUMMARY:".join(b"New: " + event if number % 100 == 1 else event for number, event in enumerate(events))


def bare(data: bytes) -> int:
    return len(Calendar.from_ical(data).walk("VEVENT"))


def ours(data: bytes, **known: object) -> int:
    context = Context(now=NOW, source="bench", url="https://example.org/calendar.ics", **known)  # type: ignore[arg-type]
    return sum(1 for _ in read(data, context))


def main(count: int = EVENTS, rounds: int = 3) -> None:
    plain, mostly_over = calendar(count, coming=1), calendar(count, coming=10)
    context = Context(now=NOW, source="bench", url="https://example.org/calendar.ics")
    keys = frozenset(one.component for one in read(plain, context) if isinstance(one, Observation))
    again = refetched(plain)
    print(f"Reading a calendar of {count:,} real events, {len(plain) / 1e6:.1f} MB")
    print(f"  {'':44} {'bare/s':>9} {'ours/s':>9} {'of bare':>8} {'wanted':>7}")
    for name, data, known, wanted in (
        ("all are read", plain, {}, 0.8),
        (f"nine in ten were over before {SINCE}", mostly_over, {"since": SINCE}, 5),
        ("fetched again, one in a hundred has changed", again, {"known": keys}, 20),
    ):
        theirs, mine = best(rounds, lambda data=data: bare(data), lambda data=data, known=known: ours(data, **known))
        print(f"  {name:44} {count / theirs:9,.0f} {count / mine:9,.0f} {theirs / mine:8.2f} {wanted:7}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
