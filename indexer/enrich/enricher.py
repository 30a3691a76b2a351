"""Judges observations: one pass over what a source said, giving what we believe of it and why."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from hobnob.errors import UsageError
from hobnob.observations import Attendance, Observation, Place, Status
from hobnob.sources import Source
from indexer.enrich.attendance import attendance
from indexer.enrich.gazetteer import Found, Gazetteer, Hints
from indexer.enrich.industry import Industries
from indexer.enrich.judgement import Judgement
from indexer.enrich.keywords import Text
from indexer.enrich.kind import Kinds
from indexer.enrich.language import language
from indexer.enrich.people import people
from indexer.enrich.place import Home, Setting, at_home, settle
from indexer.enrich.price import is_free
from indexer.enrich.status import judged
from indexer.enrich.zone import local_times

__all__ = ["Enricher"]

#: Of a name or a description, this much is read for what the event is about.
READ_CHARS = 1500


class Enricher:
    """Judges observations of known sources, whose defaults it takes for what an observation leaves open."""

    def __init__(self, sources: Mapping[str, Source], gazetteer: Gazetteer | None = None) -> None:
        self._sources = sources
        self._gazetteer = gazetteer or Gazetteer()
        self._industries = Industries()
        self._kinds = Kinds()
        self._homes: dict[str, Home] = {}
        self._settled = lru_cache(maxsize=20_000)(self._settle)

    def judge(self, observation: Observation) -> Judgement:
        """What we conclude from the observation and its source's defaults alone; the same for the same input."""
        title, status = judged(observation)
        source = self._sources.get(observation.source)
        home = self._home(observation.source, source)
        setting = self._settled(observation.location, observation.source)
        how = attendance(observation, has_place=setting.is_own)
        if status is Status.MOVED_ONLINE:
            how = Attendance.ONLINE
        if how is Attendance.ONLINE and not setting.is_own:
            setting = Setting()
        elif how is Attendance.MIXED and setting.place is None:
            setting = at_home(observation.location, home)
        name, description = Text(title[:READ_CHARS]), Text((observation.description or "")[:READ_CHARS])
        zone = source.time_zone if source else None
        clocks = local_times(observation, setting.place, zone, is_own=setting.is_own)
        named = people(observation)
        declared = observation.keywords
        if observation.raw and (finer := observation.raw.get("type")):
            declared = (*declared, finer)
        industries = self._industries.labels(
            name,
            description,
            declared,
            source,
            [person.name[:READ_CHARS] for person in observation.organizer if person.name],
        )
        return Judgement(
            name=title,
            status=status,
            start_date=clocks.start,
            end_date=clocks.end,
            place=setting.place,
            place_why=setting.why,
            time_zone_why=clocks.why,
            attendance=how,
            kind=self._kinds.label(
                name,
                description,
                declared,
                source,
                industries=[label.id for label in industries],
                url=observation.url,
            ),
            industries=industries,
            organizer=named.organizer,
            performer=named.performer,
            attendee=named.attendee,
            is_free=is_free(observation),
            in_language=language(observation, source.language if source else None),
        )

    def _settle(self, location: Place | None, source: str) -> Setting:
        """Venues repeat: the same location of a source is settled once."""
        return settle(location, self._home(source, self._sources.get(source)), self._gazetteer)

    def _home(self, name: str, source: Source | None) -> Home:
        home = self._homes.get(name)
        if home is None:
            home = self._homes[name] = self._found_home(source) if source else Home()
        return home

    def _found_home(self, source: Source) -> Home:
        found = self._source_place(source.place) if source.place else None
        near = None
        if found and found.geonames_id and found.latitude is not None and found.longitude is not None:
            near = (found.latitude, found.longitude)
        hints = Hints(
            near=near,
            country=found.country_code if found else None,
            time_zone=source.time_zone,
            language=source.language,
        )
        return Home(found=found, hints=hints)

    def _source_place(self, text: str) -> Found | None:
        """A source's place, which a person wrote: "Chicago IL, US", "DE"; None for "world" or "online"."""
        found = self._gazetteer.find(text)
        if found is None:
            with suppress(UsageError):
                found = self._gazetteer.resolve(text)
        return found
