"""A catalogue in a fresh directory, and a short way to say what a source says."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hobnob.moments import Moment
from hobnob.observations import Observation
from indexer.catalogue import Catalogue

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite", now=NOW) as opened:
        yield opened


@pytest.fixture
def says() -> Callable[..., Observation]:
    def observation(uid: str = "a", name: str = "Barcamp", source: str = "berlin", **more: Any) -> Observation:
        start = Moment(dt.date(2026, 12, 1), dt.time(18), "Europe/Berlin")
        return Observation(
            **{"source": source, "uid": uid, "name": name, "start_date": start, "fetched_at": NOW, **more}
        )

    return observation
