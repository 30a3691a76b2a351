"""What a measurement is told and what it answers: options in, tables out."""

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["HALVES", "Options", "Table"]

HALVES = ("dev", "held-out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`lists`: a folder of clones, for data that we may name but not pass on; None when there is none."""

    halves: tuple[str, ...] = HALVES
    lists: Path | None = None


@dataclass(slots=True, kw_only=True)
class Table:
    """Rows of text under a title; the first column is flush left, the others right. Notes follow below."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        cells = [self.columns, *self.rows]
        widths = [max(len(row[column]) for row in cells) for column in range(len(self.columns))]
        lines = [self.title, "-" * len(self.title)]
        lines += [_line(row, widths) for row in cells]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([row[0].ljust(len(first)), *others]).rstrip()
