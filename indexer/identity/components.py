"""Components: parts that are joined, however far around, by what is the same, by series, or by people."""

from collections.abc import Callable, Collection, Iterable

from indexer.catalogue import Key
from indexer.identity.clustering import Cluster, Edge, Part, clustered
from indexer.identity.comparing import Comparison

__all__ = ["Components"]


class Components:
    """Parts, and the pairs and runs of them that hold them together; what others are joined with is left out."""

    def __init__(
        self,
        parts: Iterable[Part],
        edges: Iterable[Edge],
        runs: Iterable[frozenset[Key]],
        together: Iterable[tuple[Key, Key]],
    ) -> None:
        self._parts = {part.key: part for part in parts}
        self._edges = [edge for edge in edges if edge.one.key in self._parts and edge.other.key in self._parts]
        self._runs = [frozenset(key for key in run if key in self._parts) for run in runs]
        inside = (pair for pair in together if pair[0] in self._parts and pair[1] in self._parts)
        self._together = [pair for pair in inside if pair[0] != pair[1]]

    def clusters(self, relate: Callable[[Part, Part], Comparison], apart: Collection[frozenset[Key]]) -> list[Cluster]:
        """Those of all components; `relate` compares two parts, `apart` are pairs that people have split."""
        components = self._components()
        number_of = {part.key: number for number, some in enumerate(components) if len(some) > 1 for part in some}
        edges: dict[int, list[Edge]] = {}
        runs: dict[int, list[frozenset[Key]]] = {}
        together: dict[int, list[tuple[Key, Key]]] = {}
        for edge in self._edges:
            edges.setdefault(number_of[edge.one.key], []).append(edge)
        for run in self._runs:
            if len(run) > 1:
                runs.setdefault(number_of[min(run)], []).append(run)
        for pair in self._together:
            together.setdefault(number_of[pair[0]], []).append(pair)
        found: list[Cluster] = []
        for number, some in enumerate(components):
            if len(some) == 1:
                found.append(Cluster(some))
                continue
            found += clustered(
                some,
                edges.get(number, ()),
                relate,
                runs=runs.get(number, ()),
                together=together.get(number, ()),
                apart=apart,
            )
        return found

    def _components(self) -> list[list[Part]]:
        root = {key: key for key in self._parts}

        def find(key: Key) -> Key:
            while root[key] != key:
                root[key] = key = root[root[key]]
            return key

        links = [(edge.one.key, edge.other.key) for edge in self._edges] + self._together
        links += [(min(run), key) for run in self._runs if run for key in run]
        for one, other in links:
            root[find(one)] = find(other)
        components: dict[Key, list[Part]] = {}
        for key, part in self._parts.items():
            components.setdefault(find(key), []).append(part)
        return [*components.values()]
