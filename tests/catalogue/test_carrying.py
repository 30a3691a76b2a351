"""A catalogue that moves by dump and load keeps the ids of its events and decisions by hand. Events are made by us."""

import datetime as dt
import io
import json
from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa

from hobnob import jsonlines
from hobnob.kept import Decision, Identity
from hobnob.moments import Moment
from hobnob.observations import Observation, Place
from indexer.catalogue import Catalogue
from indexer.catalogue.tables import members
from indexer.identity import by_hand, identify
from indexer.loading import Loader
from tests.identity.conftest import NOW, World

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)
KEY = ("0" * 32, "")


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request, tmp_path):
    """Opens a catalogue by name."""
    some = []

    def open_(name):
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path}/{name}.sqlite"
        else:
            url = request.getfixturevalue("postgresql").database()
        some.append(Catalogue.open(url, now=NOW))
        return World(some[-1])

    yield open_
    for catalogue in some:
        catalogue.close()


@pytest.fixture
def said():
    def observation(source, uid, name, day):
        start = Moment(dt.date(2026, 12, day), dt.time(18), "Europe/Berlin")
        return Observation(source=source, uid=uid, name=name, start_date=start, location=HALL)

    rust = partial(observation, name="RustLab Berlin 2026", day=1)
    return [
        rust("list", "1"),
        rust("own", "1"),
        observation("fairs", "f", "Elbe Pottery Fair", 5),
        observation("fairs", "same", "Chess night", 6),
        observation("fairs", "same", "Opera brunch", 7),
        observation("zoo", "z", "Night at the zoo", 9),
    ]


def settle(world):
    identify(world.catalogue, world.enricher, now=world.now)


def dumped(world):
    out = io.BytesIO()
    world.catalogue.dump(out)
    return out.getvalue()


def load(world, text, batch=500):
    with Loader(world.catalogue, now=world.now, batch=batch) as loader:
        for record in jsonlines.read(io.BytesIO(text)):
            loader.add(record)
    settle(world)
    return loader.counts


def ids(world):
    events = world.catalogue.events(world.catalogue.event_ids())
    return {event.id: (event.name, event.hidden, len(event.sources), event.created_at) for event in events}


def id_of(world, name):
    (found,) = (event.id for event in world.catalogue.events(world.catalogue.event_ids()) if event.name == name)
    return found


@pytest.fixture
def moved(opened, said):
    """A catalogue with decisions, one of them undone, and an empty one."""
    world = opened("old")
    world.say(*said)
    chess, opera, zoo = (id_of(world, name) for name in ("Chess night", "Opera brunch", "Night at the zoo"))
    by_hand.merge(world.catalogue, chess, opera, now=world.now)
    by_hand.hide(world.catalogue, zoo, now=world.now)
    by_hand.split(world.catalogue, id_of(world, "RustLab Berlin 2026"), "own", now=world.now)
    settle(world)
    world.catalogue.undo(3, now=world.now)
    settle(world)
    return world, opened("new")


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_ids_and_decisions_go_with_a_dump(moved, batch) -> None:
    world, other = moved
    other.now = world.now + dt.timedelta(days=3)
    counts = load(other, dumped(world), batch)
    assert (counts.ids, counts.decisions) == (4, 3)
    assert ids(other) == ids(world)
    former = [one.id for event in ids(world) for one in world.catalogue.former(event)]
    assert len(former) == 2
    for name in former:
        assert other.catalogue.event(name).id == world.catalogue.event(name).id
    assert [(one.what, one.said, one.at, one.undone_at) for one in other.catalogue.decisions()] == [
        (one.what, one.said, one.at, one.undone_at) for one in world.catalogue.decisions()
    ]
    for one in (world, other):
        one.catalogue.undo(1, now=one.now)
        one.catalogue.undo(2, now=one.now)
        settle(one)
    assert ids(other) == ids(world)
    assert len(ids(other)) == 5


def test_loading_again_changes_nothing(moved) -> None:
    world, other = moved
    text = dumped(world)
    load(other, text)
    number, before = other.catalogue.number(), ids(other)
    counts = load(other, text)
    assert (counts.ids, counts.decisions, counts.total.new) == (0, 0, 0)
    assert (other.catalogue.number(), ids(other)) == (number, before)
    assert dumped(other) == dumped(other)


def test_the_index_hears_of_what_was_loaded(moved) -> None:
    world, other = moved
    load(other, dumped(world))
    assert {*other.catalogue.touched(0)} >= {*ids(other)}
    assert all(change.what in {"added", "changed", "hidden"} for change in other.catalogue.changes())


def test_a_decision_that_was_undone_meanwhile_is_undone_here_too(moved) -> None:
    world, other = moved
    load(other, dumped(world))
    world.catalogue.undo(2, now=world.now)
    settle(world)
    assert load(other, dumped(world)).decisions == 1
    assert ids(other) == ids(world)


