"""What an input does to its reader, tried in a process of its own; and the smallest input that does the same."""

import multiprocessing
import resource
import time
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
    """The smallest part of `data` found within `budget` seconds whose outcome is still `wanted`: ever smaller pieces
    are left out (Zeller's delta debugging). The first byte, the choice of the context, stays."""
    end = time.monotonic() + budget
    size = max(1, len(data) // 2)
    while size and time.monotonic() < end:
        position, shrunk = 1, False
        while position < len(data) and time.monotonic() < end:
            shorter = data[:position] + data[position + size :]
            if outcome(name, shorter, seconds=seconds, megabytes=megabytes) == wanted:
                data, shrunk = shorter, True
            else:
                position += size
        if not shrunk or size >= len(data):
            size //= 2
    return data


def _try(name: str, data: bytes, megabytes: int, out: Connection) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        check(name, data)
        out.send("")
    except MemoryError:
        out.send(OUT_OF_MEMORY)
    except Exception as error:
        out.send(signature(error))
