"""The user's time zone: the one of the settings, or of this machine."""

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hobnob.errors import SettingsError
from hobnob.moments import zone_info
from hobnob.settings import Settings

__all__ = ["machine_zone", "own_zone"]

_LOCALTIME = Path("/etc/localtime")
_TIMEZONE = Path("/etc/timezone")


def own_zone(settings: Settings) -> tuple[str, dt.tzinfo]:
    """Its name, and the zone. Raises SettingsError when the setting `time_zone` is no zone."""
    name = settings.time_zone or machine_zone()
    zone = zone_info(name)
    if zone is None:
        raise SettingsError(f"time_zone = {name!r} is not a time zone", hint="zones look like Europe/Berlin")
    return name, zone


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
