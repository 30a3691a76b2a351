"""Downloads by HTTP: a source on the public web never leads to an address on a private network.

What counts is the address that is connected to, not the name: names are resolved by a resolver that leaves out
private addresses, in the very look-up whose result the connection uses, so a name that changes its mind between
check and use (DNS rebinding) gains nothing. Sources declared `private` go through connections of their own.
"""

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.fetch.failures import PrivateAddressError
from crawlers.fetch.keys import keyed, secret_for, without_secret
from crawlers.fetch.patience import Patience

__all__ = ["Web", "is_public"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All global unicast addresses of IPv6 (RFC 4291, 2.4); what lies outside is local, reserved or of the past."""

_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Special-purpose blocks (IANA, RFC 6890) that not every Python knows as such."""


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
        if inner is None and parsed not in _UNICAST:
            return False
        parsed = inner or parsed
    special = any(parsed in block for block in _SPECIAL)
    return parsed.is_global and not parsed.is_multicast and not special


class Web(BaseDownloadHandler):
    """The handler of http and https: private sources by one set of connections, all others by another."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._private = _Connections(crawler)
        self._public = _PublicConnections(crawler)

    async def download_request(self, request: Request) -> Response:
        """Raises PrivateAddressError, or Scrapy's download exceptions caused by it, for a private address.

        And RefusedError, for a host that has asked to be left alone while the request waited for its turn.
        """
        patience = self.crawler.get_downloader_middleware(Patience) or Patience()
        patience.check(request)
        connections = self._connections(request)
        try:
            response = await connections.download_request(request)
        except Exception as error:
            patience.broke(request, error)
            raise
        patience.answered(request, response)
        return response

    def _connections(self, request: Request) -> "_Connections":
        if request.meta.get("private"):
            return self._private
        host = urlsplit(request.url).hostname or ""
        if _is_literal(host) and not is_public(host):
            raise PrivateAddressError(f"leads to {host}, a private address")
        # A proxy of the user's own may well be at a private address; it is the one that looks names up.
        return self._private if request.meta.get("proxy") else self._public

    async def close(self) -> None:
        await self._private.close()
        await self._public.close()


class _Connections(AiohttpDownloadHandler):
    """Scrapy's handler; the key of a platform is only in what it is given to send, not in what is made of the answer.

    Its time limit is one for the whole request, from the look-up of the name to the last byte of the answer.
    """

    experimental = False

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator[Any]:
        secret = secret_for(self.crawler, request)
        if secret is None:
            async with super()._make_request(request, timeout) as response:
                yield response
            return
        try:
            async with super()._make_request(keyed(request, secret), timeout) as response:
                yield response
        except Exception as error:
            safe = without_secret(error, secret)
            if safe is error:
                raise
            raise safe from None


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
