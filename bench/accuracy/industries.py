"""Which industries an event is of, against labels by hand; the source's default is not told, nor its categories.

An event has industries that it must have and others that it may have. For each industry precision and recall are those
of a yes or no: what must be and is not said is missed, what is said and may not be is wrong, what may be and is said is
neither. macro-F1 is the mean over the industries that some event must have.
"""

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.accuracy.figures import rate
from bench.accuracy.industry_lists import LISTS, Said, said
from bench.accuracy.tables import Options, Table
from hobnob.taxonomy import industries
from indexer.enrich.industry import Industries
from indexer.enrich.keywords import Text

__all__ = ["digest", "measure"]

_FOLDER = Path(__file__).with_name("industries")
_READ_CHARS = 1500
#: With fewer events than this that must have it, a figure of an industry says little.
FEW = 20


class _Labelled(NamedTuple):
    language: str
    said: Said
    must: frozenset[str]
    may: frozenset[str]


class _Counts(NamedTuple):
    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    def f1(self, industry: str) -> float:
        right = 2 * self.right[industry]
        return right / (right + self.wrong[industry] + self.missed[industry])

    def macro_f1(self) -> float:
        known = self.right.keys() | self.missed.keys()
        return sum(map(self.f1, known)) / len(known)

    def micro_f1(self) -> float:
        right = 2 * self.right.total()
        return right / (right + self.wrong.total() + self.missed.total())


def measure(options: Options) -> Iterator[Table]:
    """For each half a table by industry, with a note on each language, and one by system."""
    for half in options.halves:
        labelled, missing = _labelled(half, options.lists)
        table = _table(half, labelled)
        for repository, count in sorted(missing.items()):
            table.notes.append(f"{count} not measured: no clone of {repository} with its commit (see --lists)")
        yield table
        if labelled:
            yield _systems(half, labelled)


def digest(text: Said) -> str:
    """Tells whether a list still says what was labelled."""
    return hashlib.sha256("\n".join(text).encode("utf-8", "replace")).hexdigest()[:16]


def _labelled(half: str, folder: Path | None) -> tuple[list[_Labelled], Counter[str]]:
    with (_FOLDER / "titles.tsv").open(encoding="utf-8", newline="") as lines:
        found = [
            _Labelled(row["language"], Said(row["title"], row["description"]), _ids(row["must"]), _ids(row["may"]))
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["half"] == half
        ]
    by_list = defaultdict(list)
    with (_FOLDER / "by-reference.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] == half:
                by_list[row["list"]].append(row)
    missing: Counter[str] = Counter()
    for name, rows in by_list.items():
        texts = said(name, (row["path"] for row in rows), folder)
        if texts is None:
            missing[LISTS[name].repository] += len(rows)
            continue
        for row in rows:
            text = texts.get((row["path"], row["entry"]))
            if text is None or digest(text) != row["digest"]:
                raise ValueError(f"{name}: {row['path']} no longer says of {row['entry']} what was labelled")
            found.append(_Labelled(row["language"], text, _ids(row["must"]), _ids(row["may"])))
    return found, missing


def _ids(text: str) -> frozenset[str]:
    every = frozenset(industry.id for industry in industries())
    return every if text == "any" else frozenset(text.split(",") if text else ())


def _count(labelled: list[_Labelled], answers: list[frozenset[str]]) -> _Counts:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for one, answer in zip(labelled, answers, strict=True):
        right.update(answer & one.must)
        wrong.update(answer - one.must - one.may)
        missed.update(one.must - answer)
    return _Counts(right, wrong, missed)


def _rules() -> Callable[[Said], frozenset[str]]:
    judge = Industries()

    def answer(text: Said) -> frozenset[str]:
        name, description = (Text(part[:_READ_CHARS]) for part in text)
        return frozenset(label.id for label in judge.labels(name, description, (), None))

    return answer


def _table(half: str, labelled: list[_Labelled]) -> Table:
    answers = [*map(_rules(), (one.said for one in labelled))]
    counts = _count(labelled, answers)
    table = Table(
        title=f"industries, {half}: {len(labelled)} events", columns=("industry", "events", "precision", "recall", "F1")
    )
    few = []
    for industry in industries():
        right = counts.right[industry.id]
        of = right + counts.missed[industry.id]
        if of < FEW:
            few.append(f"{industry.id} ({of})")
        if of == 0:
            continue
        precision = rate(right, right + counts.wrong[industry.id])
        table.rows.append((industry.id, str(of), precision, rate(right, of), f"{counts.f1(industry.id):.3f}"))
    if few:
        table.notes.append(f"fewer than {FEW} events: {', '.join(few)}")
    languages = Counter(one.language for one in labelled)
    for language, count in languages.most_common():
        of_it = [(one, answer) for one, answer in zip(labelled, answers, strict=True) if one.language == language]
        counts = _count([one for one, _ in of_it], [answer for _, answer in of_it])
        table.notes.append(f"{language}: {count} events, micro-F1 {counts.micro_f1():.3f}")
    return table


def _systems(half: str, labelled: list[_Labelled]) -> Table:
    """The rules beside the answer that is right most often."""
    often = Counter(industry for one in labelled for industry in one.must).most_common(1)[0][0]
    table = Table(
        title=f"industries, {half}: systems", columns=("system", "macro-F1", "micro-F1", "abstentions", "worst five")
    )
    systems: dict[str, Callable[[Said], frozenset[str]]] = {
        "rules": _rules(),
        f"always {often}": lambda _: frozenset([often]),
    }
    for name, system in systems.items():
        answers = [*map(system, (one.said for one in labelled))]
        counts = _count(labelled, answers)
        silent = sum(not answer and bool(one.must) for one, answer in zip(labelled, answers, strict=True))
        worst = sorted(counts.right.keys() | counts.missed.keys(), key=counts.f1)[:5]
        told = ", ".join(f"{industry} {counts.f1(industry):.2f}" for industry in worst)
        table.rows.append((name, f"{counts.macro_f1():.3f}", f"{counts.micro_f1():.3f}", str(silent), told))
    return table
