"""The way to a cluster: who we are, whom we trust, how long we wait, and when we ask again."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from elastic_transport import ConnectionError as NotConnected
from elastic_transport import ConnectionTimeout, TlsError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.serializer import CompatibilityModeJsonSerializer

from hobnob.errors import EngineError

logging.getLogger("elastic_transport").addHandler(logging.NullHandler())  # what fails is told where it matters

__all__ = ["RETRIED", "Access", "Connection", "may_pass"]

T = TypeVar("T")

RETRIED = frozenset({429, 502, 503, 504})
"""Answers of a server, or of a proxy before it, that is busy or on its way: the same may succeed a little later."""

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where the cluster is and how to be let in: either `api_key`, or `user` and `password`, or nothing.

    `ca_cert` is a file of certificates to trust, `fingerprint` the SHA-256 of one, in hexadecimal digits. `timeout` is
    how many seconds a search may take, whatever happens; `patience` how many a write waits for a cluster that is busy.
    """

    urls: tuple[str, ...]
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_cert: Path | None = None
    fingerprint: str | None = None
    timeout: float = 10.0
    patience: float = 120.0

    @property
    def shown(self) -> str:
        """The addresses, without what only we may know."""
        return ", ".join(_without_login(url) for url in self.urls)


class Connection:
    """Asks one cluster. Each question has a time limit, within which it is asked again where that may help."""

    def __init__(self, access: Access) -> None:
        self.access = access
        more: dict[str, Any] = {}
        if access.api_key:
            more["api_key"] = access.api_key
        elif access.user:
            more["basic_auth"] = (access.user, access.password or "")
        if access.ca_cert is not None:
            more["ca_certs"] = str(access.ca_cert)
        if access.fingerprint:
            more["ssl_assert_fingerprint"] = access.fingerprint.replace(":", "").lower()
            if access.ca_cert is None:
                more |= {"verify_certs": False, "ssl_show_warn": False}  # the fingerprint says who it is
        json = _Json()
        try:
            self._client = Elasticsearch(
                [url.rstrip("/") for url in access.urls],
                serializers={json.mimetype: json},
                max_retries=0,
                retry_on_timeout=False,
                **more,
            )
        except ValueError as error:
            raise EngineError(
                f"{access.shown} cannot be asked like that: {error}",
                hint="write https:// where a certificate is to be checked, and the port, as in https://host:9200",
            ) from error

    def ask(self, question: Callable[[Elasticsearch], T], *, seconds: float | None = None) -> T:
        """The answer, within `seconds` (`timeout` unless given).

        When a node does not answer there is time left to ask another one. Raises what the last attempt raised.
        """
        limit = seconds or self.access.timeout
        until = time.monotonic() + limit
        attempt = 0
        while True:
            left = until - time.monotonic()
            share = left / 2 if attempt == 0 and len(self.access.urls) > 1 else left
            try:
                return self.once(question, max(share, 0.05))
            except (ApiError, NotConnected, ConnectionTimeout) as error:
                pause = _pause(attempt)
                if not may_pass(error) or time.monotonic() + pause >= until:
                    raise
            time.sleep(pause)
            attempt += 1

    def once(self, question: Callable[[Elasticsearch], T], seconds: float) -> T:
        """The answer to a question that is asked once."""
        return question(self._client.options(request_timeout=seconds))

    def insist(self, question: Callable[[Elasticsearch], T]) -> T:
        """As `ask`, for as long as `patience` lasts: for writes, whose loss would cost more than time."""
        return self.ask(question, seconds=self.access.patience)

    def close(self) -> None:
        self._client.close()


def may_pass(error: Exception) -> bool:
    """Whether the same question may be answered a little later. What is not trusted will not be."""
    if isinstance(error, ApiError):
        return error.meta.status in RETRIED
    return not isinstance(error, TlsError)


def _pause(attempt: int) -> float:
    """Seconds to wait: twice as long each time, each client at a moment of its own."""
    longest: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311  (a moment of its own, no secret)


def _without_login(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


class _Json(CompatibilityModeJsonSerializer):
    """Answers by msgspec, which takes a third of the time."""

    def loads(self, data: bytes) -> Any:
        return msgspec.json.decode(data)

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else msgspec.json.encode(data)
