"""What would be concluded of the events of a source that is not declared yet: a look before it is added."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from hobnob.errors import UsageError
from hobnob.observations import Attendance, Observation, Place
from hobnob.sources import Source
from indexer.enrich.enricher import Enricher
from indexer.enrich.gazetteer import Gazetteer
from indexer.enrich.judgement import Judgement

__all__ = ["Counts", "Preview", "preview"]

Counts = tuple[tuple[str, int], ...]
"""What was concluded, and of how many events; the commonest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is concluded of `count` events: ids of industries and kinds, cities as `Gazetteer.resolve` knows them
    ("Lisbon, PT"), IANA names of zones, codes of languages. `placed` have a city, `online` need none, `floating` have a
    time that nothing places."""

    count: int = 0
    industries: Counts = ()
    kinds: Counts = ()
    places: Counts = ()
    time_zones: Counts = ()
    languages: Counts = ()
    placed: int = 0
    online: int = 0
    floating: int = 0


def preview(
    observations: Iterable[Observation], source: Source | None = None, *, gazetteer: Gazetteer | None = None
) -> Preview:
    """Judges `observations` as those of `source`, with its defaults; without one, as of a source that declares none."""
    gazetteer = gazetteer or Gazetteer()
    enricher = Enricher({source.name: source} if source else {}, gazetteer)
    name = source.name if source else "preview"
    judged = [enricher.judge(replace(one, source=name)) for one in observations]
    cities = Counter(place.geonames_id for one in judged if (place := _city(one)) is not None)
    names = {place.geonames_id: _written(place, gazetteer) for one in judged if (place := _city(one)) is not None}
    return Preview(
        count=len(judged),
        industries=_counted(label.id for one in judged for label in one.industries),
        kinds=_counted(one.kind.id for one in judged if one.kind),
        places=tuple((written, times) for city, times in cities.most_common() if (written := names[city])),
        time_zones=_counted(place.time_zone for one in judged if (place := one.place) and place.time_zone),
        languages=_counted(one.in_language for one in judged if one.in_language),
        placed=sum(cities.values()),
        online=sum(one.attendance is Attendance.ONLINE for one in judged),
        floating=sum(one.start_date.is_floating for one in judged),
    )


def _counted(found: Iterable[str]) -> Counts:
    return tuple(Counter(found).most_common())


def _city(one: Judgement) -> Place | None:
    place = one.place
    return place if place is not None and place.geonames_id and place.address_locality else None


def _written(place: Place, gazetteer: Gazetteer) -> str | None:
    """The city as a person may write it so that it is understood as this one; None where no writing is."""
    country = place.country_code or place.address_country
    writings = (f"{place.address_locality}, {country}", f"{place.address_locality}, {place.address_region}")
    for text in writings:
        with suppress(UsageError):
            if gazetteer.resolve(text).geonames_id == place.geonames_id:
                return text
    return None
