"""From all that one source says under one UID to events: the series with its overrides, and events of their own.

What belongs together depends on what is said now, not on the order in which it arrived.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from hobnob.events import Event, EventSource, Override, Presence
from hobnob.moments import Moment
from hobnob.observations import Observation, Status
from indexer.catalogue import Group, Key, Stored
from indexer.catalogue.bodies import group_key
from indexer.catalogue.sharing import SHARED
from indexer.identity.clocks import Relocation, relocation, times
from indexer.identity.judging import Enricher, Judgement
from indexer.identity.noting import Noted
from indexer.identity.pages import without_tracking
from indexer.rules import RULES

__all__ = ["Draft", "drafts"]

#: What an override that does not mention it has in common with its series.
_INHERITED = (
    *("description", "url", "organizer", "performer", "offers", "is_accessible_for_free", "keywords", "image"),
    "in_language",
)


@dataclass(slots=True)
class Draft:
    """An event as it should be, without its id and its past, and the keys of the observations that speak of it.

    `row` is the row id of the first of these, and `said` what it says; `noted` is what is compared of it, if that has
    been worked out.
    """

    event: Event
    keys: list[Key]
    row: int
    said: Observation
    noted: Noted | None = None


def drafts(group: Group, enricher: Enricher) -> tuple[list[Draft], dict[int, str]]:
    """The events of a group, and for observations that could not be judged, by row id, why.

    Without a judgement of the series itself nothing can be said of its overrides: then there are no drafts. What
    shares a UID without being one event (SHARED) stands for itself.
    """
    alone = [stored for stored in group.observations if stored.key[1].startswith(SHARED)]
    said = [stored for stored in group.observations if not stored.key[1].startswith(SHARED)]
    found, problems = _series(said, enricher) if said else ([], {})
    for stored in alone:
        try:
            found.append(_Series(stored, enricher.judge(stored.observation), named=False).draft())
        except Exception as error:
            problems[stored.id] = _problem(error)
    return found, problems


def _series(said: Sequence[Stored], enricher: Enricher) -> tuple[list[Draft], dict[int, str]]:
    """The series and the events that its overrides have become; without it, each override by itself."""
    first = said[0]
    if first.key[1]:
        return _by_themselves(said, enricher)
    try:
        judgement = enricher.judge(first.observation)
        series = _Series(first, judgement, named=len(said) > 1)
    except Exception as error:
        return [], dict.fromkeys((stored.id for stored in said), _problem(error))
    problems: dict[int, str] = {}
    for stored in said[1:]:
        try:
            series.add(stored, enricher)
        except Exception as error:
            problems[stored.id] = _problem(error)
    return [series.draft(), *series.own_events], problems


def _by_themselves(observations: Sequence[Stored], enricher: Enricher) -> tuple[list[Draft], dict[int, str]]:
    """Each override is an event of its own until the series itself is seen."""
    found: list[Draft] = []
    problems: dict[int, str] = {}
    for stored in observations:
        try:
            found.append(_single(stored, stored.observation, enricher.judge(stored.observation)))
        except Exception as error:
            problems[stored.id] = _problem(error)
    return found, problems


class _Series:
    """An event and the overrides of it that are gathered one by one."""

    def __init__(self, stored: Stored, judgement: Judgement, *, named: bool) -> None:
        self.stored = stored
        self.said = stored.observation
        self.judgement = judgement
        self.named = named
        self.keys = [stored.key]
        self.overrides: list[Override] = []
        self.cut_out: list[Moment] = []
        self.own_events: list[Draft] = []
        self.times = times(self.said, judgement)
        self.moved: Relocation = relocation(self.said.start_date, self.times[0])

    def add(self, stored: Stored, enricher: Enricher) -> None:
        override = stored.observation
        if stored.presence is Presence.WITHDRAWN and self.stored.presence is not Presence.WITHDRAWN:
            self.keys.append(stored.key)  # its source has taken it back: the series holds again
            return
        replaced = self.moved(override.recurrence_id or override.start_date)
        status = override.event_status or Status.SCHEDULED
        judgement = self._other(override, enricher)
        if judgement is not None:
            whole, judged = judgement
            if not self._is_like(judged):
                self.own_events.append(_single(stored, whole, judged))
                self.cut_out.append(replaced)
                return
            status = judged.status
        self.keys.append(stored.key)
        self.overrides.append(
            Override(
                recurrence_id=replaced,
                start_date=self.moved(override.start_date),
                end_date=None if override.end_date is None else self.moved(override.end_date),
                status=status,
            )
        )

    def _other(self, override: Observation, enricher: Enricher) -> tuple[Observation, Judgement] | None:
        """The override with what it leaves unsaid, and what to think of it, if it is not just another date."""
        same_name = override.name.split() == self.said.name.split()
        silent = not (override.location or override.virtual_location or override.event_attendance_mode)
        if same_name and (silent or _where(override) == _where(self.said)):
            return None
        whole = _filled(override, self.said, silent=silent)
        return whole, enricher.judge(whole)

    def _is_like(self, judged: Judgement) -> bool:
        """Whether an override has the name, place and attendance of the series: it is one of its times then."""
        mine, names = self.judgement, (judged.name.split(), self.judgement.name.split())
        return names[0] == names[1] and (judged.place, judged.attendance) == (mine.place, mine.attendance)

    def draft(self) -> Draft:
        said = self.said
        dates = _Dates(
            said.rrule,
            tuple(map(self.moved, said.rdate)),
            tuple(sorted({*map(self.moved, said.exdate), *self.cut_out}, key=str)),
            tuple(self.overrides),
        )
        series = _series_id(said) if self.named or said.rrule or said.rdate else None
        event = _event(self.stored, said, self.judgement, self.times, series=series, dates=dates)
        return Draft(event, self.keys, self.stored.id, said)


class _Dates(NamedTuple):
    """When an event happens besides its start."""

    rrule: tuple[str, ...] = ()
    rdate: tuple[Moment, ...] = ()
    exdate: tuple[Moment, ...] = ()
    overrides: tuple[Override, ...] = ()


def _where(observation: Observation) -> tuple[object, ...]:
    return observation.location, observation.virtual_location, observation.event_attendance_mode


def _filled(override: Observation, series: Observation, *, silent: bool) -> Observation:
    """The override with what it leaves unsaid; where it is, it says wholly or not at all."""
    names = (*_INHERITED, "location", "virtual_location", "event_attendance_mode") if silent else _INHERITED
    unsaid = {name: getattr(series, name) for name in names if getattr(override, name) in (None, ())}
    return replace(override, **unsaid)


def _single(stored: Stored, whole: Observation, judgement: Judgement) -> Draft:
    """An override, with what it leaves unsaid, as an event that happens once."""
    once = times(replace(whole, rrule=()), judgement)
    event = _event(stored, whole, judgement, once, series=_series_id(whole), dates=_Dates())
    return Draft(event, [stored.key], stored.id, stored.observation)


def _event(
    stored: Stored,
    said: Observation,
    judged: Judgement,
    when: tuple[Moment, Moment | None],
    *,
    series: str | None,
    dates: _Dates,
) -> Event:
    event = Event(
        id="",
        name=judged.name,
        start_date=when[0],
        end_date=when[1],
        description=said.description,
        url=said.url and without_tracking(said.url),
        status=judged.status,
        presence=stored.presence,
        attendance=judged.attendance,
        kind=judged.kind,
        industries=judged.industries,
        place=judged.place,
        place_why=judged.place_why,
        time_zone_why=judged.time_zone_why,
        virtual_location=said.virtual_location,
        organizer=judged.organizer,
        performer=judged.performer,
        attendee=judged.attendee,
        offers=said.offers,
        is_free=judged.is_free,
        keywords=said.keywords,
        image=said.image,
        in_language=judged.in_language,
        series=series,
        vtimezone=said.vtimezone,
        rrule=dates.rrule,
        rdate=dates.rdate,
        exdate=dates.exdate,
        overrides=dates.overrides,
        sources=(EventSource(source=said.source, uid=said.uid, url=said.url),),
        rules=RULES,
    )
    event.origins.update({name: said.source for name in _SAID if getattr(event, name) not in (None, ())})
    return event


#: What a source says, or what follows from what it says: it is named for it as the origin.
_SAID = (
    *("name", "start_date", "end_date", "description", "url", "status", "attendance", "place", "virtual_location"),
    *("organizer", "performer", "attendee", "offers", "is_free", "keywords", "image", "in_language"),
    *("rrule", "rdate", "exdate", "overrides", "series", "vtimezone", "kind", "industries", "time_zone_why"),
)


def _series_id(observation: Observation) -> str:
    """The same for all that one source says under one UID."""
    return group_key(observation.source, observation.uid).hex()[:16]


def _problem(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
