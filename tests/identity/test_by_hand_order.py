"""Any decisions by hand, undone in reverse order, give the same events back; the events are made by us."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hobnob.errors import UsageError
from hobnob.moments import Moment
from hobnob.observations import Observation, Place, Status
from indexer.catalogue import Catalogue
from indexer.identity import by_hand, identify
from tests.identity.conftest import NOW, World

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)


def said(source, uid, name, day, hour=18, **more):
    start = Moment(dt.date(2026, 12, day), dt.time(hour), "Europe/Berlin")
    return Observation(source=source, uid=uid, name=name, start_date=start, location=HALL, **more)


SAID = (
    said("list", "1", "RustLab Berlin 2026", 1),
    said("own", "1", "RustLab Berlin 2026", 1, description="Rust!"),
    said("city", "1", "RustLab Berlin 2026", 1, event_status=Status.CANCELLED),
    said("fairs", "f", "Elbe Pottery Fair", 5, 10),
    said("city", "f", "Elbe Pottery Fair", 5, 10, url="https://city.example/f"),
    said("choir", "c", "Chamber choir", 2, rrule=("FREQ=WEEKLY",)),
    said("choir", "c", "Chamber choir", 9, 20, recurrence_id=said("", "", "", 9).start_date),
    *(said("yoga", f"y{day}", "Open yoga", day, 7) for day in (1, 8, 15, 22)),
)
_pick = st.integers(0, 9)
decisions = st.lists(st.tuples(st.sampled_from(("merge", "split", "apart", "hide")), _pick, _pick), max_size=6)


def settle(world):
    identify(world.catalogue, world.enricher, now=world.now)
    world.now += dt.timedelta(minutes=1)


def shown(world):
    """All events, without what counts their changes."""
    events = world.catalogue.events(world.catalogue.event_ids())
    fields = ("name", "start_date", "end_date", "url", "status", "hidden", "rrule", "rdate", "overrides", "description")
    return {event.id: (*(getattr(event, name) for name in fields), frozenset(event.sources)) for event in events}


def decide(world, what, one, other):
    """Decides about the events of these numbers; nothing where that is not possible."""
    events = sorted(world.catalogue.event_ids())
    first, second = events[one % len(events)], events[other % len(events)]
    try:
        match what:
            case "merge":
                by_hand.merge(world.catalogue, first, second, now=world.now)
            case "apart":
                by_hand.keep_apart(world.catalogue, first, second, now=world.now)
            case "hide":
                by_hand.hide(world.catalogue, first, now=world.now)
            case _:
                sources = sorted({source.source for source in world.catalogue.event(first).sources})
                by_hand.split(world.catalogue, first, sources[other % len(sources)], now=world.now)
    except UsageError:
        return
    settle(world)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wanted=decisions, order=st.permutations(SAID), crawled=st.booleans())
def test_what_was_decided_and_undone_leaves_no_trace(wanted, order, crawled) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Catalogue.open(f"sqlite:///{Path(folder)}/c.sqlite", now=NOW) as known,
    ):
        world = World(known)
        world.say(*order)
        before = shown(world)
        assert len(before) == 4
        for one in wanted:
            decide(world, *one)
        if crawled:
            world.catalogue.rejudge()
            settle(world)
        for decision in reversed(world.catalogue.decisions()):
            world.catalogue.undo(decision.number, now=world.now)
            settle(world)
        assert shown(world) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wanted=decisions, after=st.permutations(SAID))
def test_what_was_decided_holds_when_all_is_said_again(wanted, after) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Catalogue.open(f"sqlite:///{Path(folder)}/c.sqlite", now=NOW) as known,
    ):
        world = World(known)
        world.say(*SAID)
        for one in wanted:
            decide(world, *one)
        before = shown(world)
        world.say(*after)
        world.catalogue.rejudge()
        settle(world)
        assert shown(world) == before
