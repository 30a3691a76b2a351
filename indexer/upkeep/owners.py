"""Who holds a claim on a source: a name for this process, and whether the one that a name stands for still lives.

A name is "host:pid:machine:started:random". What is on another machine, in another container or from before the last
boot cannot be seen from here and counts as alive, as does everything where there is no /proc (macOS): their claims
end with their lease.
"""

import os
import platform
import secrets
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

__all__ = ["is_dead", "new_owner", "shown"]

_GONE = "ZX"  # states of proc(5): a zombie does nothing any more


def new_owner() -> str:
    """A name for this process, different each time."""
    pid = os.getpid()
    host = platform.node().replace(":", "-") or "localhost"
    return f"{host}:{pid}:{_machine(host)}:{_started(pid) or ''}:{secrets.token_hex(4)}"


def shown(owner: str) -> str:
    """For people: the host and the process id."""
    host, _, rest = owner.partition(":")
    return f"{host}, process {rest.partition(':')[0]}" if rest else owner


def is_dead(owner: str) -> bool:
    """Whether the process is known to have ended: it was on this machine, and is no more."""
    match owner.split(":"):
        case [host, pid, machine, started, _] if started and pid.isascii() and pid.isdigit():
            # Another process may have been given the same id since; it did not begin at the same time.
            return machine == _machine(host) and _started(int(pid)) != started
        case _:
            return False


def _machine(host: str) -> str:
    """A digest of all that must be the same for a process id to mean the same: host, boot and namespace."""
    boot = namespace = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    with suppress(OSError):
        namespace = str(Path("/proc/self/ns/pid").readlink())
    return blake2b(f"{host}|{boot}|{namespace}".encode(), digest_size=6).hexdigest()


def _started(pid: int) -> str | None:
    """When a process began, in ticks since boot (proc(5), field 22); None where it is not there, or has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        state, *fields = text.rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return fields[18] if state not in _GONE and len(fields) > 18 else None
