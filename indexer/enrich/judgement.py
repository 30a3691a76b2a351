"""What enrichment concludes about one observation."""

from dataclasses import dataclass

from hobnob.events import Label
from hobnob.moments import Moment
from hobnob.observations import Attendance, Person, Place, Status

__all__ = ["Judgement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Start and end on local clocks where these are known; where it is and why we think so; what it is about.

    `place` has coordinates in degrees (WGS 84, six decimals) if any are known, the city's usual name as
    `address_locality`, `country_code` (ISO 3166-1 alpha-2), `geonames_id` and `time_zone`. `place_why` says what the
    coordinates and the city rest on, `time_zone_why` what the clocks rest on. `name` is without a mark such as
    "CANCELLED:", whose meaning is in `status`. `industries` are ordered by score. Of the people each is named once, as
    a person or an organization where that is known. `in_language` is an ISO 639-1 code.
    """

    name: str
    status: Status
    start_date: Moment
    end_date: Moment | None
    place: Place | None
    place_why: str | None
    time_zone_why: str | None
    attendance: Attendance
    kind: Label | None
    industries: tuple[Label, ...]
    organizer: tuple[Person, ...]
    performer: tuple[Person, ...]
    attendee: tuple[Person, ...]
    is_free: bool | None
    in_language: str | None
