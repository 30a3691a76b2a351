"""Who holds a claim, and whether they still live: a wrong "dead" would have a source crawled twice at a time."""

import os
import subprocess
import sys

import pytest

from indexer.upkeep.owners import is_dead, new_owner, shown

NAME_ME = "from indexer.upkeep.owners import new_owner; print(new_owner(), flush=True); input()"


@pytest.fixture
def other():
    """Another process, and its name as an owner."""
    with subprocess.Popen(
        [sys.executable, "-c", NAME_ME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process, process.stdout.readline().strip()
        process.kill()


def test_this_process_lives_and_has_another_name_each_time():
    mine = new_owner()
    assert not is_dead(mine)
    assert new_owner() != mine


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere claims end with their lease")
def test_a_process_that_was_killed_is_dead_though_nobody_has_waited_for_it(other):
    process, owner = other
    assert not is_dead(owner)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(owner), "it is a zombie"
    process.wait()
    assert is_dead(owner)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere claims end with their lease")
def test_another_process_with_the_same_id_is_another():
    host, pid, machine, started, random = new_owner().split(":")
    assert is_dead(":".join((host, pid, machine, str(int(started) - 1), random)))


@pytest.mark.parametrize("part", [0, 2])
def test_what_is_not_of_this_machine_and_boot_counts_as_alive(part):
    owner = new_owner().split(":")
    owner[1], owner[part] = "4194304999", "another"  # no process has this id
    assert not is_dead(":".join(owner))


@pytest.mark.parametrize("owner", ["", "me", "a:b:c:d:e", "a:1:c:d", "a:-1:c:2:e", "a:٣:c:2:e", ":::::"])
def test_a_name_of_another_kind_counts_as_alive(owner):
    assert not is_dead(owner)


def test_for_people():
    assert shown("attic:4711:abc:17:ff") == "attic, process 4711"
    assert shown("me") == "me"
