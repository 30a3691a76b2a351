"""Which pairs were put before a person: `python -m bench.accuracy.candidates --lists DIR` prints them, the same ones
each time.

What could be one event (days at most three apart, places that do not exclude each other) is drawn by strata of how
alike the names are, so that pairs which no rule would find are among them; no URL is looked at. What should be two is
drawn from the same day and the same city or venue, and from neighbouring days and years of one brand, the most alike
first. A list belongs to one half as a whole; a pair is held out when one of its lists is. confs.tech, which the others
are compared with, belongs to both, and by itself is divided by year.
"""

import argparse
import datetime as dt
import itertools
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz import fuzz

from bench.accuracy.listing import Listing
from bench.accuracy.lists import LATER, LISTS, Lists, confs_tech

__all__ = ["HELD_OUT", "half_of", "words"]

HELD_OUT = {
    "ai-deadlines",
    "awesome-italy-events",
    "bristol-improv",
    "cocoa-conferences",
    "cook-county",
    "cron-quiles",
    "light-calendar",
    "python-organizers",
    "ruby-conferences",
    "rubyevents",
    "testing-conferences",
}
_FROM_YEAR = 2021  # pairs of confs.tech alone are held out from this year on
_STRATA = ((100.0, "equal"), (90.0, "alike 90"), (70.0, "alike 70"), (45.0, "alike 45"), (0.0, "unlike"))
_NEAR = 3


