"""The indices of one prefix: numbered ones, and an alias for the one that is searched.

    hobnob-events  →  hobnob-events-000002        what searches ask
    hobnob-events-000002.writing  →  the same     what is written through: gone with its index, so that nobody who
                                                  was late makes an index by writing to it

A new index is filled beside the old one, and takes its place in one step. Numbered indices without the alias are what
an interrupted rebuild left.
"""

import re
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from hobnob.errors import EngineError
from indexer.engines.elasticsearch import mapping
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.failures import REBUILD, unusable

__all__ = ["Index", "Indices"]


@dataclass(frozen=True, slots=True)
class Index:
    """One index, and the alias that it is written through."""

    name: str

    @property
    def writing(self) -> str:
        return f"{self.name}.writing"


class Indices:
    """Finds, makes, swaps and removes indices. Raises EngineError."""

    def __init__(self, connection: Connection, prefix: str, shards: int, replicas: int) -> None:
        self.alias = f"{prefix}-events"
        self._connection = connection
        self._numbered = re.compile(rf"{re.escape(self.alias)}-(\d{{6}})\Z")
        self._body = mapping.body(shards, replicas)

    def current(self) -> Index | None:
        """The one that is searched, if it can be used; None when there is none yet."""
        found = self.described()
        if found is None:
            return None
        name, description = found
        if wrong := mapping.is_ours(description.get("mappings", {})):
            raise EngineError(f"the search index {name} cannot be used: {wrong}", hint=REBUILD)
        return Index(name)

    def described(self) -> tuple[str, dict[str, Any]] | None:
        """The name of the index behind the alias, and its aliases, mappings and settings."""
        try:
            with unusable("look at the search index", self._connection.access.shown):
                found = self._connection.ask(lambda client: client.indices.get(index=self.alias).body)
        except EngineError as error:
            if isinstance(error.__cause__, NotFoundError):
                return None
            raise
        if len(found) > 1:
            raise EngineError(f"{self.alias} stands for several indices: {', '.join(sorted(found))}", hint=REBUILD)
        ((name, description),) = found.items()
        if name == self.alias:
            raise EngineError(f"{self.alias} is an index that another program made, and not an alias", hint=REBUILD)
        return name, description

    def create(self, *, in_use: bool) -> Index:
        """A new, empty index with the next number; `in_use`: searches find it at once."""
        index = Index(f"{self.alias}-{self._highest() + 1:06d}")
        aliases: dict[str, Any] = {index.writing: {}} | ({self.alias: {}} if in_use else {})
        try:
            with unusable("make a search index", self._connection.access.shown):
                self._connection.insist(
                    lambda client: client.indices.create(index=index.name, aliases=aliases, **self._body)
                )
        except EngineError as error:  # the first attempt's answer may have been lost
            cause = error.__cause__
            if isinstance(cause, BadRequestError) and cause.error == "resource_already_exists_exception":
                raise EngineError(
                    f"another process has just made {index.name}", hint="run the same once more"
                ) from error
            raise
        return index

    def use(self, index: Index) -> None:
        """Lets searches find `index`, and removes all others of this prefix, in one step."""
        others = [name for name in self._all() if name != index.name]
        actions: list[dict[str, Any]] = [{"add": {"index": index.name, "alias": self.alias}}]
        actions += [{"remove_index": {"index": name}} for name in others]
        with unusable("put the new search index in its place", self._connection.access.shown):
            self._connection.insist(lambda client: client.indices.update_aliases(actions=actions))

    def remove(self, *names: str) -> None:
        with unusable("remove a search index", self._connection.access.shown):
            if names:
                self._connection.insist(lambda client: client.indices.delete(index=names, ignore_unavailable=True))

    def remove_leftovers(self, used: Index | None) -> None:
        """Removes what an interrupted rebuild left. Nobody else may be rebuilding."""
        self.remove(*(name for name in self._all() if used is None or name != used.name))

    def _all(self) -> list[str]:
        """All indices of ours, and one that has taken the alias's name."""
        with unusable("look at the search index", self._connection.access.shown):
            found = self._connection.ask(
                lambda client: (
                    client.indices.get(
                        index=[self.alias, f"{self.alias}-*"], ignore_unavailable=True, filter_path="*.aliases"
                    ).body
                )
            )
        return sorted(name for name in found if self._numbered.match(name) or name == self.alias)

    def _highest(self) -> int:
        numbers = [int(found[1]) for name in self._all() if (found := self._numbered.match(name))]
        return max(numbers, default=0)
