"""A catalogue, a short way to say what a source says, and an enricher that can be told what to judge."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hobnob.events import Label
from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Status
from indexer.catalogue import Catalogue
from indexer.identity import Judgement, identify

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


class FakeEnricher:
    """Believes what it is told; moves times to `zone` if that is set; raises for names that begin with "bad"."""

    def __init__(self) -> None:
        self.zone: str | None = None
        self.industries: tuple[Label, ...] = ()
        self.judged = 0

    def judge(self, observation: Observation) -> Judgement:
        self.judged += 1
        if observation.name.startswith("bad"):
            raise ValueError(f"cannot judge {observation.name}")
        return Judgement(
            name=observation.name,
            status=observation.event_status or Status.SCHEDULED,
            time_zone_why=None,
            organizer=observation.organizer,
            performer=observation.performer,
            attendee=observation.attendee,
            start_date=self._there(observation.start_date),
            end_date=observation.end_date and self._there(observation.end_date),
            place=observation.location,
            place_why="declared" if observation.location else None,
            attendance=observation.event_attendance_mode
            or (Attendance.ONLINE if observation.virtual_location else Attendance.OFFLINE),
            kind=None,
            industries=self.industries,
            is_free=None,
            in_language=observation.in_language,
        )

    def _there(self, moment: Moment) -> Moment:
        return moment.in_zone(self.zone) if self.zone else moment


class World:
    """A catalogue to which sources speak, day after day."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.enricher = FakeEnricher()
        self.now = NOW
        self.seen_number = 0

    def say(self, *observations: Observation, **options: Any) -> Any:
        """All that was said today is loaded and identified; then a day passes. Returns the IdentifyCounts."""
        self.seen_number = self.catalogue.number()
        today = [self.dated(observation) for observation in observations]
        self.catalogue.load(today, now=self.now)
        counts = identify(self.catalogue, self.enricher, now=self.now, **options)
        self.now += dt.timedelta(days=1)
        return counts

    def dated(self, observation: Observation) -> Observation:
        fields = {name: getattr(observation, name) for name in Observation.__dataclass_fields__}
        return Observation(**{**fields, "fetched_at": self.now})

    def events(self) -> dict[str, Any]:
        """The events by name."""
        return {event.name: event for event in self.catalogue.events(self.catalogue.event_ids())}

    def news(self) -> list[tuple[str, str]]:
        """What the last `say` changed: (what, the event's id)."""
        return [(change.what, change.event_id) for change in self.catalogue.changes(self.seen_number)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite", now=NOW) as catalogue:
        yield World(catalogue)


@pytest.fixture
def says() -> Callable[..., Observation]:
    def observation(uid: str = "a", name: str = "Barcamp", source: str = "berlin", **more: Any) -> Observation:
        start = Moment(dt.date(2026, 12, 1), dt.time(18), "Europe/Berlin")
        return Observation(**{"source": source, "uid": uid, "name": name, "start_date": start, **more})

    return observation
