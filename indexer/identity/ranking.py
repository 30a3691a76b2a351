"""Which of several sources of one event is believed: in what order, whose page is its own, and who may call it off."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from hobnob.events import Event, Presence
from hobnob.moments import UTC, Moment
from hobnob.observations import Observation, Status
from indexer.identity.addresses import host
from indexer.identity.pages import canonical
from indexer.identity.series import Draft

__all__ = ["PRESENCES", "Ranked", "believed_single_dates", "believed_status", "best_page", "ranked"]

PRESENCES = (Presence.PRESENT, Presence.MISSING, Presence.WITHDRAWN)
#: So many others who call off what its organizer still announces are believed.
ENOUGH = 2
_LONG_AGO = dt.datetime.min.replace(tzinfo=UTC)
_WORDS = re.compile(r"[^\W\d_]{4,}")
_MOST_WORDS = 50
_MOST = 5  # organizers are looked at


class Ranked(NamedTuple):
    """Drafts of one event in the order in which they are believed, and the names of the sources that are the
    organizer's own site."""

    drafts: tuple[Draft, ...]
    own: frozenset[str]


def ranked(drafts: Sequence[Draft]) -> Ranked:
    """One that still shows the event before one that does not, the organizer's own site before an aggregator, newer
    before older. A source is the organizer's own when one from another host names its host as that of the event's page,
    or of the organizer."""
    named = {
        found for draft in drafts for found in _hosts_named(draft) if found != host(draft.said.source_url)
    }  # by somebody from elsewhere
    own = {draft.said.source for draft in drafts if host(draft.said.source_url) in named}

    def rank(draft: Draft) -> tuple[int, bool, float, str, tuple[bytes, str]]:
        said = draft.said
        fresh = _fresh(said).timestamp()
        return PRESENCES.index(draft.event.presence), said.source not in own, -fresh, said.source, draft.keys[0]

    return Ranked(tuple(sorted(drafts, key=rank)), frozenset(own))


def _hosts_named(draft: Draft) -> Iterable[str]:
    pages = (draft.event.url, *(person.url for person in draft.event.organizer[:_MOST]))
    return (found for page in pages if (found := host(page)) is not None)


def _fresh(said: Observation) -> dt.datetime:
    instant = said.last_modified or said.fetched_at or _LONG_AGO
    return max(instant if instant.tzinfo else instant.replace(tzinfo=UTC), _LONG_AGO + dt.timedelta(days=2))


# The page


def best_page(drafts: Sequence[Draft], own: Collection[str]) -> Draft | None:
    """Whose address of the event's page is taken: the organizer's own page first, else the first one's; of a series
    none that is of one of its times.

    A page is the organizer's own if its own site gives it, if others name its host too, or as that of the organizer,
    or if the host has a word of the event's or the organizer's name. Of the ways to write its address https goes first.
    """
    paged = [draft for draft in drafts if draft.event.url]
    paged = [draft for draft in paged if draft.event.recurs] or paged
    if len(paged) < 2:
        return paged[0] if paged else None
    shown = [draft for draft in paged if draft.event.presence is paged[0].event.presence]
    told, homes = _told_hosts(shown), _homes(drafts)
    words = _names_in(drafts)

    def strangeness(draft: Draft) -> int:
        page = host(draft.event.url)
        if page is None:
            return 4
        if draft.said.source in own and page == host(draft.said.source_url):
            return 0
        if page in homes or page in told:
            return 1
        return 2 if any(word in page.rpartition(".")[0] for word in words) else 3

    best = min(shown, key=strangeness)
    page = canonical(best.event.url)
    alike = [draft for draft in shown if draft is best or (page is not None and canonical(draft.event.url) == page)]
    return min(alike, key=lambda draft: not (draft.event.url or "").startswith("https://"))


def _told_hosts(drafts: Sequence[Draft]) -> set[str]:
    """The hosts of pages that several sources give, one of them at least from elsewhere."""
    sources: dict[str, set[str]] = {}
    from_elsewhere: set[str] = set()
    for draft in drafts:
        page = host(draft.event.url)
        if page is not None:
            sources.setdefault(page, set()).add(draft.said.source)
            if page != host(draft.said.source_url):
                from_elsewhere.add(page)
    return {page for page in from_elsewhere if len(sources[page]) > 1}


def _homes(drafts: Sequence[Draft]) -> set[str]:
    """The organizers' hosts; an address on the very host that tells it may be a profile there."""
    found = ((host(one.url), host(draft.said.source_url)) for draft in drafts for one in draft.event.organizer[:_MOST])
    return {home for home, teller in found if home is not None and home != teller}


def _names_in(drafts: Sequence[Draft]) -> frozenset[str]:
    """The words of the names of the event and of its organizers."""
    names = dict.fromkeys(
        text[:200].casefold()
        for draft in drafts
        for text in (draft.event.name, *(one.name for one in draft.event.organizer[:_MOST]))
    )
    words = dict.fromkeys(word for name in names for word in _WORDS.findall(name))
    return frozenset(list(words)[:_MOST_WORDS])


# The status


def believed_status(drafts: Sequence[Draft], own: Collection[str]) -> Draft:
    """Whose status is taken, of drafts in the order in which they are believed.

    Only those count that show the event as well as the best one does. The organizer's own site goes first: what it
    says is so, and what it announces as planned only ENOUGH others together call off. Where it is not among them all
    are equals, and a word that the event is called off or put off counts more than silence: that it is cancelled
    before all else, for who stays at home has lost less than who stands before a closed door.
    """
    shown = [draft for draft in drafts if draft.event.presence is drafts[0].event.presence]
    at_home = [draft for draft in shown if draft.said.source in own]
    told = [draft for draft in shown if draft.event.status is not Status.SCHEDULED]
    told_at_home = [draft for draft in told if draft.said.source in own]
    if at_home and not told_at_home and not _is_enough(told):
        return at_home[0]
    telling = told_at_home or told
    cancelled = (draft for draft in telling if draft.event.status is Status.CANCELLED)
    return next(cancelled, (*telling, drafts[0])[0])


def believed_single_dates(series: Draft, singles: Sequence[Draft], own: Collection[str]) -> list[Event]:
    """What others say of single times of a series, without the words that one of them is called off which are not
    believed, as above."""
    if series.said.source not in own or series.event.presence is not Presence.PRESENT:
        return [draft.event for draft in singles]
    telling: dict[Moment, list[Draft]] = {}
    for draft in singles:
        if draft.event.status is not Status.SCHEDULED:
            telling.setdefault(draft.event.start_date, []).append(draft)
    doubted = {
        start
        for start, some in telling.items()
        if not (_is_enough(some) or any(one.said.source in own for one in some))
    }
    return [
        replace(draft.event, status=Status.SCHEDULED) if draft.event.start_date in doubted else draft.event
        for draft in singles
    ]


def _is_enough(telling: Sequence[Draft]) -> bool:
    return len({draft.said.source for draft in telling}) >= ENOUGH
