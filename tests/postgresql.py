"""A PostgreSQL server of the tests' own: a process on a socket in a folder of its own, gone when they end.

It is the one that is installed (Debian: `apt install postgresql`). Where there is none its tests are skipped, and say
so; under CI=true that is a failure.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

__all__ = ["Server", "server"]

_LONGEST = 60.0
_POLL = 0.05
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=50", "listen_addresses=")


class Server:
    """A running server; gives each test a database of its own."""

    def __init__(self, folder: Path, user: str) -> None:
        self._folder = folder
        self._user = user
        self._numbers = count(1)

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"hobnob_{next(self._numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{self._user}@/{name}?host={self._folder}"

    def is_up(self) -> bool:
        try:
            with psycopg.connect(self._address("postgres"), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def _address(self, database: str) -> str:
        return f"host={self._folder} user={self._user} dbname={database}"


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Starts a server and stops it by its own process id. Skips, or under CI=true fails, where none is installed."""
    programs = _programs()
    if programs is None:
        message = "PostgreSQL is not installed: its tests need `initdb` and `postgres` (Debian: apt install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # The path of a socket may have about a hundred characters: not in the tests' own folder.
    folder = Path(tempfile.mkdtemp(prefix="hobnob-pg-"))
    account = _account()
    try:
        os.chown(folder, account.pw_uid, account.pw_gid)
        cluster = folder / "cluster"
        made = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", f"--username={account.pw_name}")
        _as(account, subprocess.run, [programs / "initdb", "-D", cluster, *made], check=True, capture_output=True)
        options = [word for setting in _QUICK for word in ("-c", setting)]
        command = [programs / "postgres", "-D", cluster, "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            process = _as(account, subprocess.Popen, command, stdout=log, stderr=log)
            try:
                running = Server(folder, account.pw_name)
                _wait(running, process, folder / "log")
                yield running
            finally:
                process.send_signal(signal.SIGINT)  # "fast": it does not wait for those who are connected
                process.wait(_LONGEST)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of PostgreSQL's own programs: the newest of Debian's, or where `postgres` is found."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        places.append(Path(found).parent)
    return next((place for place in places if (place / "initdb").exists()), None)


def _account() -> pwd.struct_passwd:
    """Whom the server runs as: PostgreSQL refuses to be root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    names = {one.pw_name: one for one in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as(account: pwd.struct_passwd, start: Any, command: list[Any], **options: Any) -> Any:
    if os.getuid() == 0:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return start([str(word) for word in command], cwd="/", **options)


def _wait(running: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _LONGEST
    while not running.is_up():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"PostgreSQL does not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(_POLL)
