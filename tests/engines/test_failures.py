"""What an index that cannot be written tells its user."""

import pytest

from hobnob.errors import EngineError
from indexer.engines.embedded.failures import unusable


@pytest.mark.parametrize(
    "said",
    [
        "Internal error: 'No space left on device (os error 28)'",
        "An IO error occurred: 'No space left on device (os error 28)'",
        "An index writer was killed.. A worker thread encountered an error (io::Error most likely) or panicked.",
    ],
)
def test_a_full_disk_asks_for_room_and_not_for_a_rebuild(said: str) -> None:
    with pytest.raises(EngineError, match="the disk is full") as caught, unusable("write the search index"):
        raise ValueError(said)
    assert "make room" in (caught.value.hint or "")


def test_a_damaged_index_asks_for_a_rebuild() -> None:
    with pytest.raises(EngineError, match="cannot search: what is wrong") as caught, unusable("search"):
        raise ValueError("what is wrong\nand a long dump of it")
    assert caught.value.hint == "hobnob index rebuild"
