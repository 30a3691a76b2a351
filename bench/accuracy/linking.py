"""Whole lists linked: confs.tech says the same conference in several of its topic files, each a source here; and all
lists at once, of which only the labelled pairs are asked about.

Truth of confs.tech: the same name (folded), first day and city are one conference, and besides what a person found by
reading everything that comes near (`pairs/confs-tech-merges.jsonl`); the rest are taken for two.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.accuracy.candidates import words
from bench.accuracy.figures import Confusion, b_cubed, rate
from bench.accuracy.labelled import PARTS, pairs_of
from bench.accuracy.listing import Listing, observation
from bench.accuracy.lists import LISTS, Lists, confs_tech
from bench.accuracy.program import Identified, identified
from bench.accuracy.tables import Options, Table
from indexer.enrich import Enricher

__all__ = ["measure"]

_MERGES = Path(__file__).parent / "pairs" / "confs-tech-merges.jsonl"


def measure(options: Options) -> Iterator[Table]:
    enricher = Enricher({})
    yield _confs_tech(enricher)
    lists = Lists(options.lists)
    whole = {name: found for name in LISTS if (found := lists[name]) is not None}
    if not whole:
        yield Table(
            title="All lists linked at once",
            columns=("",),
            notes=["Not measured: no list is here. 'same_event' says what to clone."],
        )
        return
    yield _together(whole, lists, options.halves, enricher)


def _confs_tech(enricher: Enricher) -> Table:
    listings = confs_tech()
    truth = _truth(listings)
    clusters = Counter(truth.values())
    table = Table(
        title=f"confs.tech linked: {len(listings):,} records of {len(clusters):,} conferences",
        columns=("each topic a source", "pairwise precision", "pairwise recall", "B³ precision", "B³ recall"),
    )
    same = {listing.locator: f"{words(listing.name)} {listing.start}" for listing in listings}
    table.rows.append(_cluster_row("same start date, same normalised title", truth, same))
    for name, with_url in (("ours, no URL told", False), ("ours, with URLs", True)):
        found = _identify(listings, enricher, with_url=with_url)
        events = {listing.locator: found.events[_said(listing)] for listing in listings}
        table.rows.append(_cluster_row(name, truth, events))
    return table


def _truth(listings: list[Listing]) -> dict[str, str]:
    """The name of the cluster of each record, by its locator."""
    first: dict[object, str] = {}
    truth = {
        listing.locator: first.setdefault(
            (words(listing.name), listing.start, words(listing.city or "")), listing.locator
        )
        for listing in listings
    }
    for merge in map(json.loads, _MERGES.read_text("utf-8").splitlines()):
        one, other = truth[merge["a"]], truth[merge["b"]]
        truth = {locator: one if cluster == other else cluster for locator, cluster in truth.items()}
    return truth


def _cluster_row(name: str, truth: dict[str, str], found: dict[str, str]) -> tuple[str, ...]:
    both = _pairs((truth[locator], found[locator]) for locator in truth)
    precision, recall = b_cubed(truth, found)
    pairs_true, pairs_found = _pairs(truth.values()), _pairs(found.values())
    return name, rate(both, pairs_found), rate(both, pairs_true), f"{precision:.4f}", f"{recall:.4f}"


def _pairs(clusters: Iterable[object]) -> int:
    """How many pairs there are within clusters."""
    return sum(count * (count - 1) // 2 for count in Counter(clusters).values())


def _together(whole: dict[str, dict[str, Listing]], lists: Lists, halves: tuple[str, ...], enricher: Enricher) -> Table:
    listings = [*confs_tech(), *(listing for found in whole.values() for listing in found.values())]
    table = Table(
        title=f"All lists linked at once, {len(listings):,} records; asked about the labelled pairs",
        columns=("pairs across sources", "precision", "recall", "wrongly one", "wrongly two"),
    )
    for name, with_url in (("no URL told", False), ("with URLs", True)):
        found = _identify(listings, enricher, with_url=with_url)
        for part in (part for half in halves for part in PARTS[half] if part != "dupes"):
            counts = Confusion()
            for pair in pairs_of(part, lists)[0]:
                if pair.same is not None and _source(pair.one) != _source(pair.other):
                    counts.add(pair.same, found.same(_said(pair.one), _said(pair.other)))
            wrong = str(counts.false_positives), str(counts.false_negatives)
            table.rows.append((f"{part}, {name}", counts.precision, counts.recall, *wrong))
    return table


def _identify(listings: Iterable[Listing], enricher: Enricher, *, with_url: bool) -> Identified:
    return identified((observation(one, _source(one), with_url=with_url) for one in listings), enricher)


def _source(listing: Listing) -> str:
    """The list, or the topic of confs.tech through all years."""
    if listing.list != "confs.tech":
        return listing.list.replace("/", "-")
    return f"confs.tech-{listing.locator.partition('/')[2].partition('.')[0]}"


def _said(listing: Listing) -> tuple[str, str]:
    return _source(listing), f"{listing.locator}@{listing.list}"
