"""Where a file's calendars and their components begin and end (RFC 5545, sections 3.4 and 3.6).

Only BEGIN and END lines are looked at. What is not closed is closed by what cannot be inside it; an END of nothing is
passed over; what stands outside of all components belongs to the calendar, and outside of calendars to nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["DEEPEST", "MOST_CALENDARS", "MOST_EVENTS", "MOST_INSIDE", "Calendar", "Span", "calendars"]

MOST_EVENTS = 200_000
"""Events of one file beyond which reading stops."""

MOST_CALENDARS = 10_000
"""Calendars of one file beyond which reading stops."""

MOST_INSIDE = 1000
"""Components inside an event, and a calendar's time zones and venues; the rest is left out."""

DEEPEST = 8
"""Components inside each other; the BEGIN and END of those that are deeper are not seen."""

# After VCALENDAR the line need not end: some files go on with markup, or with the next calendar.
_DELIMITER = re.compile(
    rb"\n(BEGIN|END)[ \t]*:[ \t]*(VCALENDAR(?:(?=BEGIN:)|(?![\w-]))|[\w-]+(?=[ \t]*(?:\n|\Z)))", re.IGNORECASE
)
_GLUED = re.compile(rb"[^\n]{0,20}?(BEGIN:VCALENDAR)[ \t]*(?=\n)", re.IGNORECASE)
# None of these holds another: what is still open when one begins has ended without saying so.
_OUTER = frozenset((b"VEVENT", b"VTODO", b"VJOURNAL", b"VFREEBUSY", b"VTIMEZONE", b"VVENUE", b"VAVAILABILITY"))


@dataclass(slots=True)
class Span:
    """A component by offsets: of its BEGIN line, of its own lines, of its END line, and after that.

    `whole`: it did not end only with the file. `inner` are the components inside it.
    """

    name: bytes
    begin: int
    body: int
    end: int = -1
    after: int = -1
    whole: bool = False
    inner: "Sequence[Span]" = ()

    def own(self, data: bytes) -> bytes:
        """Its lines without those of the components inside it."""
        if not self.inner:
            return data[self.body : self.end]
        starts = (self.body, *(one.after for one in self.inner))
        ends = (*(one.begin for one in self.inner), self.end)
        return b"".join([data[start:end] for start, end in zip(starts, ends, strict=True)])


@dataclass(slots=True)
class Calendar:
    """A VCALENDAR: the pieces of its own lines, and of the components in it those that matter here.

    `declared`: a BEGIN:VCALENDAR was there; some files hold bare events. `cut` says by offsets what was left out.
    """

    begin: int
    declared: bool = True
    own: list[bytes] = field(default_factory=list)
    events: list[Span] = field(default_factory=list)
    time_zones: list[Span] = field(default_factory=list)
    venues: list[Span] = field(default_factory=list)
    cut: dict[str, int] = field(default_factory=dict)


def calendars(data: bytes) -> list[Calendar]:
    """All calendars of a file (Unfolded.data), in order."""
    return [one for one in _Cutter(data).cut() if one.declared or one.events]


class _Cutter:
    """Puts the components together; `_outside` is where the text began that is in no component of a calendar."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: list[Calendar] = []
        self._open: list[Span] = []
        self._outside: int | None = None
        self._events = 0

    def cut(self) -> list[Calendar]:
        for match in _DELIMITER.finditer(self._data):
            kind, name = match.groups()
            start, end = match.span()
            if len(kind) == len("END"):
                self._end(name.upper(), start, end)
            elif not self._begin(name.upper(), start, end):
                return self._found
        self._keep_outside(len(self._data))
        self._close(0, len(self._data), whole=False)
        return self._found

    def _begin(self, name: bytes, begin: int, body: int) -> bool:
        """False when nothing more is wanted."""
        if name == b"VCALENDAR":
            self._close(0, begin)
            return self._begin_calendar(begin, body)
        span = Span(name, begin, body)
        if self._open:
            if name not in _OUTER:
                self._open_inside(span)
                return True
            self._close(0, begin)
        self._keep_outside(begin)
        self._open.append(span)
        return self._keep(span)

    def _begin_calendar(self, begin: int, body: int) -> bool:
        self._keep_outside(begin)
        if len(self._found) == MOST_CALENDARS:
            self._note(begin, f"more than {MOST_CALENDARS} calendars: the rest was left out")
            return False
        self._found.append(Calendar(begin))
        self._outside = body
        return True

    def _keep(self, span: Span) -> bool:
        calendar = self._calendar(span.begin)
        if span.name == b"VEVENT":
            if self._events == MOST_EVENTS:
                self._note(span.begin, f"more than {MOST_EVENTS} events: the rest was left out")
                return False
            calendar.events.append(span)
            self._events += 1
        elif span.name in (b"VTIMEZONE", b"VVENUE"):
            kept = calendar.venues if span.name == b"VVENUE" else calendar.time_zones
            if len(kept) < MOST_INSIDE:
                kept.append(span)
            else:
                self._note(
                    span.begin, f"more than {MOST_INSIDE} components {span.name.decode()}: the rest was left out"
                )
        return True

    def _open_inside(self, span: Span) -> None:
        outer = self._open[-1]
        if len(self._open) == DEEPEST:
            self._note(span.begin, f"components more than {DEEPEST} deep inside each other: not seen as such")
            return
        if len(outer.inner) == MOST_INSIDE:
            # The last one is made to reach over the rest.
            self._note(span.begin, f"more than {MOST_INSIDE} components inside a {outer.name.decode()[:20]}: left out")
            outer.inner[-1].name = span.name
            span = outer.inner[-1]
        else:
            outer.inner = [*outer.inner, span]
        self._open.append(span)

    def _end(self, name: bytes, end: int, after: int) -> None:
        if name == b"VCALENDAR":
            self._end_calendar(end, after)
            return
        for depth in range(len(self._open) - 1, -1, -1):
            span = self._open[depth]
            if span.name == name:
                self._close(depth, end, after)
                return

    def _end_calendar(self, end: int, after: int) -> None:
        self._close(0, end)
        self._keep_outside(end)
        self._outside = None
        if glued := _GLUED.match(self._data, after):
            self._begin_calendar(glued.start(1), glued.end(1))

    def _close(self, depth: int, end: int, after: int | None = None, *, whole: bool = True) -> None:
        """Ends what is open from `depth` on at `end`; by an END line if there is an `after`."""
        if not self._open:
            return
        after = end if after is None else after
        span = self._open[depth]
        span.end, span.after, span.whole = end, after, whole
        for inner in self._open[depth + 1 :]:
            inner.end, inner.after, inner.whole = end, end, whole
        del self._open[depth:]
        if depth == 0 and self._outside is not None:
            self._outside = after

    def _keep_outside(self, end: int) -> None:
        """Gives the calendar its lines up to `end`, if it is within none of its components."""
        if self._outside is None or self._open:
            return
        if end - self._outside > 1:
            self._found[-1].own.append(self._data[self._outside : end])

    def _calendar(self, begin: int) -> Calendar:
        if not self._found:
            self._found.append(Calendar(begin, declared=False))
        return self._found[-1]

    def _note(self, offset: int, reason: str) -> None:
        self._calendar(offset).cut.setdefault(reason, offset)
