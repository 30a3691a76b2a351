"""The server's files: from Maven Central into `build/`, and from there into a folder that the servers may read.

Elastic publishes there, for tests, the real server with few modules (org.elasticsearch.distribution.integ-test-zip).
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

__all__ = ["account", "as_account", "java_home", "unpacked"]

_HERE = Path(__file__).parent
_BUILD = _HERE.parent.parent / "build" / "elasticsearch"
_LONGEST = 600.0
_INSTALL = "Debian: apt install openjdk-17-jre-headless maven"


@contextlib.contextmanager
def unpacked() -> Iterator[Path]:
    """The folder of an unpacked server, gone at the end. Skips, or under CI=true fails, where it cannot be had."""
    java_home()
    archive = _archive()
    folder = Path(tempfile.mkdtemp(prefix="hobnob-es-"))
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        home = next(path for path in folder.iterdir() if path.is_dir())
        for program in (home / "bin").iterdir():
            program.chmod(0o755)
        folder.chmod(0o755)
        yield home
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def java_home() -> Path:
    """Where Java is."""
    if named := os.environ.get("JAVA_HOME"):
        return Path(named)
    found = shutil.which("java")
    if found is None:
        _missing("Java is not installed")
    return Path(str(found)).resolve().parent.parent


def account() -> pwd.struct_passwd:
    """Whom a server runs as: Elasticsearch refuses to be root."""
    return pwd.getpwuid(os.getuid()) if os.getuid() != 0 else pwd.getpwnam("nobody")


def as_account() -> dict[str, object]:
    """What subprocess needs to start a process of `account`."""
    if os.getuid() != 0:
        return {}
    one = account()
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}


def _archive() -> Path:
    _BUILD.mkdir(parents=True, exist_ok=True)
    with (_BUILD / "lock").open("ab") as lock:  # two test runs may begin at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(_BUILD.glob("*.zip")):
            _fetch()
    return max(_BUILD.glob("*.zip"))


def _fetch() -> None:
    if shutil.which("mvn") is None:
        _missing("Maven, which fetches Elasticsearch, is not installed")
    command = ["mvn", "--batch-mode", "--quiet", "-f", str(_HERE / "pom.xml"), "dependency:copy"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        _missing("Maven could not fetch Elasticsearch in time")
        return
    if done.returncode or not list(_BUILD.glob("*.zip")):
        said = " ".join((done.stdout + done.stderr).split())[:500]
        _missing(f"Maven could not fetch Elasticsearch ({said})")


def _missing(what: str) -> None:
    """One loud line; whoever runs CI wants to know that these tests did not run."""
    message = f"ELASTICSEARCH IS NOT TESTED: {what}. Its tests need Java 17 and Maven ({_INSTALL})"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
