"""What enrichment concludes about one observation."""

from dataclasses import dataclass

from hobnob.events import Label
from hobnob.moments import Moment
from hobnob.observations import Attendance, Place

__all__ = ["Judgement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Start and end on local clocks where these are known; where it is and why we think so; what it is about.

    `place` has coordinates in degrees (WGS 84, six decimals) if any are known, the city's usual name as
    `address_locality`, `country_code` (ISO 3166-1 alpha-2), `geonames_id` and `time_zone`. `place_why` says what the
    coordinates and the city rest on. `industries` are ordered by score. `in_language` is an ISO 639-1 code.
    """

    start_date: Moment
    end_date: Moment | None
    place: Place | None
    place_why: str | None
    attendance: Attendance
    kind: Label | None
    industries: tuple[Label, ...]
    is_free: bool | None
    in_language: str | None
