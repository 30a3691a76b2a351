"""What of a draft is compared and where it is kept: worked out here or, ahead of time, in another process."""

import msgspec

from hobnob import jsonlines
from hobnob.events import Event
from indexer.identity.blocking import blocks, sought
from indexer.identity.days import days_of
from indexer.identity.traits import Traits, traits_of
from indexer.identity.weekly import sibling_block

__all__ = ["Noted", "decode_traits", "note", "series_block"]

decode_traits = msgspec.json.Decoder(Traits).decode


class Noted(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The traits of a draft as they are kept, the blocks that it is kept under, those where others are sought, and its
    days (see `days`).

    Blocks are even numbers, but for the one that an event shares with its siblings (weekly.sibling_block).
    """

    text: str
    blocks: tuple[int, ...]
    sought: tuple[int, ...]
    days: int


def note(event: Event) -> Noted:
    """Of a draft of one source, after it has been judged."""
    traits = traits_of(event)
    block = sibling_block(event)
    found = dict.fromkeys([key & ~1 for key in blocks(traits)])
    kept = (*found, block | 1) if block is not None else (*found,)
    return Noted(jsonlines.encode(traits).decode(), kept, tuple([key & ~1 for key in sought(traits)]), days_of(traits))


def series_block(some: tuple[int, ...]) -> int | None:
    """The one among a part's blocks that it shares with its siblings."""
    return next((block for block in some if block & 1), None)
