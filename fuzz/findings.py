"""What an input does to its reader, tried in a process of its own; and the smallest input that does the same."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from fuzz.oracle import check, signature

__all__ = ["OUT_OF_MEMORY", "OUT_OF_TIME", "minimised", "outcome"]

OUT_OF_TIME = "out of time"
OUT_OF_MEMORY = "out of memory"

_fork = multiprocessing.get_context("fork")


def outcome(name: str, data: bytes, *, seconds: float, megabytes: int) -> str | None:
    """The signature of what goes wrong, None if nothing does."""
    ours, theirs = _fork.Pipe(duplex=False)
    process = _fork.Process(target=_try, args=(name, data, megabytes, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            return OUT_OF_TIME
        said: str = ours.recv()
        return said or None
    except EOFError:
        return "the process died"
    finally:
        process.kill()
        process.join()


def minimised(name: str, data: bytes, wanted: str, *, budget: float, seconds: float, megabytes: int) -> bytes:
    """The smallest part of `data` found within `budget` seconds that still ends as `wanted`.

    An error is sought in one process, which tells of every smaller input that it finds; what takes too long needs a
    process for each try.
    """
    end = time.monotonic() + budget
    if wanted == OUT_OF_TIME:

        def is_slow(one: bytes) -> bool:
            return time.monotonic() < end and outcome(name, one, seconds=seconds, megabytes=megabytes) == wanted

        return next(reversed([data, *_smaller(data, is_slow)]))
    ours, theirs = _fork.Pipe(duplex=False)
    process = _fork.Process(target=_tell_smaller, args=(name, data, wanted, theirs))
    process.start()
    theirs.close()
    try:
        while ours.poll(max(0.0, end - time.monotonic())):
            data = ours.recv()
    except EOFError:
        pass
    process.kill()
    process.join()
    return data


def _smaller(data: bytes, is_wanted: Callable[[bytes], bool]) -> Iterator[bytes]:
    """Ever smaller inputs, ever smaller pieces left out (Zeller's delta debugging). The first byte, the choice of the
    context, stays."""
    size = max(1, len(data) // 2)
    while size:
        position, shrunk = 1, False
        while position < len(data):
            shorter = data[:position] + data[position + size :]
            if is_wanted(shorter):
                data, shrunk = shorter, True
                yield data
            else:
                position += size
        if not shrunk:
            size //= 2


def _tell_smaller(name: str, data: bytes, wanted: str, out: Connection) -> None:
    for shorter in _smaller(data, lambda one: _signature(name, one) == wanted):
        out.send(shorter)


def _signature(name: str, data: bytes) -> str:
    """Empty if nothing is wrong. Raises MemoryError."""
    try:
        check(name, data)
    except MemoryError:
        raise
    except Exception as error:  # whatever is wrong with a reader comes out as one
        return signature(error)
    return ""


def _try(name: str, data: bytes, megabytes: int, out: Connection) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        out.send(_signature(name, data))
    except MemoryError:
        out.send(OUT_OF_MEMORY)
