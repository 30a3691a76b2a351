"""The source that is proposed for what discovery found: its defaults from what its events are like, and the options."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cli.progress import following
from cli.session import Session
from crawlers.discovery.naming import name_of
from crawlers.sources import declaration
from crawlers.sources.declarations import every_text
from hobnob.errors import HobnobError
from hobnob.sources import Source

if TYPE_CHECKING:
    from crawlers.discover import Candidate, Discovery
    from indexer.enrich import Preview

__all__ = ["Options", "free_name", "looked_at", "proposed", "seen", "with_options"]

Options = Mapping[str, Any]
"""What was given on the command line, by the fields of a source; None, False or () where nothing was."""

_ENOUGH = 5
_MOST_OF = 0.8


def looked_at(session: Session, urls: Sequence[str], given: Options) -> "list[Discovery]":
    """What is behind these addresses, with the options that concern the look; its progress is shown."""
    from crawlers.discover import discover

    with following(session.debug, quiet=True) as shown:
        return discover(
            urls,
            settings=session.settings,
            private=bool(given["private"]),
            only=given["reader"],
            progress=shown.look,
        )


def seen(session: Session, candidate: "Candidate") -> "Preview":
    """What would be concluded of the candidate's sample of events."""
    from indexer.enrich import preview

    return preview(candidate.events, candidate.source, gazetteer=session.gazetteer)


def proposed(
    candidate: "Candidate", like: "Preview", given: Options, taken: Container[str], *, title: str | None = None
) -> Source:
    """The candidate as a valid source of a name that is free. What the events say themselves needs no default, and a
    wrong one is worse than none: a zone only where times need one and nearly all places agree on it, a place only where
    many events have none and nearly all others are in one city.

    Raises SourceError for an option that does not fit, HobnobError for a name that is taken.
    """
    source = candidate.source
    source = replace(
        source,
        title=title or source.title,
        time_zone=source.time_zone or (_most(like.time_zones, like.placed) if candidate.floating else None),
        language=_language(candidate, like),
        place=_place(like),
        every=max(source.every, candidate.refresh or source.every),
    )
    name = given.get("name") or free_name(name_of(title, source.url) if title else source.name, taken)
    if name in taken:
        raise HobnobError(f"a source called {name!r} exists already", hint="give another name with --name")
    return with_options(replace(source, name=name), given)


def with_options(source: Source, given: Options) -> Source:
    """The source with the options in place of its own fields, checked."""
    every = given.get("every")
    named = {field: value for field, value in given.items() if value not in (None, (), False) and field != "name"}
    kept = {field: getattr(source, field) for field in _KEPT if getattr(source, field)}
    table = {**kept, "every": every or every_text(source.every), **named}
    return replace(declaration(table), fields=source.fields)


_KEPT = (
    "name", "title", "url", "reader", "platform", "homepage", "time_zone", "language", "industries", "kind", "place",
    "follow_depth", "follow", "private",
)  # fmt: skip


def free_name(name: str, taken: Container[str]) -> str:
    """The name, with a number behind it where it is taken."""
    if name not in taken:
        return name
    return next(numbered for number in range(2, 10_000) if (numbered := f"{name}-{number}") not in taken)


def _most(counts: tuple[tuple[str, int], ...], of: int) -> str | None:
    """What nearly all say, where enough say something."""
    if not counts or of < _ENOUGH or counts[0][1] < _MOST_OF * of:
        return None
    return counts[0][0]


def _language(candidate: "Candidate", like: "Preview") -> str | None:
    """The language of the page, where the texts of its events seem to be in it, too."""
    declared = candidate.language
    if declared is None or any(event.in_language for event in candidate.events):
        return None
    return declared if _most(like.languages, like.count) == declared.partition("-")[0].lower() else None


def _place(like: "Preview") -> str | None:
    needed = like.count - like.placed - like.online
    return _most(like.places, like.placed) if needed > like.count / 2 else None
