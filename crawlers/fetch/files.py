"""Downloads of `file:` addresses: regular files, up to the size limit, and only for a source that is itself a file."""

import asyncio
import os
import stat
from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from w3lib.url import file_uri_to_path

from crawlers.fetch.failures import MissingError, TooLargeError

__all__ = ["Files"]


class Files(BaseDownloadHandler):
    """The handler of file: addresses. `meta["local"]` says that the source is a file; no web page may lead to one."""

    async def download_request(self, request: Request) -> Response:
        """Raises IgnoreRequest, MissingError, TooLargeError or OSError."""
        if not request.meta.get("local"):
            raise IgnoreRequest("a web address may not lead to a file")
        limit = self.crawler.settings.getint("DOWNLOAD_MAXSIZE")
        body = await asyncio.to_thread(_read, Path(file_uri_to_path(request.url)), limit)
        return Response(request.url, body=body)


def _read(path: Path, limit: int) -> bytes:
    try:
        # Opened without waiting: a named pipe would otherwise block until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise MissingError(f"there is no file {path}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise MissingError(f"{path} is not a file")
        body = file.read(limit + 1)
    if len(body) > limit:
        raise TooLargeError
    return body
