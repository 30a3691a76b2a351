"""Identification: which observations speak of the same event, and what changed about it.

    pending ──► series (drafts) ──► linking (parts that speak of one event) ──► merging (one draft of several)
            ──► attachment (which id it has) ──► difference (what changed)

What is pending is judged a little ahead by another process (`judging_ahead`) where that is worth it.
"""

from indexer.identity.ahead import judging_ahead
from indexer.identity.counts import EventCounts, IdentifyCounts
from indexer.identity.identification import identify
from indexer.identity.judging import Enricher, Judgement

__all__ = ["Enricher", "EventCounts", "IdentifyCounts", "Judgement", "identify", "judging_ahead"]
