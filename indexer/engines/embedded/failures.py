"""What tantivy raises, said as an EngineError."""

from collections.abc import Iterator
from contextlib import contextmanager

from hobnob.errors import EngineError, HobnobError

__all__ = ["REBUILD", "unusable"]

#: What to do about an index that cannot be used.
REBUILD = "hobnob index rebuild"

_NO_ROOM = "No space left on device"
_KILLED = "An index writer was killed"
"""tantivy's words when one of its threads could not go on, which it does not explain: most often a full disk."""

_AGAIN = "make room, then run the same command again; the catalogue has all that was loaded"


@contextmanager
def unusable(doing: str) -> Iterator[None]:
    """Turns the errors of the block into an EngineError that says what failed: ValueError and OSError of tantivy,
    and its panics, which derive from BaseException only."""
    try:
        yield
    except HobnobError:
        raise
    except (ValueError, OSError) as error:
        raise _said(doing, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _said(doing, error) from error


def _said(doing: str, error: BaseException) -> EngineError:
    text = str(error)
    if _NO_ROOM in text:
        return EngineError(f"cannot {doing}: the disk is full", hint=_AGAIN)
    if _KILLED in text:
        return EngineError(f"cannot {doing}: writing stopped, most likely because the disk is full", hint=_AGAIN)
    first_line = next(iter(text.splitlines()), type(error).__name__)
    return EngineError(f"cannot {doing}: {first_line}", hint=REBUILD)
