"""`hobnob doctor`: whether everything hobnob needs is there and sound, and what to do where it is not."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click

from cli.options import format_option
from cli.output import say_json
from cli.session import Session
from cli.table import wrapped
from hobnob.errors import HobnobError
from hobnob.printable import line
from indexer.catalogue_file import damage
from indexer.rules import RULES

__all__ = ["command"]

_LEAST_FREE = 500 * 1024**2
_OLDEST_PYTHON = (3, 11)
_LIBRARIES = ("scrapy", "sqlalchemy", "tantivy", "icalendar", "starlette", "msgspec")
_OF_ENGINES = {"elasticsearch": ("elasticsearch",)}
_RESTORE = "put a backup in its place, or move it away and crawl again; then run 'hobnob index rebuild'"
_NONE_YET = "none yet; 'hobnob crawl' makes it"
_PROBE_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")


class _UnsoundError(Exception):
    """Something is broken: what, and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; `advice` says what to do, where something is broken."""

    check: str
    sound: bool
    message: str
    advice: str | None = None


@click.command(short_help="Check that everything needed is there and sound.")
@format_option("table", "json")
@click.pass_context
def command(ctx: click.Context, output_format: str) -> None:
    """Check versions, settings, sources, catalogue, index, gazetteer, time zones and disk.

    Exit code 1 if something is broken; the line says what to do.

    \b
    Examples:
      hobnob doctor
    """
    session: Session = ctx.obj
    findings = [_finding(check, examine, session) for check, examine in _CHECKS.items()]
    if output_format == "json":
        say_json(findings)
    else:
        for finding in findings:
            _show(finding)
    ctx.exit(0 if all(finding.sound for finding in findings) else 1)


def _finding(check: str, examine: Callable[[Session], str], session: Session) -> Finding:
    try:
        return Finding(check, True, examine(session))
    except _UnsoundError as error:
        return Finding(check, False, str(error), error.advice)
    except HobnobError as error:
        return Finding(check, False, str(error), error.hint)
    except Exception as error:
        return Finding(check, False, f"{type(error).__name__}: {error}", "run the same with 'hobnob --debug'")


def _show(finding: Finding) -> None:
    mark = click.style("ok  ", fg="green") if finding.sound else click.style("BAD ", fg="red", bold=True)
    click.echo(f"{mark} {finding.check:11} {line(finding.message)}")
    if finding.advice and not finding.sound:
        for text in wrapped(line(finding.advice), 64):
            click.echo(f"{'':17}{text}")


def _python(session: Session) -> str:
    if sys.version_info < _OLDEST_PYTHON:
        raise _UnsoundError(f"Python {sys.version.split()[0]} is too old", "install Python 3.11 or newer")
    return f"Python {sys.version.split()[0]}"


def _libraries(session: Session) -> str:
    missing = []
    found = []
    for name in (*_LIBRARIES, *_OF_ENGINES.get(session.settings.engine, ())):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        raise _UnsoundError(f"not installed: {', '.join(missing)}", "install hobnob again")
    return ", ".join(found)


def _settings(session: Session) -> str:
    from crawlers.platforms import check_keys

    settings, origins = session.loaded
    check_keys(settings.keys)
    return f"{len(origins)} set, the others are defaults; configuration in {settings.config_dir}"


def _sources(session: Session) -> str:
    enabled = sum(source.enabled for source in session.sources.values())
    return f"{len(session.sources)} declared, {enabled} enabled, all valid"


def _catalogue(session: Session) -> str:
    path = session.sqlite_file
    if path is not None and not path.exists():
        return _NONE_YET
    if path is not None and (problem := damage(path)):
        raise _UnsoundError(f"{path} is damaged: {problem}", _RESTORE)
    counts = session.catalogue.counts()
    return f"{counts.present} events from {counts.observations} observations"


def _judgement(session: Session) -> str:
    if session.sqlite_file is not None and not session.sqlite_file.exists():
        return _NONE_YET
    outdated, doubts = session.catalogue.outdated(RULES), session.catalogue.count_doubts()
    parts = [f"older rules judged {outdated} of the events: see 'hobnob rejudge --dry-run'"] if outdated else []
    parts += [f"in doubt whether two are one event: {doubts}, see 'hobnob review'"] if doubts else []
    return "; ".join(parts) or "nothing is in doubt, all is judged by the present rules"


def _health(session: Session) -> str:
    from cli.sources_health import checkup, summary

    if session.sqlite_file is not None and not session.sqlite_file.exists():
        return "nothing was crawled yet"
    found = checkup(session)
    return summary(found) + (" See 'hobnob sources health'." if found.ill else "")


def _index(session: Session) -> str:
    if session.sqlite_file is not None and not session.sqlite_file.exists():
        return _NONE_YET
    condition = session.engine.condition()
    if condition.problems:
        first = condition.problems[0]
        raise _UnsoundError("; ".join(problem.message for problem in condition.problems), first.advice)
    state, number = session.engine.state(), session.catalogue.number()
    if state.number < number:
        raise _UnsoundError(
            f"{number - state.number} changes behind the catalogue",
            "run 'hobnob index sync', or the next crawl does it",
        )
    if state.number > number:
        raise _UnsoundError("newer than the catalogue, which may have been restored", "run 'hobnob index rebuild'")
    where = "".join(f"; {name.casefold()} {value}" for name, value in condition.facts if name != "Directory")
    return f"{state.events} events at {state.documents} times, up to date{where}"


def _gazetteer(session: Session) -> str:
    found = session.gazetteer.resolve("München")
    if found.country_code != "DE":
        raise _UnsoundError(f"it finds München in {found.country_code}", "install hobnob again")
    return f"opens; München is {found.label}"


def _time_zones(session: Session) -> str:
    from hobnob.moments import zone_info

    missing = [name for name in _PROBE_ZONES if zone_info(name) is None]
    if missing:
        raise _UnsoundError(f"no data for {', '.join(missing)}", "install the Python package tzdata")
    if session.settings.time_zone and zone_info(session.settings.time_zone) is None:
        raise _UnsoundError(
            f"time_zone {session.settings.time_zone!r} is unknown", "set an IANA name such as Europe/Berlin"
        )
    return f"yours is {session.settings.time_zone or 'this machine’s'}"


def _disk(session: Session) -> str:
    folder = next(path for path in _with_parents(session.settings.data_dir) if path.exists())
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        raise _UnsoundError(
            f"{free // 1024**2} MB free in {folder}", "make room, or choose another place with --data-dir"
        )
    return f"{free / 1024**3:.1f} GB free in {folder}"


def _with_parents(path: Path) -> Iterator[Path]:
    yield path
    yield from path.parents


_CHECKS: dict[str, Callable[[Session], str]] = {
    "python": _python,
    "libraries": _libraries,
    "settings": _settings,
    "sources": _sources,
    "disk": _disk,
    "catalogue": _catalogue,
    "judgement": _judgement,
    "health": _health,
    "index": _index,
    "gazetteer": _gazetteer,
    "time zones": _time_zones,
}
