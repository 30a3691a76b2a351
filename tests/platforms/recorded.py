"""The recorded cases of platforms: tests/cases/platforms/PLATFORM/CASE (tests/cases/platforms/README.md)."""

import datetime as dt
import json
import mimetypes
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.platforms.player import Answer

__all__ = ["CASES", "Case", "cases", "load"]

CASES = Path(__file__).parents[1] / "cases" / "platforms"

_DAY = re.compile(r"\{today(?:([+-]\d+)d)?(?::([^}]+))?\}")
_TYPES = {".ics": "text/calendar", ".json": "application/json", ".xml": "application/xml", ".md": "text/markdown"}
_KEYS = {"made", "provenance", "licence", "note", "now", "home", "also", "key", "source", "answer", "change"}
_ANSWER_KEYS = {"url", "file", "body", "type", "status", "headers", "wants"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One recorded site; `answers` are as they were, `changed` as they are after the case's change.

    `source` is the table `[source]`, None for a platform that is closed; `change` the table `[change]`; `expected` is
    expected.json.
    """

    platform: str
    name: str
    now: dt.datetime
    home: str
    also: frozenset[str]
    key: str | None
    source: Mapping[str, Any] | None
    answers: tuple[Answer, ...]
    changed: tuple[Answer, ...]
    change: Mapping[str, Any]
    expected: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.platform}/{self.name}"


def cases(root: Path = CASES) -> list[Case]:
    return [load(path.parent) for path in sorted(root.glob("*/*/case.toml"))]


def load(folder: Path) -> Case:
    """The case of `folder`; raises ValueError naming the folder when it is not as the README says."""
    try:
        return _load(folder)
    except (KeyError, TypeError, OSError, ValueError) as error:
        raise ValueError(f"{folder}: {type(error).__name__}: {error}") from error


def _load(folder: Path) -> Case:
    table = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    _known(table, _KEYS)
    if table.get("made") is not True and not (table.get("provenance") and table.get("licence")):
        raise ValueError("says neither made = true nor its provenance and licence")
    now = table["now"]
    if not isinstance(now, dt.datetime) or now.utcoffset() is None:
        raise ValueError("now is no time with an offset")
    source, change = table.get("source"), table.get("change", {})
    _known(change, {"file", "from", "to", "events", "gives"})
    answers = table.get("answer", [])
    return Case(
        platform=folder.parent.name,
        name=folder.name,
        now=now,
        home=table["home"],
        also=frozenset(table.get("also", ())),
        key=table.get("key"),
        source=source,
        answers=tuple(_answer(one, folder, now, {}) for one in answers),
        changed=tuple(_answer(one, folder, now, change) for one in answers) if change else (),
        change=change,
        expected=json.loads((folder / "expected.json").read_text("utf-8")) if source else {},
    )


def _answer(table: Mapping[str, Any], folder: Path, now: dt.datetime, change: Mapping[str, Any]) -> Answer:
    _known(table, _ANSWER_KEYS)
    if "file" in table:
        body = (folder / table["file"]).read_bytes()
        if change and change["file"] == table["file"]:
            body = _replaced(body, change["from"].encode(), change["to"].encode())
    else:
        body = table.get("body", "").encode()
    return Answer(
        url=_DAY.sub(lambda found: _day(found, now), table["url"]),
        body=body,
        type=table.get("type") or _type_of(table.get("file", "")),
        status=table.get("status", 200),
        headers=table.get("headers", {}),
        wants=table.get("wants", {}),
    )


def _day(found: re.Match[str], now: dt.datetime) -> str:
    """`{today+90d:%m/%d/%Y}` by the clock of the case."""
    return (now.date() + dt.timedelta(days=int(found[1] or 0))).strftime(found[2] or "%Y-%m-%d")


def _replaced(body: bytes, before: bytes, after: bytes) -> bytes:
    if before not in body:
        raise ValueError(f"[change] from {before.decode()!r} is not in the file")
    return body.replace(before, after)


def _type_of(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "text/html"


def _known(table: Mapping[str, Any], keys: set[str]) -> None:
    if unknown := set(table) - keys:
        raise ValueError(f"unknown key {min(unknown)!r}")