def test_a_file_changes_nothing_that_is_known_here(moved, said) -> None:
    world, other = moved
    other.say(*said)
    before = ids(other)
    lines = dumped(world).splitlines(keepends=True)
    stolen = [
        replace(record, event=replace(record.event, id=mine))
        for mine, record in zip(
            before, (one for one in jsonlines.read(lines) if isinstance(one, Identity)), strict=False
        )
    ]
    out = io.BytesIO()
    jsonlines.write(stolen, out)
    assert load(other, out.getvalue()).ids == 0
    assert ids(other) == before
    only_ids = lines[:1] + [line for line in lines if b'"Identity"' in line]
    assert load(other, b"".join(only_ids)).ids == 0
    assert ids(other) == before


def test_an_event_of_which_nothing_was_said_is_not_made_up(moved) -> None:
    world, other = moved
    lines = dumped(world).splitlines(keepends=True)
    assert load(other, b"".join(lines[:1] + [line for line in lines if b'"Identity"' in line])).ids == 0
    assert ids(other) == {}


HOSTILE = [
    {"what": "erase"},
    {"pairs": []},
    {"pairs": [[["zz", ""], None]]},
    {"pairs": [[["0" * 32, "\0"], None]]},
    {"pairs": [[["0" * 32, "x" * 5000], None]]},
    {"pairs": [[KEY, KEY]]},
    {"what": "merge"},
    {"pairs": [[KEY, None]] * 20_001},
    {"at": "9999-12-31T23:59:59+00:00", "said": "x\x1b[31m" * 9000, "what": "steal"},
]


@pytest.mark.parametrize("change", HOSTILE)
def test_a_hostile_decision_is_skipped(opened, change) -> None:
    world = opened("old")
    line = {"type": "Decision", "what": "hide", "said": "x", "at": "2026-11-01T00:00:00Z", "pairs": [[KEY, None]]}
    text = jsonlines.header() + json.dumps(line | change).encode() + b"\n"
    counts = load(world, text)
    assert (counts.decisions, sum(counts.total.skipped.values())) == (0, 1)
    assert world.catalogue.decisions() == []


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-01T00:00:00"])
def test_a_decision_of_any_time_can_be_read(opened, at) -> None:
    world = opened("old")
    line = {"type": "Decision", "what": "hide", "said": "\x1b[31m\n", "at": at, "pairs": [[KEY, None]]}
    assert load(world, jsonlines.header() + json.dumps(line).encode() + b"\n").decisions == 1
    (found,) = world.catalogue.decisions()
    assert found.at <= world.now
    assert found.said.isprintable()


@pytest.mark.parametrize("name", ["", "../../etc", "x" * 99, "A B", "\0", "é"])
def test_a_hostile_id_is_skipped(opened, said, name) -> None:
    world, other = opened("old"), opened("new")
    world.say(*said[:1])
    found = next(one for one in jsonlines.read(io.BytesIO(dumped(world))) if isinstance(one, Identity))
    bad = [
        replace(found, event=replace(found.event, id=name)),
        replace(found, former=(replace(found.event, id=name),)),
        replace(found, keys=((found.keys[0][0], "", name or "?"),)),
    ]
    out = io.BytesIO()
    jsonlines.write([*said[:1], *bad], out)
    counts = load(other, out.getvalue())
    assert (counts.ids, sum(counts.total.skipped.values())) == (0, 3)
    assert other.catalogue.counts().events == 1


def test_a_file_claims_no_id_that_is_anothers(moved, said) -> None:
    """The id of an event that is known here, said to have been made for something else, is not given to that."""
    world, other = moved
    other.say(*said[2:3])
    (known,) = ids(other)
    found = next(
        one for one in jsonlines.read(io.BytesIO(dumped(world))) if isinstance(one, Identity) and len(one.keys) == 2
    )
    other.catalogue.load(said[:2] + said[3:], now=other.now)
    claimed = replace(found, keys=tuple((group, which, known) for group, which, _ in found.keys))
    out = io.BytesIO()
    jsonlines.write([claimed], out)
    assert load(other, out.getvalue()).ids == 1
    assert ids(other)[known][0] == "Elbe Pottery Fair"
    with other.catalogue._reading() as connection:
        claims = connection.scalars(sa.select(members.c.event_id).where(members.c.minted == known)).all()
    assert claims == [known]


def test_types_are_as_they_are_written() -> None:
    decision = Decision(what="hide", said="x", at=NOW, pairs=((KEY, None), (KEY, KEY)))
    (read,) = jsonlines.read([jsonlines.header(), jsonlines.line(decision)])
    assert read == decision
