"""How a cluster and its index are: what to show, and what is wrong, each in one line with what to do."""

from collections.abc import Iterator
from typing import Any

from hobnob.errors import EngineError
from indexer.engines import Condition, Problem
from indexer.engines.elasticsearch import mapping
from indexer.engines.elasticsearch.connection import Connection
from indexer.engines.elasticsearch.failures import REBUILD, unusable
from indexer.engines.elasticsearch.indices import Indices
from indexer.engines.elasticsearch.standing import Standing

__all__ = ["examined"]

_OLDEST, _NEWEST = 8, 9
_BLOCKS = (
    ("read_only_allow_delete", "the cluster's disks are full, and nothing more is taken in", "make room there"),
    ("read_only", "the index is read-only", "set index.blocks.read_only to false"),
    ("write", "the index does not take writes", "set index.blocks.write to false"),
)


def examined(connection: Connection, indices: Indices) -> Condition:
    """Raises EngineError when the cluster does not answer or does not let us in."""
    with unusable("look at the cluster", connection.access.shown):
        health = connection.ask(lambda client: client.cluster.health(level="indices")).body
        nodes = connection.ask(lambda client: client.nodes.info(node_id="_all", filter_path="nodes.*.version")).body
    versions = sorted({str(node["version"]) for node in nodes.get("nodes", {}).values()})
    facts = [
        ("Cluster", f"{health['cluster_name']} at {connection.access.shown}: {health['status']}"),
        ("Nodes", f"{health['number_of_nodes']}, version {', '.join(versions) or 'unknown'}"),
    ]
    problems = [*_versions(versions)]
    try:
        described = indices.described()
    except EngineError as error:
        return Condition(tuple(facts), (*problems, Problem(str(error), error.hint or REBUILD)))
    if described is not None:
        name, found = described
        settings = found.get("settings", {}).get("index", {})
        facts.append(("Index", f"{indices.alias} → {name}"))
        facts.append(("Shards", f"{settings.get('number_of_shards')}, each {_copies(settings)}"))
        problems += _shards(name, health)
        problems += _index(name, found.get("mappings", {}), settings.get("blocks", {}))
        if not problems:
            problems += _contents(Standing(connection, name))
    return Condition(tuple(facts), tuple(problems))


def _copies(settings: dict[str, Any]) -> str:
    replicas = settings.get("number_of_replicas")
    return "once" if replicas == "0" else f"with {replicas} replica{'' if replicas == '1' else 's'}"


def _versions(versions: list[str]) -> Iterator[Problem]:
    for version in versions:
        major = version.partition(".")[0]
        if not (major.isdigit() and _OLDEST <= int(major) <= _NEWEST):
            yield Problem(f"a node has version {version}", f"use Elasticsearch {_OLDEST} or {_NEWEST}")


def _shards(name: str, health: dict[str, Any]) -> Iterator[Problem]:
    """Other people's indices in the same cluster are none of our business."""
    own, nodes = health["indices"][name], health["number_of_data_nodes"]
    missing = own["unassigned_shards"]
    if own["status"] == "red":
        yield Problem(
            f"{name} is red: {own['number_of_shards'] - own['active_primary_shards']} of its shards are nowhere",
            "bring the node that held them back; if it is lost, run 'hobnob index rebuild'",
        )
    elif own["status"] == "yellow":
        advice = (
            "add a node, or set elasticsearch_replicas = 0 and run 'hobnob index rebuild'"
            if nodes == 1
            else "wait until they are made, or bring back the node that had them"
        )
        yield Problem(f"{name} is yellow: {missing} copies of its shards are missing, on {nodes} data nodes", advice)


def _contents(standing: Standing) -> Iterator[Problem]:
    """Whether it still holds what the last sync counted."""
    state, name = standing.read()
    documents, events = standing.counted()
    if (documents, events) != (state.documents, state.events):
        yield Problem(
            f"{name} holds {events} events at {documents} times, and {state.events} at {state.documents} were written",
            f"run '{REBUILD}', unless a sync is under way",
        )


def _index(name: str, mappings: dict[str, Any], blocks: dict[str, Any]) -> Iterator[Problem]:
    if wrong := mapping.is_ours(mappings):
        yield Problem(f"{name}: {wrong}", f"run '{REBUILD}'")
    for block, message, advice in _BLOCKS:
        if str(blocks.get(block)).lower() == "true":
            yield Problem(f"{name}: {message}", advice)
