"""What is known of Chicago's pages, read by declared selectors: see city_scrapers_suite."""

import pytest

from tests.readers.city_scrapers_suite import scores, sources
from tests.readers.scoring import Score

SCORES = list(scores())


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.case)
def test_a_page_gives_what_is_known_of_it(score: Score) -> None:
    assert score.wrong == []
    assert score.right > 0


def test_every_declared_page_is_compared():
    assert len(SCORES) == len(sources()) >= 25
