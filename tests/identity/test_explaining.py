"""What stands behind an event: who speaks of it, what brought them together, what nearly did, where values are from."""

import datetime as dt
import json

import pytest

from hobnob.errors import UnknownName
from hobnob.jsonlines import encode
from hobnob.moments import Moment
from hobnob.observations import Place
from indexer.identity import by_hand, identify
from indexer.identity.explaining import explain
from indexer.identity.reviewing import in_doubt

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)


def day(text):
    return Moment(dt.date.fromisoformat(text), dt.time(18), "Europe/Berlin")


@pytest.fixture
def rust(says):
    """RustLab as a source says it; made by us."""
    return lambda source, uid="7", **more: says(
        source=source, uid=uid, **{"name": "RustLab Berlin 2026", "location": HALL, **more}
    )


def only_event(world):
    (event,) = world.catalogue.events(world.catalogue.event_ids())
    return event


def doubt(world, one, other, score, *reasons):
    """Puts two sources' parts in doubt."""
    with world.catalogue._writing() as connection:
        ids = dict(connection.exec_driver_sql("SELECT source, id FROM observations").all())
        values = (*sorted((ids[one], ids[other])), score, json.dumps(reasons))
        connection.exec_driver_sql("INSERT INTO doubts VALUES (?, ?, ?, ?)", values)


def test_three_sources_need_two_pairs(world, rust):
    world.say(rust("a", url="https://a.example/7"), rust("b", reader="ics/3"), rust("c"))
    world.say(rust("b", reader="ics/3"))
    found = explain(world.catalogue, only_event(world).id)
    assert [(one.label, one.uid, one.reader) for one in found.witnesses] == [
        ("a", "7", None),
        ("b", "7", "ics/3"),
        ("c", "7", None),
    ]
    assert found.witnesses[1].last_seen - found.witnesses[1].first_seen == dt.timedelta(days=1)
    assert [link.joined for link in found.links] == [True, True, False]
    assert all(link.verdict == "same" and link.reasons and 0.5 < link.score <= 1 for link in found.links)
    assert found.decisions == found.near_misses == ()
    assert [change.what for change in found.history] == ["added"]


def test_each_value_has_its_source_and_what_others_say(world, rust):
    world.say(
        rust("a", url="https://a.example/7", description="Three days"),
        rust("b", description="three  days"),
        rust("c", description="A conference", keywords=("rust",)),
    )
    event = only_event(world)
    fields = {one.field: one for one in explain(world.catalogue, event.id).fields}
    described = fields["description"]
    said = {"a": "Three days", "b": "three days", "c": "A conference"}
    assert described.value == said[described.source]
    same = {"a", "b"} if described.source in "ab" else {"c"}
    assert dict(described.others) == {source: text for source, text in said.items() if source not in same}
    assert (fields["keywords"].source, fields["keywords"].value, fields["keywords"].others) == ("c", "rust", ())
    assert fields["url"].source == "a"


def test_an_override_is_told_and_stands_for_nothing(world, rust):
    weekly = rust("a", rrule=("FREQ=WEEKLY",))
    world.say(weekly, rust("a", recurrence_id=day("2026-12-08"), start_date=day("2026-12-09")))
    found = explain(world.catalogue, only_event(world).id)
    assert [(one.label, one.compared) for one in found.witnesses] == [("a 1", True), ("a 2", False)]
    assert found.witnesses[1].recurrence.startswith("2026-12-08")
    assert found.links == ()


def test_single_events_of_one_series(world, rust):
    weeks = ("2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22")
    world.say(*(rust("a", week, name="Stammtisch", start_date=day(week)) for week in weeks))
    found = explain(world.catalogue, only_event(world).id)
    assert [link.verdict for link in found.links] == ["series"] * 3
    assert all(link.joined for link in found.links)


