"""Figures of accuracy, against values worked out elsewhere, and their printing."""

import pytest

from bench.accuracy import __main__ as program
from bench.accuracy import figures
from bench.accuracy.tables import Table


@pytest.mark.parametrize(
    ("right", "of", "below", "above"),
    [
        # Newcombe (1998), table I, method 3: the score interval.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson(right: int, of: int, below: float, above: float) -> None:
    assert figures.wilson(right, of) == pytest.approx((below, above), abs=0.00005)


def test_wilson_of_all_and_of_nothing() -> None:
    assert figures.wilson(20, 20)[1] == 1.0
    assert figures.wilson(0, 0) == (0.0, 1.0)
    assert figures.rate(0, 0) == "–"


def test_confusion() -> None:
    counts = figures.Confusion()
    for truth, answer in [(True, True), (True, True), (True, False), (True, None), (False, True), (False, None)]:
        counts.add(truth, answer)
    assert (counts.true_positives, counts.false_negatives) == (2, 2)
    assert (counts.false_positives, counts.true_negatives, counts.abstained) == (1, 1, 2)
    assert counts.precision.startswith("0.667 (")
    assert counts.recall.startswith("0.500 (")


def test_macro_f1_weighs_classes_alike() -> None:
    truths = {1: ["a"], 2: ["a"], 3: ["a"], 4: ["b"], 5: ["c", "a"]}
    answers = {1: ["a"], 2: ["a"], 3: ["a", "b"], 4: ["b"]}
    # a: 3 right of 4, 3 said; b: 1 right of 1, 2 said; c: never said.
    assert figures.class_f1(truths, answers) == pytest.approx({"a": 6 / 7, "b": 2 / 3, "c": 0.0})
    assert figures.macro_f1(truths, answers) == pytest.approx((6 / 7 + 2 / 3) / 3)


def test_b_cubed() -> None:
    truth = {1: "x", 2: "x", 3: "x", 4: "y"}
    found = {1: "p", 2: "p", 3: "q", 4: "q"}
    # precision: 1, 1, 1/2, 1/2; recall: 2/3, 2/3, 1/3, 1
    assert figures.b_cubed(truth, found) == pytest.approx((3 / 4, 2 / 3))


def test_a_table_is_aligned() -> None:
    table = Table(title="Rules", columns=("rule", "recall"), rows=[("ours", "0.95"), ("by name", "1")], notes=["so"])
    assert str(table) == "Rules\n-----\nrule     recall\nours       0.95\nby name       1\n  so"


def test_questions_that_there_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["weather"])
    assert ended.value.code == 2
    assert "no such question: weather" in capsys.readouterr().err
