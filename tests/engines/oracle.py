"""What an engine must answer, said in plain Python over the same EventDocuments: slow, obvious, and its own code.

Only the tokens of texts are taken from the analysis; everything else is worked out from the documents one by one.
"""

import datetime as dt
import re
import zoneinfo
from collections import Counter
from dataclasses import dataclass

from hobnob.distance import kilometres
from hobnob.observations import Status
from hobnob.queries import FacetCount, Query, Sort
from indexer.analysis import query_terms, words
from indexer.documents import EventDocument, Time

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


@dataclass(frozen=True)
class Found:
    event: EventDocument
    time: Time
    km: float | None


class Oracle:
    """Answers Queries over what was put in. `order` leaves relevance unsorted: that is judged, not fixed."""

    def __init__(self, events: list[EventDocument]) -> None:
        self.events = events

    def found(self, query: Query) -> list[Found]:
        hits = []
        for event in self.events:
            km = self._kilometres(event, query)
            if self._event_fits(event, query, km):
                hits += [Found(event, time, km) for time in self._times(event, query)]
        if query.sort is Sort.DISTANCE:
            return sorted(hits, key=lambda hit: (hit.km, hit.time.start, hit.event.event_id, hit.time.key))
        return sorted(hits, key=lambda hit: (hit.time.start, hit.event.event_id, hit.time.key))

    def facets(self, found: list[Found], name: str, limit: int) -> tuple[FacetCount, ...]:
        counts: Counter[str] = Counter()
        for hit in found:
            counts.update(set(filter(None, self._values(hit, name))))
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(FacetCount(value=value, count=count) for value, count in ordered[:limit])

    def _values(self, hit: Found, name: str) -> tuple[str | None, ...]:
        event = hit.event
        return {
            "industry": event.industries,
            "kind": (event.kind,),
            "city": (event.city,),
            "country": (event.country,),
            "month": (hit.time.month,),
            "attendance": (event.attendance,),
            "source": event.sources,
            "language": (event.language,),
        }[name]

    # Which events

    def _event_fits(self, event: EventDocument, query: Query, km: float | None) -> bool:
        return (
            (query.near is None or (km is not None and km <= query.near.radius_km))
            and (query.box is None or self._in_box(event, query))
            and self._text_fits(event, query)
            and (not query.industries or bool(set(query.industries) & set(event.industries)))
            and (not query.kinds or event.kind in query.kinds)
            and (not query.countries or event.country in query.countries)
            and (not query.attendance or event.attendance in [str(a) for a in query.attendance])
            and (not query.sources or bool(set(query.sources) & set(event.sources)))
            and (not query.languages or event.language in query.languages)
            and (query.free is None or event.free is query.free)
            and all(self._knows(event, person) for person in query.people)
        )

    def _text_fits(self, event: EventDocument, query: Query) -> bool:
        terms = query_terms(query.text or "")
        banned = list(terms.excluded)
        for text in query.exclude:
            more = query_terms(text)
            banned += [*more.required, *more.excluded]
        fields = (event.name_tokens, event.body_tokens)

        def occurs(term) -> bool:
            if len(term.words) > 1:
                size = len(term.words)
                return any(term.words == f[at : at + size] for f in fields for at in range(len(f)))
            return any(token in f for token in (*term.words, *term.stems) for f in fields)

        return all(map(occurs, terms.required)) and not any(map(occurs, banned))

    def _knows(self, event: EventDocument, person: str) -> bool:
        asked = set(words(person))
        return bool(asked) and any(asked <= set(words(name)) for name in event.people)

    # Where

    def _point(self, event: EventDocument) -> tuple[float, float] | None:
        if event.latitude is None or event.longitude is None:
            return None
        longitude = round(event.longitude, 6)
        return round(event.latitude, 6), (-180.0 if longitude == 180.0 else longitude)

    def _kilometres(self, event: EventDocument, query: Query) -> float | None:
        point = self._point(event)
        if point is None or query.near is None:
            return None
        return kilometres(query.near.latitude, query.near.longitude, *point)

    def _in_box(self, event: EventDocument, query: Query) -> bool:
        point, box = self._point(event), query.box
        if point is None or not box.south <= point[0] <= box.north:
            return False
        # The same meridian is known by two numbers, and a box may run over it.
        west = -180.0 if box.west == 180.0 else box.west
        east = box.east if west <= box.east else box.east + 360
        return any(west <= longitude <= east for longitude in (point[1], point[1] + 360))

    # When

    def _times(self, event: EventDocument, query: Query) -> list[Time]:
        """Those still to come (or running), once each, and then those of the wanted status that begin early enough."""
        online = event.attendance == "online"
        statuses = {str(status) for status in query.statuses} or {str(status) for status in Status}
        chains = self._chains(event, statuses)
        picked = []
        for chain in chains:
            coming = [time for time in chain if self._not_over(time, query, online)]
            picked += coming if query.all_occurrences else coming[:1]
        return [time for time in picked if time.status in statuses and self._early_enough(time, query, online)]

    def _chains(self, event: EventDocument, statuses: set[str]) -> list[list[Time]]:
        """The occurrences among which an event is given once: cancelled ones, others, or all when both are wanted."""
        ordered = sorted(event.times, key=lambda time: (time.start, time.key))
        cancelled = [time for time in ordered if time.status == "cancelled"]
        others = [time for time in ordered if time.status != "cancelled"]
        if "cancelled" in statuses and len(statuses) > 1:
            return [ordered]
        return [cancelled] if "cancelled" in statuses else [others]

    def _not_over(self, time: Time, query: Query, online: bool) -> bool:
        if query.start is None:
            return EPOCH + dt.timedelta(seconds=time.end + 1) > query.now
        if online:
            return EPOCH + dt.timedelta(seconds=time.end) >= self._midnight(query.start, query)
        return time.last_day >= query.start.toordinal()

    def _early_enough(self, time: Time, query: Query, online: bool) -> bool:
        if query.end is None:
            return True
        if online:
            following = self._midnight(query.end + dt.timedelta(days=1), query)
            return EPOCH + dt.timedelta(seconds=time.start) < following
        return time.first_day <= query.end.toordinal()

    def _midnight(self, day: dt.date, query: Query) -> dt.datetime:
        naive = dt.datetime(day.year, day.month, day.day)
        if offset := re.fullmatch(r"([+-])(\d\d):(\d\d)", query.time_zone):
            sign, hours, minutes = offset.groups()
            shift = dt.timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
            return (naive - shift).replace(tzinfo=dt.timezone.utc)
        return naive.replace(tzinfo=zoneinfo.ZoneInfo(query.time_zone)).astimezone(dt.timezone.utc)
