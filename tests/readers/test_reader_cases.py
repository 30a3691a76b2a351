"""Every case under tests/cases/readers (see case_folders), and the share of what the readers get right."""

from pathlib import Path
from typing import Any

import pytest

from crawlers.readers import READERS
from hobnob.errors import ReadError
from hobnob.observations import Follow, Observation, Skipped
from tests.readers.case_folders import CASES, NOW, differences, expectation, folders, plain, read
from tests.readers.scoring import all_scores, table


def every_case(*, readable: bool = False) -> list[Any]:
    found = [folder for folder in folders() if not readable or "error" not in expectation(folder)]
    return [pytest.param(folder, id=f"{folder.parent.name}/{folder.name}") for folder in found]


def test_99_of_100_fields_are_right_in_each_reader() -> None:
    found = list(all_scores())
    names = {score.reader for score in found}
    assert {name.partition(" by ")[0] for name in names} == set(READERS)
    for name in names:
        right = sum(score.right for score in found if score.reader == name)
        wrong = sum(len(score.wrong) for score in found if score.reader == name)
        assert right / (right + wrong) >= 0.99, table(found)


@pytest.mark.parametrize("folder", every_case())
def test_case(folder: Path) -> None:
    expected = expectation(folder)
    if "error" in expected:
        with pytest.raises(ReadError) as raised:
            read(folder)
        assert expected["error"] in str(raised.value)
        return
    readings = read(folder)
    events = [one for one in readings if isinstance(one, Observation)]
    assert len(events) == expected["count"]
    assert len({one.uid for one in events}) >= expected.get("distinct_uids", 0)
    wrong = [
        text
        for number, event in expected.get("events", {}).items()
        for text in differences(event, plain(events[int(number)]), f"event {number}")
    ]
    assert not wrong
    skipped = [one for one in readings if isinstance(one, Skipped)]
    wanted = expected.get("skipped", [])
    assert [one.line for one in skipped] == [one["line"] for one in wanted]
    assert all(one["reason"] in found.reason for one, found in zip(wanted, skipped, strict=True))
    assert [[one.url, one.as_what] for one in readings if isinstance(one, Follow)] == expected.get("follow", [])


@pytest.mark.parametrize("folder", every_case(readable=True))
def test_every_observation_says_where_it_is_from(folder: Path) -> None:
    readings = [one for one in read(folder) if isinstance(one, (Observation, Skipped))]
    assert {one.source for one in readings} <= {"a-source"}
    assert all(one.source_url for one in readings)
    for one in readings:
        if isinstance(one, Observation):
            assert one.fetched_at == NOW
            assert one.reader
            assert one.reader.rpartition("/")[2].isdigit()


def test_cases_are_found_and_accounted_for() -> None:
    listed = {line.split("\t")[0] for line in (CASES / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]}
    assert listed == {f"{path.parent.parent.name}/{path.parent.name}" for path in CASES.glob("*/*/expected.json")}
    assert len(listed) > 40
