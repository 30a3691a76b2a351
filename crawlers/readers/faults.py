"""What of a document was not read, and why: as a reader finds it (Fault), and as it tells it (Skipped)."""

from dataclasses import dataclass

from crawlers.readers import Context
from crawlers.readers.plain_text import line
from hobnob.observations import Skipped

__all__ = ["Fault", "skipped"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a document that cannot be read: on which line it begins, counted from 1, if known, and why."""

    line: int | None
    reason: str


def skipped(reason: str, context: Context, number: int | None = None) -> Skipped:
    """An entry that could not be read, or what was left out; `number` is the line it begins on, counted from 1.

    Reasons often hold what strangers wrote: they are made safe to show.
    """
    return Skipped(reason=line(reason), line=number, source=context.source, source_url=context.url)
