"""What becomes of records that are loaded."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hobnob import jsonlines
from hobnob.moments import Moment
from hobnob.observations import FetchReport, Observation, Place, Skipped, Unchanged
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.catalogue.bodies import observation_body, recurrence_key
from indexer.catalogue.sharing import plain_uid
from indexer.loading import Loader
from tests.strategies import observations

HOUR = dt.timedelta(hours=1)


def tally(counts):
    return counts.read, counts.new, counts.changed, counts.unchanged, sum(counts.skipped.values())


def stored(catalogue):
    out = io.BytesIO()
    catalogue.dump(out)
    return [r for r in jsonlines.read(out.getvalue().splitlines(keepends=True)) if isinstance(r, Observation)]


def test_counts_what_is_new_changed_and_unchanged(catalogue, says, now):
    first = catalogue.load([says("a"), says("b"), says("a", source="bonn")], now=now)
    assert tally(first.by_source["berlin"]) == (2, 2, 0, 0, 0)
    assert tally(first.by_source["bonn"]) == (1, 1, 0, 0, 0)
    later = now + HOUR
    again = [says("a", fetched_at=later), says("b", "Renamed", fetched_at=later), says("c", fetched_at=later)]
    second = catalogue.load(again, now=later)
    assert tally(second.by_source["berlin"]) == (3, 1, 1, 1, 0)
    assert catalogue.counts().observations == 4
    assert {(o.source, o.uid): o.name for o in stored(catalogue)} == {
        ("berlin", "a"): "Barcamp",
        ("berlin", "b"): "Renamed",
        ("berlin", "c"): "Barcamp",
        ("bonn", "a"): "Barcamp",
    }


@pytest.mark.parametrize(
    "churn",
    [
        {"dtstamp": dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)},
        {"last_modified": dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)},
        {"source_url": "https://elsewhere.example/"},
        {"reader": "ics/2"},
        {"raw": {"dtstamp": "yesterday"}},
    ],
)
def test_churn_is_no_change(catalogue, says, now, churn):
    catalogue.load([says(raw={"dtstamp": "today"})], now=now)
    counts = catalogue.load([says(**{"raw": {"dtstamp": "today"}, **churn}, fetched_at=now + HOUR)], now=now)
    assert tally(counts.total) == (1, 0, 0, 1, 0)


def test_what_was_seen_again_says_when(catalogue, says, now):
    catalogue.load([says()], now=now)
    catalogue.load([says(fetched_at=now + HOUR)], now=now)
    assert [o.fetched_at for o in stored(catalogue)] == [now + HOUR]


def test_an_older_fetch_does_not_replace_a_newer_one(catalogue, says, now):
    catalogue.load([says(name="New", fetched_at=now)], now=now)
    counts = catalogue.load([says(name="Old", fetched_at=now - HOUR)], now=now)
    assert counts.total.skipped == {"older than what is known": 1}
    assert [o.name for o in stored(catalogue)] == ["New"]


def test_a_fetch_from_the_future_does_not_win_for_ever(catalogue, says, now):
    catalogue.load([says(name="Wrong clock", fetched_at=now.replace(year=2099))], now=now)
    later = now + dt.timedelta(days=2)
    assert catalogue.load([says(fetched_at=later)], now=later).total.changed == 1


@pytest.mark.parametrize("batch", [1, 500])
def test_of_two_entries_with_one_uid_the_higher_sequence_counts(catalogue, says, now, batch):
    twice = [says(name="Second", sequence=2), says(name="First", sequence=1), says(name="Third", sequence=3)]
    loader = Loader(catalogue, now=now, batch=batch)
    for record in twice:
        loader.add(record)
    assert loader.close().total.skipped["the same UID twice in one fetch"] in (1, 2)
    assert [o.name for o in stored(catalogue)] == ["Third"]


def test_a_file_with_a_uid_twice_settles(catalogue, says, now):
    for hour in range(3):
        seen = now + hour * HOUR
        counts = catalogue.load([says(name=name, fetched_at=seen) for name in ("One", "Other")], now=seen)
        assert counts.total.read == 2
        assert counts.total.changed == 0
    assert [o.name for o in stored(catalogue)] == ["One"]


def test_overrides_are_told_apart_by_instant(catalogue, says, now):
    berlin = Moment(dt.date(2026, 12, 8), dt.time(18), "Europe/Berlin")
    utc = Moment(dt.date(2026, 12, 8), dt.time(17), "UTC")
    other = Moment(dt.date(2026, 12, 15), dt.time(18), "Europe/Berlin")
    catalogue.load([says(), says(recurrence_id=berlin), says(recurrence_id=other)], now=now)
    counts = catalogue.load([says(name="Moved", recurrence_id=utc, fetched_at=now + HOUR)], now=now)
    assert tally(counts.total) == (1, 0, 1, 0, 0)
    assert catalogue.counts().observations == 3


def test_recurrence_keys():
    date = dt.date(2026, 12, 8)
    assert recurrence_key(None) == ""
    assert recurrence_key(Moment(date)) == "2026-12-08"
    assert recurrence_key(Moment(date, dt.time(18))) == "2026-12-08T18:00:00"
    assert recurrence_key(Moment(date, dt.time(18), "Asia/Tokyo")) == "2026-12-08T09:00:00Z"
    assert recurrence_key(Moment(date, dt.time(18), "Our Zone")) == "2026-12-08T18:00:00[Our Zone]"


def test_what_utf8_cannot_hold_is_skipped_and_the_rest_loaded(catalogue, says, now):
    counts = catalogue.load([says("a"), says("b", name="\ud800"), says("\udfff"), says("c")], now=now)
    assert tally(counts.total) == (4, 2, 0, 0, 2)
    assert all(reason.startswith("cannot be stored") for reason in counts.total.skipped)


def test_skipped_and_unchanged_entries_are_counted(catalogue, now):
    records = [
        Skipped(reason="no date", source="berlin"),
        Skipped(reason="no date", source="berlin"),
        Skipped(reason="?"),
    ]
    counts = catalogue.load([*records, Unchanged(source="berlin", key="x")], now=now)
    assert counts.by_source["berlin"].skipped == {"no date": 2}
    assert counts.by_source["berlin"].unchanged == 1
    assert counts.by_source[""].skipped == {"?": 1}


def test_reasons_are_bounded(catalogue, now):
    counts = catalogue.load([Skipped(reason=f"bad {n}", source="x") for n in range(1000)], now=now)
    assert len(counts.by_source["x"].skipped) == 51
    assert sum(counts.by_source["x"].skipped.values()) == 1000


def report(now, outcome="read", source="berlin", **more):
    return FetchReport(source=source, outcome=outcome, started_at=now, finished_at=now + HOUR, **more)


def test_the_state_of_a_source_follows_its_fetches(catalogue, says, now):
    catalogue.put_sources([Source(name="berlin", title="Berlin", url="https://b.example/", reader="ics")])
    assert catalogue.sources()["berlin"].last_fetch is None
    catalogue.load([says(), report(now, fetched=1, read=9, skipped=2, etag='"1"')], now=now)
    catalogue.load([report(now + HOUR, "not_modified", etag='"1"')], now=now)
    catalogue.load([report(now + 2 * HOUR, "failed", errors=("404",))], now=now)
    catalogue.load([report(now + 3 * HOUR, "failed", errors=("timeout",))], now=now)
    state = catalogue.sources()["berlin"]
    assert (state.title, state.outcome, state.errors, state.failures) == ("Berlin", "failed", ("timeout",), 2)
    assert (state.last_fetch, state.last_success) == (now + 3 * HOUR, now + HOUR)
    assert (state.etag, state.observations) == ('"1"', 1)
    assert [r.outcome for r in catalogue.fetches("berlin")] == ["read", "not_modified", "failed", "failed"]


def test_putting_a_source_again_keeps_its_state(catalogue, now):
    source = Source(name="berlin", title="Berlin", url="https://b.example/", reader="ics")
    catalogue.load([report(now)], now=now)
    catalogue.put_sources([source, Source(name="bonn", title="Bonn", url="https://c.example/", reader="ics")])
    assert catalogue.sources()["berlin"].last_success == now
    assert catalogue.sources()["berlin"].title == "Berlin"
    assert list(catalogue.sources()) == ["berlin", "bonn"]


def test_a_source_that_only_observations_name_is_known(catalogue, says, now):
    catalogue.load([says(), says(source="bonn"), report(now)], now=now)
    assert [(s.name, s.observations, s.last_fetch) for s in catalogue.sources().values()] == [
        ("berlin", 1, now),
        ("bonn", 1, None),
    ]


def test_a_report_loaded_twice_counts_once_and_an_old_one_changes_no_state(catalogue, now):
    catalogue.load([report(now), report(now), report(now - HOUR, "failed")], now=now)
    assert len(list(catalogue.fetches())) == 2
    assert catalogue.sources()["berlin"].outcome == "read"


def test_the_history_of_fetches_is_bounded(catalogue, now):
    catalogue.load([report(now + n * HOUR) for n in range(120)], now=now)
    kept = list(catalogue.fetches("berlin"))
    assert len(kept) == 100
    assert kept[-1].started_at == now + 119 * HOUR


def test_the_loader_loads_in_batches_and_when_a_source_ends(catalogue, says, now):
    loader = Loader(catalogue, now=now, batch=3, apart=0)
    for uid in "abcd":
        loader.add(says(uid))
    assert catalogue.counts().observations == 2, "the third may go on"
    loader.add(report(now))
    assert catalogue.counts().observations == 4
    assert loader.close().total.new == 4


@pytest.mark.parametrize("batch", [4, 500])
def test_an_event_is_loaded_with_the_overrides_that_follow_it(catalogue, says, now, batch):
    """Other sources end meanwhile, which has all loaded that is whole."""
    loader = Loader(catalogue, now=now, batch=batch, apart=0)
    days = [Moment(dt.date(2026, 12, day), dt.time(18), "Europe/Berlin") for day in (8, 15)]
    for number, recurrence in enumerate((None, *days)):
        loader.add(says("series", recurrence_id=recurrence))
        loader.add(says(f"other-{number}", source="elsewhere"))
        loader.add(report(now, source="elsewhere"))
        assert all(one.uid != "series" for one in stored(catalogue))
    loader.add(says("next"))
    loader.add(report(now))
    assert sum(one.uid == "series" for one in stored(catalogue)) == 3
    assert loader.close().total.new == 7


def test_an_event_with_overrides_without_end_is_loaded_all_the_same(catalogue, says, now):
    loader = Loader(catalogue, now=now, batch=3)
    first = dt.date(2026, 12, 8)
    for day in range(10):
        begins = Moment(first + dt.timedelta(days=day), dt.time(18), "Europe/Berlin")
        loader.add(says("series", recurrence_id=begins))
    assert catalogue.counts().observations == 9
    assert loader.close().total.new == 10


def test_many_sources_that_end_at_once_share_a_batch(catalogue, says, now):
    loader = Loader(catalogue, now=now, batch=5, apart=3600)
    for uid in "abcd":
        loader.add(says(uid, source=uid))
        loader.add(report(now, source=uid))
    assert catalogue.counts().observations == 2, "of five records the last may go on"
    assert loader.close().total.new == 4
    assert len(list(catalogue.fetches())) == 4


def test_the_loader_loads_what_was_read_before_an_interruption(catalogue, says, now):
    def interrupted():
        with Loader(catalogue, now=now) as loader:
            loader.add(says())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert catalogue.counts().observations == 1


def test_a_batch_with_a_failure_leaves_nothing(catalogue, says, now):
    def broken():
        yield says()
        raise RuntimeError("the crawl broke")

    with pytest.raises(RuntimeError):
        catalogue.load(broken(), now=now)
    assert catalogue.counts().observations == 0


def _stored_as(observation):
    return observation.source, plain_uid(observation.uid), recurrence_key(observation.recurrence_id)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.lists(observations(), max_size=4, unique_by=_stored_as))
def test_any_observation_survives_json_lines_and_the_catalogue(tmp_path_factory, said):
    now = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
    out = io.BytesIO()
    jsonlines.write(said, out)
    records = list(jsonlines.read(io.BytesIO(out.getvalue())))
    assert records == said
    path = tmp_path_factory.mktemp("any") / "catalogue.sqlite"
    with Catalogue.open(f"sqlite:///{path}") as catalogue:
        assert catalogue.load(records, now=now).total.new == len(said)
        kept = {_stored_as(o): o for o in stored(catalogue)}
    for one in said:
        seen = min(one.fetched_at or now, now + dt.timedelta(days=1))
        assert kept[_stored_as(one)] == replace(one, uid=plain_uid(one.uid), fetched_at=seen)


@given(observations(), st.datetimes(timezones=st.just(dt.timezone.utc)))
def test_the_digest_ignores_when_it_was_fetched_and_nothing_else(observation, instant):
    body, digest = observation_body(observation)
    assert observation_body(replace(observation, fetched_at=instant, dtstamp=instant))[1] == digest
    assert observation_body(replace(observation, location=Place(name="Elsewhere entirely")))[1] != digest
    assert jsonlines.decode_observation(body) == observation


def test_a_component_is_known_while_it_is_stored(catalogue, says, now):
    catalogue.load([says("a", component="k1"), says("b"), says("a", source="bonn", component="k2")], now=now)
    assert catalogue.components("berlin") == {"k1"}
    catalogue.load([says("a", component="k3", fetched_at=now + HOUR)], now=now + HOUR)
    assert catalogue.components("berlin") == {"k3"}, "nothing but churn changed, and the next crawl shall know it"
    catalogue.load([says("a", "Renamed", component="k4", fetched_at=now + 2 * HOUR)], now=now + 2 * HOUR)
    assert catalogue.components("berlin") == {"k4"}
    assert catalogue.components("bonn") == {"k2"}
    catalogue.forget_source("berlin", now=now)
    assert catalogue.components("berlin") == set()


def test_what_is_unchanged_was_seen_again(catalogue, says, now):
    catalogue.load([says("a", component="k1"), says("b", component="k2")], now=now)
    later = now + HOUR
    counts = catalogue.load([Unchanged(source="berlin", key="k1")], now=later)
    assert tally(counts.total) == (1, 0, 0, 1, 0)
    assert {one.uid: one.fetched_at for one in stored(catalogue)} == {"a": later, "b": now}
    # Who was last seen later is not changed by what an older fetch says.
    assert tally(catalogue.load([says("a", "Old", fetched_at=now)], now=later).total) == (1, 0, 0, 0, 1)
