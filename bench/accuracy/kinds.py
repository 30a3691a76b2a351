"""Which kind an event is of, against labels by hand and, for trade shows, against what their list is of.

The source's default is not told: only name and description count. An event without a kind counts as "other".
"""

import csv
import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.accuracy.figures import class_f1, macro_f1, rate
from bench.accuracy.lists import Lists
from bench.accuracy.tables import Options, Table
from crawlers.readers import Context, reader
from hobnob.observations import Observation
from indexer.enrich.industry import Industries
from indexer.enrich.keywords import Text
from indexer.enrich.kind import Kinds

__all__ = ["measure"]

_FOLDER = Path(__file__).with_name("kinds")
_READ_CHARS = 1500
_READERS = {"ics": "ics", "html": "html", "htm": "html", "xml": "feed", "rss": "feed", "json": "json"}
_INDUSTRIES = Industries()
#: Of a class this small, a figure says little.
FEW = 15


class _Labelled(NamedTuple):
    kind: str
    name: str
    description: str
    keywords: tuple[str, ...] = ()


def measure(options: Options) -> Iterator[Table]:
    """A table by kind for each half."""
    for half in options.halves:
        labelled = list(_written_down(half))
        referred, missing = _referred(half, options.lists)
        yield _table(half, labelled + referred, missing)


def _table(half: str, labelled: list[_Labelled], missing: Counter[str]) -> Table:
    kinds = Kinds()
    truths = {number: (one.kind,) for number, one in enumerate(labelled)}
    answers = {number: (_answer(kinds, one),) for number, one in enumerate(labelled)}
    of, said, right = (Counter[str]() for _ in range(3))
    for number, (truth,) in truths.items():
        of[truth] += 1
        said[answers[number][0]] += 1
        right[truth] += answers[number][0] == truth
    table = Table(
        title=f"kinds, {half}: {len(labelled)} events", columns=("kind", "events", "precision", "recall", "F1")
    )
    scores = class_f1(truths, answers)
    for kind in sorted(of):
        figures = rate(right[kind], said[kind]), rate(right[kind], of[kind])
        table.rows.append((kind, str(of[kind]), *figures, f"{scores[kind]:.3f}"))
    many = {number: truth for number, truth in truths.items() if of[truth[0]] >= FEW}
    table.notes.append(f"right: {rate(right.total(), of.total())}; macro-F1 {macro_f1(truths, answers):.3f}")
    told = {number: answers[number] for number in many}
    table.notes.append(f"of the kinds with {FEW} events or more: macro-F1 {macro_f1(many, told):.3f}")
    for repository, count in sorted(missing.items()):
        table.notes.append(f"{count} not measured: no clone of {repository} with its commit (see --lists)")
    return table


def _answer(kinds: Kinds, one: _Labelled) -> str:
    name, description = Text(one.name), Text(one.description[:_READ_CHARS])
    industries = [label.id for label in _INDUSTRIES.labels(name, description, one.keywords, None)]
    label = kinds.label(name, description, one.keywords, None, industries=industries)
    return label.id if label else "other"


def _rows(name: str, half: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half)


def _written_down(half: str) -> Iterator[_Labelled]:
    for row in _rows("titles.tsv", half):
        yield _Labelled(row["kind"], row["name"], row["description"])


def _referred(half: str, folder: Path | None) -> tuple[list[_Labelled], Counter[str]]:
    """Those that clones have, and of the others how many by repository."""
    wanted: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows("by-reference.tsv", half):
        wanted[row["repository"], row["commit"]].append(row)
    found: list[_Labelled] = []
    missing: Counter[str] = Counter()
    lists = Lists(folder)
    for (repository, commit), rows in wanted.items():
        clone = lists.clone(repository)
        if clone is None or not clone.has(commit):
            missing[repository] += len(rows)
            continue
        events = _events(clone.files(commit, tuple({row["path"] for row in rows})))
        there = [(row, events.get(row["digest"])) for row in rows]
        found += [
            _Labelled(row["kind"], event.name, event.description or "", event.keywords) for row, event in there if event
        ]
        missing[repository] += sum(event is None for _, event in there)
    return found, +missing


def _events(files: dict[str, str]) -> dict[str, Observation]:
    """What the files say, by digest of name and UID."""
    now = dt.datetime(2026, 11, 20, tzinfo=dt.timezone.utc)
    found: dict[str, Observation] = {}
    for path, text in files.items():
        read = reader(_READERS[path.rpartition(".")[2].lower()])
        context = Context(now=now, source="clone", url=f"https://example.org/{path}")
        for one in read(text.encode(), context):
            if isinstance(one, Observation):
                found.setdefault(hashlib.sha256(f"{one.name}\n{one.uid}".encode()).hexdigest()[:16], one)
    return found
