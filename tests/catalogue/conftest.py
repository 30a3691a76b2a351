"""A catalogue in a fresh directory, and a short way to say what a source says."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hobnob.moments import Moment
from hobnob.observations import Observation
from indexer.catalogue import Catalogue
from tests.postgresql import Server

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new catalogue, in each database that one may be kept in."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/catalogue.sqlite"
    server: Server = request.getfixturevalue("postgresql")
    return server.database()


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    with Catalogue.open(url, now=NOW) as opened:
        yield opened


@pytest.fixture
def says() -> Callable[..., Observation]:
    def observation(uid: str = "a", name: str = "Barcamp", source: str = "berlin", **more: Any) -> Observation:
        start = Moment(dt.date(2026, 12, 1), dt.time(18), "Europe/Berlin")
        return Observation(
            **{"source": source, "uid": uid, "name": name, "start_date": start, "fetched_at": NOW, **more}
        )

    return observation
