"""Why a fetch failed, in one line that names the cause and what it is about."""

import os
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from w3lib.url import file_uri_to_path

from hobnob.errors import ReadError
from hobnob.printable import line

__all__ = ["MissingError", "PrivateAddressError", "TooLargeError", "is_missing", "reason", "status_text"]


class PrivateAddressError(OSError):
    """A public source led to an address on a private network."""


class TooLargeError(Exception):
    """A file or response is larger than `max_response_mb`."""


class MissingError(Exception):
    """There is nothing to read at a `file:` address."""


_TOO_LARGE = "larger than max_response_mb allows: {url}"

#: Errors whose kind says it all.
_MEANINGS = {
    CannotResolveHostError: "no such host: {host}",
    DownloadTimeoutError: "no answer in time from {host}",
    ResponseDataLossError: "the answer of {host} broke off before its end",
    DownloadFailedError: "no proper answer from {host}: {error}",
    UnsupportedURLSchemeError: "not an address that can be fetched: {error}",
    DownloadCancelledError: _TOO_LARGE,
    TooLargeError: _TOO_LARGE,
}


def status_text(status: int) -> str:
    """The number of an HTTP status with its phrase: "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def is_missing(error: BaseException) -> bool:
    """Whether the server, or the disk, says that there is no such thing."""
    return isinstance(error, MissingError) or (isinstance(error, HttpError) and error.response.status in (404, 410))


def reason(error: BaseException, url: str) -> str:
    """Why fetching or reading `url` failed, on one line."""
    host = urlsplit(url).hostname or file_uri_to_path(url)
    causes = list(_causes(error))
    if private := next((cause for cause in causes if isinstance(cause, PrivateAddressError)), None):
        text = str(private)
    elif tls := next((cause for cause in causes if isinstance(cause, aiohttp.ClientSSLError)), None):
        text = f"TLS failure with {host}: {getattr(tls, 'certificate_error', None) or tls.os_error}"
    else:
        text = _reason(error, causes, url, host)
    return line(text)[:300]


def _reason(  # noqa: PLR0911 - one line for each cause
    error: BaseException, causes: list[BaseException], url: str, host: str
) -> str:
    for kind, meaning in _MEANINGS.items():
        if isinstance(error, kind):
            return meaning.format(error=error, url=url, host=host)
    match error:
        case HttpError():
            return f"{status_text(error.response.status)} from {url}"
        case DownloadConnectionRefusedError():
            return f"no connection to {host}: {_system_error(causes) or error}"
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in str(error):
            return f"larger than max_response_mb allows when unpacked: {url}"
        case IgnoreRequest() if str(error) == "Forbidden by robots.txt":
            return f"robots.txt of {host} forbids {url}"
        case IgnoreRequest() | ReadError() | MissingError():
            return str(error) or "ignored"
        case OSError() if error.strerror:
            return f"{error.strerror}: {host}"
    return f"{type(error).__name__}: {error}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it, outermost first."""
    while error is not None:
        yield error
        error = error.__cause__


def _system_error(causes: list[BaseException]) -> str | None:
    numbers = (cause.errno for cause in causes if isinstance(cause, OSError))
    return next((os.strerror(number) for number in numbers if number), None)
