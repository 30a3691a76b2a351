"""What of a document was not read, told in words that are safe to show: they often hold what strangers wrote."""

from crawlers.readers import Context
from crawlers.readers.plain_text import line
from hobnob.observations import Skipped

__all__ = ["skipped"]


def skipped(reason: str, context: Context, number: int | None = None) -> Skipped:
    """An entry that could not be read, or what was left out; `number` is the line it begins on, counted from 1."""
    return Skipped(reason=line(reason), line=number, source=context.source, source_url=context.url)