def words(text: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", plain))


def half_of(one: Listing, other: Listing) -> str:
    """The half that a pair of these belongs to."""
    lists = {one.list, other.list}
    if lists == {"confs.tech"}:
        return "held-out" if one.day.year >= _FROM_YEAR else "dev"
    return "held-out" if any(map(_is_held_out, lists)) else "dev"


def _is_held_out(name: str) -> bool:
    """Of Seattle's calendars every second one, by the letters of its name."""
    if name.startswith("206events/"):
        return sum(map(ord, name.split("/")[1].split("-")[0])) % 2 == 1
    return name in HELD_OUT


def where(listing: Listing) -> frozenset[str]:
    """The words of the first part of where it is; none when it is online or nowhere."""
    text = listing.city or (listing.place or "").split(",")[0]
    found = frozenset(words(text))
    return frozenset() if listing.online or found & {"online", "virtual", "remote", "tba"} else found


def _alike(one: Listing, other: Listing) -> float:
    return float(fuzz.token_set_ratio(" ".join(_bare(one)), " ".join(_bare(other))))


def _bare(listing: Listing) -> list[str]:
    """The words of a name that are not a year's."""
    return [word for word in words(listing.name) if not re.fullmatch(r"20\d\d", word)]


def _days(listings: Iterable[Listing]) -> dict[dt.date, list[Listing]]:
    by_day = defaultdict(list)
    for listing in listings:
        by_day[listing.day].append(listing)
    return by_day


def _could_be_one(one: list[Listing], other: list[Listing]) -> Iterator[tuple[str, Listing, Listing]]:
    """Pairs across two lists, each with its stratum."""
    rare = Counter(word for listing in (*one, *other) for word in set(_bare(listing)))
    by_day = _days(other)
    for listing in one:
        mine = where(listing)
        for shift in range(-_NEAR, _NEAR + 1):
            for second in by_day.get(listing.day + dt.timedelta(days=shift), ()):
                theirs = where(second)
                if mine and theirs and not mine & theirs:
                    continue
                score = _alike(listing, second)
                shared = any(rare[word] <= 12 for word in set(_bare(listing)) & set(_bare(second)))
                if mine and theirs:
                    if score < 45 and not shared and shift:
                        continue
                elif score < 70 or not shared:
                    continue  # one is online or nowhere
                stratum = next(name for least, name in _STRATA if score >= least)
                if words(listing.name) != words(second.name) and stratum == "equal":
                    stratum = "one in the other"
                yield stratum, listing, second


def _should_be_two(listings: list[Listing]) -> Iterator[tuple[float, str, Listing, Listing]]:
    """Pairs of a list (or of two) on one day in one city or at one venue, and of one brand on other days or places."""
    for same_day in _days(listings).values():
        for one, other in itertools.combinations(same_day, 2):
            mine, theirs = where(one), where(other)
            if words(one.name) == words(other.name) and mine & theirs:
                continue
            score = _alike(one, other)
            if one.venue and one.venue == other.venue:
                yield score, "same day, same venue", one, other
            elif mine & theirs and score >= 30:
                yield score, "same day, same city", one, other
            elif mine and theirs and score >= 60:
                yield score, "same day, another city", one, other
    by_brand = defaultdict(list)
    for listing in listings:
        by_brand[tuple(_bare(listing))].append(listing)
    for same in by_brand.values():
        same.sort(key=lambda listing: listing.day)
        for one, other in itertools.pairwise(same):
            apart, here = (other.day - one.day).days, where(one) & where(other)
            if 0 < apart <= 60 and not here:
                yield 100.0, "same brand, another city", one, other
            elif 300 < apart < 430 and here:
                yield 100.0, "same brand, another edition", one, other


def _seattle(listings: Iterable[Listing]) -> Iterator[tuple[str, Listing, Listing]]:
    """The pairs that the project's own matcher brought up."""
    sides = {listing.locator: listing for listing in listings}
    for locator, one in sides.items():
        other = sides.get(f"{locator[:-1]}b") if locator.endswith("a") else None
        if other is not None and not (one.list.startswith("206events/seatoday") and one.list[:20] == other.list[:20]):
            yield ("Seattle, equal" if words(one.name) == words(other.name) else "Seattle, other"), one, other


class _Drawer:
    """Draws pairs, so many of each kind, and none of a listing or of a brand too often."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.round = ""
        self.used: Counter[object] = Counter()
        self.drawn: dict[tuple[str, ...], tuple[str, Listing, Listing]] = {}

    def _most(self, is_name: bool) -> int:
        return 3 if self.round == "once more: " else 1 if is_name else 2

    def draw(self, count: int, pairs: list[tuple[str, Listing, Listing]], *, shuffled: bool = True) -> None:
        if shuffled:
            self.chance.shuffle(pairs)
        for kind, one, other in pairs:
            if count <= 0:
                return
            stratum = self.round + kind
            marks = [(one.list, one.locator), (other.list, other.locator), (stratum, one.name), (stratum, other.name)]
            key = tuple(sorted(f"{listing.list} {listing.locator}" for listing in (one, other)))
            if key in self.drawn or any(self.used[mark] >= self._most(mark[0] == stratum) for mark in marks):
                continue
            self.used.update(marks)
            self.drawn[key] = (stratum, one, other)
            count -= 1


_WITH_CONFS_TECH = (
    "android-study-group",
    "code-and-talk",
    "ccf-deadlines",
    "sec-deadlines",
    "python-deadlines",
    "ruby-conferences",
    "rubyevents",
    "testing-conferences",
    "cocoa-conferences",
    "python-organizers",
    "ai-deadlines",
    "light-calendar",
    "awesome-italy-events",
)
_BESIDE = (
    ("ccf-deadlines", "sec-deadlines"),
    ("ccf-deadlines", "papers-with-code"),
    ("android-study-group", "code-and-talk"),
    ("python-deadlines", "code-and-talk"),
    ("ccf-deadlines", "ai-deadlines"),
    ("ccf-deadlines", "light-calendar"),
    ("ruby-conferences", "rubyevents"),
    ("python-deadlines", "python-organizers"),
    ("code-and-talk", "ruby-conferences"),
    ("code-and-talk", "testing-conferences"),
    ("android-study-group", "cocoa-conferences"),
)
_COUNTS = {"equal": 3, "one in the other": 8, "alike 90": 8, "alike 70": 10, "alike 45": 9, "unlike": 7}
_ALONE = ("coerde", "lgbt-history", "bristol-improv", "cron-quiles", "awesome-italy-events", "ccf-deadlines")


def candidates(lists: dict[str, list[Listing]], seed: int = 1123) -> list[tuple[str, Listing, Listing]]:
    drawer = _Drawer(seed)
    mine = lists["confs.tech"]
    crossing = [("confs.tech", name) for name in _WITH_CONFS_TECH] + list(_BESIDE)
    for one, other in crossing:
        _draw_strata(drawer, list(_could_be_one(lists[one], lists[other])), _COUNTS)
    for years in (range(_FROM_YEAR), range(_FROM_YEAR, 3000)):
        of_years = [listing for listing in mine if listing.day.year in years]
        inside = [pair for pair in _could_be_one(of_years, of_years) if _topic(pair[1]) < _topic(pair[2])]
        _draw_strata(drawer, inside, dict.fromkeys(_COUNTS, 14) | {"equal": 4})
        _draw_two(drawer, of_years, 35)
    for one, other in crossing:
        _draw_two(drawer, [*(lists[one] if one != "confs.tech" else ()), *lists[other]], 6)
    for name in _ALONE:
        _draw_two(drawer, lists[name], 14)
    for held_out in (False, True):
        pairs = [p for p in _seattle(lists["206events"]) if (half_of(p[1], p[2]) == "held-out") is held_out]
        _draw_strata(drawer, pairs, {"Seattle, equal": 25, "Seattle, other": 75})
    _draw_more_two(drawer, lists)
    return list(drawer.drawn.values())


def _draw_more_two(drawer: _Drawer, lists: dict[str, list[Listing]]) -> None:
    """A second round, after the first was read: of pairs on one day in one place there were too few."""
    drawer.round = "more: "
    for name in ("chicago-council", "cook-county", "cron-quiles", "bristol-improv"):
        _draw_two(drawer, lists[name], 16)
    once = {(listing.list, listing.name, listing.start): listing for listing in lists["206events"]}
    for half, count in (("dev", 20), ("held-out", 40)):
        _draw_two(drawer, [one for one in once.values() if half_of(one, one) == half], count)
        of_years = [one for one in lists["confs.tech"] if half_of(one, one) == half]
        _draw_two(drawer, of_years, count)
    drawer.round = "once more: "
    for name in ("chicago-council", "cook-county", "lgbt-history"):
        _draw_two(drawer, lists[name], 12, only_same_day=True)
    for held_out in (False, True):
        names = [name for name in lists if name != "206events" and _is_held_out(name) is held_out]
        _draw_two(drawer, [one for name in names for one in lists[name]], 45, only_same_day=True)


def _topic(listing: Listing) -> str:
    return listing.locator.partition("/")[2].partition("#")[0]


def _draw_strata(drawer: _Drawer, pairs: list[tuple[str, Listing, Listing]], counts: dict[str, int]) -> None:
    for stratum, count in counts.items():
        drawer.draw(count, [pair for pair in pairs if pair[0] == stratum])


def _draw_two(drawer: _Drawer, listings: list[Listing], count: int, *, only_same_day: bool = False) -> None:
    """The most alike of each kind first, names that are equal and names that are not."""
    found = defaultdict(list)
    for score, stratum, one, other in _should_be_two(listings):
        if not only_same_day or (score < 75 and stratum in ("same day, same venue", "same day, same city")):
            found[stratum].append((score, one, other))
    for stratum, pairs in sorted(found.items()):
        pairs.sort(key=lambda pair: (-pair[0], pair[1].list, pair[1].locator, pair[2].locator))
        few = count // 3 if "brand" in stratum or "another" in stratum else count
        drawer.draw(few, [(stratum, one, other) for _, one, other in pairs], shuffled="brand" in stratum)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy.candidates", description=__doc__)
    parser.add_argument("--lists", type=Path, required=True, metavar="DIR")
    clones = Lists(parser.parse_args().lists)
    lists = {"confs.tech": confs_tech()}
    for name in [name for name in LISTS if name not in LATER]:
        found = clones[name]
        if found is None:
            sys.exit(f"no clone of {LISTS[name].repository} with commit {LISTS[name].commit}")
        lists[name] = list(found.values())
    for number, (stratum, one, other) in enumerate(candidates(lists)):
        pair = {"number": number, "half": half_of(one, other), "stratum": stratum}
        print(json.dumps(pair | {"a": one.fields(), "b": other.fields()}, ensure_ascii=False))


if __name__ == "__main__":
    main()
