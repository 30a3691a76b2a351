"""Identification: from observations that are pending to events, one step at a time under the catalogue's lock."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from indexer.catalogue import Catalogue, Decision, Group, Step
from indexer.identity.attachment import Attached, attach
from indexer.identity.counts import EventCounts, IdentifyCounts
from indexer.identity.difference import CALENDAR, differences, named
from indexer.identity.judging import Enricher
from indexer.identity.series import drafts

__all__ = ["identify"]

_MOST_PROBLEMS = 20


def identify(
    catalogue: Catalogue,
    enricher: Enricher,
    *,
    now: dt.datetime,
    progress: Callable[[int, int], None] | None = None,
    batch: int = 500,
) -> IdentifyCounts:
    """Judges all pending observations and makes events of them, recording every change.

    Each step is one transaction: after a kill the next call goes on where this one was, and of two processes one
    waits for the other. An observation that cannot be judged is marked with the reason and does not stop the others.
    `progress(done, total)` is called after each step, in observations. Raises CatalogueError.
    """
    counts = IdentifyCounts()
    done, total = 0, catalogue.pending()
    while True:
        with catalogue.step(batch) as step:
            for group in step.groups:
                _settle(group, step, enricher, now, counts)
                done += len(group.observations) + len(group.beyond)
        if not step.groups:
            return counts
        if progress is not None:
            progress(done, max(done, total))


def _settle(group: Group, step: Step, enricher: Enricher, now: dt.datetime, counts: IdentifyCounts) -> None:
    decision, mine = _decide(group, step, enricher, now)
    try:
        step.apply(group, decision, now)
    except (ValueError, TypeError, RecursionError) as error:
        reason = f"cannot be stored: {error}"
        decision, mine = Decision(problems={stored.id: reason for stored in group.observations}), EventCounts()
        step.apply(group, decision, now)
    mine.failed = len(decision.problems)
    counts.of(group.source).add(mine)
    for problem in list(decision.problems.values())[: _MOST_PROBLEMS - len(counts.problems)]:
        counts.problems.append(f"{group.source}: {problem}")


def _decide(group: Group, step: Step, enricher: Enricher, now: dt.datetime) -> tuple[Decision, EventCounts]:
    found, problems = drafts(group, enricher)
    decision = Decision(problems=problems | dict.fromkeys(group.beyond, "too many overrides of one event"))
    counts = EventCounts()
    for attached in attach(found, step):
        _take(attached, now, decision, counts)
    return decision, counts


def _take(attached: Attached, now: dt.datetime, decision: Decision, counts: EventCounts) -> None:
    """Adds one event to the decision, if it is new or differs from what it was."""
    decision.members |= attached.members
    for merged in attached.merged:
        decision.retired.append((merged, attached.id))
        decision.changes.append((merged.id, "merged", {"id": (merged.id, attached.id)}))
    before, event = attached.before, attached.draft.event
    if before is None:
        decision.events.append(replace(event, id=attached.id, created_at=now, changed_at=now))
        decision.changes.append((attached.id, "added", {}))
        counts.new += 1
        return
    fields = differences(before, event)
    matters = any(name in CALENDAR for name in fields)
    event = replace(
        event,
        id=before.id,
        sequence=before.sequence + matters,
        created_at=before.created_at,
        changed_at=now if matters else before.changed_at,
    )
    if event != before or attached.revived:
        decision.events.append(event)
    if fields or attached.revived:
        decision.changes.append((event.id, "added" if attached.revived else named(before, event, fields), fields))
        counts.changed += 1
    else:
        counts.unchanged += 1
