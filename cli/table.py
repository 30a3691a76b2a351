"""Tables for people: columns that fit the width of the terminal, whatever script their text is in."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click

from hobnob.printable import line

__all__ = ["Column", "columns_of", "fit", "labelled", "table", "wrapped"]

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`least` is how narrow the column may become when the table is too wide; None: it keeps its width.

    A `spare` column is left out, the last one first, when even then the table does not fit. What is too long for its
    column may take so many `lines`.
    """

    title: str
    least: int | None = None
    right: bool = False
    spare: bool = False
    lines: int = 1


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of a table that is at most `width` terminal columns wide, its header first.

    Cells are made safe for a terminal and cut with "…" where a column had to give way. Columns in which no row has
    anything are left out.
    """
    cells = [[line(cell) for cell in row] for row in rows]
    used = [number for number in range(len(columns)) if any(row[number] for row in cells)]
    columns, cells, widths = _only(used, columns, cells)
    while spare := [
        number for number, column in enumerate(columns) if column.spare and not _fits(columns, widths, width)
    ]:
        columns, cells, widths = _only([n for n in range(len(columns)) if n != spare[-1]], columns, cells)
    _narrow(widths, columns, width)
    yield click.style(_joined(columns, [column.title for column in columns], widths), bold=True)
    for row in cells:
        for part in _broken(columns, row, widths):
            yield _joined(columns, part, widths)


def labelled(facts: Iterable[tuple[str, Sequence[str]]], width: int) -> Iterator[str]:
    """Facts one below the other: a label, and beside it its values, each on lines of its own, wrapped to `width`."""
    known = [(label, values) for label, values in facts if values]
    indent = max((len(label) for label, _ in known), default=0) + _GAP
    for label, values in known:
        parts = [part for value in values for part in wrapped(line(value), width - indent)]
        for number, part in enumerate(parts):
            yield f"{'' if number else label:{indent}}{part}"


def columns_of(text: str) -> int:
    """How many terminal columns `text` takes: two for wide East Asian characters and emoji, none for combining ones.

    After Unicode UAX #11; an emoji made of several joined ones counts for more than some terminals show.
    """
    if text.isascii():
        return len(text)
    return sum(_columns_of_character(character) for character in text)


def fit(text: str, width: int) -> str:
    """`text` cut to `width` terminal columns, with "…" at the end where something was cut."""
    if columns_of(text) <= width:
        return text
    return f"{_beginning(text, width - 1).rstrip()}…"


def wrapped(text: str, width: int) -> Iterator[str]:
    """`text`, one line, as lines of at most `width` terminal columns, broken between words, long words anywhere."""
    current = ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if columns_of(joined) <= width:
            current = joined
            continue
        if current:
            yield current
        current = word
        while columns_of(current) > width:
            part = _beginning(current, width) or current[0]
            yield part
            current = current[len(part) :]
    if current:
        yield current


def _beginning(text: str, width: int) -> str:
    """As much of `text` as fits."""
    for position, character in enumerate(text):
        width -= _columns_of_character(character)
        if width < 0:
            return text[:position]
    return text


def _columns_of_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _only(
    kept: Sequence[int], columns: Sequence[Column], cells: list[list[str]]
) -> tuple[list[Column], list[list[str]], list[int]]:
    """The columns of these numbers, their cells, and how wide each would like to be."""
    columns = [columns[number] for number in kept]
    cells = [[row[number] for number in kept] for row in cells]
    widths = [
        max(columns_of(text) for text in (column.title, *(row[number] for row in cells)))
        for number, column in enumerate(columns)
    ]
    return columns, cells, widths


def _fits(columns: Sequence[Column], widths: Sequence[int], width: int) -> bool:
    """Whether the table can be made as narrow as `width`."""
    least = (
        natural if column.least is None else min(column.least, natural)
        for column, natural in zip(columns, widths, strict=True)
    )
    return sum(least) + _GAP * (len(columns) - 1) <= width


def _narrow(widths: list[int], columns: Sequence[Column], width: int) -> None:
    """Cuts down the widest of the columns that may shrink until the table fits."""
    excess = sum(widths) + _GAP * (len(columns) - 1) - width
    for _ in range(excess):
        able = [n for n, column in enumerate(columns) if column.least is not None and widths[n] > column.least]
        if not able:
            break
        widths[max(able, key=lambda n: widths[n])] -= 1


def _broken(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> Iterator[list[str]]:
    """A row as lines: of each cell the parts below one another, the last of them with all that is left."""
    cells = []
    for column, text, width in zip(columns, texts, widths, strict=True):
        parts = [text]
        if column.lines > 1 and columns_of(text) > width:
            parts = list(wrapped(text, width))
            parts[column.lines - 1 :] = [" ".join(parts[column.lines - 1 :])] if len(parts) >= column.lines else []
        cells.append(parts)
    for number in range(max(map(len, cells), default=0)):
        yield [parts[number] if number < len(parts) else "" for parts in cells]


def _joined(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for column, text, width in zip(columns, texts, widths, strict=True):
        shown = fit(text, width)
        space = " " * (width - columns_of(shown))
        padded.append(space + shown if column.right else shown + space)
    return (" " * _GAP).join(padded).rstrip()
