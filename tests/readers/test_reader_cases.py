"""Every case under tests/cases/readers: an input, and beside it what a person reads in it (`expected.json`).

`count` is the number of events, `events` what some of them say, by their place in the order: only the fields named are
compared. `skipped` and `follow` are complete; `error` is a part of the ReadError's message.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crawlers.readers import Context, Reading, reader
from hobnob.errors import ReadError
from hobnob.moments import Moment
from hobnob.observations import Follow, Observation, Skipped

CASES = Path(__file__).parents[1] / "cases" / "readers"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def every_case(*, readable: bool = False) -> list[Any]:
    paths = sorted(CASES.glob("*/*/expected.json"))
    folders = [path.parent for path in paths if not readable or b'"error"' not in path.read_bytes()]
    return [pytest.param(folder, id=f"{folder.parent.name}/{folder.name}") for folder in folders]


def read(folder: Path, context: dict[str, Any]) -> list[Reading]:
    (path,) = folder.glob("input.*")
    defaults = {"now": NOW, "source": "a-source", "url": f"https://example.org/{path.name}"}
    return list(reader(folder.parent.name)(path.read_bytes(), Context(**{**defaults, **context})))


def plain(value: Any) -> Any:
    """Observations as JSON has them, but Moments as one string."""
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return msgspec.to_builtins(value)


def differences(expected: Any, found: Any, path: str = "") -> list[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        return [text for key in expected for text in differences(expected[key], found.get(key), f"{path}.{key}")]
    return [] if expected == found else [f"{path}: expected {expected!r}, found {found!r}"]


@pytest.mark.parametrize("folder", every_case())
def test_case(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    if "error" in expected:
        with pytest.raises(ReadError) as raised:
            read(folder, expected.get("context", {}))
        assert expected["error"] in str(raised.value)
        return
    readings = read(folder, expected.get("context", {}))
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
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    readings = [one for one in read(folder, expected.get("context", {})) if isinstance(one, (Observation, Skipped))]
    assert {one.source for one in readings} <= {"a-source"}
    assert all(one.source_url for one in readings)
    for one in readings:
        if isinstance(one, Observation):
            assert one.fetched_at == NOW
            assert one.reader
            assert one.reader.rpartition("/")[2] == "1"


def test_cases_are_found_and_accounted_for() -> None:
    listed = {line.split("\t")[0] for line in (CASES / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]}
    assert listed == {f"{path.parent.parent.name}/{path.parent.name}" for path in CASES.glob("*/*/expected.json")}
    assert len(listed) > 40
