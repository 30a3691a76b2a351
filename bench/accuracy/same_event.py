"""Are two listings of one event? Our answer and that of simpler rules, on pairs labelled by hand.

Ours is that of the whole program: each of a pair's two listings is what a source of its own says, and they are one
when they come out as one event. Pairs share a catalogue when they are far apart in time, so that none is evidence for
another.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rapidfuzz import fuzz

from bench.accuracy.candidates import words
from bench.accuracy.figures import Confusion, rate
from bench.accuracy.labelled import PARTS, Pair, pairs_of
from bench.accuracy.listing import Listing, observation
from bench.accuracy.lists import Lists
from bench.accuracy.program import identified
from bench.accuracy.tables import Options, Table
from indexer.enrich import Enricher

__all__ = ["measure"]

Answers = dict[int, bool | None]
_APART = dt.timedelta(days=10)
_COLUMNS = ("rule", "precision", "recall", "right", "wrongly one", "wrongly two", "of these in doubt")


def measure(options: Options) -> Iterator[Table]:
    """For each half how right each rule is, and of which kind and which list ours is wrong."""
    lists, enricher = Lists(options.lists), Enricher({})
    for part in (part for half in options.halves for part in PARTS[half]):
        pairs, missing = pairs_of(part, lists)
        sure = [pair for pair in pairs if pair.same is not None]
        ours = _ours(sure, enricher, with_url=False)
        table = Table(title=_title(part, pairs), columns=_COLUMNS, notes=missing.notes())
        for name, rule in _RULES.items():
            table.rows.append(_row(name, sure, {pair.number: rule(pair.one, pair.other) for pair in sure}))
        table.rows.append(_row("ours, no URL told", sure, ours))
        table.rows.append(_row("ours, with URLs", sure, _ours(sure, enricher, with_url=True)))
        yield table
        if part != "dupes":
            yield _apart(f"Ours without URLs, {part}, by how the pair was drawn", sure, ours, lambda pair: pair.stratum)
            yield _apart(f"Ours without URLs, {part}, by list", sure, ours, lambda pair: pair.lists)


_NAMED = {
    "dupes": "the 122 pairs of before, drawn by their URLs",
    "later": "later, of lists that the rules were first tried on as they were",
}


def _title(part: str, pairs: list[Pair]) -> str:
    same, two = (sum(pair.same is label for pair in pairs) for label in (True, False))
    unsure = len(pairs) - same - two
    return f"Same event or not, {_NAMED.get(part, part)}: {same} are one, {two} are two; {unsure} unsure, left out"


def _same_day(one: Listing, other: Listing) -> bool:
    return one.day == other.day


_RULES: dict[str, Callable[[Listing, Listing], bool]] = {
    "same start date alone": _same_day,
    "same start date, same normalised title": lambda one, other: (
        _same_day(one, other) and words(one.name) == words(other.name)
    ),
    "same start date, token set ≥ 80": lambda one, other: (
        _same_day(one, other) and fuzz.token_set_ratio(" ".join(words(one.name)), " ".join(words(other.name))) >= 80
    ),
}


def _ours(pairs: list[Pair], enricher: Enricher, *, with_url: bool) -> Answers:
    answers: Answers = {}
    for together in _batches(pairs):
        said = {
            (pair.number, side): observation(listing, f"{pair.number}-{side}", with_url=with_url)
            for pair in together
            for side, listing in (("one", pair.one), ("other", pair.other))
        }
        found = identified(said.values(), enricher)
        for pair in together:
            one, other = (said[pair.number, side] for side in ("one", "other"))
            answers[pair.number] = found.same((one.source, one.uid), (other.source, other.uid))
    return answers


def _batches(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Pairs of which no two come near each other in time."""
    batches: list[tuple[dt.date, list[Pair]]] = []
    for pair in sorted(pairs, key=_first):
        last = max(pair.one.last_day, pair.other.last_day)
        for number, (end, batch) in enumerate(batches):
            if _first(pair) > end + _APART:
                batches[number] = (last, [*batch, pair])
                break
        else:
            batches.append((last, [pair]))
    return [batch for _, batch in batches]


def _first(pair: Pair) -> dt.date:
    return min(pair.one.day, pair.other.day)


def _row(name: str, pairs: list[Pair], answers: Answers) -> tuple[str, ...]:
    counts = Confusion()
    doubted = 0
    for pair in pairs:
        counts.add(bool(pair.same), answers[pair.number])
        doubted += bool(pair.same) and answers[pair.number] is None
    right = counts.true_positives + counts.true_negatives
    return (
        name,
        counts.precision,
        counts.recall,
        rate(right, len(pairs)),
        str(counts.false_positives),
        str(counts.false_negatives),
        str(doubted),
    )


def _apart(title: str, pairs: list[Pair], answers: Answers, key: Callable[[Pair], str]) -> Table:
    groups = defaultdict(list)
    for pair in pairs:
        groups[key(pair)].append(pair)
    table = Table(title=title, columns=("pairs", *_COLUMNS[1:]))
    table.rows = [_row(name, group, answers) for name, group in sorted(groups.items())]
    return table
