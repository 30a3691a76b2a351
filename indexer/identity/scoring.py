"""How sure it is that two descriptions are of one event: what speaks for it counts, what speaks against it is off."""

from indexer.identity.agreement import When, Where
from indexer.identity.likeness import Names
from indexer.identity.venues import Venue

__all__ = ["SAME", "UNSURE", "score"]

SAME = (0.75, 0.99)
"""Scores of what is judged to be one event: the lowest and the highest."""
UNSURE = (0.35, 0.7)
"""Scores of what a person is asked about."""

# By the number of the Likeness, When and Where.
_NAME = (0.0, 1.0, 1.0, 0.0, 0.0, 2.0, 3.0)
_TIME = (0.0, 0.0, 0.0, 0.5, 1.0, 2.0)
_PLACE = (-2.0, -1.0, 0.0, 1.0, 2.0)
_MOST_WEIGHT = 4
_MOST = 12.0


def score(
    between: tuple[float, float],
    names: Names,
    when: When,
    where: Where,
    venue: Venue,
    *,
    same_days: bool,
    page: bool,
    organizer: bool,
) -> float:
    """Between the bounds, the higher the more speaks for one event; a step more of anything never lowers it.

    The name counts most, 3 when it is equal, 2 when one says more, and 1/2 for each point of what the words that they
    share tell (Names.weight), 2 at most. The start counts 2 when it agrees to the minute, or when several days are the
    same (`same_days`), 1 for the day. The place counts 2 for the venue, 1 for the city, and what is known to be
    elsewhere takes off as much. The same page counts 2, the same organizer 1. The steps are a judgement, not fitted to
    data: they put pairs in order, within what the rules have decided.
    """
    found = _NAME[names.likeness] + min(names.weight, _MOST_WEIGHT) / 2
    found += 2.0 if same_days else _TIME[when]
    found += 2.0 if venue is Venue.SAME else _PLACE[where] - (venue is Venue.APART)
    found += 2.0 * page + organizer
    low, high = between
    return round(low + (high - low) * min(max(found / _MOST, 0.0), 1.0), 4)
