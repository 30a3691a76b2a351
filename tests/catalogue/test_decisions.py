"""Decisions by hand as the catalogue keeps them, in each database: recorded, overruled, undone, tried out."""

import datetime as dt

import pytest
import sqlalchemy as sa

from hobnob.errors import UnknownName, UsageError
from indexer.catalogue import Catalogue
from indexer.catalogue.bodies import group_key
from indexer.catalogue.tables import doubts, events, members, observations, parts

A, B, C = ((group_key("berlin", uid), "") for uid in "abc")


@pytest.fixture
def known(catalogue, says, now):
    """Three events of one observation each, e-a, e-b and e-c, of which nothing is pending. Written as rows."""
    catalogue.load([says("a"), says("b"), says("c")], now=now)
    with catalogue._writing() as connection:
        connection.execute(observations.update().values(pending=False))
        rows = connection.execute(sa.select(observations)).all()
        for row in rows:
            connection.execute(
                members.insert().values(group_key=row.group_key, recurrence="", event_id=f"e-{row.uid}", minted=None)
            )
            connection.execute(parts.insert().values(id=row.id, traits="{}", blocks=b"", rules=1 + (row.uid == "c")))
            connection.execute(
                events.insert().values(
                    id=f"e-{row.uid}",
                    body='{"id":"e","name":"n","start_date":{"date":"2026-12-01"}}',
                    presence="present",
                    recurring=False,
                    created_at=0,
                    rules=1 + (row.uid == "c"),
                )
            )
    return catalogue


def waiting(catalogue):
    """The UIDs of what is pending."""
    with catalogue._reading() as connection:
        return sorted(connection.scalars(sa.select(observations.c.uid).where(observations.c.pending.is_(True))))


def put_doubts(catalogue, *some):
    """Doubts about parts, given by the UIDs of their observations and a score."""
    with catalogue._writing() as connection:
        ids = dict(connection.execute(sa.select(observations.c.uid, observations.c.id)).all())
        for one, other, score in some:
            connection.execute(
                doubts.insert().values(one=ids[one], other=ids[other], score=score, reasons=f'["{one} like {other}"]')
            )


def test_what_a_decision_is_about_is_identified_again(known, now):
    settled = known.decide("merge", [(A, B)], said="a  and\nb are one", now=now)
    assert (settled.number, settled.events, settled.overruled) == (1, ("e-a", "e-b"), ())
    assert waiting(known) == ["a", "b"]
    (kept,) = known.decisions()
    assert (kept.what, kept.said, kept.at, kept.pairs) == ("merge", "a and b are one", now, ((A, B),))
    assert known.outdated(1) == 0


def test_of_two_that_contradict_each_other_the_later_one_counts(known, now):
    known.decide("merge", [(A, B), (A, C)], said="one", now=now)
    assert known.decide("split", [(B, A)], said="two", now=now).overruled == (1,)
    assert [one.overruled_by for one in known.decisions()] == [None, None], "it still says that a and c are one"
    known.decide("split", [(C, A)], said="two", now=now)
    assert [one.overruled_by for one in known.decisions()] == [3, None, None]
    known.undo(3, now=now)
    assert [one.overruled_by for one in known.decisions()] == [None, None, None]


def test_a_hidden_event_is_no_contradiction(known, now):
    known.decide("hide", [(A, None)], said="hidden", now=now)
    assert known.decide("split", [(A, B)], said="two", now=now).overruled == ()
    assert [one.overruled_by for one in known.decisions()] == [None, None]
    assert known.decisions()[0].pairs == ((A, None),)


def test_undone_once_and_only_what_is_there(known, now):
    known.decide("split", [(A, B)], said="two", now=now)
    later = now + dt.timedelta(days=1)
    assert known.undo(1, now=later).events == ("e-a", "e-b")
    assert known.decisions()[0].undone_at == later
    with pytest.raises(UsageError, match="decision 1 was undone already"):
        known.undo(1, now=later)
    with pytest.raises(UnknownName, match="unknown decision '7'"):
        known.undo(7, now=later)


