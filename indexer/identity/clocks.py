"""Moving all moments of one event along, when enrichment reads its start on other clocks than it was written on."""

from collections.abc import Callable

from hobnob.moments import Moment, zone_info
from hobnob.observations import Observation
from indexer.identity.judging import Judgement

__all__ = ["Relocation", "relocation", "times"]

Relocation = Callable[[Moment], Moment]


def times(observation: Observation, judgement: Judgement) -> tuple[Moment, Moment | None]:
    """Start and end as judged; as written where a rule counts on the clocks that it was written on.

    "Every Tuesday" of a rule is a Tuesday in the zone of its DTSTART (RFC 5545, 3.3.10): 23:00 UTC on a Tuesday is
    a Wednesday in Berlin. A floating time, or one with a zone that nobody knows, keeps its wall time in any case.
    """
    written, judged = observation.start_date, judgement.start_date
    if observation.rrule and written.zone and zone_info(written.zone) and judged.zone != written.zone:
        return written, observation.end_date
    return judged, judgement.end_date


def relocation(written: Moment, start: Moment) -> Relocation:
    """How the other moments of an event follow when its start, `written` thus, is read as `start`."""
    zone = start.zone
    if zone is None or written.is_date:
        return lambda moment: moment
    shift = start.wall - written.wall
    nameless = written.zone if written.zone and zone_info(written.zone) is None else None

    def relocated(moment: Moment) -> Moment:
        if moment.is_date:
            return moment
        if nameless is not None and moment.zone == nameless and zone != nameless:
            return Moment.of(moment.wall + shift, zone)
        if moment.zone is not None and zone_info(moment.zone) is None:
            return moment
        return moment.in_zone(zone)

    return relocated
