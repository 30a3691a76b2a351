"""Whose page an address is."""

from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["host"]


@lru_cache(maxsize=20_000)
def host(url: str | None) -> str | None:
    """The host of an http(s) address in small letters, without "www."; None for anything else."""
    try:
        parts = urlsplit(url or "")
        name = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None
