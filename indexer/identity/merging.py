"""From what several sources say of one event to one Event: each field from the source that knows it best.

Sources are ranked (see `ranking`). A field is the first one's that has it, unless that is vague where another is
precise.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from hobnob.events import Event, EventSource, Label, Override, Presence
from hobnob.observations import Attendance, Person, Place, Status
from indexer.catalogue import Key
from indexer.identity import ranking
from indexer.identity.added_dates import with_single_dates
from indexer.identity.ranking import PRESENCES, believed_single_dates, believed_status, best_page
from indexer.identity.series import Draft

__all__ = ["MOST_SOURCES", "merged"]

Own = frozenset[str]
"""The names of the sources that are the organizer's own."""


MOST_SOURCES = 500
MOST_PEOPLE = 500
MOST_LABELS = 3
_LONGEST_TEXT = 500
_WORDS = re.compile(r"\w+")
#: Fields that are taken as they are from the first source that has them.
_PLAIN = ("name", "virtual_location", "organizer", "offers", "is_free", "image", "in_language", "description")
_DATES = ("start_date", "end_date", "rrule", "rdate", "exdate", "overrides", "series", "vtimezone", "time_zone_why")
#: Fields of single events that are times of one.
_OF_RUN = ("start_date", "rdate", "series")


def merged(drafts: Sequence[Draft], runs: Sequence[frozenset[Key]] = ()) -> Draft:
    """One draft of several that speak of one event; of one, that one.

    `runs`: parts, by key, that are the same event on other days: each day becomes a time of it, or of the series that
    another source tells of.
    """
    if len(drafts) == 1:
        return drafts[0]
    order = ranking.ranked(drafts)
    ranked, own = sorted(order.drafts, key=lambda draft: not draft.event.recurs), order.own
    keys = [key for draft in ranked for key in draft.keys]
    in_runs = frozenset().union(*runs) if runs else frozenset()
    is_run = not ranked[0].event.recurs and any(draft.keys[0] in in_runs for draft in ranked)
    event = _repeated(ranked, own, in_runs) if is_run else _once(ranked, own)
    return Draft(replace(event, sources=_sources(ranked)), keys, ranked[0].row, ranked[0].said)


def _once(ranked: Sequence[Draft], own: Own) -> Event:
    """All of them speak of the same time, or the first of them of all times of a series."""
    dated = ranked[0]
    event = _fields(ranked, own)
    origins = dict(event.origins)
    values: dict[str, Any] = {name: getattr(dated.event, name) for name in _DATES}
    if not dated.event.recurs:
        dated = _precise(dated, ranked)
        values |= {name: getattr(dated.event, name) for name in ("start_date", "end_date", "time_zone_why")}
        ends = (draft for draft in ranked if _ends(draft.event, dated.event))
        if dated.event.end_date is None and (ending := next(ends, None)) is not None:
            values["end_date"], origins["end_date"] = ending.event.end_date, ending.said.source
    singles = [draft for draft in ranked if not draft.event.recurs]
    added: dict[str, str] = {}
    if dated.event.recurs and singles:
        whole = with_single_dates(dated.event, believed_single_dates(dated, singles, own))
        values |= {"rdate": whole.rdate, "overrides": whole.overrides, "status": whole.status}
        origins["status"] = dated.said.source
        changed = [name for name in ("rdate", "overrides") if values[name] != getattr(dated.event, name)]
        added = dict.fromkeys(changed, singles[0].said.source)
    for name in _DATES:
        if values[name] not in (None, ()) and (name != "end_date" or dated.event.end_date is not None):
            origins[name] = added.get(name, dated.said.source)
    return replace(event, **values, origins=_known(origins, event, values))