def test_what_was_decided_is_told_with_its_number(world, rust):
    world.say(rust("a"), rust("b", name="Elbe Pottery Fair", start_date=day("2026-12-05")))
    ids = [event.id for event in world.catalogue.events(world.catalogue.event_ids())]
    by_hand.merge(world.catalogue, *ids, now=world.now)
    identify(world.catalogue, world.enricher, now=world.now)
    kept = only_event(world).id
    found = explain(world.catalogue, next(one for one in ids if one != kept))
    assert found.event.id == kept
    (link,) = found.links
    assert (link.joined, link.decision, link.verdict) == (True, 1, "different")
    assert [one.number for one in found.decisions] == [1]
    assert list(found.aliases) == [one for one in ids if one != kept]
    assert "merged" in [change.what for change in found.history]


def test_near_misses_are_other_events_that_nobody_settled(world, rust):
    world.say(rust("a"), rust("b", name="Elbe Pottery Fair", start_date=day("2026-12-05")))
    doubt(world, "a", "b", 0.5, "the same city")
    one, other = sorted(world.catalogue.events(world.catalogue.event_ids()), key=lambda event: event.name)
    (near,) = explain(world.catalogue, other.id).near_misses
    assert (near.id, near.name, near.score, near.reasons) == (one.id, "Elbe Pottery Fair", 0.5, ("the same city",))
    by_hand.keep_apart(world.catalogue, one.id, other.id, now=world.now)
    assert explain(world.catalogue, other.id).near_misses == ()


def test_what_is_reviewed(world, rust):
    world.say(
        rust("a"),
        rust("b", name="Elbe Pottery Fair", start_date=day("2026-12-05")),
        rust("c", name="Isar Glass Fair", start_date=day("2026-01-05")),
        rust("d", name="Donau Paper Fair", start_date=day("2026-01-07"), rrule=("FREQ=YEARLY",)),
    )
    for one, other, score in (("a", "b", 0.5), ("c", "b", 0.75), ("c", "d", 0.25)):
        doubt(world, one, other, score)
    pairs = [(pair.one.name[:4], pair.other.name[:4], pair.score) for pair in in_doubt(world.catalogue)]
    assert [{*names} for *names, _ in pairs] == [{"Elbe", "Isar"}, {"Rust", "Elbe"}, {"Isar", "Dona"}]
    assert [score for *_, score in pairs] == [0.75, 0.5, 0.25]

    def count(**options):
        return len(list(in_doubt(world.catalogue, **options)))

    assert (count(sources=["c"]), count(sources=["a", "d"]), count(sources=["x"])) == (2, 2, 0)
    assert count(since=dt.date(2026, 12, 2)) == 3, "one of each is still to come, or comes again"
    assert count(since=dt.date(2026, 12, 6)) == 1
    hidden = next(event.id for event in world.catalogue.events(world.catalogue.event_ids()) if "Elbe" in event.name)
    by_hand.hide(world.catalogue, hidden, now=world.now)
    identify(world.catalogue, world.enricher, now=world.now)
    doubt(world, "d", "b", 0.5)
    assert hidden not in {event.id for pair in in_doubt(world.catalogue) for event in (pair.one, pair.other)}


def test_a_withdrawn_event_has_its_history_and_no_witness(world, rust):
    world.say(rust("a"))
    event = only_event(world)
    world.catalogue.forget_source("a", now=world.now)
    found = explain(world.catalogue, event.id)
    assert found.witnesses == found.links == ()
    assert [change.what for change in found.history] == ["added", "withdrawn"]
    with pytest.raises(UnknownName):
        explain(world.catalogue, "nothing")


def test_hostile_and_huge_input_is_told_in_bounds(world, rust):
    many = [rust(f"s{number}", name="RustLab\u202e \x1b[31mBerlin", description="x" * 50_000) for number in range(80)]
    world.say(*many)
    event = max(world.catalogue.events(world.catalogue.event_ids()), key=lambda event: len(event.sources))
    found = explain(world.catalogue, event.id)
    assert len(found.links) <= 50 * 49 / 2
    assert all(len(one.value or "") <= 1000 and len(one.others) <= 5 for one in found.fields)
    assert encode(found.links)
