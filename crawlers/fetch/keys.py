"""Keys of platforms: put on a request when it is sent, to the platform's own host only, and nowhere to be seen after.

Requests and responses, as spiders, logs, reports and the HTTP cache have them, are without the key: `keyed` makes the
request that goes out, and `Keys` takes the key out of answers that repeat it.
"""

from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Headers, Response

from crawlers.fetch.failures import RefusedError
from crawlers.platforms.adapter import Key
from hobnob.observations import Problem

__all__ = ["Keys", "key_refused", "keyed", "missing_key", "secret_for", "without_secret"]

_HIDDEN = "KEY"
_WHERE = "[keys] of hobnob.toml"


def missing_key(platform: str, key: Key) -> str:
    """What to say of a source whose platform wants a key that is not set."""
    return f"{platform} needs a key: get one at {key.get_one_at}, then put it into {_WHERE}"


def key_refused(platform: str, reason: str) -> str:
    """What to say of an answer that says that the key is wrong."""
    return f"{platform} does not take the key in {_WHERE}: {reason}"


def secret_for(crawler: Crawler, request: Request) -> str | None:
    """The user's key for the platform of `request`, where that goes to the host that the key is for.

    Raises RefusedError where it would have to be sent in the open.
    """
    key: Key | None = request.meta.get("key")
    platform = request.meta.get("platform")
    secret: str | None = getattr(crawler.spider, "keys", {}).get(platform) if key else None
    if key is None or secret is None:
        return None
    parts = urlsplit(request.url)
    if parts.netloc.lower().removesuffix(":443") != key.host:
        return None
    if parts.scheme != "https" and not request.meta.get("private"):
        raise RefusedError(f"the key of {platform} is only sent by https, not to {request.url}", Problem.KEY)
    return secret


def keyed(request: Request, secret: str) -> Request:
    """The request as it is sent."""
    key: Key = request.meta["key"]
    if key.parameter:
        parts = urlsplit(request.url)
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != key.parameter]
        return request.replace(url=parts._replace(query=urlencode([*query, (key.parameter, secret)])).geturl())
    headers = Headers(request.headers)
    headers[key.header or "Authorization"] = key.prefix + secret
    return request.replace(headers=headers)


def without_secret(error: Exception, secret: str) -> Exception:
    """The error, or one of its kind in its place that does not tell the key."""
    cause: BaseException | None = error
    while cause is not None:
        if any(form in f"{cause} {cause!r}" for form in _forms(secret)):
            text = _hidden(str(error).encode(), secret).decode()
            try:
                return type(error)(text)
            except TypeError:  # one that is made of other things than a text
                return DownloadFailedError(text)
        cause = cause.__cause__
    return error


class Keys(HttpCompressionMiddleware):
    """Next to the download, before the cache: unpacks answers to requests with a key, and takes the key out."""

    crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Keys":
        made: Keys = super().from_crawler(crawler)
        made.crawler = crawler
        return made

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """What may be packed, and how, was said before."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        secret = secret_for(self.crawler, request)
        if secret is None:
            return response
        unpacked = super().process_response(request, response)
        if not isinstance(unpacked, Response):
            return unpacked
        headers = {name: [_hidden(value, secret) for value in values] for name, values in unpacked.headers.items()}
        return unpacked.replace(body=_hidden(unpacked.body, secret), headers=Headers(headers))


def _hidden(text: bytes, secret: str) -> bytes:
    for form in _forms(secret):
        text = text.replace(form.encode(), _HIDDEN.encode())
    return text


def _forms(secret: str) -> set[str]:
    """The key as it is, in an address, and in JSON."""
    return {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), secret.replace("/", "\\/")}
