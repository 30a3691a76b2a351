"""Which components of one UID and one RECURRENCE-ID are versions of one event (RFC 5545, 3.8.4.7 and 3.8.7.4)."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from crawlers.readers.calendars.fields import Fields, sequence
from crawlers.readers.fallback_uid import digest
from crawlers.readers.plain_text import line

__all__ = ["Version", "told_apart"]


class Version(NamedTuple):
    """What one component says of itself: `start` as it is written, `number` is its SEQUENCE."""

    name: str
    start: str
    number: int | None

    @classmethod
    def of(cls, fields: Fields) -> Self:
        start = fields.first("DTSTART")
        return cls(line(fields.text("SUMMARY")), line(start.value) if start else "", sequence(fields))


def told_apart(versions: Sequence[Version]) -> list[str]:
    """For each of them what its UID needs in addition; it is the same for versions of the same event, "" for the first.

    By the RFC they are all one event, and the highest SEQUENCE counts. But some programs give one UID to many: to the
    dates of one course, or to whatever they export. So what has another name or another start is another event; if it
    has one of them in common with an earlier one, but another SEQUENCE, it is a version of that.
    """
    first_of: dict[tuple[str, str], str] = {}
    changes: dict[tuple[str, str], tuple[str, set[int]]] = {}
    names: set[str] = set()
    found: list[str] = []
    for one in versions:
        ways = (("name", one.name), ("start", one.start))
        apart = first_of.get((one.name, one.start))
        if apart is None and one.number is not None:
            earlier = (changes[way] for way in ways if way in changes)
            apart = next((other for other, numbers in earlier if one.number not in numbers), None)
        if apart is None:
            is_first, is_new_name = not found, one.name not in names
            apart = "" if is_first else digest(one.name) if is_new_name else digest(one.name, one.start)
        first_of.setdefault((one.name, one.start), apart)
        names.add(one.name)
        if one.number is not None:
            for way in ways:
                other, numbers = changes.setdefault(way, (apart, set()))
                if other == apart:
                    numbers.add(one.number)
        found.append(apart)
    return found
