"""Settings: one frozen value. Defaults, then `hobnob.toml`, then HOBNOB_ variables, then the command line."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from hobnob import toml_files
from hobnob.errors import SettingsError
from hobnob.printable import without_password

__all__ = ["CONFIG_NAME", "Settings", "load"]

CONFIG_NAME = "hobnob.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be configured. `hobnob config` prints it, each value with where it came from."""

    data_dir: Path
    """Where the catalogue, the index and the HTTP cache live."""

    config_dir: Path
    """Where `hobnob.toml`, your own sources (`sources/*.toml`) and saved feeds (`feeds.toml`) live."""

    catalogue: str | None = None
    """A database URL; by default SQLite, `catalogue.sqlite` in the data directory."""

    engine: str = "embedded"
    """The search engine: "embedded", which needs nothing, or "elasticsearch", a cluster."""

    elasticsearch_urls: tuple[str, ...] = ("http://localhost:9200",)
    """Where the nodes of the cluster are asked: one URL, or several, of which any may fail."""

    elasticsearch_api_key: str | None = field(default=None, repr=False)
    """The API key, encoded as Elasticsearch gives it; shown nowhere."""

    elasticsearch_user: str | None = None
    """The user's name, where there is no API key."""

    elasticsearch_password: str | None = field(default=None, repr=False)
    """The user's password; shown nowhere."""

    elasticsearch_ca_cert: Path | None = None
    """A file with the certificate of the authority that the cluster's certificates are from (PEM)."""

    elasticsearch_fingerprint: str | None = None
    """The SHA-256 fingerprint of the cluster's certificate, or of its authority's, in hexadecimal digits: another way
    to say whom to trust."""

    elasticsearch_prefix: str = "hobnob"
    """What the names of the indices begin with. One prefix is for one catalogue."""

    elasticsearch_shards: int = 1
    """Into how many shards a new index is parted; more only help when one machine cannot hold it."""

    elasticsearch_replicas: int = 1
    """How many copies of each shard a new index has, so that it outlives the loss of a node; 0 on a single node."""

    elasticsearch_timeout_seconds: float = 10.0
    """How long a search may take; after that it fails."""

    contact: str | None = None
    """Your e-mail or web address, sent in the User-Agent so that a site's owner can reach you."""

    place: str | None = None
    """The place that `me` stands for."""

    time_zone: str | None = None
    """Your IANA time zone, for dates of online events; by default this machine's."""

    horizon_days: int = 400
    """How far ahead repeating events are worked out."""

    keep_past_days: int = 730
    """How long events that are over stay searchable."""

    bundled_sources: bool = True
    """Whether the sources that come with hobnob are crawled; when false, only your own."""

    download_delay: float = 1.0
    """Seconds between two requests to one host, at least; more while the host is slow or asks for it. With 0, no more
    than it asks for: only for servers of your own."""

    max_response_mb: int = 20
    """A response larger than this is not read."""

    timeout_seconds: int = 60
    """A request that takes longer is given up."""

    min_interval_hours: float = 1.0
    """Crawls that run by themselves fetch a source at most this often, whatever it declares."""

    max_interval_days: float = 28.0
    """Crawls that run by themselves fetch a source that is well at least this often."""

    missing_after: int = 2
    """After so many crawls of its source in which it should have been and was not, an event is missing. Crawls that
    failed, were read in part or brought far too little do not count, nor do events that have begun."""

    withdrawn_after: int = 4
    """After so many such crawls it is withdrawn, and no longer found. It returns when its source shows it again."""

    keys: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Your own keys, for platforms that want one: in a table `[keys]`, by the platform's name (`eventbrite = "…"`), or
    as `HOBNOB_KEY_EVENTBRITE`. They are sent to the platform only, and shown nowhere."""

    @property
    def catalogue_url(self) -> str:
        return self.catalogue or f"sqlite:///{self.data_dir / 'catalogue.sqlite'}"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def cache_dir(self) -> Path:
        return self.data_dir / "http-cache"

    @property
    def sources_dir(self) -> Path:
        return self.config_dir / "sources"

    @property
    def feeds_file(self) -> Path:
        return self.config_dir / "feeds.toml"


_KEY = re.compile(r"[!-~]{8,1000}")
"""Visible ASCII: what fits into a header; shorter ones would be found, and hidden, in any text."""

_URL = re.compile(r"https?://[^\s/?#]+(?:/\S*)?")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{2}(?::?[0-9a-fA-F]{2}){31}")

#: Tables of hobnob.toml whose keys are settings: `urls` in `[elasticsearch]` is `elasticsearch_urls`.
_TABLES = ("elasticsearch",)
_SECRETS = frozenset({"elasticsearch_api_key", "elasticsearch_password"})

_NAMES = {f.name: f.type for f in fields(Settings)}
_BOUNDS = {
    "horizon_days": (1, 3650),
    "keep_past_days": (0, 36500),
    "download_delay": (0, 3600),
    "max_response_mb": (1, 1024),
    "timeout_seconds": (1, 3600),
    "min_interval_hours": (0, 168),
    "max_interval_days": (7, 365),
    "missing_after": (1, 1000),
    "withdrawn_after": (1, 1000),
    "elasticsearch_shards": (1, 1024),
    "elasticsearch_replicas": (0, 20),
    "elasticsearch_timeout_seconds": (0.1, 600),
}


def load(
    *,
    config_dir: Path,
    data_dir: Path,
    config_file: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    overrides: Mapping[str, Any] | None = None,
) -> tuple[Settings, dict[str, str]]:
    """The settings in force, and for each name that is not a default, where its value came from.

    `config_dir` and `data_dir` are the platform's; `config_file` was named by the user and must exist, and its
    folder then is the configuration directory. Raises SettingsError naming file, key and value.
    """
    environ_config = environ.get("HOBNOB_CONFIG")
    named = config_file or (Path(environ_config) if environ_config else None)
    if named is not None and not named.is_file():
        raise SettingsError(f"no configuration file at {str(named)!r}", hint="leave out --config, or create the file")
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if named is not None:
        config_dir = named.absolute().parent
        origins["config_dir"] = "command line" if config_file else "HOBNOB_CONFIG"
    path = named or config_dir / CONFIG_NAME
    for origin, found in (
        (str(path), _from_file(path)),
        ("HOBNOB_*", _from_environ(environ)),
        ("command line", overrides),
    ):
        for name, value in (found or {}).items():
            if name == "keys":
                checked = _checked_keys(value, origin)
                values[name] = values.get(name, {}) | checked
                origins |= {f"keys.{platform}": _origin_of_key(platform, origin) for platform in checked}
            elif value is not None:
                origins[name] = f"HOBNOB_{name.upper()}" if origin == "HOBNOB_*" else origin
                values[name] = _checked(name, value, origins[name])
    base = Settings(config_dir=config_dir, data_dir=data_dir)
    return replace(base, **values), origins


def _from_file(path: Path) -> dict[str, Any]:
    found = toml_files.load(path, SettingsError, optional=True)
    for table in _TABLES:
        if isinstance(settings := found.get(table), Mapping):
            del found[table]
            found |= {f"{table}_{name}": value for name, value in settings.items()}
    for name in ("data_dir", "config_dir", "elasticsearch_ca_cert"):
        if isinstance(value := found.get(name), str):
            found[name] = str(path.absolute().parent / Path(value).expanduser())
    return found


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    named = {key.removeprefix("HOBNOB_").lower(): value for key, value in environ.items() if key.startswith("HOBNOB_")}
    named.pop("config", None)
    set_keys = {name.removeprefix("key_"): key for name, key in named.items() if name.startswith("key_") and key}
    keys = {name.replace("_", "-"): key for name, key in set_keys.items()}
    return {name: value for name, value in named.items() if name in _NAMES and name != "keys"} | {"keys": keys}


def _origin_of_key(platform: str, origin: str) -> str:
    return f"HOBNOB_KEY_{platform.upper().replace('-', '_')}" if origin == "HOBNOB_*" else origin


def _checked_keys(value: Any, origin: str) -> dict[str, str]:
    """Errors say which key is wrong, and never what it is."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{origin}: keys is not a table", hint='write [keys] and below it: platform = "your key"')
    for platform, key in value.items():
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            where = f"{origin}: the key of {platform!r}" if origin != "HOBNOB_*" else _origin_of_key(platform, origin)
            raise SettingsError(
                f"{where} does not look like one",
                hint="a key is a text of 8 to 1,000 letters, digits and signs without spaces",
            )
    return dict(value)


