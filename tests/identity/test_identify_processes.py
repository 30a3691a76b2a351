"""Several processes at one catalogue, and processes that are killed."""

import json
import subprocess
import sys
import time

import pytest

from bench.mix import observations
from indexer.catalogue import Catalogue
from indexer.identity import identify
from indexer.loading import Loader

COUNT = 600

_IDENTIFY = """
import datetime as dt, json, sys, time
from types import SimpleNamespace
from indexer.catalogue import Catalogue
from indexer.identity import identify
from hobnob.observations import Attendance, Status

class Enricher:
    def judge(self, o):
        return SimpleNamespace(name=o.name, status=o.event_status or Status.SCHEDULED, start_date=o.start_date,
            end_date=o.end_date, place=o.location, place_why=None, time_zone_why=None, organizer=o.organizer,
            performer=o.performer, attendee=o.attendee, attendance=Attendance.OFFLINE, kind=None, industries=(),
            is_free=None, in_language=o.in_language)

catalogue = Catalogue.open(sys.argv[1])
now = dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc)
counts = identify(catalogue, Enricher(), now=now, batch=20, progress=lambda *state: print(*state, flush=True))
print(json.dumps(counts.total.new), flush=True)
"""


@pytest.fixture
def url(tmp_path, world):
    with Loader(world.catalogue, now=world.now) as loader:
        for observation in observations(COUNT):
            loader.add(observation)
    return f"sqlite:///{tmp_path}/catalogue.sqlite"


def started(url):
    return subprocess.Popen([sys.executable, "-c", _IDENTIFY, url], stdout=subprocess.PIPE, text=True)


def complete(catalogue):
    """Whether each observation has its event, and the change log one addition of each."""
    counts = catalogue.counts()
    added = [change.event_id for change in catalogue.changes()]
    return (
        (counts.pending, counts.events, counts.number) == (0, COUNT, COUNT)
        and sorted(added) == list(catalogue.event_ids())
        and all(len(catalogue.observations(event_id)) == 1 for event_id in added[:50])
    )


def test_two_processes_share_the_work(url, world):
    running = [started(url) for _ in range(2)]
    done = [int(json.loads(process.communicate(timeout=120)[0].splitlines()[-1])) for process in running]
    assert sum(done) == COUNT
    assert complete(world.catalogue)


def test_kill_9_while_identifying_and_going_on(url, world):
    for lines in (1, 6, 11):
        process = started(url)
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(0.004)
        process.kill()
        process.communicate()
        with Catalogue.open(url) as catalogue:
            counts = catalogue.counts()
            assert counts.events == counts.number == COUNT - counts.pending > 0
    identify(world.catalogue, world.enricher, now=world.now)
    assert complete(world.catalogue)


def test_loading_gets_its_turn_while_another_identifies(url, world, says):
    process = started(url)
    process.stdout.readline()
    began = time.monotonic()
    world.catalogue.load([says()], now=world.now)
    waited = time.monotonic() - began
    process.communicate(timeout=120)
    assert waited < 5
    assert world.catalogue.counts().observations == COUNT + 1
