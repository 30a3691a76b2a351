"""The engines of tests/engines, for what follows the catalogue."""

from tests.engines.conftest import new_engine

__all__ = ["new_engine"]
