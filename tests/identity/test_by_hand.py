"""What people decide, through identification: done, remembered across crawls, undone, and tried without a trace."""

import datetime as dt
from functools import partial

import pytest

from hobnob.errors import UnknownName, UsageError
from hobnob.moments import Moment
from hobnob.observations import Place
from indexer.catalogue import Catalogue
from indexer.documents import event_document
from indexer.identity import by_hand, identify
from indexer.identity.effects import carried_out
from indexer.identity.rejudging import summary
from indexer.occurrences import occurrences
from tests.identity.conftest import NOW, World

HALL = Place(name="Alte Münze", address_locality="Berlin", latitude=52.515, longitude=13.408, geonames_id=2950159)
LATER = Moment(dt.date(2026, 12, 5), dt.time(10), "Europe/Berlin")


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request, tmp_path):
    """A catalogue in each kind of database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    else:
        url = request.getfixturevalue("postgresql").database()
    with Catalogue.open(url, now=NOW) as catalogue:
        yield World(catalogue)


@pytest.fixture
def said(says):
    """The same conference as two lists have it, and a pottery fair on another day; made by us."""
    conference = partial(says, uid="7", name="RustLab Berlin 2026", location=HALL)
    fair = says(source="fairs", uid="f", name="Elbe Pottery Fair", start_date=LATER)
    return [conference(source="list"), conference(source="own"), fair]


@pytest.fixture
def started(world, said):
    world.say(*said)
    assert by_sources(world) == {("list", "own"), ("fairs",)}
    return world


def by_sources(world):
    """The sources of each event, by which a test names it."""
    return {tuple(sorted({source.source for source in event.sources})) for event in all_events(world.catalogue)}


def all_events(catalogue):
    return catalogue.events(catalogue.event_ids())


def id_of(world, *sources):
    (found,) = (
        event.id
        for event in all_events(world.catalogue)
        if sorted(sources) == sorted({source.source for source in event.sources})
    )
    return found


def do(world, decide, *args, catalogue=None, **options):
    """Carries out a decision; returns its Outcome."""
    return carried_out(
        catalogue or world.catalogue,
        lambda known: decide(known, *args, now=world.now, **options),
        lambda known: identify(known, world.enricher, now=world.now),
    )


def undo(world, number):
    return do(world, lambda known, now: known.undo(number, now=now))


def effects(outcome):
    return {(effect.id, effect.what, effect.other) for effect in outcome.effects}


def test_a_merge_holds_across_crawls_until_it_is_undone(started, said):
    conference, fair = id_of(started, "list", "own"), id_of(started, "fairs")
    outcome = do(started, by_hand.merge, conference, fair)
    (kept,) = all_events(started.catalogue)
    gone = ({conference, fair} - {kept.id}).pop()
    assert effects(outcome) == {(kept.id, "changed", None), (gone, "merged", kept.id)}
    assert started.catalogue.event(gone).id == kept.id
    started.say(*said[:2])
    started.say(said[2])
    assert by_sources(started) == {("fairs", "list", "own")}
    undone = undo(started, outcome.decision)
    assert by_sources(started) == {("list", "own"), ("fairs",)}
    assert (gone, "split", kept.id) in effects(undone)
    assert {id_of(started, "list", "own"), id_of(started, "fairs")} == {conference, fair}, "each has its id again"


def test_a_split_holds_across_crawls_until_it_is_undone(started, said):
    event_id = id_of(started, "list", "own")
    outcome = do(started, by_hand.split, event_id, "own")
    assert by_sources(started) == {("list",), ("own",), ("fairs",)}
    other = ({id_of(started, "list"), id_of(started, "own")} - {event_id}).pop()
    assert (other, "split", event_id) in effects(outcome)
    (changed,) = (effect for effect in outcome.effects if effect.id == event_id)
    assert [sorted(names) for names in changed.sources] == [["list", "own"], [id_source(started, event_id)]]
    started.say(*said)
    started.catalogue.forget_source("own", now=started.now)
    started.say(*said)
    assert by_sources(started) == {("list",), ("own",), ("fairs",)}, "also when a source goes and comes back"
    undo(started, outcome.decision)
    assert by_sources(started) == {("list", "own"), ("fairs",)}
    assert started.catalogue.event(event_id).id == started.catalogue.event(other).id


def id_source(world, event_id):
    return world.catalogue.event(event_id).sources[0].source


def test_all_that_a_source_says_of_it_goes_together(world, said, says):
    twice = says(source="own", uid="8", name="RustLab Berlin 2026", location=HALL)
    world.say(*said, twice)
    do(world, by_hand.split, id_of(world, "list", "own"), "own")
    assert by_sources(world) == {("list",), ("own",), ("fairs",)}
    assert len(world.catalogue.said(id_of(world, "own"))) == 2
    outcome = do(world, by_hand.split, id_of(world, "own"), "own", uid="8")
    assert world.catalogue.counts().events == 4
    undo(world, outcome.decision)
    assert world.catalogue.counts().events == 3


def test_the_later_of_two_decisions_counts(started):
    event_id = id_of(started, "list", "own")
    apart = do(started, by_hand.split, event_id, "own")
    again = do(started, by_hand.merge, id_of(started, "own"), id_of(started, "list"))
    assert again.overruled == (apart.decision,)
    assert by_sources(started) == {("list", "own"), ("fairs",)}
    third = do(started, by_hand.split, event_id, "list")
    assert third.overruled == (again.decision,)
    assert by_sources(started) == {("list",), ("own",), ("fairs",)}
    undo(started, third.decision)
    assert by_sources(started) == {("list", "own"), ("fairs",)}
    undo(started, again.decision)
    assert by_sources(started) == {("list",), ("own",), ("fairs",)}, "the first one holds again"
    undo(started, apart.decision)
    assert by_sources(started) == {("list", "own"), ("fairs",)}


def test_two_that_are_kept_apart_stay_two_whatever_they_say_later(world, said, says):
    world.say(said[0], says(source="own", uid="7", name="Something else altogether", start_date=LATER))
    do(world, by_hand.split, id_of(world, "list"), id_of(world, "own"))
    world.say(said[1])
    assert by_sources(world) == {("list",), ("own",)}
    with pytest.raises(UsageError, match="kept apart already, by decision 1"):
        do(world, by_hand.split, id_of(world, "own"), id_of(world, "list"))


def test_a_hidden_event_is_in_no_index_until_it_is_shown_again(started, said):
    event_id = id_of(started, "fairs")
    outcome = do(started, by_hand.hide, event_id)
    assert effects(outcome) == {(event_id, "hidden", None)}
    assert documents(started, event_id) == 0
    started.say(*said)
    started.catalogue.forget_source("fairs", now=started.now)
    started.say(*said)
    assert started.catalogue.event(event_id).hidden, "also when its source goes and comes back"
    do(started, by_hand.merge, event_id, id_of(started, "list", "own"))
    assert all(event.hidden for event in all_events(started.catalogue)), "also as a part of another"
    with pytest.raises(UsageError, match="hidden already") as caught:
        do(started, by_hand.hide, event_id)
    assert "hobnob undo 1" in caught.value.hint
    undo(started, outcome.decision)
    assert documents(started, event_id) == 1
    told = [change.what for change in started.catalogue.changes() if change.what in ("hidden", "shown")]
    assert (told[0], told[-1]) == ("hidden", "shown")


def documents(world, event_id):
    """How many documents an engine is given of an event."""
    event = world.catalogue.event(event_id)
    return len(event_document(event, occurrences(event, now=NOW)).times)


def test_what_is_hidden_while_it_is_withdrawn_stays_hidden_when_it_returns(started, said):
    event_id = id_of(started, "fairs")
    started.catalogue.forget_source("fairs", now=started.now)
    do(started, by_hand.hide, event_id)
    started.say(said[2])
    assert started.catalogue.event(event_id).hidden


def test_a_trial_tells_what_would_happen_and_changes_nothing(started):
    event_id = id_of(started, "list", "own")
    before, number = {event.id: event for event in all_events(started.catalogue)}, started.catalogue.number()
    with started.catalogue.trial() as trial:
        tried = do(started, by_hand.split, event_id, "own", catalogue=trial)
        assert trial.counts().events == 3
    assert {event.id: event for event in all_events(started.catalogue)} == before
    assert (started.catalogue.number(), started.catalogue.decisions(), started.catalogue.pending()) == (number, [], 0)
    done = do(started, by_hand.split, event_id, "own")
    assert [(effect.what, effect.name, effect.sources) for effect in tried.effects] == [
        (effect.what, effect.name, effect.sources) for effect in done.effects
    ]


def test_what_makes_no_sense_says_so(started):
    event_id = id_of(started, "list", "own")
    fair = id_of(started, "fairs")
    for decide, words, match in (
        (by_hand.merge, (event_id, event_id), "one event"),
        (by_hand.merge, (event_id, "nothing"), "unknown event 'nothing'"),
        (by_hand.split, (fair, "fairs"), "'fairs' is the only source"),
        (by_hand.split, (event_id, event_id), "is the same event"),
        (by_hand.hide, ("nothing",), "unknown event"),
    ):
        with pytest.raises(UsageError, match=match):
            do(started, decide, *words)
    with pytest.raises(UnknownName) as caught:
        do(started, by_hand.split, event_id, "lists")
    assert caught.value.nearest == ("list",)
    with pytest.raises(UnknownName, match="unknown UID of own 'x'"):
        do(started, by_hand.split, event_id, "own", uid="x")
    do(started, by_hand.merge, event_id, fair)
    with pytest.raises(UsageError, match="one event already"):
        do(started, by_hand.merge, fair, event_id)
    assert len(started.catalogue.decisions()) == 1


def test_too_much_is_refused(started, monkeypatch):
    monkeypatch.setattr(by_hand, "MOST_PAIRS", 1)
    with pytest.raises(UsageError, match="2 times 1 entries"):
        do(started, by_hand.merge, id_of(started, "list", "own"), id_of(started, "fairs"))


def test_a_hostile_name_is_recorded_in_safe_words(world, says):
    world.say(says("a", name="x\0y\x1b[31m" + "n" * 9000), says("b", source="other", name="Other", start_date=LATER))
    do(world, by_hand.merge, id_of(world, "berlin"), id_of(world, "other"))
    (decision,) = world.catalogue.decisions()
    assert decision.said.isprintable()
    assert len(decision.said) < 250


def test_judging_again_logs_real_changes_only(started):
    number = started.catalogue.number()
    started.catalogue.rejudge()
    identify(started.catalogue, started.enricher, now=started.now)
    assert summary(started.catalogue, after=number, most=3) == ()
    started.enricher.zone = "Asia/Tokyo"
    started.catalogue.rejudge(["fairs"])
    identify(started.catalogue, started.enricher, now=started.now)
    (kind,) = summary(started.catalogue, after=number, most=3)
    assert (kind.count, [example.name for example in kind.examples]) == (1, ["Elbe Pottery Fair"])
    assert set(kind.fields) == {"start_date"}
    assert summary(started.catalogue, after=number, most=0)[0].examples == ()


def test_judging_again_names_what_became_part_of_another(started):
    number = started.catalogue.number()
    do(started, by_hand.merge, id_of(started, "list", "own"), id_of(started, "fairs"))
    kinds = {kind.what: kind for kind in summary(started.catalogue, after=number, most=3)}
    (example,) = kinds["merged"].examples
    assert example.name in ("RustLab Berlin 2026", "Elbe Pottery Fair")
    assert kinds["merged"].fields == {}
