"""`hobnob facets`: how the events that a search finds are spread over industries, kinds, places and months."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from cli.choosing import check_sources
from cli.filters import filter_options
from cli.freshness import freshen
from cli.options import format_option
from cli.output import say, say_json, terminal_width
from cli.session import Session
from cli.table import columns_of, fit
from hobnob.printable import line
from hobnob.queries import FACETS, FacetCount

if TYPE_CHECKING:
    from indexer.search import Filters

__all__ = ["command"]

_TITLES = {"industry": "Industry", "kind": "Kind", "city": "City", "country": "Country", "month": "Month",
           "attendance": "How to attend", "source": "Source", "language": "Language"}  # fmt: skip
_WIDEST_VALUE = 30
_WIDEST_BAR = 40


@click.command(short_help="Count the events that a search finds, by industry, kind, city, month.")
@filter_options(paged=False)
@click.option("--by", "names", multiple=True, type=click.Choice(FACETS), help="Only this facet; may be repeated.")
@click.option(
    "-l", "--limit", "most", type=click.IntRange(1, 1000), default=10, show_default=True, help="Values of a facet."
)
@format_option("table", "json")
@click.pass_obj
def command(session: Session, filters: "Filters", names: tuple[str, ...], most: int, output_format: str) -> None:
    """Count the events that a search finds, by industry, kind, city, country, month and more.

    Takes the same filters as search; the most frequent values of each facet come first.

    \b
    Examples:
      hobnob facets
      hobnob facets --industry technology --from today --to +90d
      hobnob facets -n Berlin --by industry --by month
    """
    from indexer.search import resolve

    query = resolve(filters, settings=session.settings, now=session.now)
    freshen(session)
    found = session.engine.facets(query, names or FACETS, most)
    if not any(found.values()):
        check_sources(session, query.sources)
    if output_format == "json":
        say_json(found)
        return
    if not any(found.values()):
        say("Nothing found.")
        return
    for text in _lines(found, terminal_width()):
        click.echo(text)


def _lines(found: Mapping[str, Sequence[FacetCount]], width: int) -> Iterator[str]:
    for number, (name, counts) in enumerate((name, counts) for name, counts in found.items() if counts):
        if number:
            yield ""
        yield click.style(_TITLES[name], bold=True)
        yield from _bars(counts, width)


def _bars(counts: Sequence[FacetCount], width: int) -> Iterator[str]:
    """A line for each value: its name, its count, and a bar as long as its share of the largest."""
    values = [fit(line(count.value), _WIDEST_VALUE) for count in counts]
    column = max(map(columns_of, values))
    digits = max(len(str(count.count)) for count in counts)
    room = min(_WIDEST_BAR, max(1, width - column - digits - 6))
    largest = max(count.count for count in counts)
    for value, count in zip(values, counts, strict=True):
        bar = "█" * max(1, round(room * count.count / largest))
        yield f"  {value}{' ' * (column - columns_of(value))}  {count.count:>{digits}}  {bar}"
