"""The names that a mistyped one may have been meant for."""

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(name: str, known: Iterable[str], *, count: int = 3) -> tuple[str, ...]:
    """Those of `known` that are most like `name`, the most alike first; none that is not much alike."""
    from difflib import get_close_matches  # noqa: PLC0415  (only a mistake needs it)

    return tuple(get_close_matches(name, list(known), n=count, cutoff=0.7))
