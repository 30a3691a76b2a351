"""Which sources a command means: declared ones by name, or an address or file named directly."""

from collections.abc import Iterable, Sequence

from cli.session import Session
from hobnob.errors import UnknownName
from hobnob.nearest import nearest
from hobnob.sources import Source

__all__ = ["check_sources", "chosen", "unknown_source"]


def chosen(session: Session, names: Sequence[str]) -> list[Source]:
    """The sources that `names` mean, each once; without names all that are enabled. Raises UnknownName."""
    if not names:
        return [source for source in session.sources.values() if source.enabled]
    return list({source.name: source for source in (_named(session, name) for name in names)}.values())


def check_sources(session: Session, names: Iterable[str]) -> None:
    """Raises UnknownName for the first name that neither a declared source has nor one that was ever crawled."""
    for name in sorted(names):
        if name not in session.sources and name not in session.catalogue.sources():
            raise unknown_source(session, name)


def unknown_source(session: Session, name: str) -> UnknownName:
    """The error for a name that no source has."""
    near = nearest(name, session.sources)
    return UnknownName("source", name, near, hint=None if near else "'hobnob sources list' shows all")


def _named(session: Session, name: str) -> Source:
    """The declared source of that name or address, else one made for the address or file."""
    from cli.adhoc import is_address, is_file, source_of
    from cli.trial import try_readers

    known = session.sources
    if name in known:
        return known[name]
    same = next((source for source in known.values() if source.url == name), None)
    if same is not None:
        return same
    if not (is_address(name) or is_file(name)):
        raise unknown_source(session, name)
    source = source_of(name)
    return try_readers(session, source).source if source.url.startswith("http") else source
