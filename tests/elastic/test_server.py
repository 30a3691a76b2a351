"""The servers of the tests themselves: what they do where something is missing, and that nothing of them stays."""

import os
from pathlib import Path

import pytest

from tests.elastic import distribution
from tests.elastic.distribution import unpacked
from tests.elastic.running import prepared


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no program at all, where nothing was fetched; programs go into the folder."""
    programs = tmp_path / "jdk" / "bin"
    programs.mkdir(parents=True)
    monkeypatch.setattr(distribution, "_BUILD", tmp_path / "build")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("CI", raising=False)
    return programs


def program(path: Path, *lines: str) -> None:
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)


def java(programs: Path, version: str = "17.0.1") -> None:
    program(programs / "java", f"echo 'openjdk version \"{version}\"' >&2")


def skipped() -> str:
    with pytest.raises(pytest.skip.Exception) as caught, unpacked():
        pass
    message = str(caught.value)
    assert message.startswith("ELASTICSEARCH IS NOT TESTED: ")
    assert "apt install openjdk-17-jre-headless maven" in message
    assert "\n" not in message
    return message


def test_without_java_it_is_skipped(bare: Path) -> None:
    assert "Java is not installed" in skipped()


def test_java_home_without_java(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java(bare)
    monkeypatch.setenv("JAVA_HOME", str(bare))
    assert f"no Java in JAVA_HOME ({bare})" in skipped()


@pytest.mark.parametrize(("version", "said"), [("11.0.2", "is Java 11"), ("1.8.0_292", "is Java 1"), ("?", "unknown")])
def test_java_that_is_too_old(bare: Path, version: str, said: str) -> None:
    java(bare, version)
    assert said in skipped()


def test_without_maven_it_is_skipped(bare: Path) -> None:
    java(bare)
    assert "Maven, which fetches Elasticsearch, is not installed" in skipped()


def test_a_fetch_that_broke_off_is_not_taken_for_an_archive(bare: Path) -> None:
    java(bare)
    broken = 'for word; do case "$word" in -D*) folder=${word#*=};; esac; done'
    program(bare / "mvn", broken, 'echo half > "$folder/elasticsearch-8.zip"', "echo no route to anywhere; exit 1")
    for _ in range(2):
        assert "Maven could not fetch Elasticsearch (no route to anywhere)" in skipped()
    assert [path.name for path in distribution._BUILD.iterdir()] == ["lock"]


def test_in_ci_that_is_a_failure(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="ELASTICSEARCH IS NOT TESTED: Java is not installed"), unpacked():
        pass


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_stays_of_a_server_even_when_it_was_paused() -> None:
    with prepared(heap="512m") as node:
        node.start()
        node.wait_until_ready()
        pid = node.pid
        assert is_running(pid)
        assert node.ask("_cluster/health")["number_of_nodes"] == 1
        node.pause()
    assert not is_running(pid)
    assert not node.folder.exists()
    assert not node.home.exists()
    with pytest.raises(ProcessLookupError, match="single is not running"):
        node.kill()


def test_a_server_that_cannot_start_says_why() -> None:
    with prepared(heap="512m", **{"no.such.setting": 1}) as node:
        node.start()
        with pytest.raises(pytest.fail.Exception, match=r"unknown setting \[no\.such\.setting\]"):
            node.wait_until_ready()
    assert not node.folder.exists()
