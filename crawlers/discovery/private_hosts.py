"""Addresses that plainly are on a private network: who names one means it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["is_private"]


def is_private(url: str) -> bool:
    """Whether the host is this machine or an address on a private network, without a look-up of its name."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
