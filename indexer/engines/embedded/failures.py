"""What tantivy raises, said as an EngineError."""

from collections.abc import Iterator
from contextlib import contextmanager

from hobnob.errors import EngineError, HobnobError

__all__ = ["REBUILD", "unusable"]

#: What to do about an index that cannot be used.
REBUILD = "hobnob index rebuild"


@contextmanager
def unusable(doing: str) -> Iterator[None]:
    """Turns the errors of the block into an EngineError that says what failed: ValueError and OSError of tantivy,
    and its panics, which derive from BaseException only."""
    try:
        yield
    except HobnobError:
        raise
    except (ValueError, OSError) as error:
        raise EngineError(f"cannot {doing}: {error}", hint=REBUILD) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"cannot {doing}: {_first_line(error)}", hint=REBUILD) from error


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
