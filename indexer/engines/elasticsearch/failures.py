"""What a cluster and the way to it raise, said as an EngineError: what was wrong, and what to do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import ConnectionError as NotConnected
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from hobnob.errors import EngineError, HobnobError

__all__ = ["NOTHING_YET", "REBUILD", "first_cause", "unusable"]

#: What to do about an index that cannot be used.
REBUILD = "hobnob index rebuild"

NOTHING_YET = EngineError("there is nothing to search yet", hint="hobnob crawl")

_RIGHTS = "give it the rights that docs/elasticsearch.md lists"
_CATCH_UP = "the catalogue has all that was loaded; the next crawl, or 'hobnob index sync', brings the index level"
_LOGIN = "look at elasticsearch_api_key, or elasticsearch_user and elasticsearch_password"
_TLS = (
    ("certificate has expired", "its certificate has expired", "have the server's certificate renewed"),
    ("not yet valid", "its certificate is not yet valid", "look at the clocks of both machines"),
    ("fingerprint", "its certificate has another fingerprint", "compare elasticsearch_fingerprint with the server's"),
    ("hostname", "its certificate is for another host", "use the name in the certificate as the URL"),
    ("ip address mismatch", "its certificate is for another host", "use the name in the certificate as the URL"),
    ("self-signed", "its certificate is not trusted", "name the cluster's CA in elasticsearch_ca_cert"),
    ("self signed", "its certificate is not trusted", "name the cluster's CA in elasticsearch_ca_cert"),
    ("unable to get local issuer", "its certificate is not trusted", "name the cluster's CA in elasticsearch_ca_cert"),
    ("wrong version number", "it does not speak TLS", "write http:// instead of https://"),
)


@contextmanager
def unusable(doing: str, server: str) -> Iterator[None]:
    """Turns what the client raises in the block into an EngineError; `server` is what to call the cluster."""
    try:
        yield
    except HobnobError:
        raise
    except UnsupportedProductError as error:
        raise EngineError(
            f"cannot {doing}: what answers at {server} is not Elasticsearch", hint="look at elasticsearch_urls"
        ) from error
    except ApiError as error:
        raise _answered(doing, server, error) from error
    except TransportError as error:
        raise _not_reached(doing, server, error) from error


def first_cause(error: ApiError) -> tuple[str, str]:
    """The type and the reason that the server gives, the innermost that says something."""
    body = error.body
    if not isinstance(body, dict) or not isinstance(body.get("error"), dict):
        return "", " ".join(str(body or error.message).split())[:300]
    cause = body["error"]
    shards = cause.get("failed_shards") or []
    inner = (shards[0].get("reason") if shards else None) or cause
    return str(inner.get("type") or ""), " ".join(str(inner.get("reason") or "").split())[:300]


def _answered(doing: str, server: str, error: ApiError) -> EngineError:  # noqa: PLR0911  (a line for each status)
    status = error.meta.status
    kind, reason = first_cause(error)
    if status == 401:
        return EngineError(f"cannot {doing}: {server} does not let us in (401)", hint=_LOGIN)
    if kind == "index_not_found_exception":
        return EngineError(f"cannot {doing}: {reason}", hint="hobnob crawl, or if that does not help: " + REBUILD)
    if kind == "cluster_block_exception":
        return blocked(doing, reason)
    if status == 403:
        return EngineError(f"cannot {doing}: {_denied(reason)}", hint=_RIGHTS)
    if status == 406 or "compatible-with" in reason:
        return EngineError(f"cannot {doing}: {server} has another version", hint="use Elasticsearch 8 or 9")
    if status == 429:
        return EngineError(f"cannot {doing}: the cluster is too busy (429): {_short(reason)}", hint=_CATCH_UP)
    if status in (502, 503, 504):
        return EngineError(f"cannot {doing}: the cluster is not ready ({status}): {_short(reason)}", hint=_CATCH_UP)
    return EngineError(f"cannot {doing}: {kind or status}: {reason}", hint=REBUILD if status < 500 else None)


def blocked(doing: str, reason: str) -> EngineError:
    """What to do about an index that takes nothing in, by the reason that the server gives."""
    if "disk usage exceeded" in reason or "flood" in reason:
        return EngineError(f"cannot {doing}: the cluster's disks are full", hint=f"make room there; {_CATCH_UP}")
    if "read-only" in reason or "index write" in reason:
        return EngineError(
            f"cannot {doing}: the index takes no writes",
            hint=f"set its index.blocks.write and index.blocks.read_only to false; {_CATCH_UP}",
        )
    return EngineError(f"cannot {doing}: the cluster does not take it: {_short(reason)}", hint=_CATCH_UP)


def _short(reason: str) -> str:
    """The server's reason without the state of its queues, which it prints as Java does."""
    return re.sub(r"rejected execution of .*", "more is waiting there than it lets wait", reason)


def _denied(reason: str) -> str:
    """ "action [x] is unauthorized for user [y]" in fewer words."""
    if found := re.search(r"action \[([^\]]+)\] is unauthorized for (user|API key id) \[([^\]]+)\]", reason):
        return f"{found[2]} {found[3]!r} may not do {found[1]}"
    return f"it is not allowed (403): {reason}"


def _not_reached(doing: str, server: str, error: TransportError) -> EngineError:
    text = " ".join(" ".join(map(str, (error.message, *error.errors))).split())
    if isinstance(error, TlsError):
        for mark, wrong, advice in _TLS:
            if mark in text.lower():
                return EngineError(f"cannot {doing}: {server}: {wrong}", hint=advice)
        return EngineError(f"cannot {doing}: {server}: no safe connection: {text[:200]}")
    if isinstance(error, ConnectionTimeout):
        return EngineError(
            f"cannot {doing}: no answer from {server} in time",
            hint="look at its health, or set elasticsearch_timeout_seconds",
        )
    if isinstance(error, NotConnected):
        return EngineError(
            f"cannot {doing}: nobody answers at {server}", hint="start it, or look at elasticsearch_urls"
        )
    return EngineError(f"cannot {doing}: {server}: {text[:200]}")