def _precise(dated: Draft, ranked: Sequence[Draft]) -> Draft:
    """The first that knows the time of day, where the best one knows only the day."""
    start, end = dated.event.start_date, dated.event.end_date
    if not start.is_date or (end is not None and end.date != start.date):
        return dated
    same_day = [draft for draft in ranked if draft.event.start_date.date == start.date]
    timed = [draft for draft in same_day if not draft.event.start_date.is_date]
    if any(draft.event.start_date.is_date and _lasts(draft.event) for draft in same_day):
        timed = [draft for draft in timed if _lasts(draft.event)]  # rather all days than an hour of the first
    return timed[0] if timed else dated


def _lasts(event: Event) -> bool:
    """Whether it ends on a later day."""
    return event.end_date is not None and event.end_date.date > event.start_date.date


def _ends(event: Event, dated: Event) -> bool:
    """Whether its end can be that of `dated`: both know the time of day, or both do not."""
    end, start = event.end_date, dated.start_date
    if end is None or end.is_date != start.is_date or event.start_date.date != start.date:
        return False
    return end.date >= start.date and (end.is_date or end.zone == start.zone)


def _repeated(ranked: Sequence[Draft], own: Own, in_runs: frozenset[Key]) -> Event:
    """Single events on several days as one that has these days as extra dates."""
    by_day: dict[dt.date, list[Draft]] = {}
    for draft in ranked:
        by_day.setdefault(draft.event.start_date.date, []).append(draft)
    days = [(_once(some, own) if len(some) > 1 else some[0].event, some) for _, some in sorted(by_day.items())]
    shown = [event for event, _ in days if event.presence is not Presence.WITHDRAWN] or [event for event, _ in days]
    first = shown[0]
    event = _fields(sorted(ranked, key=lambda draft: (PRESENCES.index(draft.event.presence), -_ordinal(draft))), own)
    odd = tuple(
        Override(recurrence_id=one.start_date, start_date=one.start_date, end_date=one.end_date, status=one.status)
        for one in shown
        if one.status is not Status.SCHEDULED
    )
    every = all(one.status is Status.CANCELLED for one in shown)
    return replace(
        event,
        start_date=first.start_date,
        end_date=first.end_date,
        rdate=tuple(one.start_date for one in shown[1:]),
        overrides=() if every else odd,
        status=Status.CANCELLED if every else Status.SCHEDULED,
        series=min(key[0] for draft in ranked for key in draft.keys if key in in_runs).hex()[:16],
        time_zone_why=first.time_zone_why,
        origins=event.origins | dict.fromkeys(_OF_RUN, days[0][1][0].said.source),
    )


def _ordinal(draft: Draft) -> int:
    return draft.event.start_date.date.toordinal()


def _fields(ranked: Sequence[Draft], own: Own) -> Event:
    """The best one's event with the fields that do not tell when: each from the first source that knows it."""
    best = ranked[0].event
    values: dict[str, Any] = {}
    origins = {}

    def take(name: str, from_: Draft | None) -> None:
        if from_ is not None:
            values[name] = getattr(from_.event, name)
            origins[name] = from_.event.origins.get(name, from_.said.source)

    for name in _PLAIN:
        take(name, _first(ranked, lambda draft, name=name: getattr(draft.event, name) not in (None, ())))  # type: ignore[misc]
    take("place", _placed(ranked))
    if "place" in values:
        values["place_why"] = next(d.event.place_why for d in ranked if d.event.place is values["place"])
    take("url", best_page(ranked, own))
    take("status", believed_status(ranked, own))
    take("attendance", _attendance(ranked))
    take("kind", _surest(ranked))
    values["industries"] = _industries(ranked)
    if values["industries"]:
        surest = values["industries"][0]
        origins["industries"] = next(draft.said.source for draft in ranked if surest in draft.event.industries)
    values["keywords"] = _keywords(ranked)
    for role in ("performer", "attendee"):
        values[role] = _people(getattr(draft.event, role) for draft in ranked)
        take_from = _first(ranked, lambda draft, role=role: bool(getattr(draft.event, role)))  # type: ignore[misc]
        if take_from is not None:
            origins[role] = take_from.said.source
    if values["keywords"]:
        origins["keywords"] = next(draft.said.source for draft in ranked if draft.event.keywords)
    values["presence"] = min((draft.event.presence for draft in ranked), key=PRESENCES.index)
    return replace(best, **values, origins={**origins})


