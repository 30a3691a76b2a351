"""iCalendar as a stream of lines (RFC 5545, section 3.1), cut into calendars and their components.

Each component is cut out whole and read alone later, so that one that is broken costs nothing but itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from crawlers.readers.plain_text import verbatim

__all__ = ["MOST_EVENTS", "Calendar", "Component", "Property", "calendars"]

MOST_EVENTS = 50_000
"""Events of one file beyond which reading stops."""

LONGEST_LINE = 200_000
"""Bytes of one unfolded line; the rest of it is cut off."""

_MOST_TIME_ZONE_LINES = 2000
_LONGEST_TIME_ZONE_LINE = 500
_DEEPEST = 8
_MOST_INSIDE = 200
_OUTER = ("VCALENDAR", "VEVENT", "VTIMEZONE", "VVENUE")
_INNER = ("PARTICIPANT", "VLOCATION")
_BREAK = re.compile(rb"\r*\n|\r")
_DELIMITER = re.compile(r"(BEGIN|END)\s*:\s*([\w-]+)\s*\Z", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: its name in capitals, its parameters, and its value with escapes as written."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """The lines between BEGIN and END that are its own; components `inside` it that say who and where (RFC 9073).

    `begin` is its first line, counted from 1; `whole` says that it did not end only with the file; `inner` are the
    components inside it (VLOCATION, PARTICIPANT, VALARM).
    """

    name: str
    begin: int
    lines: list[str] = field(default_factory=list)
    whole: bool = False
    inner: "list[Component]" = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    def properties(self) -> Iterator[Property]:
        """Its content lines; one that is no `NAME;PARAM=value:value` is passed over."""
        for text in self.lines:
            name, _, value = text.partition(":")
            if ";" not in name:
                yield Property(name.upper(), {}, value.strip())
                continue
            try:
                name, params, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
            except (ValueError, AssertionError):
                continue
            plain = {key.upper(): one if isinstance(one, str) else ",".join(one) for key, one in params.items()}
            yield Property(name.upper(), plain, value.strip())


@dataclass(slots=True)
class Calendar:
    """A VCALENDAR: its own lines, its events, its venues (VVENUE), the text of its VTIMEZONEs, and what was cut.

    `declared` says that a BEGIN:VCALENDAR was there; some files hold bare events.
    """

    own: Component
    declared: bool = True
    events: list[Component] = field(default_factory=list)
    venues: list[Component] = field(default_factory=list)
    time_zones: list[str] = field(default_factory=list)
    cut: list[tuple[int, str]] = field(default_factory=list)


def calendars(data: bytes, charset: str | None = None) -> list[Calendar]:
    """All calendars of a file, in order. Bytes that are no UTF-8 are read in `charset`, else in Windows-1252."""
    cutter = _Cutter()
    for number, text in _logical_lines(data, charset):
        if not cutter.take(number, text):
            break
    return [calendar for calendar in cutter.found if calendar.declared or calendar.events]


class _Cutter:
    """Takes line after line and puts components together; forgiving about what is not closed or not opened."""

    def __init__(self) -> None:
        self.found: list[Calendar] = []
        self._open: list[Component] = []
        self._zone: list[str] | None = None
        self._events = 0

    def take(self, number: int, text: str) -> bool:
        """False when no more lines are wanted."""
        delimiter = _DELIMITER.match(text)
        if delimiter is None:
            self._keep(number, text)
        elif delimiter[1].upper() == "END":
            self._end(delimiter[2].upper(), text)
        elif delimiter[2].upper() == "VEVENT" and self._events == MOST_EVENTS:
            self._calendar(number).cut.append((number, f"more than {MOST_EVENTS} events: the rest was left out"))
            return False
        else:
            self._begin(delimiter[2].upper(), number, text)
        return True

    def _keep(self, number: int, text: str) -> None:
        if len(text) >= LONGEST_LINE:
            self._calendar(number).cut.append((number, f"line longer than {LONGEST_LINE} bytes: its end was left out"))
        if self._open and _NAME.match(text):
            self._open[-1].lines.append(text)
        self._zone_line(text)

    def _calendar(self, number: int) -> Calendar:
        if not self.found:
            self.found.append(Calendar(Component("VCALENDAR", number), declared=False))
        return self.found[-1]

    def _begin(self, name: str, number: int, text: str) -> None:
        component = Component(name, number)
        calendar = self._calendar(number)
        if name in _OUTER:
            # None of these holds another: what is still open has ended without saying so.
            inside = name != "VCALENDAR" and bool(self._open) and self._open[0].name == "VCALENDAR"
            self._close(1 if inside else 0)
            self._zone = [] if name == "VTIMEZONE" else None
        if name == "VCALENDAR":
            self.found.append(Calendar(component))
        if name == "VEVENT":
            calendar.events.append(component)
            self._events += 1
        elif name == "VVENUE":
            calendar.venues.append(component)
        if name in _INNER and self._open and len(self._open[-1].inside) < _MOST_INSIDE:
            self._open[-1].inside.append(component)
        if len(self._open) < _DEEPEST:
            if self._open:
                self._open[-1].inner.append(component)
            self._open.append(component)
        self._zone_line(text)

    def _end(self, name: str, text: str) -> None:
        self._zone_line(text)
        if name == "VTIMEZONE" and self._zone:
            self.found[-1].time_zones.append("\r\n".join(self._zone))
            self._zone = None
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == name:
                self._close(depth)
                return

    def _close(self, depth: int) -> None:
        for component in self._open[depth:]:
            component.whole = True
        del self._open[depth:]

    def _zone_line(self, text: str) -> None:
        if self._zone is not None and len(self._zone) < _MOST_TIME_ZONE_LINES:
            self._zone.append(verbatim(text)[:_LONGEST_TIME_ZONE_LINE])


def _logical_lines(data: bytes, charset: str | None) -> Iterator[tuple[int, str]]:
    """Unfolded lines with the number of their first physical line. Unfolding comes before decoding, because a fold
    may cut a character in two."""
    for mark, wide in _WIDE:
        if data.startswith(mark):
            data = data.decode(wide, "replace").encode("utf-8", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    begin, parts, size = 0, [], 0
    for number, raw in enumerate(_BREAK.split(data), 1):
        if raw[:1] in (b" ", b"\t") and begin:
            if size < LONGEST_LINE:
                parts.append(raw[1:])
                size += len(raw)
        elif raw.strip():
            if begin:
                yield begin, _decoded(b"".join(parts)[:LONGEST_LINE], charset)
            begin, parts, size = number, [raw], len(raw)
    if begin:
        yield begin, _decoded(b"".join(parts)[:LONGEST_LINE], charset)


def _decoded(raw: bytes, charset: str | None) -> str:
    for encoding in ("utf-8", charset or "cp1252", "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("latin-1")
