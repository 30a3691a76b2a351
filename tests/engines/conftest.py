"""Every engine there is, behind one fixture: a second one is one more line in ENGINES."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from indexer.engines import Engine
from indexer.engines.embedded import EmbeddedEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {"embedded": EmbeddedEngine}

NewEngine = Callable[[], AbstractContextManager[Engine]]


@pytest.fixture(params=sorted(ENGINES), scope="module")
def new_engine(request: pytest.FixtureRequest) -> NewEngine:
    """Makes an empty engine, as a context manager that removes it; many can live side by side."""

    @contextmanager
    def made() -> Iterator[Engine]:
        directory = Path(mkdtemp(prefix="engine-"))
        engine = ENGINES[request.param](directory / "index")
        try:
            yield engine
        finally:
            engine.close()
            shutil.rmtree(directory)

    return made
