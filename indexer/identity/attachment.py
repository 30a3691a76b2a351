"""Which id each event has: ids resolve for ever, a merge keeps the older one, a split gives back the one it took."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from hobnob.events import Event
from hobnob.moments import UTC
from indexer.catalogue import Key, Member, Step
from indexer.identity.series import Draft

__all__ = ["Attached", "attach"]

_NEVER = dt.datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Attached:
    """A draft with its id. `before` is the event with that id so far, `revived` if that has been an alias since;
    `merged` are events that become part of it, `split_from` is the event that it was part of until now."""

    draft: Draft
    id: str
    before: Event | None
    members: dict[Key, Member]
    revived: bool = False
    merged: list[Event] = field(default_factory=list)
    split_from: str | None = None


def attach(drafts: Sequence[Draft], step: Step) -> list[Attached]:
    """Gives each draft the id of an event that its observations were attached to, or one of its own.

    Of an event whose observations are now spread over several drafts, the draft with the observation that its id
    was made for keeps it; of several events in one draft the oldest id stays, and the others become aliases.
    """
    claims = _claims(drafts, step)
    return [_attached(draft, claims[number], step) for number, draft in enumerate(drafts)]


def _claims(drafts: Sequence[Draft], step: Step) -> list[list[Event]]:
    claimed: dict[str, int] = {}
    minted: set[str] = set()
    for number, draft in enumerate(drafts):
        for member in (step.members[key] for key in draft.keys if key in step.members):
            if member.minted == member.event_id:
                claimed[member.event_id] = number
                minted.add(member.event_id)
            elif member.event_id not in minted:
                claimed.setdefault(member.event_id, number)
    claims: list[list[Event]] = [[] for _ in drafts]
    for event_id, number in claimed.items():
        if event_id in step.events:
            claims[number].append(step.events[event_id])
    return claims


def _attached(draft: Draft, claimed: list[Event], step: Step) -> Attached:
    members = {key: step.members.get(key, Member("")) for key in draft.keys}
    if claimed:
        before, *merged = sorted(claimed, key=lambda event: (event.created_at or _NEVER, event.id))
        return Attached(draft, before.id, before, _joined(members, before.id), merged=merged)
    minted = (member.minted for member in members.values() if member.minted)
    former = next((step.former[name] for name in minted if name in step.former), None)
    parent = next((member.event_id for member in members.values() if member.event_id), None)
    if former is not None:
        return Attached(draft, former.id, former, _joined(members, former.id), revived=True, split_from=parent)
    event_id = step.fresh_id()
    minting = next((key for key in draft.keys if members[key].minted is None), draft.keys[0])
    members[minting] = Member(event_id, event_id)
    return Attached(draft, event_id, None, _joined(members, event_id), split_from=parent)


def _joined(members: dict[Key, Member], event_id: str) -> dict[Key, Member]:
    return {key: Member(event_id, member.minted) for key, member in members.items()}
