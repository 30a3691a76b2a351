"""One server process: started, asked, stopped, paused, killed, by its own process id."""

import base64
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.elastic.distribution import account, as_account, java_home

__all__ = ["Node", "free_port"]

_LONGEST_START = 180.0
_LONGEST_STOP = 30.0
_POLL = 0.1
_SETTINGS: Mapping[str, Any] = {
    "network.host": "127.0.0.1",
    "xpack.security.enabled": False,
    "cluster.routing.allocation.disk.threshold_enabled": False,
}


class Node:
    """A server with a folder of its own below `folder`, out of the unpacked `home`."""

    def __init__(self, home: Path, folder: Path, name: str, settings: Mapping[str, Any], heap: str = "512m") -> None:
        self.login: tuple[str, str] | None = None
        self.name = name
        self.home = home
        self.folder = folder / name
        self.config = self.folder / "config"
        self.http_port, self.transport_port = free_port(), free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ES_JAVA_HOME": str(java_home()),
            "ES_PATH_CONF": str(self.config),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        }
        self._launcher: subprocess.Popen[bytes] | None = None
        self._settings = {**_SETTINGS, "node.name": name, **settings}
        self._make_folders()

    @property
    def url(self) -> str:
        return f"{'https' if self.login else 'http'}://127.0.0.1:{self.http_port}"

    @property
    def pid(self) -> int:
        """The server's own process id, not that of the script that started it. Raises OSError when it is not running.

        Its file outlives a server that was killed, and the number may be somebody else's by then.
        """
        if self._launcher is None or self._launcher.poll() is not None:
            raise ProcessLookupError(f"{self.name} is not running")
        return int((self.folder / "pid").read_text())

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Writes the configuration for the next start; YAML takes JSON as values."""
        self._settings |= settings
        whole = {
            **self._settings,
            "http.port": self.http_port,
            "transport.port": self.transport_port,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
        }
        text = "".join(f"{name}: {json.dumps(value)}\n" for name, value in whole.items())
        (self.config / "elasticsearch.yml").write_text(text)

    def start(self) -> None:
        """Does not wait until it answers. The server ends when whoever holds its input does."""
        (self.folder / "pid").unlink(missing_ok=True)
        command = [str(self.home / "bin" / "elasticsearch"), "-p", str(self.folder / "pid")]
        options: Any = as_account()
        with (self.folder / "log").open("ab") as log:
            self._launcher = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=self.environment,
                **options,
            )

    def wait_until_ready(self, longest: float = _LONGEST_START) -> None:
        until = time.monotonic() + longest
        while not self.answers():
            assert self._launcher is not None
            if self._launcher.poll() is not None or time.monotonic() > until:
                log = (self.folder / "log").read_text(errors="replace")
                pytest.fail(f"Elasticsearch does not start: {log[-3000:]}", pytrace=False)
            time.sleep(_POLL)

    def answers(self) -> bool:
        try:
            self.ask("_cluster/health?timeout=1s")
        except (OSError, ValueError):
            return False
        return True

    def ask(self, path: str, body: Any = None, method: str | None = None, seconds: float = 30.0) -> Any:
        """What the server says to a request; raises urllib.error.HTTPError, another OSError, or ValueError."""
        data = None if body is None else json.dumps(body).encode()
        return json.loads(self.send(path, data, method, seconds))

    def send(self, path: str, data: bytes | None, method: str | None = None, seconds: float = 30.0) -> bytes:
        """The same with bytes."""
        headers = {"Content-Type": "application/json"}
        if self.login:
            headers["Authorization"] = "Basic " + base64.b64encode(":".join(self.login).encode()).decode()
        request = urllib.request.Request(f"{self.url}/{path}", data, headers, method=method)
        trusting = ssl._create_unverified_context()
        with urllib.request.urlopen(request, timeout=seconds, context=trusting) as answer:
            return bytes(answer.read())

    def kill(self) -> None:
        """As a failing machine does: nothing is told to anybody."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait(_LONGEST_STOP)

    def pause(self) -> None:
        """It keeps its connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """Ends the server, whatever state it is in; does nothing when it is not running."""
        if self._launcher is None or self._launcher.poll() is not None:
            return
        for number in (signal.SIGCONT, signal.SIGTERM):
            self._signal(number)
        try:
            self._wait(_LONGEST_STOP)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._wait(_LONGEST_STOP)

    def _signal(self, number: int) -> None:
        """To the server, or as long as there is none, to the script that starts it."""
        assert self._launcher is not None
        try:
            os.kill(self.pid, number)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            self._launcher.send_signal(number)

    def _wait(self, seconds: float) -> None:
        assert self._launcher is not None
        self._launcher.wait(seconds)
        if self._launcher.stdin is not None:
            self._launcher.stdin.close()

    def _make_folders(self) -> None:
        for folder in (self.folder, self.folder / "data", self.folder / "logs", self.folder / "tmp"):
            folder.mkdir(parents=True)
        shutil.copytree(self.home / "config", self.config)
        self.configure({})
        self.give_away()

    def give_away(self) -> None:
        """Makes the folder that of the account which the server runs as."""
        if os.getuid() == 0:
            owner = account()
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
