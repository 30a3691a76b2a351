"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("hobnob", deadline=None)
settings.load_profile("hobnob")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The project's own folder."""
    return Path(__file__).parent.parent
