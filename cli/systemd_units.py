"""What tells systemd, or cron, to crawl what is due: pure text."""

import re
import shlex
from collections.abc import Sequence

__all__ = ["SERVICE", "TIMER", "cron_line", "service", "timer"]

SERVICE = "hobnob-crawl.service"
TIMER = "hobnob-crawl.timer"
_PLAIN = re.compile(r"[A-Za-z0-9_@+=:,./-]+\Z")

#: It is stopped like Ctrl-C (SIGTERM to the main process only). What follows KillMode is what also a user's own
#: service manager may set, without privileges (systemd.exec(5)).
_SERVICE = """\
# Written by 'hobnob schedule install'.
[Unit]
Description=hobnob: crawl the sources that are due

[Service]
Type=oneshot
ExecStart={command}
# 3: done, but some sources failed; 'hobnob sources health' tells
SuccessExitStatus=3
TimeoutStartSec=6h
TimeoutStopSec=30
KillMode=mixed
Nice=10
IOSchedulingClass=best-effort
IOSchedulingPriority=7
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallArchitectures=native
"""

_TIMER = """\
# Written by 'hobnob schedule install'.
[Unit]
Description=hobnob: crawl the sources that are due, four times an hour

[Timer]
OnCalendar=*:0/15
RandomizedDelaySec=2min
Persistent=true

[Install]
WantedBy=timers.target
"""


def service(command: Sequence[str]) -> str:
    """The service that runs `command`, whose first word is an absolute path."""
    return _SERVICE.format(command=" ".join(map(_word, command)))


def timer() -> str:
    """The timer that starts the service; what was missed while the machine was off is made up for."""
    return _TIMER


def cron_line(command: Sequence[str]) -> str:
    """The same for crontab(5), in which "%" ends a line."""
    return f"*/15 * * * * nice {shlex.join(command)} >/dev/null 2>&1".replace("%", r"\%")


def _word(word: str) -> str:
    """A word of ExecStart (systemd.service(5), "Command lines"); "%" and "$" would be expanded."""
    if _PLAIN.match(word):
        return word
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$").replace("\n", "\\n")
    return f'"{quoted}"'
