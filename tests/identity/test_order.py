"""The events are the same in whatever order, and in however large portions, what sources say arrives. Worlds are made
by us, of names, days, places and sources that collide."""

import datetime as dt
import tempfile
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob.events import Presence
from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from indexer.catalogue import Catalogue
from indexer.catalogue.bodies import event_body
from indexer.identity import identify
from tests.identity.conftest import NOW, FakeEnricher

NAMES = (
    *("RustLab Berlin 2026", "RustLab", "Rust Lab Berlin", "RustLab 2027", "RustLab Conference", "RustLab: Workshops"),
    *("Barcamp Berlin", "Barcamp Berlin 12", "Barcamp", "Berlin Barcamp", "Open Data Day", "ODD", "Stammtisch"),
)
PLACES = (
    None,
    Place(address_locality="Berlin", geonames_id=2950159, country_code="DE", latitude=52.52, longitude=13.41),
    Place(name="Alte Münze", geonames_id=2950159, country_code="DE", latitude=52.515, longitude=13.4081),
    Place(name="Betahaus", geonames_id=2950159, country_code="DE", latitude=52.4991, longitude=13.4213),
    Place(address_locality="Lisbon", geonames_id=2267057, country_code="PT", latitude=38.72, longitude=-9.14),
)
PAGES = (None, None, "https://rustlab.example/2026", "https://barcamp.example/berlin", "https://list.example/")
PAST = {"id": "", "sequence": 0, "created_at": None, "changed_at": None}
RULES = ((), (), (), ("FREQ=WEEKLY",))


@st.composite
def said(draw: st.DrawFn) -> Observation:
    day = dt.date(2026, 12, 1) + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 2, 7, 14, 21))))
    clock = draw(st.sampled_from((None, dt.time(18), dt.time(18), dt.time(19, 30))))
    start = Moment(day, clock, "Europe/Berlin" if clock else None)
    long = draw(st.booleans()) and clock is None
    return Observation(
        source=draw(st.sampled_from("abcd")),
        uid="",
        name=draw(st.sampled_from(NAMES)),
        start_date=start,
        end_date=Moment(day + dt.timedelta(days=2)) if long else None,
        location=draw(st.sampled_from(PLACES)),
        url=draw(st.sampled_from(PAGES)),
        rrule=draw(st.sampled_from(RULES)) if clock else (),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Observation], list[int]]:
    """Observations with a UID each, and an order in which they arrive."""
    some = [replace(one, uid=str(number)) for number, one in enumerate(draw(st.lists(said(), min_size=2, max_size=9)))]
    return some, draw(st.permutations(range(len(some))))


def events_of(portions: list[list[Observation]], batch: int) -> list[str]:
    """All that is known of each event but its past, after the portions have come one by one."""
    with (
        tempfile.TemporaryDirectory() as directory,
        Catalogue.open(f"sqlite:///{directory}/catalogue.sqlite", now=NOW) as catalogue,
    ):
        for portion in portions:
            catalogue.load(portion, now=NOW)
            assert identify(catalogue, FakeEnricher(), now=NOW, batch=batch).problems == []
        events = catalogue.events(catalogue.event_ids())
        return sorted(event_body(replace(event, **PAST)) for event in events if event.presence is Presence.PRESENT)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(worlds())
def test_neither_the_order_nor_the_portions_of_what_arrives_matter(world):
    some, order = world
    shuffled = [some[number] for number in order]
    all_at_once = events_of([some], 1000)
    assert sum(body.count('"uid"') for body in all_at_once) == len(some)
    assert events_of([shuffled], 3) == all_at_once
    assert events_of([[one] for one in shuffled], 1000) == all_at_once


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(worlds(), st.data())
def test_what_a_source_said_before_leaves_no_trace(world, data):
    some, order = world
    changed = data.draw(st.sampled_from(some))
    other = replace(data.draw(said()), source=changed.source, uid=changed.uid)
    before = [replace(other, sequence=0) if one is changed else one for one in some]
    after = [replace(changed, sequence=1)]
    in_turn = events_of([[before[number] for number in order], after], 1000)
    assert in_turn == events_of([[replace(one, sequence=1) if one is changed else one for one in some]], 1000)
