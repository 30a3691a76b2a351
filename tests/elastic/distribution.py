"""The server's files: from Maven Central into `build/`, and from there into a folder that the servers may read.

Elastic publishes there, for tests, the real server with few modules (org.elasticsearch.distribution.integ-test-zip).
"""

import contextlib
import fcntl
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

__all__ = ["account", "as_account", "java_home", "unpacked"]

_HERE = Path(__file__).parent
_BUILD = _HERE.parent.parent / "build" / "elasticsearch"
_OLDEST_JAVA = 17
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
    """Where Java is: JAVA_HOME, or what `java` belongs to."""
    named = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(named) / "bin") if named else None)
    if found is None:
        _missing(f"there is no Java in JAVA_HOME ({named})" if named else "Java is not installed")
    version = _java_version(str(found))
    if version < _OLDEST_JAVA:
        _missing(f"{found} is Java {version or 'of an unknown version'}")
    return Path(named) if named else Path(str(found)).resolve().parent.parent


def account() -> pwd.struct_passwd:
    """Whom a server runs as: Elasticsearch refuses to be root."""
    return pwd.getpwuid(os.getuid()) if os.getuid() != 0 else pwd.getpwnam("nobody")


def as_account() -> dict[str, object]:
    """What subprocess needs to start a process of `account`."""
    if os.getuid() != 0:
        return {}
    one = account()
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}


@cache
def _java_version(java: str) -> int:
    """The first number of the version, 0 when it does not say one."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    number = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return int(number[1]) if number else 0


def _archive() -> Path:
    """The archive of the version that pom.xml names."""
    version = ElementTree.parse(_HERE / "pom.xml").findtext(".//{*}elasticsearch.version")
    archive = _BUILD / f"elasticsearch-{version}.zip"
    _BUILD.mkdir(parents=True, exist_ok=True)
    with (_BUILD / "lock").open("ab") as lock:  # two test runs may begin at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not archive.exists():
            _fetch(archive)
    return archive


def _fetch(archive: Path) -> None:
    """Into a folder beside it first: what is there after a fetch that broke off is not taken for an archive."""
    if shutil.which("mvn") is None:
        _missing("Maven, which fetches Elasticsearch, is not installed")
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=archive.parent) as folder:
        into = f"-Delasticsearch.folder={folder}"
        command = ["mvn", "--batch-mode", "--quiet", "-f", str(_HERE / "pom.xml"), into, "dependency:copy"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired:
            _missing("Maven could not fetch Elasticsearch in time")
            return
        fetched = Path(folder) / archive.name
        if done.returncode or not fetched.exists():
            said = " ".join((done.stdout + done.stderr).split())[:500]
            _missing(f"Maven could not fetch Elasticsearch ({said})")
        fetched.replace(archive)


def _missing(what: str) -> None:
    """One loud line; whoever runs CI wants to know that these tests did not run."""
    message = f"ELASTICSEARCH IS NOT TESTED: {what}. Its tests need Java 17 and Maven ({_INSTALL})"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
