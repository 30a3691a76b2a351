"""The labelled pairs: `pairs/PART.jsonl` holds them in full, `pairs/PART-by-reference.jsonl` names records of lists."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.accuracy.listing import Listing, read
from bench.accuracy.lists import LISTS, Lists, confs_tech

__all__ = ["PARTS", "Missing", "Pair", "pairs_of"]

PARTS = {"dev": ("dupes", "dev", "later"), "held-out": ("held-out",)}
"""What is measured for each half: all that rules were written on, and what they were not."""

_PAIRS = Path(__file__).with_name("pairs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two listings and what a person said of them: `same` is None where that person was not sure."""

    number: int
    same: bool | None
    reason: str
    stratum: str
    one: Listing
    other: Listing

    @property
    def lists(self) -> str:
        """The list that this pair is of, or the two."""
        return " and ".join(sorted({listing.list.partition("/")[0] for listing in (self.one, self.other)}))


@dataclass(slots=True)
class Missing:
    """Rows that could not be measured: how many by list, and how many whose record says something else by now."""

    by_list: Counter[str]
    changed: int = 0

    def notes(self) -> list[str]:
        told = []
        if self.by_list:
            told.append(f"{self.by_list.total()} pairs were not measured, since their lists are not here. Clone these:")
            wanted = sorted({(LISTS[name].repository, LISTS[name].commit) for name in self.by_list})
            told += [f"    github.com/{repository} at {commit}" for repository, commit in wanted]
            told.append("  into one folder, each as OWNER+NAME, and name it with --lists.")
        if self.changed:
            told.append(f"{self.changed} pairs were not measured: their lists say something else of them now.")
        return told


def pairs_of(part: str, lists: Lists) -> tuple[list[Pair], Missing]:
    """All pairs of a part ("dev", "held-out", "dupes", "later") that can be read here."""
    pairs = [_pair(row, read(row["a"]), read(row["b"])) for row in _rows(f"{part}.jsonl")]
    missing = Missing(Counter())
    ours = {listing.locator: listing for listing in confs_tech()}
    for row in _rows(f"{part}-by-reference.jsonl"):
        found = []
        for reference in (row["a"], row["b"]):
            name = reference["list"]
            known = ours if name == "confs.tech" else lists[name]
            if known is None:
                missing.by_list[name] += 1
                break
            listing = known.get(reference["locator"])
            if listing is None or listing.digest() != reference["digest"]:
                missing.changed += 1
                break
            found.append(listing)
        else:
            pairs.append(_pair(row, *found))
    return sorted(pairs, key=lambda pair: pair.number), missing


def _pair(row: dict[str, Any], one: Listing, other: Listing) -> Pair:
    same = {"same": True, "different": False, "unsure": None}[row["label"]]
    return Pair(number=row["number"], same=same, reason=row["reason"], stratum=row["stratum"], one=one, other=other)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    path = _PAIRS / name
    if path.exists():
        yield from map(json.loads, path.read_text("utf-8").splitlines())
