"""All that can be wrong with a server, at once, beside healthy sources: each fails alone, and nothing is forgotten."""

import json
import os
import subprocess
import sys

import pytest

from tests.crawlers.crawl_of_faults import FAULTS, READ
from tests.crawlers.faulty_server import FaultyServer

OTHERS = {
    "empty": "empty",
    "shape": "unreadable",
    "tls": "tls",
    "refused": "unreachable",
    "no-such-host": "unreachable",
    "not-public": "private",
}


@pytest.fixture(scope="module")
def crawls(tmp_path_factory, checkout):
    """What a crawl found while all was well, and what the next one found when nothing was; and the server."""
    folder = tmp_path_factory.mktemp("faults")

    def crawl(port: int) -> dict:
        command = [sys.executable, str(checkout / "tests/crawlers/crawl_of_faults.py"), str(folder), str(port)]
        environ = os.environ | {"PYTHONPATH": str(checkout)}
        return json.loads(subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, timeout=900).stdout)

    with FaultyServer([*FAULTS, *READ, "empty"]) as server:
        before = crawl(server.port)
        server.well = False
        server.asked.clear()
        yield before, crawl(server.port), server


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_a_reason_and_a_kind(crawls, name):
    report = crawls[1]["reports"][name]
    problem, beginning, end = FAULTS[name]
    assert (report["outcome"], report["complete"], report["read"], report["problem"]) == ("failed", False, 0, problem)
    (error,) = report["errors"]
    assert error.startswith(beginning)
    assert error.endswith(end)


@pytest.mark.parametrize(("name", "problem"), OTHERS.items())
def test_faults_that_are_no_answer_of_the_server(crawls, name, problem):
    report = crawls[1]["reports"][name]
    assert report["problem"] == problem
    assert not report["complete"]
    assert len(report["errors"]) == 1


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read(crawls, name):
    report = crawls[1]["reports"][name]
    assert (report["outcome"], report["complete"], report["problem"], report["errors"]) == ("read", True, None, [])
    assert report["read"] == (FaultyServer.big if name == "large" else 1)


def test_what_the_first_pages_said_is_kept_when_a_later_one_has_another_shape(crawls):
    report = crawls[1]["reports"]["shape"]
    assert (report["outcome"], report["read"], report["complete"]) == ("read", 1, False)
    assert "another shape" in report["errors"][0]


def test_another_charset_than_declared_is_noticed(crawls):
    assert crawls[1]["present"]["charset"] == ["F\xeate of charset"]


def test_what_was_known_stays(crawls):
    before, after, _ = crawls
    known = {name: names for name, names in before["present"].items() if name != "charset"}
    assert known.keys() >= FAULTS.keys() - {"forbidden"} | {"empty", "shape"}
    assert sorted(known["shape"]) == ["Talk 1", "Talk 2"]
    for name, names in known.items():
        assert sorted(after["present"][name]) == sorted(names)


def test_who_asks_to_be_left_alone_is_heard(crawls):
    assert crawls[1]["reports"]["throttled"]["retry_after"] == 120


def test_limits_of_time_and_memory_hold(crawls):
    _, after, server = crawls
    assert after["peak_mb"] < 400
    assert server.sent["/endless"] < 64 * 1024 * 1024
    for name in FAULTS:
        assert after["reports"][name]["seconds"] < 600, "a slow machine is no fault; a request without a limit is"
