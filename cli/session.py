"""What one run of the program knows and has opened: settings, sources, catalogue, engine."""

import datetime as dt
from contextlib import ExitStack, closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hobnob import settings as hobnob_settings
from hobnob.moments import UTC
from hobnob.settings import Settings
from indexer.catalogue_file import path_of

if TYPE_CHECKING:
    from hobnob.sources import Source
    from indexer.catalogue import Catalogue
    from indexer.engines import Engine
    from indexer.enrich.gazetteer import Gazetteer

__all__ = ["Session"]


class Session:
    """One run of the program. A context manager: what was opened is closed at its end."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(UTC)
        self.debug = False
        self._config_file: Path | None = None
        self._overrides: dict[str, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    def configure(self, *, data_dir: Path | None, config_file: Path | None, engine: str | None, debug: bool) -> None:
        """Takes over the global options."""
        self.debug = debug
        self._config_file = config_file
        self._overrides = {"data_dir": data_dir and data_dir.absolute(), "engine": engine}

    @property
    def arguments(self) -> list[str]:
        """The global options that were given, for another process that is to mean the same."""
        given = {
            "--data-dir": self._overrides.get("data_dir"),
            "--config": self._config_file and self._config_file.absolute(),
            "--engine": self._overrides.get("engine"),
        }
        return [word for option, value in given.items() if value for word in (option, str(value))]

    @cached_property
    def loaded(self) -> tuple[Settings, dict[str, str]]:
        """The settings in force, and where each that is no default came from; raises SettingsError."""
        import platformdirs

        return hobnob_settings.load(
            config_dir=platformdirs.user_config_path("hobnob", appauthor=False),
            data_dir=platformdirs.user_data_path("hobnob", appauthor=False),
            config_file=self._config_file,
            overrides=self._overrides,
        )

    @property
    def settings(self) -> Settings:
        return self.loaded[0]

    @cached_property
    def zone(self) -> dt.tzinfo:
        """The user's time zone; raises SettingsError."""
        from indexer.search.own_zone import own_zone

        return own_zone(self.settings)[1]

    @property
    def sqlite_file(self) -> Path | None:
        """Where the catalogue is, whether or not there is one yet; None when it is on a server."""
        return path_of(self.settings.catalogue_url)

    @cached_property
    def sources(self) -> dict[str, "Source"]:
        """All declared sources by name; raises SourceError."""
        from crawlers.sources import load

        return load(self.settings.sources_dir, bundled=self.settings.bundled_sources)

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The catalogue, made if there is none yet; raises CatalogueError."""
        from indexer.catalogue import Catalogue

        return self._open.enter_context(closing(Catalogue.open(self.settings.catalogue_url, now=self.now)))

    @cached_property
    def engine(self) -> "Engine":
        """The search engine of the settings; raises EngineError."""
        from indexer.search import open_engine

        return self._open.enter_context(closing(open_engine(self.settings)))

    @cached_property
    def gazetteer(self) -> "Gazetteer":
        from indexer.enrich.gazetteer import Gazetteer

        return Gazetteer()
