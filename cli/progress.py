"""What a long job shows on stderr: a live line on a terminal, plain log lines otherwise."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from cli.output import note

if TYPE_CHECKING:
    from rich.status import Status

__all__ = ["Shown", "following"]

_SPINNER = "dots"


class CrawlState(Protocol):
    """What `crawlers.run.crawl` tells a few times a second."""

    @property
    def total(self) -> int: ...
    @property
    def done(self) -> int: ...
    @property
    def read(self) -> int: ...
    @property
    def errors(self) -> int: ...


class LookState(Protocol):
    """What `crawlers.discover` tells a few times a second."""

    @property
    def total(self) -> int: ...
    @property
    def done(self) -> int: ...
    @property
    def requests(self) -> int: ...
    @property
    def found(self) -> int: ...
    @property
    def last(self) -> str | None: ...


class Shown:
    """The live line, if there is one."""

    def __init__(self, status: "Status | None" = None) -> None:
        self._status = status

    def crawl(self, state: CrawlState) -> None:
        """Sources done, events read, errors."""
        errors = f", {state.errors} failed" if state.errors else ""
        self._live(f"{state.done} of {state.total} sources, {state.read} events{errors}")

    def look(self, state: LookState) -> None:
        """Addresses done, what was found, and what is being asked."""
        from hobnob.printable import line

        many = f"{state.done} of {state.total} addresses, " if state.total > 1 else ""
        self._live(line(f"{many}{state.requests} requests, {state.found} ways found  {state.last or ''}")[:200])

    def step(self, what: str) -> Callable[[int, int], None]:
        """A later step, called `what`; the function that is given takes how much is done and how much there is."""
        if self._status is not None:
            self._status.update(what, spinner=_SPINNER)  # named, the line appears at once
        return lambda done, total: self._live(f"{what}: {done} of {total}")

    def say(self, text: str) -> None:
        """Something that is to stay."""
        note(text)

    def _live(self, text: str) -> None:
        if self._status is not None:
            self._status.update(text)


@contextmanager
def following(debug: bool = False, *, quiet: bool = False) -> Iterator[Shown]:
    """Within the block, hobnob's log goes to stderr, or on a terminal its progress to a live line.

    `quiet`: only with `debug`.
    """
    log = logging.getLogger("hobnob")
    if sys.stderr.isatty() and not debug:
        from rich.console import Console

        with Console(stderr=True, highlight=False, markup=False).status("starting", spinner=_SPINNER) as status:
            yield Shown(status)
        return
    if quiet and not debug:
        yield Shown()
        return
    handler = logging.StreamHandler()
    handler.setFormatter(_LINE_FORMAT)
    log.addHandler(handler)
    log.setLevel(logging.DEBUG if debug else logging.INFO)
    try:
        yield Shown()
    finally:
        log.removeHandler(handler)


class _Line(logging.Formatter):
    """One line, safe for a terminal: what a source's name or a server's error holds is not ours."""

    def format(self, record: logging.LogRecord) -> str:
        from hobnob.printable import block

        return block(super().format(record))


_LINE_FORMAT = _Line("%(message)s")
