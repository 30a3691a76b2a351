"""Several crawlers at once, each with its part of the sources, and one PostgreSQL catalogue between them."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.postgresql import Server
from tests.whole.killing import House, write_sources
from tests.whole.program import environment

CRAWLERS = 4
_LONGEST = 240.0


@pytest.fixture(scope="module")
def alone(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """One process that has crawled all of the sources into a catalogue of its own."""
    folder = tmp_path_factory.mktemp("alone")
    house = House(write_sources(folder / "sources-of-all"), folder / "data", environment(checkout))
    house.finish()
    return house


def test_four_crawlers_make_the_catalogue_that_one_makes(alone: House, postgresql: Server, tmp_path: Path) -> None:
    shared = alone.environment | {"HOBNOB_CATALOGUE": postgresql.database()}
    machines = [House(alone.config, tmp_path / str(number), shared) for number in range(1, CRAWLERS + 1)]
    for _ in ("first", "again"):
        running = [house.start("--shard", f"{number}/{CRAWLERS}") for number, house in enumerate(machines, 1)]
        codes = [process.wait(_LONGEST) for process in running]
        assert codes == [0] * CRAWLERS, "\n".join(house.log.read_text() for house in machines)
        # All have loaded; what one identified last, the others have in their index after their next crawl.
        assert machines[0].events() == alone.events()
        assert machines[0].changes() == alone.changes()
    for house in machines:
        assert house.number_is_right()
        assert list(house.answers()) == list(alone.answers())


def test_a_crawl_handed_over_as_json_lines(alone: House, postgresql: Server, tmp_path: Path, hobnob) -> None:
    """Who has no way to the database crawls into a file catalogue, dumps it, and another loads it."""
    dumped = tmp_path / "crawl.jsonl"
    dumped.write_text(hobnob("--config", alone.config, "--data-dir", alone.data, "dump"), encoding="utf-8")
    other = replace(
        alone, data=tmp_path / "data", environment=alone.environment | {"HOBNOB_CATALOGUE": postgresql.database()}
    )
    loading = other.run("load", str(dumped))
    assert loading.wait(_LONGEST) == 0, other.log.read_text()
    assert other.events() == alone.events()
