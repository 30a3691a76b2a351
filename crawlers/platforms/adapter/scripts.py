"""What a page holds for its own scripts: JSON in a script element, or behind an assignment in one."""

import json
import re
from functools import lru_cache
from typing import Any

from crawlers.readers.looks_like import looks_like
from hobnob.errors import ReadError

__all__ = ["value_in"]

_MOST_BYTES = 16 * 1024 * 1024


def value_in(page: bytes, before: str) -> Any:
    """The JSON right behind what `before` matches (a regular expression, in any case); what follows it does not matter.

    JSON that is the text of a JSON string is read as well. Raises ReadError when there is none.
    """
    text = page[:_MOST_BYTES].decode("utf-8", "replace")
    match = _compiled(before).search(text)
    if match is None:
        what = looks_like(page)
        raise ReadError(
            "the page does not hold what its platform puts there for its own scripts"
            + ("" if what == "an HTML page" else f": it looks like {what}"),
            hint="see in a browser whether it still shows events, or wants a login",
        )
    try:
        value, _ = _DECODER.raw_decode(text, match.end())
        return _DECODER.decode(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as error:
        raise ReadError(f"what the page holds for its own scripts is no JSON: {error}") from error


def _nothing(_: str) -> None:
    return None


_DECODER = json.JSONDecoder(strict=False, parse_constant=_nothing)


@lru_cache(maxsize=256)
def _compiled(before: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{before})\s*", re.IGNORECASE)
