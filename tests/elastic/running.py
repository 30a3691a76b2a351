"""Servers for tests: a single one, three that make a cluster, and one that lets nobody in without a password."""

import contextlib
import datetime as dt
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from tests.elastic.distribution import as_account, unpacked
from tests.elastic.node import Node

__all__ = ["Cluster", "Secured", "cluster", "prepared", "secured", "server"]

_LONGEST = 180.0
_POLL = 0.2
_PASSWORD = "correct-horse-battery"
#: How soon a cluster finds out that one of its nodes does not answer: seconds, so that tests need not wait a minute.
_WATCHFUL = {
    f"cluster.fault_detection.{check}.{name}": value
    for check in ("follower_check", "leader_check")
    for name, value in (("interval", "500ms"), ("timeout", "2s"), ("retry_count", 2))
}


@contextlib.contextmanager
def prepared(heap: str = "1g", **settings: Any) -> Iterator[Node]:
    """One server that has not been started."""
    with unpacked() as home, _folder() as folder:
        node = Node(home, folder, "single", {"discovery.type": "single-node", **settings}, heap)
        with _stopped([node]):
            yield node


@contextlib.contextmanager
def server(heap: str = "1g", **settings: Any) -> Iterator[Node]:
    """One server, ready."""
    with prepared(heap, **settings) as node:
        node.start()
        node.wait_until_ready()
        yield node


class Cluster:
    """Several servers that know each other."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(node.url for node in self.nodes)

    def called(self, name: str) -> Node:
        return next(node for node in self.nodes if node.name == name)

    def master(self) -> Node:
        state = self._anyone().ask("_cluster/state/master_node,nodes")
        return self.called(state["nodes"][state["master_node"]]["name"])

    def holding(self, index: str, *, primary: bool = True, shard: int = 0) -> Node:
        """The node that has the primary of a shard, or one of its replicas."""
        rows = self._anyone().ask(f"_cat/shards/{index}?format=json")
        wanted = "p" if primary else "r"
        return self.called(
            next(row["node"] for row in rows if int(row["shard"]) == shard and row["prirep"] == wanted and row["node"])
        )

    def wait_for(self, status: str, *, nodes: int | None = None, longest: float = _LONGEST) -> None:
        """Waits until the cluster is so healthy and, with `nodes`, so large."""
        until = time.monotonic() + longest
        while time.monotonic() < until:
            with contextlib.suppress(OSError, ValueError, StopIteration):
                health = self._anyone().ask("_cluster/health")
                ranks = ("red", "yellow", "green")
                if ranks.index(health["status"]) >= ranks.index(status) and nodes in (None, health["number_of_nodes"]):
                    return
            time.sleep(_POLL)
        pytest.fail(f"the cluster is not {status} after {longest:.0f} s")

    def _anyone(self) -> Node:
        return next(node for node in self.nodes if node.answers())


@contextlib.contextmanager
def cluster(size: int = 3, heap: str = "512m", **settings: Any) -> Iterator[Cluster]:
    """That many servers as one cluster, green."""
    names = [f"n{number}" for number in range(1, size + 1)]
    with unpacked() as home, _folder() as folder:
        nodes = [Node(home, folder, name, {**_WATCHFUL, **settings}, heap) for name in names]
        hosts = [f"127.0.0.1:{node.transport_port}" for node in nodes]
        for node in nodes:
            node.configure({"discovery.seed_hosts": hosts, "cluster.initial_master_nodes": names})
        with _stopped(nodes):
            for node in nodes:
                node.start()
            for node in nodes:
                node.wait_until_ready()
            running = Cluster(nodes)
            running.wait_for("green", nodes=size)
            yield running


@dataclass(frozen=True)
class Secured:
    """A server that speaks TLS and wants a password; `elastic` is its superuser. All passwords are the same."""

    node: Node
    ca_file: Path
    fingerprint: str
    password: str


@contextlib.contextmanager
def secured(roles_yml: str, users: Mapping[str, str], *, not_after: dt.datetime | None = None) -> Iterator[Secured]:
    """A server with `users`, each with a role of `roles_yml`. Its certificate ends at `not_after`."""
    settings = {
        "discovery.type": "single-node",
        "xpack.security.enabled": True,
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.key": "http.key",
        "xpack.security.http.ssl.certificate": "http.crt",
    }
    with unpacked() as home, _folder() as folder:
        node = Node(home, folder, "secured", settings)
        node.login = ("elastic", _PASSWORD)
        authority = trustme.CA()
        certificate = authority.issue_cert("127.0.0.1", "localhost", not_after=not_after)
        certificate.private_key_pem.write_to_path(str(node.config / "http.key"))
        (node.config / "http.crt").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
        (node.config / "roles.yml").write_text(roles_yml)
        node.give_away()
        _run(node, "elasticsearch-keystore", "create")
        _run(node, "elasticsearch-keystore", "add", "--stdin", "bootstrap.password", given=_PASSWORD)
        for name, role in users.items():
            _run(node, "elasticsearch-users", "useradd", name, "-p", _PASSWORD, "-r", role)
        ca_file = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        own = load_pem_x509_certificate(certificate.cert_chain_pems[0].bytes())
        with _stopped([node]):
            node.start()
            node.wait_until_ready()
            yield Secured(node, ca_file, sha256(own.public_bytes(Encoding.DER)).hexdigest(), _PASSWORD)


def _run(node: Node, program: str, *arguments: str, given: str = "") -> None:
    """One of the server's own tools, which want Java too."""
    options: Any = as_account()
    subprocess.run(
        [str(node.home / "bin" / program), *arguments],
        input=given,
        text=True,
        capture_output=True,
        check=True,
        cwd=node.folder,
        env=node.environment,
        **options,
    )


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hobnob-es-node-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _stopped(nodes: list[Node]) -> Iterator[None]:
    """Stops all of them at the end, at the same time."""
    try:
        yield
    finally:
        with ThreadPoolExecutor(len(nodes)) as threads:
            list(threads.map(Node.stop, nodes))
