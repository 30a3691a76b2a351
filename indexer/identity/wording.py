"""Short texts that say how two events agree or differ: the reasons of a comparison."""

from indexer.identity.agreement import When, Where
from indexer.identity.likeness import Likeness
from indexer.identity.traits import Traits

__all__ = ["both_names", "days", "days_apart", "distance", "words"]

_SAID = {
    Likeness.EQUAL: "the same name in other words",
    Likeness.WITHIN: "one name says more",
    Likeness.EDITION: "two editions or parts",
    Likeness.PART: "one is a part of the other",
    Likeness.ELSEWHERE: "named for two places",
    Likeness.SHARED: "other names",
    Likeness.UNLIKE: "other names",
}


def words(a: Traits, b: Traits, likeness: Likeness) -> str:
    """How their names compare."""
    one, other = a.name.text, b.name.text
    if one == other and likeness is Likeness.EQUAL:
        return f"the same name: {one!r}"
    return f"{_SAID[likeness]}: {one!r}, {other!r}"


def days(a: Traits, b: Traits, when: When) -> str:
    """How their starts compare."""
    if apart := abs(a.start_day - b.start_day):
        return days_apart(apart)
    return "the same start to the minute" if when is When.MINUTE else "the same day"


def days_apart(count: int) -> str:
    return f"start {count} day{'' if count == 1 else 's'} apart"


def distance(a: Traits, b: Traits, where: Where, km: float | None) -> str:
    """How their places compare; `km` apart, if that is known."""
    if where is Where.VENUE:
        return f"the same venue {a.venue or ''}".strip()
    if km is not None:
        return "the same city" if a.city == b.city else f"{km:.0f} km apart"
    return "the place of one is not known" if where is Where.UNKNOWN else "two countries"


def both_names(a: Traits, b: Traits) -> str:
    return repr(a.name.text) if a.name.text == b.name.text else f"{a.name.text!r}, {b.name.text!r}"
