"""From what a person typed to an answer: filters, the query they stand for, and the engine that knows the answer.

Cheap to import, for a search is to start at once: what only some queries need is imported by them.
"""

from typing import TYPE_CHECKING

from hobnob.errors import SettingsError
from hobnob.settings import Settings
from indexer.search.filters import Filters
from indexer.search.resolving import resolve

if TYPE_CHECKING:
    from indexer.engines import Engine

__all__ = ["ENGINES", "Filters", "open_engine", "resolve"]

ENGINES = ("embedded", "elasticsearch")


def open_engine(settings: Settings) -> "Engine":
    """The engine that the settings name.

    Raises SettingsError when there is none of that name, or when it cannot be reached as they say.
    """
    if settings.engine not in ENGINES:
        raise SettingsError(f"unknown search engine {settings.engine!r}", hint=f"known: {', '.join(ENGINES)}")
    if settings.engine == "elasticsearch":
        return _elasticsearch(settings)
    from indexer.engines.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(settings.index_dir)


def _elasticsearch(settings: Settings) -> "Engine":
    try:
        from indexer.engines.elasticsearch import Access, ElasticsearchEngine  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"the engine 'elasticsearch' needs the Python package {error.name!r}",
            hint="install it with hobnob: pipx install 'hobnob[elasticsearch]'",
        ) from error
    if settings.elasticsearch_api_key and settings.elasticsearch_user:
        raise SettingsError("both elasticsearch_api_key and elasticsearch_user are set", hint="leave one of them out")
    certificate = settings.elasticsearch_ca_cert
    if certificate is not None and not certificate.is_file():
        raise SettingsError(f"elasticsearch_ca_cert: there is no file {str(certificate)!r}")
    access = Access(
        urls=settings.elasticsearch_urls,
        api_key=settings.elasticsearch_api_key,
        user=settings.elasticsearch_user,
        password=settings.elasticsearch_password,
        ca_cert=certificate,
        fingerprint=settings.elasticsearch_fingerprint,
        timeout=settings.elasticsearch_timeout_seconds,
    )
    return ElasticsearchEngine(
        access,
        prefix=settings.elasticsearch_prefix,
        shards=settings.elasticsearch_shards,
        replicas=settings.elasticsearch_replicas,
    )