def _first(ranked: Iterable[Draft], has: Callable[[Draft], bool]) -> Draft | None:
    return next((draft for draft in ranked if has(draft)), None)


def _placed(ranked: Sequence[Draft]) -> Draft | None:
    """The first that knows the street or the house, else what may be one in its text, else the city, else anything."""
    placed = [draft for draft in ranked if draft.event.place is not None]
    return max(placed, key=lambda draft: _precision(draft.event.place), default=None)


def _precision(place: Place | None) -> int:
    if place is None:
        return 0
    if place.street_address or (place.name and place.name != place.address_locality):
        return 4
    if place.text and _tells_more(place):
        return 3
    return 2 if place.geonames_id else 1


def _tells_more(place: Place) -> bool:
    """Whether its text begins with more than the town: with a house or a street."""
    town = (place.address_locality, place.address_region, place.address_country, place.postal_code, place.country_code)
    known = {word for name in town if name for word in _WORDS.findall(name.casefold())}
    first, *others = re.split(r"[,;\n]", (place.text or "")[:_LONGEST_TEXT].casefold(), maxsplit=1)
    words = [word for word in _WORDS.findall(first) if word not in known and not word.isdecimal()]
    return bool(words) and (bool(others) or any(character.isdecimal() for character in first))


def _attendance(ranked: Sequence[Draft]) -> Draft:
    """The first that declares it; else whoever knows of both ways; else the best one's."""
    declared = _first(ranked, lambda draft: draft.said.event_attendance_mode is not None)
    mixed = _first(ranked, lambda draft: draft.event.attendance is Attendance.MIXED)
    return declared or mixed or ranked[0]


def _surest(ranked: Sequence[Draft]) -> Draft | None:
    """Whoever is surest of its kind."""
    known = [(draft, draft.event.kind) for draft in ranked if draft.event.kind is not None]
    return max(known, key=lambda one: one[1].score)[0] if known else None


def _industries(ranked: Sequence[Draft]) -> tuple[Label, ...]:
    """Of each industry the surest label; as many as one event may have."""
    surest: dict[str, Label] = {}
    for draft in ranked:
        for label in draft.event.industries:
            if label.id not in surest or label.score > surest[label.id].score:
                surest[label.id] = label
    return tuple(sorted(surest.values(), key=lambda label: (-label.score, label.id))[:MOST_LABELS])


def _people(roles: Iterable[tuple[Person, ...]]) -> tuple[Person, ...]:
    """Everybody once, with the links of all who name them."""
    found: dict[str, Person] = {}
    for person in (person for role in roles for person in role):
        key = " ".join(person.name.casefold().split())
        known = found.get(key)
        if known is None:
            if len(found) < MOST_PEOPLE:
                found[key] = person
            continue
        same_as = tuple(dict.fromkeys((*known.same_as, *person.same_as)))
        found[key] = replace(known, type=known.type or person.type, url=known.url or person.url, same_as=same_as)
    return tuple(found.values())


def _keywords(ranked: Sequence[Draft]) -> tuple[str, ...]:
    """Everybody's, each once, as the first one writes it."""
    found: dict[str, str] = {}
    for word in (word for draft in ranked for word in draft.event.keywords):
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _sources(ranked: Sequence[Draft]) -> tuple[EventSource, ...]:
    return tuple(dict.fromkeys(source for draft in ranked for source in draft.event.sources))[:MOST_SOURCES]


def _known(origins: dict[str, str], event: Event, values: dict[str, Any]) -> dict[str, str]:
    """Origins of the fields that have a value."""
    return {
        name: source for name, source in origins.items() if values.get(name, getattr(event, name)) not in (None, ())
    }
