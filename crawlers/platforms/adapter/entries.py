"""What the small functions of adapters have in common that make entries of an answer."""

from collections.abc import Iterator
from typing import Any

from crawlers.readers.lists import paths

__all__ = ["each", "elements", "first_text", "in_language", "joined", "members"]


def each(answer: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """The objects of the list that stands at `path`, or that the answer is; what else is in it is left out.

    Raises KeyError when no list is there: the answer has another shape.
    """
    found = paths.at(answer, path) if path else [answer]
    if not found or not isinstance(found[0], list):
        raise KeyError(path or "a list")
    return (one for one in found[0] if isinstance(one, dict))


def first_text(entry: Any, *at: str) -> str:
    """The first text, number or truth that stands at one of these paths; "" if there is none."""
    return next((text for path in at for text in paths.texts(entry, path) if text.strip()), "")


def members(value: Any) -> dict[str, Any]:
    """The object itself; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def elements(value: Any) -> list[Any]:
    """The list itself; an empty one for anything else."""
    return value if isinstance(value, list) else []


def in_language(value: Any, *languages: str) -> str:
    """A text, or of an object with one for each language the first of `languages` that it has, else any."""
    texts = members(value)
    return first_text(texts, *languages, "*") if texts else first_text([value], "0")


def joined(*values: Any) -> str:
    """Those of `values` that are texts and hold something, once each, in their order, with commas between them."""
    found = (" ".join(value.split()) for value in values if isinstance(value, str))
    return ", ".join(dict.fromkeys(filter(None, found)))
