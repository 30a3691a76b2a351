"""The cases of tests/cases/readers: an input, and beside it what a person reads in it (`expected.json`).

`count` is the number of events, `events` what some of them say, by their place in the order: only the fields named are
compared. `skipped` and `follow` are complete; `error` is a part of the ReadError's message. `context` holds fields of
the Context.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from crawlers.readers import Context, Reading, reader
from hobnob.moments import Moment
from hobnob.observations import Observation
from hobnob.sources import Pick
from tests.readers.scoring import Score

__all__ = ["CASES", "NOW", "differences", "expectation", "folders", "leaves", "plain", "read", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "readers"
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def folders() -> list[Path]:
    return [path.parent for path in sorted(CASES.glob("*/*/expected.json"))]


def expectation(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return found


def read(folder: Path) -> list[Reading]:
    """What the reader called like the parent of `folder` reads in its input."""
    (path,) = folder.glob("input.*")
    values = {"now": NOW, "source": "a-source", "url": f"https://example.org/{path.name}"}
    values |= expectation(folder).get("context", {})
    if "since" in values:
        values["since"] = dt.date.fromisoformat(values["since"])
    if "fields" in values:
        picks = {
            name: Pick(at=pick) if isinstance(pick, str) else Pick(**pick) for name, pick in values["fields"].items()
        }
        values["fields"] = picks
    return list(reader(folder.parent.name)(path.read_bytes(), Context(**values)))


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


def leaves(expected: Any) -> int:
    """How many values `differences` compares."""
    return sum(leaves(value) for value in expected.values()) if isinstance(expected, dict) else 1


def scores() -> Iterator[Score]:
    for folder in folders():
        expected = expectation(folder)
        if "error" in expected:
            continue
        events = [plain(one) for one in read(folder) if isinstance(one, Observation)]
        wrong, total = [], 0
        for number, event in expected.get("events", {}).items():
            total += leaves(event)
            found = events[int(number)] if int(number) < len(events) else {}
            wrong += differences(event, found, f"event {number}")
        yield Score(folder.parent.name, folder.name, total - len(wrong), wrong)
