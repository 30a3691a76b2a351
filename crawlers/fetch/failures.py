"""Why a fetch failed: in one line that names the cause and what it is about, and by what a person would do about it."""

import gzip
import os
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple
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
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from w3lib.url import file_uri_to_path

from crawlers.fetch.instead import challenge, instead
from crawlers.fetch.retry_after import asked_to_wait
from hobnob.errors import ReadError
from hobnob.observations import Problem
from hobnob.printable import line

__all__ = [
    "Fault",
    "MissingError",
    "OffSiteError",
    "PrivateAddressError",
    "RefusedError",
    "TooLargeError",
    "fault",
    "is_missing",
    "reason",
    "status_text",
    "unreadable",
]


class PrivateAddressError(OSError):
    """A public source led to an address on a private network."""


class TooLargeError(Exception):
    """A file or response is larger than `max_response_mb`."""


class MissingError(Exception):
    """There is nothing to read at a `file:` address."""


class RefusedError(IgnoreRequest):
    """hobnob itself does not make this request, or does not go on with it; the message says why."""

    def __init__(self, message: str, problem: Problem, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.problem = problem
        self.retry_after = retry_after


class OffSiteError(RefusedError):
    """A page of a site leads on to another site."""


class Fault(NamedTuple):
    """What went wrong, of which kind it is, and the seconds that the server asked to be left alone for."""

    reason: str
    problem: Problem
    retry_after: int | None = None


_TOO_LARGE = "larger than max_response_mb allows: {url}"

#: Errors whose kind says it all.
_MEANINGS = {
    CannotResolveHostError: ("no such host: {host}", Problem.UNREACHABLE),
    DownloadTimeoutError: ("no answer in time from {host}", Problem.TIMEOUT),
    ResponseDataLossError: ("the answer of {host} broke off before its end", Problem.SERVER),
    DownloadFailedError: ("no proper answer from {host}: {error}", Problem.SERVER),
    UnsupportedURLSchemeError: ("not an address that can be fetched: {error}", Problem.OTHER),
    DownloadCancelledError: (_TOO_LARGE, Problem.TOO_LARGE),
    TooLargeError: (_TOO_LARGE, Problem.TOO_LARGE),
    gzip.BadGzipFile: ("the answer of {host} is not packed as it says: {error}", Problem.SERVER),
    zlib.error: ("the answer of {host} is not packed as it says: {error}", Problem.SERVER),
}
_STATUSES = {
    Problem.FORBIDDEN: (401, 403, 406, 451),
    Problem.MISSING: (404, 410),
    Problem.TIMEOUT: (408,),
    Problem.THROTTLED: (429,),
}

_REFUSALS = (401, 403, 405, 406, 429, 503)
"""With these statuses protections answer; a page of another error may name them for other reasons."""


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
    return fault(error, url).reason


def fault(error: BaseException, url: str) -> Fault:
    """What went wrong with fetching or reading `url`; the reason is one line."""
    host = urlsplit(url).hostname or file_uri_to_path(url)
    causes = list(_causes(error))
    if private := next((cause for cause in causes if isinstance(cause, PrivateAddressError)), None):
        found = Fault(str(private), Problem.PRIVATE)
    elif tls := next((cause for cause in causes if isinstance(cause, aiohttp.ClientSSLError)), None):
        told = getattr(tls, "certificate_error", None) or tls.os_error
        found = Fault(f"TLS failure with {host}: {told}", Problem.TLS)
    elif isinstance(error, HttpError):
        found = _answer(error.response)
    else:
        found = _fault(error, causes, url, host)
    return found._replace(reason=line(found.reason)[:300])


def unreadable(error: ReadError, response: Response, reader: str) -> Fault:
    """Why `reader` could not read the answer."""
    found = instead(response, reader)
    if found is None:
        return fault(error, response.url)
    return Fault(line(f"{found.what}, from {response.url}")[:300], found.problem)


def _answer(response: Response) -> Fault:
    """What an answer with a status other than 2xx says."""
    status = response.status
    text = f"{status_text(status)} from {response.url}"
    if status in _REFUSALS and (name := challenge(response)):
        return Fault(f"{text}: a challenge page of {name}; a challenge is a no", Problem.FORBIDDEN)
    wait = asked_to_wait(response)
    if wait is not None:
        asks = f": it asks to be left alone for {wait} s" if wait else ""
        return Fault(f"{text}{asks}", Problem.THROTTLED, wait or None)
    problem = next((problem for problem, statuses in _STATUSES.items() if status in statuses), None)
    return Fault(text, problem or (Problem.SERVER if status >= 500 or 300 <= status < 400 else Problem.OTHER))


def _fault(  # noqa: PLR0911 - one line for each cause
    error: BaseException, causes: list[BaseException], url: str, host: str
) -> Fault:
    for kind, (meaning, problem) in _MEANINGS.items():
        if isinstance(error, kind):
            return Fault(meaning.format(error=error, url=url, host=host), problem)
    match error:
        case RefusedError():
            return Fault(str(error), error.problem, error.retry_after)
        case DownloadConnectionRefusedError():
            return Fault(f"no connection to {host}: {_system_error(causes) or error}", Problem.UNREACHABLE)
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in str(error):
            return Fault(f"larger than max_response_mb allows when unpacked: {url}", Problem.TOO_LARGE)
        case ReadError():
            return Fault(str(error), Problem.UNREADABLE)
        case MissingError():
            return Fault(str(error), Problem.MISSING)
        case IgnoreRequest():
            return Fault(str(error) or "ignored", Problem.OTHER)
        case OSError() if error.strerror:
            return Fault(f"{error.strerror}: {host}", Problem.OTHER)
    return Fault(f"{type(error).__name__}: {error}", Problem.OTHER)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it, outermost first."""
    while error is not None:
        yield error
        error = error.__cause__


def _system_error(causes: list[BaseException]) -> str | None:
    numbers = (cause.errno for cause in causes if isinstance(cause, OSError))
    return next((os.strerror(number) for number in numbers if number), None)
