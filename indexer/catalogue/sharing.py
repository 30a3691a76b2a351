"""UIDs that are not what they should be: written with odd white space, or shared by several events.

Several events under one UID are kept apart by a recurrence key of their own, which says what tells them apart: "="
and their start, then a digest of their name. It depends on nothing but the event, so it is the same whatever the order
of a feed, and whatever batch it comes in.
"""

import re
from hashlib import blake2b

from hobnob.moments import Moment
from hobnob.observations import Observation
from indexer.catalogue.bodies import recurrence_key

__all__ = ["SHARED", "Traits", "apart", "is_apart", "plain_uid", "traits"]

SHARED = "="
"""How the recurrence key of an event begins that shares its UID with others."""

_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")

Traits = tuple[str, str, str, bool]
"""Start, name and page of an event, to be compared, and whether it repeats."""


def plain_uid(uid: str) -> str:
    """The UID without white space around it, and with one space where there is more or other white space in it."""
    return _BLANK.sub(" ", uid).strip()


def traits(said: Observation) -> Traits:
    return _traits(said.start_date, said.name, said.url, repeats=bool(said.rrule or said.rdate))


def _traits(start: Moment, name: str, url: str | None, *, repeats: bool) -> Traits:
    return recurrence_key(start), " ".join(name.casefold().split()), (url or "").partition("#")[0], repeats


def is_apart(one: Traits, other: Traits) -> bool:
    """Whether what one fetch says twice under one UID is of two events: they start at different times, or have
    other names and other pages."""
    if one[0] != other[0]:
        return True
    return one[1] != other[1] and "" != one[2] != other[2] != ""


def apart(found: Traits) -> str:
    """The recurrence key of an event that shares its UID."""
    return f"{SHARED}{found[0]}#{blake2b(found[1].encode(errors='replace'), digest_size=4).hexdigest()}"
