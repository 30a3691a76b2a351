"""Rates with their intervals, and what is made of counts of right and wrong answers."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Confusion", "b_cubed", "class_f1", "macro_f1", "rate", "wilson"]

_Thing = TypeVar("_Thing", bound=Hashable)
_Z = 1.959964  # 95 %, two-sided


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, the score interval without correction); (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    centre = share + square / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    below = 0.0 if right == 0 else (centre - spread) / (1 + square / of)
    above = 1.0 if right == of else (centre + spread) / (1 + square / of)
    return below, above


def rate(right: int, of: int) -> str:
    """A share as people read it, "0.953 (0.921–0.973)"; "–" of nothing."""
    if of == 0:
        return "–"
    below, above = wilson(right, of)
    return f"{right / of:.3f} ({below:.3f}–{above:.3f})"


@dataclass(slots=True)
class Confusion:
    """Answers to a question of yes or no, counted; `abstained` when yes was the truth, or no."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0
    true_negatives: int = 0
    abstained: int = 0

    def add(self, truth: bool, answer: bool | None) -> None:
        """None is an abstention: it counts as no, and is counted beside."""
        self.abstained += answer is None
        match truth, bool(answer):
            case True, True:
                self.true_positives += 1
            case True, False:
                self.false_negatives += 1
            case False, True:
                self.false_positives += 1
            case _:
                self.true_negatives += 1

    @property
    def precision(self) -> str:
        return rate(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> str:
        return rate(self.true_positives, self.true_positives + self.false_negatives)


def class_f1(truths: Mapping[_Thing, Iterable[str]], answers: Mapping[_Thing, Iterable[str]]) -> dict[str, float]:
    """F1 by class, for every class that is the truth of something; of things with one label or several.

    Both map a thing to its labels; a thing without an answer counts against recall.
    """
    right: Counter[str] = Counter()
    true: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for thing, labels in truths.items():
        is_true, is_said = set(labels), set(answers.get(thing, ()))
        true.update(is_true)
        said.update(is_said)
        right.update(is_true & is_said)
    return {label: 2 * right[label] / (true[label] + said[label]) for label in sorted(true)}


def macro_f1(truths: Mapping[_Thing, Iterable[str]], answers: Mapping[_Thing, Iterable[str]]) -> float:
    """The mean of `class_f1`: every class weighs the same."""
    scores = class_f1(truths, answers)
    return sum(scores.values()) / len(scores) if scores else 0.0


def b_cubed(truth: Mapping[_Thing, Hashable], found: Mapping[_Thing, Hashable]) -> tuple[float, float]:
    """Precision and recall of clusters (Bagga and Baldwin 1998): the mean over things of how much of the cluster that
    each was put in belongs with it, and how much of what belongs with it is there. Both map the same things to the
    name of their cluster.
    """
    both = Counter((truth[thing], found[thing]) for thing in truth)
    of_truth, of_found = Counter(truth.values()), Counter(found[thing] for thing in truth)
    count = len(truth)
    if not count:
        return 0.0, 0.0
    precision = sum(n * n / of_found[mine] for (_, mine), n in both.items()) / count
    recall = sum(n * n / of_truth[theirs] for (theirs, _), n in both.items()) / count
    return precision, recall
