"""Identification: from observations that are pending to events, one step at a time under the catalogue's lock."""

import datetime as dt
import gc
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from indexer.catalogue import Catalogue, Decision, Fields, Group, Key, Step
from indexer.identity.ahead import Ahead, replayed
from indexer.identity.attachment import Attached, attach
from indexer.identity.clustering import Cluster
from indexer.identity.collecting import collected_between_steps
from indexer.identity.counts import EventCounts, IdentifyCounts
from indexer.identity.difference import CALENDAR, differences, named
from indexer.identity.judging import Enricher
from indexer.identity.linking import Linking
from indexer.identity.merging import merged
from indexer.identity.series import Draft, drafts
from indexer.rules import RULES

__all__ = ["identify"]

_MOST_PROBLEMS = 20


def identify(
    catalogue: Catalogue,
    enricher: Enricher,
    *,
    now: dt.datetime,
    progress: Callable[[int, int], None] | None = None,
    ahead: Ahead | None = None,
    batch: int = 1000,
) -> IdentifyCounts:
    """Judges all pending observations and makes events of them, recording every change.

    Each step is one transaction: after a kill the next call goes on where this one was, and of two processes one
    waits for the other. An observation that cannot be judged is marked with the reason and does not stop the others.
    `progress(done, total)` is called after each step, in observations. `ahead` judges beside. Raises CatalogueError.
    """
    counts = IdentifyCounts()
    done, total = 0, catalogue.pending()
    with collected_between_steps():
        while True:
            with catalogue.step(batch) as step:
                if step.groups:
                    _Pass(step, enricher, now, counts).run(ahead)
                    done += sum(len(group.observations) + len(group.beyond) for group in step.groups)
            if not step.groups:
                return counts
            del step
            gc.collect(1)
            if progress is not None:
                progress(done, max(done, total))


class _Pass:
    """One step: what is pending is judged and linked, and what it is linked with is looked at again."""

    def __init__(self, step: Step, enricher: Enricher, now: dt.datetime, counts: IdentifyCounts) -> None:
        self.step = step
        self.enricher = enricher
        self.now = now
        self.counts = counts
        self.drafts: dict[Key, Draft] = {}
        self.source_of: dict[Key, str] = {}

    def run(self, ahead: Ahead | None) -> None:
        kept = self._judge_all(ahead)
        linked = Linking(self.step, self.drafts.values(), self.step.parts_before(), kept).link()
        self._gather(linked.clusters)
        merged = [draft for cluster in linked.clusters if (draft := self._merged(cluster, linked.hidden)) is not None]
        for attached in attach(merged, self.step):
            self._settle(attached)

    def _judge_all(self, ahead: Ahead | None) -> list[bytes]:
        """Makes drafts of what is pending; the keys of groups that could not be judged.

        Who judges ahead goes from the first to the last, so that we meet if we go from the last to the first.
        """
        found: list[tuple[Group, list[Draft], dict[int, str]]] = []
        for group in reversed(self.step.groups):
            judged = ahead.of(group, self.step.upto) if ahead is not None else None
            if judged is not None:
                found.append((group, *replayed(group, judged, self.enricher)))
            else:
                found.append((group, *drafts(group, self.enricher)))
        if ahead is not None:
            ahead.passed(self.step.upto)
        found.reverse()
        return [key for one in found if (key := self._take_drafts(*one)) is not None]

    def _take_drafts(self, group: Group, found: list[Draft], problems: dict[int, str]) -> bytes | None:
        """Notes the drafts of a group; its key if it could not be judged."""
        self.drafts |= {draft.keys[0]: draft for draft in found}
        self.source_of |= {draft.keys[0]: group.source for draft in found}
        problems |= dict.fromkeys(group.beyond, "too many overrides of one event")
        rows = (*(stored.id for stored in group.observations), *group.beyond)
        self.step.apply(Decision(settled=rows, problems=problems), self.now)
        self._fail(group.source, problems)
        return None if found else group.observations[0].key[0]

    def _fail(self, source: str, problems: Mapping[int, str]) -> None:
        self.counts.of(source).failed += len(problems)
        for problem in list(problems.values())[: _MOST_PROBLEMS - len(self.counts.problems)]:
            self.counts.problems.append(f"{source}: {problem}")

    def _gather(self, clusters: Sequence[Cluster]) -> None:
        """Makes drafts of what is not pending but belongs together with what is."""
        looked_at = (cluster for cluster in clusters if self._is_touched(cluster))
        for group in self.step.gather((part.id, part.key) for cluster in looked_at for part in cluster.parts):
            alone = self._alone(group)
            for draft in (alone,) if alone is not None else drafts(group, self.enricher)[0]:
                self.drafts.setdefault(draft.keys[0], draft)

    def _alone(self, group: Group) -> Draft | None:
        """The draft of an observation that is an event by itself until now: that event, as these rules made it."""
        stored, *others = group.observations
        member = self.step.members.get(stored.key)
        event = self.step.events.get(member.event_id) if member is not None else None
        if event is None or others or stored.pending or event.rules != RULES or len(event.sources) != 1:
            return None
        event = replace(
            event, id="", presence=stored.presence, hidden=False, sequence=0, created_at=None, changed_at=None
        )
        return Draft(event, [stored.key], stored.id, stored.observation)

    def _is_touched(self, cluster: Cluster) -> bool:
        """Whether something of a cluster is new, or it is not what one event was made of."""
        return cluster.is_changed or any(part.key in self.drafts for part in cluster.parts)

    def _merged(self, cluster: Cluster, hidden: Collection[Key]) -> Draft | None:
        if not self._is_touched(cluster):
            return None
        found = [draft for part in cluster.parts if (draft := self.drafts.get(part.key)) is not None]
        if not found:
            return None
        draft = merged(found, cluster.runs)
        if hidden and any(key in hidden for key in draft.keys):
            draft.event = replace(draft.event, hidden=True)
        return draft

    def _settle(self, attached: Attached) -> None:
        source = next((self.source_of[key] for key in attached.draft.keys if key in self.source_of), None)
        decision, counts = Decision(), EventCounts()
        _take(attached, self.now, decision, counts)
        try:
            self.step.apply(decision, self.now)
        except (ValueError, TypeError, RecursionError) as error:
            problems = {attached.draft.row: f"cannot be stored: {error}"}
            self.step.apply(Decision(problems=problems), self.now)
            self._fail(attached.draft.said.source, problems)
            return
        if source is not None:
            self.counts.of(source).add(counts)


def _take(attached: Attached, now: dt.datetime, decision: Decision, counts: EventCounts) -> None:
    """Adds one event to the decision, if it is new or differs from what it was."""
    decision.members |= attached.members
    for old in attached.merged:
        decision.retired.append((old, attached.id))
        decision.changes.append((old.id, "merged", {"id": (old.id, attached.id)}))
    before, event = attached.before, attached.draft.event
    if before is None:
        decision.events.append(replace(event, id=attached.id, created_at=now, changed_at=now))
        decision.changes.append((attached.id, *_arrival(attached)))
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
        what = _arrival(attached) if attached.revived else (named(before, event, fields), fields)
        decision.changes.append((event.id, *what))
        counts.changed += 1
    else:
        counts.unchanged += 1


def _arrival(attached: Attached) -> tuple[str, Fields]:
    """How an event comes to be: by itself, or out of another."""
    if attached.split_from is None:
        return "added", {}
    return "split", {"id": (attached.split_from, attached.id)}
