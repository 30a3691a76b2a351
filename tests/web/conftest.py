"""The service as it runs: uvicorn on a loopback port, in front of a real catalogue and a real index."""

import datetime as dt
import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import uvicorn

from hobnob.moments import UTC, Moment
from hobnob.observations import Observation, Place
from hobnob.settings import Settings
from hobnob.sources import Source
from indexer.catalogue import Catalogue
from indexer.enrich import Enricher
from indexer.enrich.gazetteer import Gazetteer
from indexer.identity import identify
from indexer.search import open_engine
from indexer.sync import rebuild, sync
from web.app import application

SOURCE = Source(name="test", title="Test", url="https://example.org/x.ics", reader="ics")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Service:
    """A running service, and what stands behind it."""

    settings: Settings
    port: int

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks as a client does; underscores in names of headers stand for hyphens."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())


def load(settings: Settings, *observations: Observation, anew: bool = False) -> None:
    """Puts events into the catalogue and the index, as a crawl in another process would."""
    now = dt.datetime.now(UTC)
    with closing(Catalogue.open(settings.catalogue_url)) as catalogue, closing(open_engine(settings)) as engine:
        catalogue.put_sources([SOURCE])
        catalogue.load(observations, now=now)
        identify(catalogue, Enricher({"test": SOURCE}, Gazetteer()), now=now)
        (rebuild if anew else sync)(catalogue, engine, settings=settings, now=now)


def today() -> dt.date:
    """The day where the service is, which may not be that of the machine's clock."""
    return dt.datetime.now(ZoneInfo("Europe/Zurich")).date()


def meetup(uid: str, name: str, *, days: int = 7, city: str = "Zürich, Switzerland") -> Observation:
    return Observation(
        source="test",
        uid=uid,
        name=name,
        start_date=Moment(today() + dt.timedelta(days=days), dt.time(18, 30), "Europe/Zurich"),
        location=Place(text=city),
        fetched_at=dt.datetime.now(UTC),
    )


@contextmanager
def running(settings: Settings) -> Iterator[Service]:
    server = uvicorn.Server(uvicorn.Config(application(settings), port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield Service(settings, server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", config_dir=tmp_path / "config", place="Bern", time_zone="Europe/Zurich")


@pytest.fixture
def serve(empty: Settings) -> Iterator[Callable[[], Service]]:
    """Starts the service, before or after something has been loaded."""
    with ExitStack() as started:
        yield lambda: started.enter_context(running(empty))


@pytest.fixture
def service(empty: Settings, serve: Callable[[], Service]) -> Service:
    """With three events."""
    load(
        empty,
        meetup("a", "Zürich Rust Meetup"),
        meetup("b", "Python Meetup", days=20),
        meetup("c", "Lisbon Python Day", days=30, city="Lisbon, Portugal"),
    )
    return serve()
