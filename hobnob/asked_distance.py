"""Distances as people type them: "50", "50km", "30 miles", "800m"."""

import re

from hobnob.distance import KM_PER_MILE
from hobnob.errors import BadValue

__all__ = ["LONGEST_KM", "distance_km"]

LONGEST_KM = 20_016.0
"""Half of a great circle, rounded up: no two places are farther apart."""

_KM_PER = {
    **dict.fromkeys(("", "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), 1.0),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), 0.001),
    **dict.fromkeys(("mi", "mile", "miles"), KM_PER_MILE),
}
_DISTANCE = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*([a-z]*)")
_HINT = "distances look like 50km, 800m or 30 miles"


def distance_km(text: str) -> float:
    """Kilometres, more than 0; a number without a unit counts kilometres. Raises BadValue."""
    match = _DISTANCE.fullmatch(text.strip().casefold())
    if match is None or (per := _KM_PER.get(match[2])) is None:
        raise BadValue("distance", text, hint=_HINT)
    found = float(match[1].replace(",", ".")) * per
    if not 0 < found <= LONGEST_KM:
        raise BadValue("distance", text, hint=f"it is more than 0 and at most {LONGEST_KM:.0f} km")
    return found
