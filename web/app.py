"""The HTTP service: saved feeds and searches as calendars to subscribe to.

GET /                  the saved feeds
GET /feeds/NAME.ics    a saved feed
GET /search.ics?…      any search, with the options of `hobnob search` as parameters
GET /healthz           whether searches can be answered
"""

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from html import escape
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from hobnob.errors import HobnobError, UnknownName, UsageError
from hobnob.printable import line
from hobnob.settings import Settings
from indexer.search.filters import PARAMETERS, from_parameters
from web.calendars import Calendars, Made
from web.conditional import http_date, is_unchanged
from web.safe_headers import SafeHeaders

__all__ = ["application"]

logger = logging.getLogger(__name__)

_AT_ONCE = 4
_MOST_WAITING = 64
_LONGEST_QUERY = 2_000
_LONGEST_MESSAGE = 300
_MAX_AGE = "public, max-age=600"
_SEARCHABLE = tuple(name for name in PARAMETERS if name not in ("sort", "limit", "page", "all-occurrences"))

_Answer = TypeVar("_Answer")


def application(settings: Settings) -> Starlette:
    """The service as an ASGI application; engine and catalogue are opened by each process when first asked for."""
    service = _Service(Calendars(settings))
    routes = [
        Route("/", service.index),
        Route("/feeds/{name}.ics", service.feed),
        Route("/search.ics", service.search),
        Route("/healthz", service.health),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={HTTPException: _http_error, HobnobError: _our_error, Exception: _unexpected},
        lifespan=service.lifespan,
    )


class _Service:
    """The pages. What blocks runs in a few threads, and a request beyond a certain queue is turned away."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._limiter: anyio.CapacityLimiter | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(self._calendars.close)

    async def index(self, _: Request) -> Response:
        names = await self._run(self._calendars.names)
        items = "".join(f'<li><a href="/feeds/{escape(name)}.ics">{escape(name)}</a></li>' for name in names)
        feeds = f"<p>Feeds for your calendar to subscribe to:</p><ul>{items}</ul>" if items else "<p>No feeds yet.</p>"
        example = "/search.ics?near=Berlin&amp;industry=technology"
        return HTMLResponse(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>hobnob</title><h1>hobnob</h1>'
            f'{feeds}<p>Any search is a calendar, too: <a href="{example}">{example}</a></p></html>'
        )

    async def feed(self, request: Request) -> Response:
        name = request.path_params["name"]
        try:
            made = await self._run(partial(self._calendars.feed, name))
        except UnknownName as error:
            if error.what != "feed":
                raise
            return _text(404, error)
        return _calendar(request, made, f"{name}.ics")

    async def search(self, request: Request) -> Response:
        if len(request.url.query) > _LONGEST_QUERY:
            raise HTTPException(414, "the search is too long")
        given = {name: request.query_params.getlist(name) for name in request.query_params}
        if unknown := [name for name in given if name not in _SEARCHABLE]:
            raise UnknownName("parameter", unknown[0], hint=f"known are {', '.join(_SEARCHABLE)}")
        made = await self._run(partial(self._calendars.search, from_parameters(given)))
        return _calendar(request, made, "hobnob.ics")

    async def health(self, _: Request) -> Response:
        await self._run(self._calendars.check)
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def _run(self, work: Callable[[], _Answer]) -> _Answer:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(_AT_ONCE)
        if self._limiter.statistics().tasks_waiting >= _MOST_WAITING:
            raise HTTPException(503, "too many requests at once", headers={"Retry-After": "10"})
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


def _calendar(request: Request, made: Made, filename: str) -> Response:
    headers = {
        "ETag": made.etag,
        "Last-Modified": http_date(made.last_modified),
        "Cache-Control": _MAX_AGE,
    }
    if is_unchanged(request.headers, etag=made.etag, last_modified=made.last_modified):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{filename}"'
    headers["Content-Length"] = str(len(made.body))
    body = b"" if request.method == "HEAD" else made.body
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")


def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _text(error.status_code, error.detail, error.headers)


def _our_error(request: Request, error: Exception) -> Response:
    """A request that cannot be understood is explained; what is wrong on this side is only logged."""
    if isinstance(error, UsageError):
        return _text(400, error)
    logger.error("%s: %s", request.url.path, line(str(error)))
    return _text(503, "the service cannot answer at the moment", {"Retry-After": "60"})


def _unexpected(_: Request, __: Exception) -> Response:
    return _text(500, "something went wrong")


def _text(status: int, said: str | Exception, headers: Mapping[str, str] | None = None) -> Response:
    hint = said.hint if isinstance(said, HobnobError) else None
    message = line(f"{said}; {hint}" if hint else str(said))
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    return PlainTextResponse(f"{message}\n", status, {**(headers or {}), "Cache-Control": "no-store"})
