"""kill -9 at any time: the catalogue opens, the index catches up, and nothing is lost, doubled or invented.

Thirty runs are killed, in houses that are each killed once in every phase of a crawl, at another place of it, and
then left to finish. What they hold then equals what a run holds that nobody disturbed.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.whole.killing import CALENDARS, House, Moment, write_sources
from tests.whole.program import environment

KILLS = 30
PHASES = 5
SPARE_HOUSES = 3


@dataclass
class Undisturbed:
    """A run to the end, what was seen of it, and what it holds."""

    house: House
    observations: int
    events: int
    syncing: float


@dataclass
class Written:
    """True as soon as the catalogue's log has been written to `times` times since this was first asked."""

    times: int
    last: tuple[int, int] | None = None

    def __call__(self, house: House) -> bool:
        written = house.written
        if self.last is not None and written != self.last:
            self.times -= 1
        self.last = written
        return self.times <= 0


@dataclass
class Syncing:
    """True some seconds after documents began to be written."""

    seconds: float
    began: float = field(default=float("inf"))

    def __call__(self, house: House) -> bool:
        if house.indexing:
            self.began = min(self.began, time.monotonic())
        return time.monotonic() - self.began >= self.seconds


def moments(undisturbed: Undisturbed, part: float) -> list[tuple[str, Moment]]:
    """One moment in each phase, `part` (0 to 1) of the way through it. Each leaves the next one something to do."""
    return [
        ("reading", lambda house: house.read >= 1 + int(part * CALENDARS / 3)),
        ("loading", lambda house: house.count("observations") >= (0.5 + part / 2.2) * undisturbed.observations),
        ("identifying", lambda house: house.count("events") >= max(1, part * 0.7 * undisturbed.events)),
        ("committing", Written(1 + round(part * 10))),
        ("syncing", Syncing(part * 0.6 * undisturbed.syncing)),
    ]


@pytest.fixture(scope="module")
def undisturbed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    house = House(write_sources(folder / "sources-of-all"), folder / "data", environment(checkout))
    process = house.start()
    syncing = 0.0
    while process.poll() is None:
        begun = time.monotonic()
        time.sleep(0.005)
        syncing += (time.monotonic() - begun) * house.indexing
    assert process.returncode == 0, house.log.read_text()
    assert house.number_is_right()
    return Undisturbed(house, house.count("observations"), house.count("events"), syncing)


def ordeal(undisturbed: Undisturbed, house: House, part: float) -> list[str]:
    """Kills a run in every phase, then lets one finish; the phases in which a run was really killed."""
    killed = []
    for phase, moment in moments(undisturbed, part):
        if house.kill(moment):
            killed.append(phase)
        assert house.is_sound(), f"a broken catalogue after a kill while {phase}"
    house.finish()
    return killed


def test_thirty_kills_leave_what_an_undisturbed_run_leaves(undisturbed: Undisturbed, tmp_path: Path) -> None:
    first = undisturbed.house
    houses = [House(first.config, tmp_path / f"{n}", first.environment) for n in range(KILLS // PHASES + SPARE_HOUSES)]
    wanted = KILLS // PHASES
    killed: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        parts = [place / wanted for place in range(wanted)]
        for phases in pool.map(lambda pair: ordeal(undisturbed, *pair), zip(houses, parts, strict=False)):
            killed += phases
    done = houses[:wanted]
    for spare in houses[wanted:]:
        if len(killed) < KILLS:
            killed += ordeal(undisturbed, spare, 0.1)
            done.append(spare)
    assert len(killed) >= KILLS
    assert {phase: killed.count(phase) >= wanted - 2 for phase in set(killed)} == dict.fromkeys(
        ("reading", "loading", "identifying", "committing", "syncing"), True
    )
    events, changes, answers = first.events(), first.changes(), list(first.answers())
    assert len(events) == undisturbed.events > 1000
    for house in done:
        assert house.number_is_right()
        assert house.events() == events
        assert house.changes() == changes
        assert list(house.answers()) == answers
