"""Whose turn it is: no source is given to two at a time, and none stays with somebody who is dead."""

import datetime as dt
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from hobnob.observations import FetchReport, Problem
from indexer.catalogue import Catalogue
from indexer.upkeep.due import Bounds
from indexer.upkeep.terms import CrawlTerms

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR
WANTED = {"berlin": DAY, "bonn": DAY, "cork": DAY}


def report(at, source="berlin", outcome="read", **more):
    return FetchReport(source=source, outcome=outcome, started_at=at, finished_at=at, **more)


def claim(catalogue, now, owner="me", wanted=WANTED, due=False, lease=HOUR):
    return catalogue.claim(wanted, owner=owner, now=now, until=now + lease, due=Bounds() if due else None)


def load(catalogue, now, *reports, owner=None, accepted=()):
    terms = CrawlTerms(every=WANTED, owner=owner, accepted=frozenset(accepted))
    return catalogue.load(reports, now=now, terms=terms)


def test_what_one_has_another_does_not_get(catalogue, now):
    assert claim(catalogue, now, "a", {"bonn": DAY, "berlin": DAY}).taken == ("bonn", "berlin")
    mine = claim(catalogue, now, "b")
    assert (mine.taken, mine.held) == (("cork",), {"berlin": "a", "bonn": "a"})
    plans = catalogue.plans(now=now)
    assert {name: plan.claimed_by for name, plan in plans.items()} == {"berlin": "a", "bonn": "a", "cork": "b"}
    assert plans["cork"].claimed_until == now + HOUR


def test_it_ends_when_it_is_given_back(catalogue, now):
    claim(catalogue, now, "a")
    catalogue.release("a")
    assert claim(catalogue, now, "b").taken == tuple(WANTED)
    catalogue.release("a")
    assert claim(catalogue, now, "c").taken == ()


def test_it_ends_with_the_report_of_its_source(catalogue, now):
    claim(catalogue, now, "a")
    load(catalogue, now, report(now), owner="a")
    load(catalogue, now, report(now, "bonn"), owner="somebody else")
    assert claim(catalogue, now, "b").taken == ("berlin",)


def test_it_ends_with_its_time_unless_it_is_renewed(catalogue, now):
    claim(catalogue, now, "a")
    catalogue.renew("a", until=now + 3 * HOUR)
    assert claim(catalogue, now + 2 * HOUR, "b").taken == ()
    assert catalogue.plans(now=now + 4 * HOUR)["cork"].claimed_by is None
    assert claim(catalogue, now + 4 * HOUR, "b").taken == tuple(WANTED)
    catalogue.renew("a", until=now + 9 * DAY)
    assert claim(catalogue, now + 6 * HOUR, "c").taken == tuple(WANTED), "what is another's now is not renewed"


_CLAIM = """
import datetime as dt, sys
from indexer.catalogue import Catalogue
from indexer.upkeep.owners import new_owner
catalogue = Catalogue.open(sys.argv[1])
now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
wanted = {f"s{number}": dt.timedelta(days=1) for number in range(200)}
print("ready", flush=True)
input()
claims = catalogue.claim(wanted, owner=new_owner(), now=now, until=now + dt.timedelta(hours=1))
print(*claims.taken, flush=True)
input()
"""


