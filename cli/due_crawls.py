"""The crawls that `schedule run` starts: one at a time, each a `hobnob crawl --due` in a process of its own.

A process of its own ends with all that it has taken of memory, and takes nobody with it when it crashes.
"""

import datetime as dt
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec

from cli.dates import duration
from hobnob.printable import line

__all__ = ["DueCrawls"]

SECONDS_TO_END = 7
_LONGEST_SAID = 300


class DueCrawls:
    """Runs `command`, and can be stopped from another thread."""

    def __init__(self, command: Sequence[str], *, debug: bool = False) -> None:
        self._command = [*command]
        self._debug = debug
        self._lock = threading.Lock()
        self._stopped = False
        self._child: subprocess.Popen[bytes] | None = None

    def crawl(self) -> str | None:
        """Crawls what is due, and returns a line about it; None when nothing was, or after `stop`."""
        started = time.monotonic()
        with TemporaryFile() as out, TemporaryFile() as err:
            with self._lock:
                if self._stopped:
                    return None
                # In a session of its own, so that Ctrl-C on a terminal reaches it once, through us.
                self._child = subprocess.Popen(  # noqa: S603 - this same program
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=None if self._debug else err,
                    start_new_session=True,
                )
            code = self._child.wait()
            if self._is_stopped() and not _text(out):
                return None
            return _told(code, _text(out), _text(err), dt.timedelta(seconds=time.monotonic() - started))

    def _is_stopped(self) -> bool:
        with self._lock:
            return self._stopped

    def stop(self) -> None:
        """Ends what is under way as Ctrl-C would, what was read being loaded, or after SECONDS_TO_END by force."""
        with self._lock:
            self._stopped = True
            child = self._child
        if child is None or child.poll() is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _text(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _told(code: int, out: bytes, err: bytes, took: dt.timedelta) -> str | None:
    try:
        entries: list[dict[str, Any]] = msgspec.json.decode(out)
    except msgspec.DecodeError:
        if code < 0:
            return f"the crawl was ended by {_name(-code)} after {duration(took)}; what it had loaded is kept"
        said = err.decode(errors="replace").strip().splitlines()
        why = next((text for text in reversed(said) if text.startswith("Error:")), said[-1] if said else "no output")
        return line(f"the crawl failed with exit code {code}: {why}")[:_LONGEST_SAID]
    return _summary(entries, took) if entries else None


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _summary(entries: list[dict[str, Any]], took: dt.timedelta) -> str:
    def number(name: str) -> int:
        return sum(entry[name] for entry in entries)

    sources = f"{len(entries)} source{'s' if len(entries) != 1 else ''}"
    parts = [f"{sources} in {duration(took)}: {number('new')} new entries, {number('changed')} changed"]
    failed = sum(entry["outcome"] == "failed" for entry in entries)
    suspicious = [entry["source"] for entry in entries if entry["suspicious"]]
    if failed:
        parts.append(f"{failed} failed")
    if suspicious:
        parts.append(f"suspicious: {', '.join(suspicious[:3])}{' …' if len(suspicious) > 3 else ''}")
    return line(", ".join(parts))