def _checked(name: str, value: Any, origin: str) -> Any:
    if name not in _NAMES:
        raise SettingsError(f"{origin}: unknown setting {name!r}", hint=f"known are {', '.join(sorted(_NAMES))}")
    if name in _PATTERNS:
        return _checked_text(name, value, origin)
    try:
        typed: Any = Path(value) if _is_path(name) else msgspec.convert(value, _NAMES[name], strict=False)
    except (msgspec.ValidationError, TypeError) as error:
        raise SettingsError(f"{origin}: {name} = {_shown(name, value)} does not fit: {error}") from error
    if name in _BOUNDS:
        low, high = _BOUNDS[name]
        if not low <= typed <= high:
            raise SettingsError(f"{origin}: {name} = {value!r} is not between {low} and {high}")
    return typed


_PATTERNS = {
    "elasticsearch_urls": (_URL, "write it as https://host:9200"),
    "elasticsearch_prefix": (_PREFIX, "use small letters, digits, - and _"),
    "elasticsearch_fingerprint": (_FINGERPRINT, "it has 64 hexadecimal digits"),
    "elasticsearch_api_key": (_KEY, "a key is a text of letters, digits and signs without spaces"),
}


def _checked_text(name: str, value: Any, origin: str) -> Any:
    """A text of a certain form, or several of them."""
    pattern, advice = _PATTERNS[name]
    several = name == "elasticsearch_urls"
    parts = re.split(r"[,\s]+", value.strip()) if several and isinstance(value, str) else value
    parts = parts if isinstance(parts, list) and several else [parts]
    for part in parts:
        if not isinstance(part, str) or not pattern.fullmatch(part):
            raise SettingsError(f"{origin}: {name} = {_shown(name, part)} does not fit", hint=advice)
    if several and not parts:
        raise SettingsError(f"{origin}: {name} names no address", hint=advice)
    return tuple(parts) if several else value


def _is_path(name: str) -> bool:
    return _NAMES[name] in (Path, Path | None)


def _shown(name: str, value: Any) -> str:
    """Errors say which secret is wrong, and never what it is."""
    if name in _SECRETS:
        return "(not shown)"
    return repr(without_password(value)) if isinstance(value, str) else repr(value)
