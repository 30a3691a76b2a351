"""Judging ahead: while one process links what is pending, another judges what comes next.

Judging depends on nothing but what a source says and how sources are declared, so it may happen anywhere. The other
process reads what is pending by itself, without the lock, in the order in which it will be asked for. What it found is
used only for the very same text; whatever it did not get to, or if it dies, is judged here.
"""

import contextlib
import gc
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO

import msgspec

from hobnob.observations import Observation
from hobnob.sources import Source
from indexer.catalogue import Catalogue, Group
from indexer.enrich.judgement import Judgement
from indexer.identity.judging import Enricher
from indexer.identity.noting import Noted, note
from indexer.identity.series import Draft, drafts
from indexer.rules import RULES

__all__ = ["MANY", "Ahead", "Judged", "judging_ahead", "replayed", "work"]

#: Fewer than these are judged before another process has started.
MANY = 5000
_AT_ONCE = 100
_MOST_CHUNKS = 30
#: So many objects more than before are looked through for circles: there are hardly any, and much is remembered.
_NEW_OBJECTS = 100_000
_LENGTH = struct.Struct("<Q")
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from indexer.identity.ahead import work; work()"


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """A group with the digest of what it says; what was concluded each time that the enricher was asked (None where it
    failed), and what is noted of each draft."""

    key: bytes
    digest: bytes
    judgements: tuple[Judgement | None, ...]
    noted: tuple[Noted, ...]


class _Chunk(msgspec.Struct, frozen=True, array_like=True):
    """All groups with something pending up to a row id, as they are read."""

    upto: int
    judged: list[Judged]


_encode = msgspec.msgpack.Encoder().encode
_decode: Callable[[bytes], _Chunk] = msgspec.msgpack.Decoder(_Chunk).decode


# This side


@contextlib.contextmanager
def judging_ahead(catalogue: Catalogue, sources: Mapping[str, Source], *, many: int = MANY) -> Iterator["Ahead | None"]:
    """Has another process judge what is pending, by these declared sources; it ends with the block.

    None if little is pending, or there is no second processor, or no second process.
    """
    if (os.cpu_count() or 1) < 2 or catalogue.pending() < many:
        yield None
        return
    try:
        process = start()
    except OSError:
        yield None
        return
    ahead = Ahead(process)
    try:
        ahead.begin(catalogue.url, sources)
        yield ahead
    finally:
        ahead.close()


def start() -> "subprocess.Popen[bytes]":
    """The other process, waiting for its orders; it ends when its standard input does."""
    return subprocess.Popen(  # noqa: S603 - this same program
        [sys.executable, "-P", "-c", _PROGRAM, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


class Ahead:
    """What another process has judged. It is never waited for."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._arrived: queue.Queue[_Chunk] = queue.Queue(_MOST_CHUNKS)
        self._chunks: list[tuple[int, dict[bytes, Judged]]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)

    def begin(self, url: str, sources: Mapping[str, Source]) -> None:
        self._send(pickle.dumps((RULES, url, dict(sources))))
        self._reader.start()

    def of(self, group: Group, upto: int) -> Judged | None:
        """What was found of a group, which is among those with something pending up to this row id."""
        key = group.observations[0].key[0]
        while True:
            for _, judged in self._chunks:
                if (found := judged.get(key)) is not None and found.digest == group.digest:
                    return found
            if self._chunks and self._chunks[-1][0] >= upto:
                return None
            try:
                chunk = self._arrived.get_nowait()
            except queue.Empty:
                return None
            self._chunks.append((chunk.upto, {one.key: one for one in chunk.judged}))

    def passed(self, upto: int) -> None:
        """What is pending up to this row id has been judged."""
        self._chunks = [chunk for chunk in self._chunks if chunk[0] > upto]
        self._send(str(upto).encode())

    def close(self) -> None:
        self._process.kill()
        while self._reader.is_alive():
            with contextlib.suppress(queue.Empty):  # it may wait to put something
                self._arrived.get(timeout=0.05)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended: what it did not judge is judged here
            _write(self._process.stdin, message)  # type: ignore[arg-type]

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError):
            while (message := _read(self._process.stdout)) is not None:  # type: ignore[arg-type]
                self._arrived.put(_decode(message))


def replayed(group: Group, judged: Judged, enricher: Enricher) -> tuple[list[Draft], dict[int, str]]:
    """The drafts of a group from what was judged of it elsewhere."""
    found, problems = drafts(group, _Replay(judged.judgements, enricher))
    if len(found) == len(judged.noted):
        for draft, noted in zip(found, judged.noted, strict=True):
            draft.noted = noted
    return found, problems


class _Replay:
    """Gives the judgements of a group in the order in which they are asked for, which is always the same."""

    def __init__(self, judgements: tuple[Judgement | None, ...], enricher: Enricher) -> None:
        self._judgements = iter(judgements)
        self._enricher = enricher

    def judge(self, observation: Observation, /) -> Judgement:
        return next(self._judgements, None) or self._enricher.judge(observation)


# The other side


def work() -> None:
    """The other process: reads its orders from standard input, writes what it found to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    orders, found = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what others print is not ours
    first = _read(orders)
    if first is None:
        return
    try:
        judge_all(first, Passed(orders), found)
    finally:
        os._exit(0)  # no more ado: a thread still reads


def judge_all(first: bytes, passed: "Passed", found: IO[bytes]) -> None:
    """Writes what it finds of all that is pending, until `passed` says that nobody wants it any more."""
    rules, url, sources = pickle.loads(first)  # noqa: S301 - from the process that started this one
    if rules != RULES:
        return
    from indexer.enrich import Enricher as Judging  # noqa: PLC0415 - the dictionaries, only here

    with contextlib.suppress(OSError), Catalogue.open(url) as catalogue:
        enricher = Judging(sources)
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        upto = 0
        while not passed.is_over:
            upto, groups = catalogue.pending_groups(max(upto, passed.upto), _AT_ONCE)
            if not groups:
                return
            _write(found, _encode((upto, [one for group in groups if (one := _encoded(group, enricher))])))


class Passed:
    """Notes how far the first process has come, and whether it is over."""

    def __init__(self, orders: IO[bytes]) -> None:
        self.upto = 0
        self.is_over = False
        threading.Thread(target=self._read, args=(orders,), daemon=True).start()

    def _read(self, orders: IO[bytes]) -> None:
        while (message := _read(orders)) is not None:
            self.upto = int(message)
        self.is_over = True


class _Recorder:
    """Judges, and keeps what was concluded in the order of asking."""

    def __init__(self, enricher: Enricher) -> None:
        self._enricher = enricher
        self.judgements: list[Judgement | None] = []

    def judge(self, observation: Observation, /) -> Judgement:
        self.judgements.append(None)
        self.judgements[-1] = judgement = self._enricher.judge(observation)
        return judgement


def _encoded(group: Group, enricher: Enricher) -> msgspec.Raw | None:
    """What was judged, as it is sent; None of what will be judged, and complained about, where it is stored."""
    try:
        return msgspec.Raw(_encode(_judged(group, enricher)))
    except Exception:
        return None


def _judged(group: Group, enricher: Enricher) -> Judged:
    recorder = _Recorder(enricher)
    noted = tuple(note(draft.event) for draft in drafts(group, recorder)[0])
    return Judged(group.observations[0].key[0], group.digest, tuple(recorder.judgements), noted)


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    """The next message; None when there are no more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    return message if len(message) == length else None
