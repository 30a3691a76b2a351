"""What the tests of platforms share: a player of recorded sites, at which the program is pointed."""

from collections.abc import Iterator

import pytest

from tests.platforms.player import Player, playing

_OWN = ("HOBNOB_CONFIG", "HOBNOB_DATA_DIR", "HOBNOB_PLACE", "no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY")


@pytest.fixture(scope="session")
def running_player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    with playing(tmp_path_factory.mktemp("player")) as player:
        yield player


@pytest.fixture(scope="module")
def player(running_player: Player) -> Iterator[Player]:
    """The player, at which this process is pointed while the tests of a module run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OWN:
            patch.delenv(name, raising=False)
        for name, value in {**running_player.environment, "TZ": "Europe/Berlin"}.items():
            patch.setenv(name, value)
        yield running_player
