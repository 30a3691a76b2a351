"""The ledger of a crawl: what each source has under way, what came of it, and when it is done.

A source is done when none of its requests is under way any more and everything read from them is delivered.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scrapy.http import Response

from crawlers.fetch.failures import Fault
from hobnob.moments import UTC
from hobnob.observations import FetchReport, Observation, Problem, Record, Skipped, Unchanged
from hobnob.sources import Source

__all__ = ["Ledger", "Progress"]

_MAX_ERRORS = 20
_log = logging.getLogger("hobnob.crawl")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: sources in all and done, events read, sources that failed."""

    total: int
    done: int
    read: int
    errors: int


@dataclass(slots=True)
class _Account:
    """What one source has cost and brought so far."""

    source: Source
    started_at: dt.datetime
    under_way: int = 0
    responses: int = 0
    from_cache: int = 0
    understood: int = 0
    read: int = 0
    unchanged: int = 0
    skipped: int = 0
    over: int = 0
    bytes: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    refresh: int | None = None
    moved_to: str | None = None
    whole: bool = True
    errors: list[Fault] = field(default_factory=list)
    absent: list[Fault] = field(default_factory=list)


class Ledger:
    """Keeps the accounts of `sources`; gives every record, and each source's FetchReport when it is done, to `deliver`.

    An exception out of `deliver` (a full disk) ends the crawl: it is kept in `failure`, `stop` is called, and
    nothing more is delivered.
    """

    def __init__(self, sources: Iterable[Source], deliver: Callable[[Record], None]) -> None:
        self._deliver = deliver
        self._accounts = {source.name: _Account(source, _now()) for source in sources}
        self._reports: dict[str, FetchReport] = {}
        self.failure: Exception | None = None
        self.stop: Callable[[], None] = lambda: None

    @property
    def reports(self) -> tuple[FetchReport, ...]:
        """In the order of the sources."""
        return tuple(self._reports[name] for name in self._accounts if name in self._reports)

    @property
    def progress(self) -> Progress:
        failed = sum(report.outcome == "failed" for report in self._reports.values())
        read = sum(account.read + account.unchanged for account in self._accounts.values())
        return Progress(len(self._accounts), len(self._reports), read, failed)

    def begin(self, name: str) -> None:
        """The first requests of a source are about to be made; settle it when they are."""
        self._accounts[name].started_at = _now()
        self.expect(name)

    def expect(self, name: str) -> None:
        """A request, or a record on its way to delivery, is under way."""
        self._accounts[name].under_way += 1

    def settle(self, name: str) -> bool:
        """What was expected has come to its end, well or not; returns whether the source is done."""
        account = self._accounts[name]
        account.under_way -= 1
        if account.under_way == 0:
            self._close(account)
        return account.under_way == 0

    def fetched(self, name: str, response: Response) -> None:
        """A response has arrived; the first one's validators are those of the source."""
        account = self._accounts[name]
        account.responses += 1
        account.bytes += len(response.body)
        account.from_cache += "cached" in response.flags
        if account.responses == 1:
            account.etag = _header(response, "ETag")
            account.last_modified = _header(response, "Last-Modified")

    def about(self, name: str, *, title: str | None, refresh: dt.timedelta | None) -> None:
        """What a document says of itself; the source's first one counts."""
        account = self._accounts[name]
        account.title = account.title or title
        if account.refresh is None and refresh is not None:
            account.refresh = round(refresh.total_seconds())

    def over(self, name: str, count: int) -> None:
        """So many entries ended too long ago to be read."""
        self._accounts[name].over += count

    def understood(self, name: str, *, whole: bool) -> None:
        """A response has been read to its end; `whole` if it is of a kind that leaves nothing out."""
        account = self._accounts[name]
        account.understood += 1
        account.whole = account.whole and whole

    def deliver(self, record: Observation | Unchanged | Skipped) -> None:
        """Hands on one record that was expected; its `source` names whose it is."""
        account = self._accounts[record.source or ""]
        match record:
            case Observation():
                account.read += 1
                day = record.start_date.date
                account.first = min(account.first or day, day)
                account.last = max(account.last or day, day)
            case Skipped():
                account.skipped += 1
                account.whole = False
            case Unchanged():
                account.unchanged += 1
        self._hand_on(record)
        self.settle(account.source.name)

    def moved(self, name: str, url: str) -> None:
        """Permanent redirects alone led from the declared address to `url`."""
        self._accounts[name].moved_to = url

    def fail(self, name: str, reason: str, problem: Problem = Problem.OTHER, retry_after: int | None = None) -> None:
        """Something of the source could not be fetched or read; the first problem is the source's."""
        account = self._accounts[name]
        account.whole = False
        _note(account.errors, Fault(reason, problem, retry_after))

    def absent(self, name: str, reason: str, problem: Problem = Problem.OTHER, retry_after: int | None = None) -> None:
        """One of several addresses had nothing, as it may (next year's file); told only if all of them had nothing."""
        _note(self._accounts[name].absent, Fault(reason, problem, retry_after))

    def close(self, reason: str) -> None:
        """Reports every source that is not done as failed, for `reason`, which ended the crawl."""
        for account in self._accounts.values():
            if account.source.name not in self._reports:
                account.errors.insert(0, Fault(reason, Problem.INTERRUPTED))
                self._close(account, done=False)

    def _close(self, account: _Account, *, done: bool = True) -> None:
        name = account.source.name
        if name in self._reports:
            return
        if not account.understood and not account.errors:
            account.errors.extend(account.absent or [Fault("nothing was fetched", Problem.OTHER)])
        entries = account.read + account.unchanged + account.over
        ended_well = done and account.understood > 0
        if ended_well and not entries and not account.errors:
            account.errors.append(Fault("it has no events", Problem.EMPTY))
        # What is unchanged was not read, so which days it is on is not known here.
        days = (None, None) if account.unchanged else (account.first, account.last)
        cached = ended_well and account.from_cache == account.responses
        report = FetchReport(
            source=name,
            outcome="not_modified" if cached else "read" if ended_well else "failed",
            started_at=account.started_at,
            finished_at=_now(),
            complete=ended_well and account.whole and entries > 0,
            window_start=days[0],
            window_end=days[1],
            fetched=account.responses,
            read=account.read + account.unchanged,
            skipped=account.skipped,
            over=account.over,
            bytes=account.bytes,
            etag=account.etag,
            last_modified=account.last_modified,
            title=account.title,
            refresh=account.refresh,
            problem=account.errors[0].problem if account.errors else None,
            moved_to=account.moved_to if account.understood else None,
            retry_after=max((fault.retry_after or 0 for fault in account.errors), default=0) or None,
            errors=tuple(fault.reason for fault in account.errors),
        )
        self._reports[name] = report
        _log_report(report)
        self._hand_on(report)

    def _hand_on(self, record: Record) -> None:
        if self.failure is not None:
            return
        try:
            self._deliver(record)
        except Exception as error:
            self.failure = error
            self.stop()


def _note(faults: list[Fault], fault: Fault) -> None:
    """Adds what is not yet told."""
    if len(faults) < _MAX_ERRORS and all(fault.reason != told.reason for told in faults):
        faults.append(fault)


def _now() -> dt.datetime:
    return dt.datetime.now(UTC).replace(microsecond=0)


def _header(response: Response, name: str) -> str | None:
    value: bytes | None = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None


def _log_report(report: FetchReport) -> None:
    if report.outcome == "failed":
        _log.warning("%s: %s", report.source, report.errors[0])
        return
    notes = "".join(f"; {error}" for error in report.errors[:1])
    skipped = f", {report.skipped} skipped" if report.skipped else ""
    _log.info("%s: %s, events: %d%s%s", report.source, report.outcome.replace("_", " "), report.read, skipped, notes)
