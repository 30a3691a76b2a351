"""Downloads by HTTP: a source on the public web never leads to an address on a private network.

What counts is the address that is connected to, not the name: names are resolved by a resolver that leaves out
private addresses, in the very look-up whose result the connection uses, so a name that changes its mind between
check and use (DNS rebinding) gains nothing. Sources declared `private` go through connections of their own.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.fetch.failures import PrivateAddressError

__all__ = ["Web", "is_public"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; one that carries an IPv4 address is judged by that."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        parsed = inner or parsed
    return parsed.is_global and not parsed.is_multicast


class Web(BaseDownloadHandler):
    """The handler of http and https: private sources by one set of connections, all others by another."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._private = _Connections(crawler)
        self._public = _PublicConnections(crawler)

    async def download_request(self, request: Request) -> Response:
        """Raises PrivateAddressError, or Scrapy's download exceptions caused by it, for a private address."""
        if request.meta.get("private"):
            return await self._private.download_request(request)
        host = urlsplit(request.url).hostname or ""
        if _is_literal(host) and not is_public(host):
            raise PrivateAddressError(f"leads to {host}, a private address")
        # A proxy of the user's own may well be at a private address; it is the one that looks names up.
        connections = self._private if request.meta.get("proxy") else self._public
        return await connections.download_request(request)

    async def close(self) -> None:
        await self._private.close()
        await self._public.close()


class _Connections(AiohttpDownloadHandler):
    experimental = False


class _PublicConnections(_Connections):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        connector: Any = self._session.connector
        connector._resolver = _PublicAddresses(connector._resolver)


class _PublicAddresses(AbstractResolver):
    """Another resolver's answers without the private ones."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [address for address in found if is_public(address["host"])]
        if found and not public:
            raise PrivateAddressError(f"leads to {host}, which is {found[0]['host']}, a private address")
        return public

    async def close(self) -> None:
        await self._resolver.close()


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
