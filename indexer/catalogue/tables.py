"""The tables of the catalogue.

Instants are whole microseconds since 1970-01-01 UTC. A group is what one source calls by one UID: a series and its
overrides; `group_key` is a digest of both names, short enough to be looked up by the hundred. Bodies are the JSON of
hobnob.jsonlines without the fields that have their default value, kept apart from the rows that every crawl touches.
"""

import sqlalchemy as sa

__all__ = [
    "absence",
    "aliases",
    "blocks",
    "changes",
    "changes_at",
    "components",
    "contents",
    "decided",
    "decisions",
    "doubts",
    "events",
    "fetches",
    "judged_by",
    "members",
    "meta",
    "metadata",
    "observations",
    "outdated",
    "parts",
    "sources",
    "upkeep",
]

metadata = sa.MetaData()
_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_digest = sa.LargeBinary(16)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

#: Of a source: how it is crawled by itself. `every` is what was declared when `due_at` was planned, `interval` what is
#: in force, both in seconds; `standing` is the breaker's, as JSON; `problem` and `moved_to` are the last report's.
upkeep = (
    sa.Column("every", sa.BigInteger),
    sa.Column("interval", sa.BigInteger),
    sa.Column("due_at", sa.BigInteger),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", sa.BigInteger),
    sa.Column("standing", sa.Text),
    sa.Column("suspicious", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Column("moved_to", sa.Text),
)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("title", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("last_fetch", sa.BigInteger),
    sa.Column("last_success", sa.BigInteger),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("report", sa.Text),
    *upkeep,
)

fetches = sa.Table(
    "fetches",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.UniqueConstraint("source", "started_at"),
)

#: Of an observation: in how many healthy crawls of its source it was missed since it was last seen, and what follows;
#: -1 when it had begun before it was missed, and so is no longer waited for.
absence = (
    sa.Column("missed", sa.Integer, nullable=False, server_default="0"),
    sa.Column("presence", sa.Text, nullable=False, server_default="present"),
)

observations = sa.Table(
    "observations",
    metadata,
    sa.Column("id", _id, primary_key=True, autoincrement=False),
    sa.Column("group_key", _digest, nullable=False),
    sa.Column("recurrence", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("uid", sa.Text, nullable=False),
    sa.Column("hash", _digest, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("first_seen", sa.BigInteger, nullable=False),
    sa.Column("last_seen", sa.BigInteger, nullable=False),
    sa.Column("pending", sa.Boolean, nullable=False),
    sa.Column("problem", sa.Text),
    sa.Column("component", sa.Text),
    *absence,
    sa.UniqueConstraint("group_key", "recurrence"),
)
sa.Index(
    "observations_pending",
    observations.c.id,
    sqlite_where=observations.c.pending.is_(True),
    postgresql_where=observations.c.pending.is_(True),
)
#: What a crawl asks for before it reads a source again; most sources have no components.
components = sa.Index(
    "observations_components",
    observations.c.source,
    observations.c.component,
    sqlite_where=observations.c.component.is_not(None),
    postgresql_where=observations.c.component.is_not(None),
)

#: What a source said, by when it was last seen: what it no longer shows is asked for after each of its crawls.
last_seen = sa.Index("observations_last_seen", observations.c.source, observations.c.last_seen, observations.c.missed)

contents = sa.Table(
    "contents",
    metadata,
    sa.Column("observation_id", _id, primary_key=True, autoincrement=False),
    sa.Column("body", sa.Text, nullable=False),
)

#: Of an event: the version of the rules that judged it.
judged_by = (sa.Column("rules", sa.Integer, nullable=False, server_default="0"),)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("presence", sa.Text, nullable=False, index=True),
    sa.Column("recurring", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    *judged_by,
)
#: What is counted of those that older rules judged: all else is read with the body.
outdated = sa.Index("events_rules", events.c.rules, events.c.presence)
sa.Index(
    "events_recurring",
    events.c.id,
    sqlite_where=events.c.recurring.is_(True),
    postgresql_where=events.c.recurring.is_(True),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("group_key", _digest, primary_key=True),
    sa.Column("recurrence", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("minted", sa.Text),
    sqlite_with_rowid=False,
)

#: `body` is the event as it last was: a split gives it back its id, its sequence and its beginning.
aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("alias", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
)

#: What one source says of one event, as it is compared with others: `id` is the observation's that it stands for,
#: `blocks` are the keys under which it is found (packed, eight bytes each), `days` says when it is (identity.days),
#: `rules` is the version that made them.
parts = sa.Table(
    "parts",
    metadata,
    sa.Column("id", _id, primary_key=True, autoincrement=False),
    sa.Column("traits", sa.Text, nullable=False),
    sa.Column("blocks", sa.LargeBinary, nullable=False),
    sa.Column("days", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("rules", sa.Integer, nullable=False),
)

#: Whom to compare with whom; the days of a part are here too, so that those that cannot be the same are not read.
blocks = sa.Table(
    "blocks",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("part", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("days", sa.BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

#: Parts that may speak of one event, or not: a person may decide.
doubts = sa.Table(
    "doubts",
    metadata,
    sa.Column("one", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("other", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Decisions by hand, and the observations that they are about: pairs for "merge" and "split", single ones for "hide".
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", _id, primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("undone_at", sa.BigInteger),
    sqlite_autoincrement=True,
)
decided = sa.Table(
    "decided",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, index=True),
    sa.Column("group_key", _digest, nullable=False, index=True),
    sa.Column("recurrence", sa.Text, nullable=False),
    sa.Column("other_group", _digest, index=True),
    sa.Column("other_recurrence", sa.Text),
)

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("number", _id, primary_key=True),
    sa.Column("event_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("changes_of_event", changes.c.event_id, changes.c.number)
changes_at = sa.Index("changes_at", changes.c.at, changes.c.number)
