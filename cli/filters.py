"""The options that say what is looked for: the same for `search`, `facets` and saved feeds."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

import click

from cli.completing import completes, source_names
from cli.session import Session

__all__ = ["filter_options"]


def _industries(_: Session) -> Iterable[str]:
    from hobnob.taxonomy import industry_ids

    return industry_ids()


def _kinds(_: Session) -> Iterable[str]:
    from hobnob.taxonomy import kind_ids

    return kind_ids()


_OPTIONS = (
    click.option(
        "-i", "--industry", multiple=True, metavar="NAME", shell_complete=completes(_industries),
        help="An industry: its id, its name or a synonym. Several are alternatives.",
    ),
    click.option("-n", "--near", metavar="PLACE", help="A city, 'City, Country', LAT,LON or 'me'."),
    click.option("-w", "--within", metavar="DISTANCE", help="How far around --near: 50km, 30mi."),
    click.option("--from", "start", metavar="DATE", help="The first day: 2026-12-01, today, friday, +90d."),
    click.option("--to", "end", metavar="DATE", help="The last day; of 'next month', its last."),
    click.option(
        "-k", "--kind", multiple=True, metavar="KIND", shell_complete=completes(_kinds),
        help="A kind of event: meetup, barcamp, conference, …",
    ),
    click.option("--online", is_flag=True, help="Only what can be attended online."),
    click.option("--in-person", is_flag=True, help="Only what can be attended in person."),
    click.option("--free", is_flag=True, help="Only what is known to cost nothing."),
    click.option(
        "-s", "--source", multiple=True, metavar="NAME", shell_complete=completes(source_names),
        help="Only events of this source.",
    ),
    click.option("--person", multiple=True, metavar="NAME", help="An organizer, performer or attendee."),
    click.option("--language", multiple=True, metavar="CODE", help="The event's language: en, de, pt."),
    click.option("--status", multiple=True, metavar="STATUS", help="scheduled, cancelled, postponed, …"),
    click.option("--not", "exclude", multiple=True, metavar="TEXT", help="Without these words."),
)  # fmt: skip


_PAGING = (
    click.option("--sort", metavar="ORDER", help="date, relevance or distance (with --near)."),
    click.option("-l", "--limit", metavar="N", help="How many to show, 20 unless you say otherwise."),
    click.option("--page", metavar="N", help="Which page of them."),
    click.option("--all-occurrences", is_flag=True, help="Each time of a repeating event, not only the next."),
)


def filter_options(*, paged: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command the argument TEXT and the filter options, as one `filters` (indexer.search.Filters).

    `paged`: also the options for order, number and page.
    """
    options = (*_OPTIONS, *_PAGING) if paged else _OPTIONS

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapper(*args: Any, **given: Any) -> Any:
            from indexer.search import Filters

            known = {field.name for field in fields(Filters)}
            typed = {name: given.pop(name) for name in list(given) if name in known}
            typed["text"] = " ".join(typed["text"])
            return function(*args, filters=Filters(**typed), **given)

        decorated: Callable[..., Any] = wrapper
        for option in reversed(options):
            decorated = option(decorated)
        return click.argument("text", nargs=-1)(decorated)

    return decorate
