"""`hobnob serve`: the HTTP service on this machine."""

import errno
import socket
from contextlib import suppress

import click

from cli.freshness import freshen
from cli.output import note
from cli.session import Session
from hobnob.errors import HobnobError
from hobnob.printable import line

__all__ = ["command"]

_SECONDS_TO_END = 5


@click.command(short_help="Serve feeds and searches to calendars, over HTTP.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 for any free one.")
@click.pass_obj
def command(session: Session, host: str, port: int) -> None:
    """Serve saved feeds and searches over HTTP, so that a calendar can subscribe.

    \b
    Examples:
      hobnob serve
      hobnob serve --host 0.0.0.0 --port 8000
    """
    import uvicorn

    from indexer.search import saved
    from web.app import application

    listening = _listen(host, port)
    with listening:
        _freshened(session)
        address = _address(host, listening.getsockname()[1])
        note(f"hobnob is at {address}/ (Ctrl-C ends it)")
        for name in saved.names(session.settings.feeds_file):
            note(f"  feed {name}: {address}/feeds/{name}.ics")
        note(f"  any search: {address}/search.ics?near=Berlin&industry=technology")
        config = uvicorn.Config(
            application(session.settings),
            log_level="debug" if session.debug else "warning",
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_END,
        )
        with suppress(KeyboardInterrupt):  # the usual way to end it, which is no failure
            uvicorn.Server(config).run(sockets=[listening])


def _freshened(session: Session) -> None:
    """Brings the index up to date; if that fails, what it holds is served all the same."""
    try:
        freshen(session)
    except HobnobError as error:
        note(line(str(error)))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise HobnobError(f"port {port} is in use already", hint="choose another with --port") from error
        if error.errno == errno.EACCES:
            raise HobnobError(f"no permission to listen on port {port}", hint="choose one above 1023") from error
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise HobnobError(f"cannot listen on {host}:{port}: {reason.lower()}", hint="check --host, --port") from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
