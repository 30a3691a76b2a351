"""Whether an event takes place: its declared status, or what a mark on its title says of it."""

import re

from hobnob.observations import Observation, Status
from hobnob.status_words import alone, marked_title

__all__ = ["judged"]

# Other such words also begin plain titles ("Cancelled Stamps Fair").
_RESCHEDULED = re.compile(r"[Rr]e-?scheduled\s+(?=[A-Z])")


def judged(observation: Observation) -> tuple[str, Status]:
    """The name without a mark, and the status: a declared one but "scheduled", else the mark's, else scheduled.

    Where the whole of the place, or a status that its reader could not tell, is such a word, it counts as well.
    """
    name, status = marked_title(observation.name)
    if status is None and name[:1] in "Rr" and (found := _RESCHEDULED.match(name)):
        name, status = name[found.end() :], Status.RESCHEDULED
    declared = observation.event_status
    if declared is not None and declared is not Status.SCHEDULED:
        return name, declared
    if status is None and ((where := observation.location) is not None or observation.raw):
        said = (where.name, where.text) if where is not None else ()
        status = next(filter(None, map(alone, (*said, observation.raw.get("event_status")))), None)
    return name, status or Status.SCHEDULED
