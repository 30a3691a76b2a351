"""Identification: which observations speak of the same event, and what changed about it.

    pending ──► series (what belongs together) ──► attachment (which id it has) ──► difference (what changed)

For now all that one source says under one UID belongs together, and nothing else does.
"""

from indexer.identity.counts import EventCounts, IdentifyCounts
from indexer.identity.identification import identify
from indexer.identity.judging import Enricher, Judgement

__all__ = ["Enricher", "EventCounts", "IdentifyCounts", "Judgement", "identify"]
