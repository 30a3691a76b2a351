"""The time zone of this machine, by its IANA name."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hobnob.moments import zone_info

__all__ = ["machine_zone"]

_LOCALTIME = Path("/etc/localtime")
_TIMEZONE = Path("/etc/timezone")


def machine_zone(
    environ: Mapping[str, str] = os.environ, localtime: Path = _LOCALTIME, timezone: Path = _TIMEZONE
) -> str:
    """What TZ says, or where /etc/localtime leads (Linux, macOS), or /etc/timezone; "UTC" if none names a zone."""
    return next((name for name in _candidates(environ, localtime, timezone) if name and zone_info(name)), "UTC")


def _candidates(environ: Mapping[str, str], localtime: Path, timezone: Path) -> list[str]:
    found = []
    for path in (environ.get("TZ", "").removeprefix(":"), _target(localtime)):
        found.append(path.rpartition("zoneinfo/")[2])
    with suppress(OSError, UnicodeDecodeError):
        found.append(timezone.read_text(encoding="ascii").strip())
    return found


def _target(path: Path) -> str:
    try:
        return str(path.resolve(strict=True)) if path.is_symlink() else ""
    except OSError:
        return ""