def test_a_decision_about_what_is_gone_is_kept(known, now):
    known.forget_source("berlin", now=now)
    settled = known.decide("hide", [(A, None)], said="hidden", now=now)
    assert settled.events == ("e-a",)
    assert waiting(known) == []


def test_the_likeliest_doubts_come_first_and_each_pair_once(known, now):
    put_doubts(known, ("a", "b", 0.5), ("b", "c", 0.75), ("a", "c", 0.25))
    assert [(one.one, one.other, one.score) for one in known.doubts()] == [
        ("e-b", "e-c", 0.75),
        ("e-a", "e-b", 0.5),
        ("e-a", "e-c", 0.25),
    ]
    assert [one.reasons for one in known.doubts("e-a")] == [("a like b",), ("a like c",)]
    assert known.count_doubts() == 3


def test_a_pair_that_is_settled_is_in_doubt_no_more(known, now):
    put_doubts(known, ("a", "b", 0.5), ("b", "c", 0.75))
    known.decide("split", [(C, B)], said="two", now=now)
    assert [(one.one, one.other) for one in known.doubts()] == [("e-a", "e-b")]
    known.undo(1, now=now)
    assert [(one.one, one.other) for one in known.doubts()] == [("e-b", "e-c"), ("e-a", "e-b")]


def test_doubts_of_one_event_are_none(known):
    put_doubts(known, ("a", "b", 0.5))
    with known._writing() as connection:
        connection.execute(members.update().values(event_id="e-a"))
    assert list(known.doubts()) == []


def test_many_doubts_page_by_page(known, monkeypatch):
    monkeypatch.setattr("indexer.catalogue.decisions._AT_ONCE", 1)
    put_doubts(known, ("a", "b", 0.5), ("b", "c", 0.5), ("a", "c", 0.75))
    assert {(one.one, one.other) for one in known.doubts()} == {("e-a", "e-b"), ("e-b", "e-c"), ("e-a", "e-c")}


def test_a_trial_leaves_no_trace(known, url, now, says):
    known.load([says("d")], now=now)
    with known.trial() as trial:
        assert trial.pending() == 0, "what waits has nothing to do with what is tried"
        trial.decide("merge", [(A, B)], said="one", now=now)
        trial.load([says("e")], now=now)
        assert (trial.pending(), len(trial.decisions())) == (3, 1)
        with Catalogue.open(url) as other:
            assert (other.pending(), other.decisions()) == (1, [])
    assert (known.pending(), known.decisions(), known.counts().observations) == (1, [], 4)
    with pytest.raises(UnknownName), known.trial() as trial:
        trial.undo(9, now=now)
    assert known.decide("merge", [(A, B)], said="one", now=now).events == ("e-a", "e-b"), "and the lock is free"


def test_an_error_in_a_trial_takes_back_that_alone(known, now):
    with known.trial() as trial:
        trial.decide("merge", [(A, B)], said="one", now=now)
        with pytest.raises(UnknownName):
            trial.undo(9, now=now)
        assert len(trial.decisions()) == 1


def test_judging_again_all_or_some(known, now, says, monkeypatch):
    monkeypatch.setattr("indexer.catalogue.store._REJUDGED_AT_ONCE", 2)
    known.load([says("z", source="bonn")], now=now)
    assert (waiting(known), known.outdated(2), known.outdated(1)) == (["z"], 2, 0)
    known.rejudge(["nowhere"])
    assert waiting(known) == ["z"]
    known.rejudge(below=2)
    assert waiting(known) == ["a", "b", "z"], "c was judged by the present rules"
    known.rejudge(["berlin"])
    assert waiting(known) == ["a", "b", "c", "z"]


def test_what_is_said_of_an_event(known, now, says):
    later = now + dt.timedelta(days=1)
    known.load([says("a", fetched_at=later)], now=later)
    (said,) = known.said("e-a")
    assert (said.observation.uid, said.key, said.part, said.rules) == ("a", A, "{}", 1)
    assert (said.first_seen, said.last_seen, said.missed) == (now, later, 0)
    assert known.said("nothing") == []
    assert known.keys_of("e-b") == [B]
