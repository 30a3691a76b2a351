"""The calendars that other projects test with: every field that they, or a person, expect is read."""

import pytest

from tests.readers import calagator_suite, icalendar_suite, openacalendar_suite
from tests.readers.scoring import Score

SCORES = [*calagator_suite.scores(), *openacalendar_suite.scores(), *icalendar_suite.scores()]


@pytest.mark.parametrize("score", [pytest.param(one, id=one.case) for one in SCORES])
def test_all_is_as_expected(score: Score) -> None:
    assert score.right > 0
    assert score.wrong == []


def test_the_suites_are_whole() -> None:
    assert len(SCORES) > 75
    assert sum(score.right for score in SCORES) > 500
