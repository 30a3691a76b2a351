"""Enrichment: where an event is, on which clocks, how one takes part, what it is about; each with the reason."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.enrich.enricher import Enricher
    from indexer.enrich.judgement import Judgement
    from indexer.enrich.previews import Preview, preview

__all__ = ["Enricher", "Judgement", "Preview", "preview"]

_PLACES = {"Enricher": "enricher", "Judgement": "judgement", "Preview": "previews", "preview": "previews"}


def __getattr__(name: str) -> Any:
    """What is exported when it is first asked for: a search needs only the gazetteer, and starts at once."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
