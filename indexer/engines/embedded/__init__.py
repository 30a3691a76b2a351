"""The embedded engine: tantivy, in a directory beside the catalogue."""

from indexer.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
