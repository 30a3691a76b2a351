"""Series that a site publishes as many single events, each under a UID of its own.

Single events of one source are siblings when they differ in nothing but the day and the address of their page: name,
text, place, time of day, length. Siblings on one day of the week, at most five weeks from one to the next and three
at least, are times of one series.
"""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from itertools import pairwise

from hobnob.events import Event
from indexer.catalogue import Key

__all__ = ["LEAST", "LONGEST_GAP", "runs", "sibling_block"]

LEAST = 3
LONGEST_GAP = 35  # days: once a month, on the same day of the week


def sibling_block(event: Event) -> int | None:
    """The block that an event shares with its siblings, and with nothing else; None for what has none."""
    start, end = event.start_date, event.end_date
    if event.recurs or event.series is not None or start.time is None:
        return None
    if end is not None and (end.date.toordinal() - start.date.toordinal() > 1 or end.time is None):
        return None
    place = event.place
    said = (
        event.sources[0].source,
        " ".join(event.name.casefold().split()),
        " ".join((event.description or "").casefold().split()),
        f"{start.date.weekday()} {start.time} {start.zone}",
        "" if end is None else str(end.time),
        event.attendance.value,
        "" if place is None else f"{place.name}|{place.street_address}|{place.geonames_id}|{place.latitude}",
        event.virtual_location or "",
    )
    digest = blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def runs(siblings: Collection[tuple[int, Key]]) -> Iterator[frozenset[Key]]:
    """The series among siblings, which are given by day (proleptic Gregorian ordinal) and key."""
    ordered = sorted(siblings)
    begin = 0
    gaps = [position for position, (one, other) in enumerate(pairwise(ordered), 1) if not _follows(one[0], other[0])]
    for end in (*gaps, len(ordered)):
        run = ordered[begin:end]
        if len({day for day, _ in run}) >= LEAST:
            yield frozenset(key for _, key in run)
        begin = end


def _follows(day: int, later: int) -> bool:
    return later - day <= LONGEST_GAP
