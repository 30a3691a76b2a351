"""What is known by the key of an observation, under another key: what it is part of, and what was decided by hand."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from indexer.catalogue.tables import decided, members, observations

__all__ = ["remember_as", "rename"]

_Key = tuple[bytes, str]

_OLD_GROUP: sa.BindParameter[bytes] = sa.bindparam("old_group")
_OLD_RECURRENCE: sa.BindParameter[str] = sa.bindparam("old_recurrence")
_NEW_GROUP: sa.BindParameter[bytes] = sa.bindparam("new_group")
_NEW_RECURRENCE: sa.BindParameter[str] = sa.bindparam("new_recurrence")
_MEMBERS = (
    members.delete().where(members.c.group_key == _NEW_GROUP, members.c.recurrence == _NEW_RECURRENCE),
    members.update()
    .where(members.c.group_key == _OLD_GROUP, members.c.recurrence == _OLD_RECURRENCE)
    .values(group_key=_NEW_GROUP, recurrence=_NEW_RECURRENCE),
)
_DECIDED = (
    decided.update()
    .where(decided.c.group_key == _OLD_GROUP, decided.c.recurrence == _OLD_RECURRENCE)
    .values(group_key=_NEW_GROUP, recurrence=_NEW_RECURRENCE),
    decided.update()
    .where(decided.c.other_group == _OLD_GROUP, decided.c.other_recurrence == _OLD_RECURRENCE)
    .values(other_group=_NEW_GROUP, other_recurrence=_NEW_RECURRENCE),
)
_OBSERVATIONS = (
    observations.update()
    .where(observations.c.group_key == _OLD_GROUP, observations.c.recurrence == _OLD_RECURRENCE)
    .values(group_key=_NEW_GROUP, recurrence=_NEW_RECURRENCE, pending=True)
)


def rename(connection: Connection, pairs: Sequence[tuple[_Key, _Key]]) -> None:
    """Gives stored observations another key, from old to new; they wait to be identified again."""
    if pairs:
        connection.execute(_OBSERVATIONS, _parameters(pairs))
        remember_as(connection, pairs)


def remember_as(connection: Connection, pairs: Sequence[tuple[_Key, _Key]]) -> None:
    """The same for what is remembered of them alone: the event that each is part of, and decisions by hand."""
    for statement in (*_MEMBERS, *_DECIDED):
        connection.execute(statement, _parameters(pairs))


def _parameters(pairs: Sequence[tuple[_Key, _Key]]) -> list[dict[str, bytes | str]]:
    return [
        {"old_group": old[0], "old_recurrence": old[1], "new_group": new[0], "new_recurrence": new[1]}
        for old, new in pairs
    ]