def claiming(url):
    process = subprocess.Popen(
        [sys.executable, "-c", _CLAIM, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere claims end with their lease")
def test_of_two_processes_each_source_has_one_and_what_a_killed_one_had_is_free_at_once(url, catalogue, now):
    wanted = {f"s{number}": DAY for number in range(200)}
    processes = [claiming(url) for _ in range(2)]
    try:
        for process in processes:
            go(process)
        taken = [process.stdout.readline().split() for process in processes]
        assert sorted(taken[0] + taken[1]) == sorted(wanted)
        assert claim(catalogue, now, "b", wanted).taken == ()
        winner = processes[0 if taken[0] else 1]
        winner.kill()
        winner.wait()
        assert len(claim(catalogue, now, "b", wanted).taken) == max(map(len, taken))
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_of_eight_at_once_each_source_has_one(url, catalogue, now):
    wanted = {f"s{number}": DAY for number in range(40)}
    barrier = threading.Barrier(8)

    def one(number):
        with Catalogue.open(url) as mine:
            barrier.wait()
            return claim(
                mine, now, f"owner {number}", dict(list(wanted.items())[number:] + list(wanted.items())[:number])
            )

    with ThreadPoolExecutor(8) as pool:
        taken = [name for claims in pool.map(one, range(8)) for name in claims.taken]
    assert sorted(taken) == sorted(wanted)


def test_what_is_due_never_fetched_first_then_what_is_due_for_longest(catalogue, now):
    load(catalogue, now, report(now - 3 * DAY, "berlin"), report(now - 2 * DAY, "bonn"))
    load(catalogue, now, report(now - HOUR, "dublin"))
    assert claim(catalogue, now, due=True).taken == ("cork", "berlin", "bonn")
    assert claim(catalogue, now, "b", {"dublin": DAY}, due=True).taken == ()
    assert claim(catalogue, now, "b", {"dublin": HOUR}, due=True).taken == ("dublin",), "declared anew"


def test_a_fetch_plans_the_next_one(catalogue, says, now):
    load(catalogue, now, report(now))
    first = catalogue.plans(now=now)["berlin"]
    assert (first.interval, first.every) == (DAY, DAY)
    assert 0.9 * DAY <= first.due_at - now <= DAY
    later = now + DAY
    load(catalogue, later, report(later))
    assert catalogue.plans(now=later)["berlin"].interval == 1.3 * DAY
    load(catalogue, later, says("new"), report(later + DAY))
    assert catalogue.plans(now=later)["berlin"].interval == 1.3 * 0.7 * DAY
    load(catalogue, later, report(later + 2 * DAY, outcome="failed", problem=Problem.TIMEOUT))
    failed = catalogue.plans(now=later)["berlin"]
    assert failed.interval == 1.3 * 0.7 * DAY
    assert failed.due_at - (later + 2 * DAY) == HOUR


def test_a_crawl_that_was_ended_says_nothing_of_its_sources(catalogue, now):
    load(catalogue, now, report(now, read=7))
    before = catalogue.sources()["berlin"], catalogue.plans(now=now)["berlin"]
    claim(catalogue, now, "a")
    interrupted = report(now + HOUR, outcome="failed", problem=Problem.INTERRUPTED, errors=("interrupted",))
    load(catalogue, now, interrupted, owner="a")
    assert (catalogue.sources()["berlin"], catalogue.plans(now=now)["berlin"]) == before
    assert [fetch.outcome for fetch in catalogue.fetches("berlin")] == ["read", "failed"]


def test_a_report_from_a_file_plans_nothing_but_is_a_fetch(catalogue, now):
    load(catalogue, now, report(now))
    catalogue.load([report(now + DAY)], now=now)
    assert catalogue.plans(now=now)["berlin"].due_at is None
    assert claim(catalogue, now + 1.5 * DAY, due=True, wanted={"berlin": DAY}).taken == ()
    assert claim(catalogue, now + 2 * DAY, due=True, wanted={"berlin": DAY}).taken == ("berlin",)


def test_a_sudden_loss_is_suspicious_and_kept_as_incomplete(catalogue, now):
    for day in range(3):
        load(catalogue, now, report(now + day * DAY, read=90, over=50, complete=True))
    counts = load(catalogue, now, report(now + 3 * DAY, read=12, complete=True))
    reason = "12 events where 140 were usual"
    assert counts.by_source["berlin"].suspicious == reason
    state = catalogue.sources()["berlin"]
    assert (state.suspicious, state.problem, state.usual) == (reason, Problem.SHRUNK, 140)
    assert catalogue.plans(now=now)["berlin"].due_at - (now + 3 * DAY) <= DAY / 4
    *_, kept = catalogue.fetches("berlin")
    assert (kept.complete, kept.problem) == (False, Problem.SHRUNK)
    load(catalogue, now, report(now + 4 * DAY, outcome="failed"))
    assert catalogue.sources()["berlin"].suspicious == reason, "a failure tells nothing new"
    load(catalogue, now, report(now + 5 * DAY, read=0, problem=Problem.EMPTY))
    assert catalogue.sources()["berlin"].problem is Problem.EMPTY
    load(catalogue, now, report(now + 6 * DAY, read=139, complete=True))
    state = catalogue.sources()["berlin"]
    assert (state.suspicious, state.problem) == (None, None)
    *_, kept = catalogue.fetches("berlin")
    assert kept.complete


def test_a_person_may_believe_it(catalogue, now):
    load(catalogue, now, *[report(now + day * DAY, read=140) for day in range(3)])
    counts = load(catalogue, now, report(now + 3 * DAY, read=12, complete=True), accepted=["berlin"])
    assert counts.total.suspicious is None
    assert catalogue.sources()["berlin"].usual == 12
    assert load(catalogue, now, report(now + 4 * DAY, read=11)).total.suspicious is None


def test_what_an_older_version_has_fetched_tells_what_is_usual(catalogue, now, url):
    """Of a catalogue that was migrated, the history is all there is."""
    load(catalogue, now, *[report(now + day * DAY, read=140) for day in range(3)], report(now - DAY, outcome="failed"))
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE sources SET standing = NULL"))
    engine.dispose()
    assert load(catalogue, now, report(now + 4 * DAY, read=12)).total.suspicious == "12 events where 140 were usual"


def test_where_it_has_moved_to_is_known_until_it_is_back(catalogue, now):
    load(catalogue, now, report(now, moved_to="https://b.example/"))
    load(catalogue, now, report(now + HOUR, outcome="failed"))
    assert catalogue.sources()["berlin"].moved_to == "https://b.example/"
    load(catalogue, now, report(now + 2 * HOUR))
    assert catalogue.sources()["berlin"].moved_to is None


def test_a_report_of_any_origin_is_kept(catalogue, now):
    naive = now.replace(tzinfo=None)
    odd = report(naive, "b\0onn", moved_to="https://b.example/\0", etag="\0")
    load(catalogue, now, *[report(now + day * DAY, "bonn", read=90) for day in range(3)], odd)
    load(catalogue, now, report(naive + 4 * DAY, "bonn", read=1), report(now + 5 * DAY, "bonn", read=1))
    state = catalogue.sources()["bonn"]
    assert (state.suspicious, state.last_fetch) == ("1 event where 90 were usual", now + 5 * DAY)
    assert all(fetch.started_at.tzinfo for fetch in catalogue.fetches())


def test_the_latest_fetches_of_all(catalogue, now):
    load(catalogue, now, *[report(now + hour * HOUR, source) for hour in range(3) for source in ("berlin", "bonn")])
    latest = [(fetch.started_at, fetch.source) for fetch in catalogue.latest_fetches(3)]
    assert latest == [(now + 2 * HOUR, "bonn"), (now + 2 * HOUR, "berlin"), (now + HOUR, "bonn")]


def test_a_source_that_is_forgotten_is_nobodys(catalogue, now):
    claim(catalogue, now, "a")
    catalogue.forget_source("berlin", now=now)
    assert claim(catalogue, now, "b").taken == ("berlin",)
