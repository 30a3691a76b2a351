"""Statements that thousands of values go through, past what SQLAlchemy does for each of them.

The text of a statement is made once, and the values go to the driver as they are. Only for columns whose values the
drivers take and give back themselves: numbers, text, bytes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

__all__ = ["Lookup", "gathered", "write_rows"]

_AT_ONCE = 5000
_VALUES = "IN (__[POSTCOMPILE_values])"


class gathered(FunctionElement[str]):  # noqa: N801 - in a query it is written as a function
    """All numbers of a group as one text, with commas between them."""

    type = sa.Text()
    inherit_cache = True


@compiles(gathered)
def _gathered(element: gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg(CAST({compiler.process(element.clauses, **options)} AS TEXT), ',')"


@compiles(gathered, "sqlite")
def _gathered_sqlite(element: gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


class Lookup:
    """All rows of a query in which a column has one of many values, in no order."""

    def __init__(self, query: sa.Select[Any], column: sa.ColumnElement[Any]) -> None:
        self._query = query.where(column.in_(sa.bindparam("values", expanding=True)))
        self._texts: dict[str, str] = {}

    def rows(self, connection: Connection, values: Collection[Any]) -> Iterator[Any]:
        text = self._texts.get(connection.dialect.name) or self._text(connection.dialect)
        remaining = iter(values)
        while some := list(islice(remaining, _AT_ONCE)):
            if connection.dialect.name == "sqlite":
                marks = ",".join("?" * len(some))
                yield from connection.exec_driver_sql(text.replace(_VALUES, f"IN ({marks})"), tuple(some)).all()
            else:
                yield from connection.exec_driver_sql(text.replace(_VALUES, "= ANY(%s)"), (some,)).all()

    def _text(self, dialect: Dialect) -> str:
        text = self._texts[dialect.name] = str(self._query.compile(dialect=dialect))
        return text


class _Written(NamedTuple):
    """A statement as text: the names of its parameters in their order, if they go by that, and those that are set."""

    text: str
    order: Sequence[str] | None
    constants: dict[str, Any]


_written: dict[tuple[str, sa.UpdateBase], _Written] = {}


def write_rows(connection: Connection, statement: sa.UpdateBase, rows: Sequence[Mapping[str, Any]]) -> None:
    """Runs an insert, update or delete, which lives as long as the program, once for each of the rows.

    These have the same keys each time that it is run.
    """
    if not rows:
        return
    known = _written.get((connection.dialect.name, statement))
    if known is None:
        known = _written[connection.dialect.name, statement] = _write(connection.dialect, statement, rows[0])
    text, order, constants = known
    whole = [{**constants, **row} for row in rows] if constants else rows
    if order is None:
        connection.exec_driver_sql(text, [dict(row) for row in whole])
    else:
        connection.exec_driver_sql(text, [tuple([row[name] for name in order]) for row in whole])


def _write(dialect: Dialect, statement: sa.UpdateBase, row: Mapping[str, Any]) -> _Written:
    compiled = statement.compile(dialect=dialect, column_keys=[*row])
    assert isinstance(compiled, SQLCompiler)
    constants = {name: value for name, value in compiled.params.items() if name not in row}
    return _Written(str(compiled), compiled.positiontup if compiled.positional else None, constants)
