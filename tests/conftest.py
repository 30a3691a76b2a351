"""What all tests share."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql as postgresql_server
from tests.elastic import running as elasticsearch_server
from tests.elastic.node import Node

# How long one example takes says more about the machine than about the code.
settings.register_profile("hobnob", deadline=None)
settings.load_profile("hobnob")

# Whoever starts the tests in the background may have had Ctrl-C ignored, or the end of the terminal (nohup), which
# every process that a test starts would inherit; a signal that is handled here is back at its default there.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number is signal.SIGINT else lambda *_: None)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The project's own folder."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_server.Server]:
    """A PostgreSQL server on loopback."""
    with postgresql_server.server() as running:
        yield running


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Node]:
    """An Elasticsearch server on loopback, of one node; the whole test run shares it."""
    with elasticsearch_server.server() as running:
        yield running
