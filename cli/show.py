"""`hobnob show`: all we know of an event."""

import datetime as dt
from collections.abc import Iterator, Sequence

import click

from cli.dates import in_full
from cli.hits import where
from cli.options import format_option
from cli.output import say_json, terminal_width
from cli.session import Session
from cli.table import labelled, wrapped
from hobnob.events import Event, Label, Occurrence, Presence
from hobnob.jsonlines import as_builtins
from hobnob.observations import Attendance, Offer, Person, Status
from hobnob.place_line import place_line
from hobnob.printable import block, line

__all__ = ["command"]

_NEXT = 5
_ATTENDANCE = {Attendance.OFFLINE: "in person", Attendance.ONLINE: "online", Attendance.MIXED: "in person and online"}


@click.command(short_help="Show all we know of an event.")
@click.argument("event_id", metavar="ID")
@format_option("table", "json")
@click.pass_obj
def command(session: Session, event_id: str, output_format: str) -> None:
    """Show all we know of the event ID, which 'hobnob search' prints.

    Its next times, place, status, people, prices, its sources with their pages,
    and why it was placed and labelled as it is; 'hobnob why ID' tells more.

    \b
    Examples:
      hobnob show k3f9xa2b
      hobnob show k3f9xa2b -f json
    """
    event = session.catalogue.event(event_id)
    times = _next_times(session, event)
    if output_format == "json":
        say_json({**as_builtins(event), "next_occurrences": as_builtins(times)})
        return
    for text in _lines(event, times, terminal_width()):
        click.echo(text)


def _next_times(session: Session, event: Event) -> list[Occurrence]:
    from indexer.occurrences import occurrences

    settings = session.settings
    found = occurrences(
        event, now=session.now, horizon_days=settings.horizon_days, keep_past_days=settings.keep_past_days
    )
    return [occurrence for occurrence in found if occurrence.end_utc >= session.now][:_NEXT]


def _lines(event: Event, times: Sequence[Occurrence], width: int) -> Iterator[str]:
    yield click.style(line(event.name), bold=True)
    yield from labelled(_facts(event, times), width)
    if event.description:
        yield ""
        for paragraph in block(event.description).split("\n"):
            yield from wrapped(paragraph, width) if paragraph else ("",)


def _facts(event: Event, times: Sequence[Occurrence]) -> Iterator[tuple[str, list[str]]]:
    """Each fact that is known: its label, and its lines."""
    yield "ID", [event.id + (f" (of the series {event.series})" if event.series else "")]
    yield "Status", [_status(event)]
    yield from _when(event, times)
    yield from _where(event)
    if event.kind:
        yield "Kind", [_label(event.kind)]
    if event.industries:
        yield "Industries", [_label(label) for label in event.industries]
    for role in ("organizer", "performer", "attendee"):
        if people := getattr(event, role):
            yield role.capitalize(), [_person(person) for person in people]
    if event.offers or event.is_free is not None:
        yield "Price", _prices(event.is_free, event.offers)
    if event.in_language:
        yield "Language", [event.in_language]
    if event.keywords:
        yield "Keywords", [", ".join(event.keywords)]
    if event.url:
        yield "Page", [event.url]
    yield "Sources", [" ".join(filter(None, (source.source, source.url))) for source in event.sources]
    yield from _history(event)


def _status(event: Event) -> str:
    parts = [event.status.replace("_", " "), _ATTENDANCE[event.attendance]]
    if event.presence is Presence.MISSING:
        parts.append("its sources no longer show it")
    if event.presence is Presence.WITHDRAWN:
        parts.append("withdrawn by its sources")
    if event.hidden:
        parts.append("hidden by hand")
    return ", ".join(parts)


def _when(event: Event, times: Sequence[Occurrence]) -> Iterator[tuple[str, list[str]]]:
    why = [f"because: {event.time_zone_why}"] if event.time_zone_why and event.start_date.time else []
    if not event.recurs:
        yield "When", [in_full(event.start_date, event.end_date), *why]
        return
    yield "When", [f"{in_full(event.start_date, event.end_date)}, the first time", *event.rrule, *why]
    dates = [in_full(time.start, time.end) + _unless_scheduled(time.status) for time in times]
    yield "Next", dates or ["no more"]


def _unless_scheduled(status: Status) -> str:
    return "" if status is Status.SCHEDULED else f" {status.replace('_', ' ')}"


def _where(event: Event) -> Iterator[tuple[str, list[str]]]:
    if event.place is not None:
        lines = [place_line(event.place) or where(event.place, event.attendance)]
        if event.place.latitude is not None and event.place.longitude is not None:
            lines.append(f"{event.place.latitude:g},{event.place.longitude:g}")
        if event.place_why:
            lines.append(f"because: {event.place_why}")
        yield "Where", [text for text in lines if text]
    if event.virtual_location:
        yield "Online", [event.virtual_location]


def _label(label: Label) -> str:
    why = f", because: {'; '.join(label.why)}" if label.why else ""
    return f"{label.id} ({label.score:.0%}){why}"


def _person(person: Person) -> str:
    return " ".join(filter(None, (person.name, person.url, *person.same_as)))


def _prices(is_free: bool | None, offers: Sequence[Offer]) -> list[str]:
    prices = [
        " ".join(filter(None, (offer.price, offer.price_currency, offer.availability, offer.url))) for offer in offers
    ]
    return (["free"] if is_free else []) + [price for price in prices if price] or ["not free"]


def _history(event: Event) -> Iterator[tuple[str, list[str]]]:
    def day(instant: dt.datetime | None) -> str:
        return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else "unknown"

    yield "First seen", [day(event.created_at)]
    if event.changed_at != event.created_at:
        yield "Changed", [f"{day(event.changed_at)} (revision {event.sequence})"]
