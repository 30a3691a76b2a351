"""Every engine there is, behind one fixture: a further one is one more line in ENGINES."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest

from indexer.engines import Engine
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.engines.embedded import EmbeddedEngine

NewEngine = Callable[[], AbstractContextManager[Engine]]


def embedded(request: pytest.FixtureRequest) -> NewEngine:
    @contextmanager
    def made() -> Iterator[Engine]:
        directory = Path(mkdtemp(prefix="engine-"))
        engine = EmbeddedEngine(directory / "index")
        try:
            yield engine
        finally:
            engine.close()
            shutil.rmtree(directory)

    return made


def elasticsearch(request: pytest.FixtureRequest, shards: int = 1) -> NewEngine:
    access = Access(urls=(request.getfixturevalue("elasticsearch").url,), timeout=60)
    numbers = count(1)

    @contextmanager
    def made() -> Iterator[Engine]:
        engine = ElasticsearchEngine(
            access,
            prefix=f"{request.module.__name__.rpartition('.')[2]}-{shards}-{next(numbers)}",
            shards=shards,
            replicas=0,
        )
        try:
            yield engine
        finally:
            engine.erase()
            engine.close()

    return made


def elasticsearch_of_three_shards(request: pytest.FixtureRequest) -> NewEngine:
    return elasticsearch(request, shards=3)


ENGINES: dict[str, Callable[[pytest.FixtureRequest], NewEngine]] = {
    "embedded": embedded,
    "elasticsearch": elasticsearch,
    "elasticsearch of three shards": elasticsearch_of_three_shards,
}


@pytest.fixture(params=sorted(ENGINES), scope="module")
def new_engine(request: pytest.FixtureRequest) -> NewEngine:
    """Makes an empty engine, as a context manager that removes it; many can live side by side."""
    return ENGINES[request.param](request)
