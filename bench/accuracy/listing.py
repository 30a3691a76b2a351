"""One event as a list has it: what is compared, before anything is judged."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Place

__all__ = ["Listing", "observation", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`start` and `end` are ISO 8601, a date or a wall time in `zone`; `place` is a place in one line, where the list
    has it so, otherwise `venue`, `city` and `country` are what it has. `locator` says where in its list it stands.
    """

    list: str
    locator: str
    name: str
    start: str
    end: str | None = None
    zone: str | None = None
    venue: str | None = None
    place: str | None = None
    city: str | None = None
    country: str | None = None
    online: bool = False
    description: str | None = None
    url: str | None = None

    def digest(self) -> str:
        """Of all that is compared; equal as long as the list says the same of it."""
        values = [value for name, value in asdict(self).items() if name not in ("list", "locator")]
        return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()[:16]

    def fields(self) -> dict[str, Any]:
        """As it is written down: what it does not have is left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def day(self) -> dt.date:
        return dt.date.fromisoformat(self.start[:10])

    @property
    def last_day(self) -> dt.date:
        return dt.date.fromisoformat((self.end or self.start)[:10])


def read(fields: dict[str, Any]) -> Listing:
    """The listing that `Listing.fields` wrote. Raises TypeError and ValueError."""
    listing = Listing(**fields)
    assert listing.day <= listing.last_day or listing.zone
    return listing


def observation(listing: Listing, source: str, *, with_url: bool) -> Observation:
    """What a source would say that has this listing and nothing else."""
    place = Place(
        name=listing.venue, text=listing.place, address_locality=listing.city, address_country=listing.country
    )
    return Observation(
        source=source,
        uid=f"{listing.locator}@{listing.list}",
        name=listing.name,
        start_date=_moment(listing.start, listing.zone),
        end_date=_moment(listing.end, listing.zone) if listing.end else None,
        description=listing.description,
        url=listing.url if with_url else None,
        event_attendance_mode=Attendance.ONLINE if listing.online else None,
        location=None if place == Place() else place,
    )


def _moment(text: str, zone: str | None) -> Moment:
    if len(text) == 10:
        return Moment(dt.date.fromisoformat(text))
    return Moment.of(dt.datetime.fromisoformat(text), zone)
