"""All 302 lists of confs.tech (tests/cases/confs-tech)."""

from tests.readers.confs_tech_suite import COUNTS, FILES, scores


def test_every_conference_of_every_list() -> None:
    found = list(scores())
    right, wrong = sum(one.right for one in found), [f"{one.case}: {text}" for one in found for text in one.wrong]
    assert len(found) == len(FILES) == sum(map(len, COUNTS.values())) == 302
    assert right > 40_000
    assert not [text for text in wrong if " conferences of " in text]
    assert len(wrong) < 0.001 * right, wrong[:20]
