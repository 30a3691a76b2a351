"""Events from a table as text: RFC 4180, and what spreadsheets and people make of it.

The delimiter may be a comma, semicolon, tab or bar. `at` of a declared field is the name of a column as the header row
has it, but for its case and spaces, or the number of the column, counted from 1; an empty one is the whole row. Lines
before the header are passed over. A cell is text, a formula too; a Markdown or HTML link in it gives its text and its
address.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from crawlers.readers import Context, Reading
from crawlers.readers.charset import decoded
from crawlers.readers.declared.row_dates import DATE_FIELDS
from crawlers.readers.declared.rows import observations
from crawlers.readers.declared.values import Entry, Value, linked
from crawlers.readers.faults import skipped
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError
from hobnob.observations import Skipped

__all__ = ["VERSION", "read"]

VERSION = "csv/1"

LONGEST_ROW = 1_000_000
"""The most characters of a row; a longer one is left out."""

MOST_COLUMNS = 2000
"""So many columns are read."""

_DELIMITERS = ",;\t|"
_HEAD_ROWS = 50
_HEAD = 100_000
_MOST_FAULTS = 100
_NO_TABLE = ("an HTML page", "an XML document", "an RSS or Atom feed", "a calendar")


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of the table; rows that are broken or too long, and declared columns that are not there, as Skipped.

    Raises ReadError when it is no text, or has none of the columns declared for names or dates.
    """
    text = decoded(data, context.content_type)
    if "\x00" in text[:4096] or (text[:100].lstrip().startswith(("<", "BEGIN:")) and looks_like(data) in _NO_TABLE):
        raise ReadError(f"no table: it looks like {looks_like(data)}")
    table = _layout(text, {_folded(pick.at) for pick in context.fields.values() if pick.at})
    _check(table, context)
    for name in sorted(table.missing):
        yield skipped(f"no column is called {name!r}", context)
    rows = _rows(text, table, context)
    entries = (one if isinstance(one, Skipped) else _entry(one[1], one[0], table.columns) for one in rows)
    yield from observations(entries, context.fields, context, version=VERSION)


@dataclass(frozen=True, slots=True)
class _Table:
    """How the table is laid out: its header is on line `header`; `missing` are the declared names without a column."""

    delimiter: str
    header: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


def _layout(text: str, names: set[str]) -> _Table:
    """The delimiter and the row by which most of the declared names are columns; where all columns are declared by
    number, the delimiter that cuts most rows into equally many."""
    best, most = _Table(","), 0
    for delimiter in _DELIMITERS:
        parsed = islice(_parsed(_Lines(text[:_HEAD]), delimiter), _HEAD_ROWS)
        head = [(number, row) for number, row in parsed if isinstance(row, list)]
        if not names or all(name.isdigit() for name in names):
            widths = [len(row) for _, row in head if len(row) > 1]
            often = max((widths.count(width) for width in set(widths)), default=0)
            if often > most:
                best, most = _Table(delimiter), often
            continue
        for number, row in head:
            columns: dict[str, int] = {}
            for place, cell in enumerate(row[:MOST_COLUMNS]):
                columns.setdefault(_folded(cell), place)
            known = names & columns.keys()
            if len(known) > most:
                missing = frozenset(name for name in names - known if not name.isdigit())
                best, most = _Table(delimiter, number, columns, missing), len(known)
    return best if most else _Table(best.delimiter, missing=frozenset(name for name in names if not name.isdigit()))


def _check(table: _Table, context: Context) -> None:
    """Raises ReadError when nothing could have a name, or nothing a date."""
    if not context.fields:
        raise ReadError(
            "a table, and nothing says in which columns its names and dates stand",
            hint="declare it as a source with [source.fields]: see docs/declare-a-source.md",
        )
    for group in (("name",), DATE_FIELDS):
        picks = [pick for name in group if (pick := context.fields.get(name)) is not None]
        if picks and all(pick.at and pick.value is None and _folded(pick.at) in table.missing for pick in picks):
            names = " or ".join(repr(pick.at) for pick in picks)
            there = ", ".join(repr(line(name, 40)) for name in islice(filter(None, table.columns), 30))
            raise ReadError(f"no column is called {names}", hint=f"the columns are {there}" if there else None)


def _entry(row: Sequence[str], number: int, columns: dict[str, int]) -> Entry:
    def find(at: str) -> list[Value]:
        if not at:
            return [linked(", ".join(filter(None, (cell.strip() for cell in row))))]
        place = columns.get(_folded(at))
        if place is None and at.isascii() and at.isdigit():
            place = int(at) - 1
        return [linked(row[place])] if place is not None and 0 <= place < len(row) else []

    return Entry(find, number)


def _rows(text: str, table: _Table, context: Context) -> Iterator[tuple[int, Sequence[str]] | Skipped]:
    """The rows below the header with the line each begins on, counted from 1; as Skipped what is wrong with one."""
    wide = False
    for number, row in _parsed(_Lines(text), table.delimiter):
        if number <= table.header:
            continue
        if isinstance(row, str):
            yield skipped(row, context, number)
            continue
        if len(row) > MOST_COLUMNS and not wide:
            wide = True
            yield skipped(f"more than {MOST_COLUMNS} columns: the rest was left out", context, number)
        yield number, row[:MOST_COLUMNS]


class _Lines:
    """The lines of a text for csv.reader, which would read a row of any length: here one that is too long ends."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self.number = 0
        self._row_number = 0
        self._row_length = 0
        self._second_line = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        text = self._stream.readline(LONGEST_ROW)
        if not text:
            raise StopIteration
        self.number += 1
        whole = text.endswith(("\n", "\r")) or len(text) < LONGEST_ROW
        while not whole:
            rest = self._stream.readline(LONGEST_ROW)
            whole = not rest or rest.endswith(("\n", "\r"))
        if not self._row_length:
            self._row_number, self._second_line = self.number, self._stream.tell()
        self._row_length += len(text)
        if self._row_length >= LONGEST_ROW:
            raise csv.Error(f"longer than {LONGEST_ROW} characters")
        return text

    def begin_row(self) -> int:
        """The line on which the row begins that is read next."""
        self._row_length = 0
        return self.number + 1

    def back_to_second_line(self) -> None:
        """To the line after the one on which the row that failed began: its quote may never have ended."""
        self._stream.seek(self._second_line)
        self.number = self._row_number


def _parsed(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of its first line; for one that cannot be read, the reason."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    faults = 0
    while True:
        number = lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults += 1
            yield number, f"row cannot be read: {error}"
            if faults == _MOST_FAULTS:
                yield number, f"more than {_MOST_FAULTS} broken rows: the rest was left out"
                return
            lines.back_to_second_line()
            continue
        yield number, row


def _folded(name: str) -> str:
    return line(name).casefold().strip(" *_:")
