"""Which sources a command means: declared ones by name, or an address or file named directly."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cli.session import Session
from hobnob.errors import UnknownName
from hobnob.nearest import nearest
from hobnob.sources import Source

__all__ = ["check_sources", "chosen", "unknown_source", "with_address"]


def chosen(session: Session, names: Sequence[str]) -> list[Source]:
    """The sources that `names` mean, each once; without names all that are enabled. Raises UnknownName.

    An address that no source has is looked at once, to see what reads it.
    """
    if not names:
        return [source for source in session.sources.values() if source.enabled]
    found = [_named(session, name) for name in names]
    new = {one: name for one, name in zip(found, names, strict=True) if isinstance(one, str)}
    looked = _looked_at(session, new)
    sources = (looked[one] if isinstance(one, str) else one for one in found)
    return list({source.name: source for source in sources}.values())


def check_sources(session: Session, names: Iterable[str]) -> None:
    """Raises UnknownName for the first name that neither a declared source has nor one that was ever crawled."""
    for name in sorted(names):
        if name not in session.sources and name not in session.catalogue.sources():
            raise unknown_source(session, name)


def unknown_source(session: Session, name: str) -> UnknownName:
    """The error for a name that no source has."""
    near = nearest(name, session.sources)
    return UnknownName("source", name, near, hint=None if near else "'hobnob sources list' shows all")


def with_address(session: Session, url: str) -> Source | None:
    """The declared source that has this address, however its scheme, "www." and last slash are written."""
    wanted = _plain(url)
    return next((one for one in session.sources.values() if _plain(one.url) == wanted), None)


def _plain(url: str) -> str:
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() == "file":
        return url
    return rest.partition("#")[0].removeprefix("//").removeprefix("www.").rstrip("/")


def _named(session: Session, name: str) -> Source | str:
    """The declared source of that name or address, else the address that is meant."""
    from cli.adhoc import address_of, is_address, is_file, source_of

    if name in session.sources:
        return session.sources[name]
    if not (is_address(name) or is_file(name)):
        raise unknown_source(session, name)
    url = address_of(name)
    if (same := with_address(session, url)) is not None:
        return same
    return source_of(url) if url.lower().startswith("file:") else url


def _looked_at(session: Session, new: dict[str, str]) -> dict[str, Source]:
    """A source for each of these addresses, which are what was typed: with the reader that reads its answer."""
    from cli.adhoc import source_of
    from cli.progress import following
    from crawlers.discover import discover

    if not new:
        return {}
    with following(session.debug, quiet=True):
        found = discover(new, settings=session.settings, most_requests=1)
    sources: dict[str, Source] = {}
    for looked in found:
        source = source_of(looked.url)
        if looked.best is not None:
            source = replace(looked.best.source, name=source.name, homepage=None)
        sources[looked.url] = source
    return sources
