"""What a decision by hand changes, as a table: each event, what becomes of it, and each value before and after."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cli.table import Column, table

if TYPE_CHECKING:
    from indexer.identity.effects import Effect

__all__ = ["effects_table", "value_rows", "values_table"]

_COLUMNS = (
    Column("ID"),
    Column("Event", least=16, lines=3),
    Column("What"),
    Column("From", least=10, lines=4),
    Column("To", least=10, lines=4),
)
_WORDS = {
    "merged": "becomes part of",
    "split": "split off",
    "hidden": "hidden",
    "shown": "shown again",
    "unchanged": "stays as it is",
}

Row = tuple[str, str, str, str, str]


def effects_table(effects: Iterable["Effect"], width: int) -> Iterator[str]:
    """The lines of the table."""
    return values_table([row for effect in effects for row in _rows(effect)], width)


def values_table(rows: Iterable[Row], width: int) -> Iterator[str]:
    """A table of the id and name of an event, what happens, and a value before and after."""
    return table(_COLUMNS, rows, width)


def value_rows(
    event_id: str, name: str, whats: Iterable[Row], fields: Mapping[str, tuple[str | None, str | None]]
) -> Iterator[Row]:
    """The rows of one event, of which the first has its id and name; `whats` are those before its fields."""
    rows = [*whats, *(("", "", field, old or "", new or "") for field, (old, new) in fields.items())]
    for number, row in enumerate(rows):
        yield (event_id, name, *row[2:]) if number == 0 else row


def _rows(effect: "Effect") -> Iterator[Row]:
    whats: list[Row] = []
    if effect.what in _WORDS:
        old, new = (effect.other, effect.id) if effect.what == "split" else ("", effect.other)
        whats.append(("", "", _WORDS[effect.what], old or "", new or ""))
    if effect.sources:
        before, after = effect.sources
        whats += [("", "", "source", name, "") for name in before if name not in after]
        whats += [("", "", "source", "", name) for name in after if name not in before]
    return value_rows(effect.id, effect.name, whats, effect.fields)
