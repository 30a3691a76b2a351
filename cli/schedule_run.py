"""`hobnob schedule run`: crawls what is due, for as long as it runs."""

import datetime as dt
import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import click

from cli.due_crawls import DueCrawls
from cli.installation import own_command
from cli.output import note
from cli.session import Session
from cli.sharding import part
from hobnob.errors import HobnobError
from hobnob.moments import UTC

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

__all__ = ["lock_path", "run", "running_process"]

_LOOK_EVERY = dt.timedelta(minutes=1)
_LEAST_PAUSE = dt.timedelta(seconds=1)
_AT_LEAST_EVERY = dt.timedelta(days=1)
_SECONDS_TO_FINISH = 1.0
_NOTICES_EVERY = 1.0
"""So many seconds after a signal it is noticed at the latest, should it come just before the wait begins."""

_JOB = "crawl what is due"
_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@click.command(short_help="Crawl each source when it is due, in the foreground.")
@click.option(
    "--pause",
    type=click.IntRange(0, 86400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Rest so long after a crawl, so that what falls due meanwhile is crawled together.",
)
@click.option("--shard", metavar="I/N", help="Only part I of N, for N machines that crawl beside one another.")
@click.pass_obj
def run(session: Session, pause: int, shard: str | None) -> None:
    """Crawl each source when it is due, until Ctrl-C or SIGTERM.

    All that has to be remembered is in the catalogue: it may be stopped and
    started at any time, and several may run, on one machine or on many; no source
    is crawled twice at a time.

    \b
    Examples:
      hobnob schedule run
      hobnob schedule run --shard 1/4
    """
    if shard is not None:
        part((), shard)  # says now what is wrong with it
    parted = ["--shard", shard] if shard else []
    options = [*session.arguments, *(["--debug"] if session.debug else [])]
    crawls = DueCrawls([*own_command(), *options, "crawl", "--due", *parted, "-f", "json"], debug=session.debug)
    with _lock(session):
        scheduler = _scheduler()
        watch = _Watch(session, crawls, scheduler, dt.timedelta(seconds=pause), shard)
        try:
            _end_by_signals()
            watch.start()
            _say("Crawling what is due. Ctrl-C or SIGTERM ends it.")
            while True:
                time.sleep(_NOTICES_EVERY)
        except KeyboardInterrupt:
            for number in _ENDING:
                signal.signal(number, signal.SIG_IGN)
            _say("Ending; what was read is loaded.")
            crawls.stop()
            watch.finish()
    _say("Ended.")


class _Watch:
    """The one job: looks whether a source is due, has it crawled, and says when to look again."""

    def __init__(
        self,
        session: Session,
        crawls: DueCrawls,
        scheduler: "BackgroundScheduler",
        pause: dt.timedelta,
        shard: str | None,
    ) -> None:
        self._session = session
        self._crawls = crawls
        self._scheduler = scheduler
        self._pause = pause
        self._shard = shard
        self._last: dt.datetime | None = None
        self._trouble: str | None = None
        self._looking = threading.Lock()

    def start(self) -> None:
        self._scheduler.add_job(
            self.look,
            "interval",
            seconds=_LOOK_EVERY.total_seconds(),
            id=_JOB,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=dt.datetime.now(UTC),
        )
        self._scheduler.start()

    def finish(self) -> None:
        """Waits for the look that is under way. (Waiting is not left to the scheduler: it does so with a lock held
        that the job needs to say when it is next.)"""
        if self._looking.acquire(timeout=_SECONDS_TO_FINISH):
            self._looking.release()  # one that begins just now finds nothing to do, and must not wait for ever
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def look(self) -> None:
        with self._looking:
            try:
                again = self._crawled()
                self._trouble = None
            except Exception as error:  # a full disk, a database that is away: it may pass
                again = _LOOK_EVERY
                self._tell(error)
            with suppress(LookupError):
                self._scheduler.modify_job(_JOB, next_run_time=dt.datetime.now(UTC) + again)

    def _tell(self, error: Exception) -> None:
        """Once, however often it comes again."""
        if str(error) != self._trouble:
            self._trouble = str(error)
            hint = error.hint if isinstance(error, HobnobError) else type(error).__name__
            _say(f"{self._trouble}{f' ({hint})' if hint else ''}")

    def _crawled(self) -> dt.timedelta:
        """Crawls if something is due; how long to wait before the next look.

        The first time, and once a day, it does in any case: what a killed crawl has left is identified, and
        repeating events roll on.
        """
        now = dt.datetime.now(UTC)
        wait = self._until_due(now)
        if self._last is not None and wait > dt.timedelta(0) and now - self._last < _AT_LEAST_EVERY:
            return min(wait, _LOOK_EVERY)
        self._last = now
        if (told := self._crawls.crawl()) is not None:
            _say(told)
        # What is due even now was not crawled, since something is amiss; that need not be found out every second.
        amiss = self._until_due(dt.datetime.now(UTC)) == dt.timedelta(0)
        return max(self._pause, _LOOK_EVERY if amiss else _LEAST_PAUSE)

    def _until_due(self, now: dt.datetime) -> dt.timedelta:
        from cli.turns import turns
        from crawlers.sources import load

        settings = self._session.settings
        sources = load(settings.sources_dir, bundled=settings.bundled_sources).values()
        mine = part(sources, self._shard) if self._shard else sources
        free = [
            turn
            for turn in turns(self._session.catalogue, mine, settings=settings, now=now)
            if turn.plan.claimed_by is None
        ]
        if not free:
            return _LOOK_EVERY
        due_at = free[0].due_at
        return dt.timedelta(0) if due_at is None else max(due_at - now, dt.timedelta(0))


def _scheduler() -> "BackgroundScheduler":
    """In a thread of its own: the main one is there for signals."""
    from apscheduler.schedulers.background import BackgroundScheduler

    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # it warns when a crawl takes longer than a minute
    return BackgroundScheduler(timezone=UTC)


def _end_by_signals() -> None:
    """SIGTERM, SIGINT and SIGHUP raise KeyboardInterrupt; one that whoever started us has ignored stays so."""

    def end(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


def lock_path(session: Session) -> Path:
    return session.settings.data_dir / "schedule.lock"


@contextmanager
def _lock(session: Session) -> Iterator[None]:
    """Marks that a scheduler runs here, for `schedule status`; the mark goes with the process. Others may run, too."""
    path = lock_path(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        if _taken(file):
            other = running_process(path)
            _say(f"Another scheduler runs here ({other}). That is fine: no source is crawled twice at a time.")
        else:
            file.truncate(0)
            file.write(f"process {os.getpid()}")
            file.flush()
        yield


def running_process(path: Path) -> str | None:
    """What a running scheduler of this machine has written into its lock; None when there is none."""
    try:
        with path.open("r", encoding="ascii", errors="replace") as file:
            return (file.read(100) or "a process") if _taken(file) else None
    except OSError:
        return None


def _taken(file: IO[str]) -> bool:
    """Takes the lock of the file, unless another process has it."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _say(text: str) -> None:
    note(f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {text}")
