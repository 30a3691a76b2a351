"""The test suite of microformats.org: all that it expects of events, cards and places."""

import pytest

from tests.readers.microformats_suite import FOLDER, scores
from tests.readers.scoring import Score

SCORES = {score.case: score for score in scores()}


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_all_fields_are_right(score: Score) -> None:
    assert not score.wrong
    assert score.right


def test_the_suite_is_all_there() -> None:
    assert len(list(FOLDER.glob("*/*/*.html"))) == 64
    # Four say of cards only what no Observation has: no name, no place.
    assert len(SCORES) == 60
