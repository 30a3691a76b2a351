"""Keys of components: the same as long as a component says the same under the same conditions (Observation.component).

What changes with every answer although the event does not is left out: DTSTAMP, and LAST-MODIFIED and CREATED, by
which nothing is decided (RFC 5545, section 3.8.7; a change that matters raises SEQUENCE or is one of another line).
Alarms are the calendar owner's business, and are not read.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b

from crawlers.readers.calendars.components import Calendar, Span

__all__ = ["ComponentKeys"]


def _lines(names: bytes) -> re.Pattern[bytes]:
    """Lines of these names; those that follow each other in one piece."""
    one = rb"\n(?:%b)[ \t]*[;:][^\n]*" % names
    return re.compile(b"%b(?:%b)*+" % (one, one), re.IGNORECASE)


_CHURN = _lines(b"DTSTAMP|LAST-MODIFIED|CREATED")
# Of the calendar's own properties, those that say nothing of its events.
_NOT_OF_EVENTS = _lines(
    rb"DTSTAMP|LAST-MODIFIED|CREATED|PRODID|REFRESH-INTERVAL|NAME|DESCRIPTION|X-(?!WR-TIMEZONE)[\w-]+"
)


class ComponentKeys:
    """Keys of the events of one calendar; `conditions` are what else decides what is read in them."""

    def __init__(self, data: bytes, calendar: Calendar, conditions: Iterable[str | None]) -> None:
        self._data = data
        self._start = blake2b(digest_size=16)
        self._start.update("\n".join(map(str, conditions)).encode("utf-8", "replace"))
        self._start.update(_NOT_OF_EVENTS.sub(b"", b"".join(calendar.own)))
        for one in sorted(data[span.begin : span.after] for span in (*calendar.time_zones, *calendar.venues)):
            self._start.update(_CHURN.sub(b"", one))

    def key(self, event: Span, own: bytes, apart: str = "") -> str:
        """32 hexadecimal digits for the event with the lines `own`; `apart` is what its UID is told apart by."""
        found = self._start.copy()
        found.update(_CHURN.sub(b"", own))
        for inner in event.inner:
            if inner.name != b"VALARM":
                found.update(_CHURN.sub(b"", self._data[inner.begin : inner.after]))
        if apart:
            found.update(b"\n\n" + apart.encode("utf-8", "replace"))
        return found.hexdigest()
