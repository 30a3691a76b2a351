"""A series of one source, and single times of it that other sources tell of."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hobnob.events import Event, Override
from hobnob.moments import UTC
from hobnob.observations import Status
from indexer.occurrences import occurrences

__all__ = ["with_single_dates"]


def with_single_dates(series: Event, singles: Sequence[Event]) -> Event:
    """The series with what others say of single times of it: a time that its rules do not give is added, one that is
    called off is called off."""
    added, odd = list(series.rdate), list(series.overrides)
    for single in sorted(singles, key=lambda one: str(one.start_date)):
        start = single.start_date
        if start.is_date != series.start_date.is_date:
            continue
        if not _happens(series, single) and start not in added:
            added.append(start)
        known = any(override.recurrence_id == start for override in odd)
        if single.status is not Status.SCHEDULED and series.status is Status.SCHEDULED and not known:
            odd.append(Override(recurrence_id=start, start_date=start, end_date=single.end_date, status=single.status))
    return replace(series, rdate=tuple(added), overrides=tuple(odd))


def _happens(series: Event, single: Event) -> bool:
    start = single.start_date
    instant = start.utc() if start.zone else dt.datetime.combine(start.date, dt.time(12), UTC)
    near = occurrences(series, now=instant, horizon_days=2, keep_past_days=2)
    return any((one.recurrence_id or one.start).date == start.date for one in near) or start.date in (
        moment.date for moment in series.exdate
    )
