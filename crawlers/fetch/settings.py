"""All of Scrapy's settings, in one place: for `hobnob crawl`, and for `scrapy crawl NAME` through scrapy.cfg.

The order of every kind of component is a tuple here. Scrapy runs without a Twisted reactor, on asyncio with
aiohttp (its reactorless mode), so that a process can crawl more than once and Ctrl-C is asyncio's own.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scrapy.settings import Settings as ScrapySettings

from hobnob.settings import Settings

__all__ = ["scrapy_settings", "user_agent"]


def _ordered(components: tuple[str, ...]) -> dict[str, int]:
    return {name: 100 * place for place, name in enumerate(components, 1)}


def user_agent(contact: str | None = None) -> str:
    """The User-Agent header: our name, our version, and how to reach who runs this crawl."""
    try:
        number = version("hobnob")
    except PackageNotFoundError:
        number = "0"
    reachable = "".join(character for character in contact or "" if character.isascii() and character.isprintable())
    return f"hobnob/{number} (+{reachable})" if reachable else f"hobnob/{number}"


TWISTED_REACTOR_ENABLED = False
SPIDER_LOADER_CLASS = "crawlers.spiders.loader.DeclaredSpiders"
USER_AGENT = user_agent()

#: From the engine to the network; a response passes them in the opposite order.
DOWNLOADER_MIDDLEWARES = _ordered(
    (
        "crawlers.fetch.patience.Patience",
        "crawlers.fetch.robots.Robots",
        "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware",
        "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware",
        "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware",
        "scrapy.downloadermiddlewares.retry.RetryMiddleware",
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware",
        "crawlers.fetch.redirects.Redirects",
        "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware",
        "crawlers.fetch.cache.Cache",
        "crawlers.fetch.keys.Keys",
    )
)
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}

#: From the engine to the spider.
SPIDER_MIDDLEWARES = _ordered(
    (
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",
        "scrapy.spidermiddlewares.referer.RefererMiddleware",
    )
)
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}

ITEM_PIPELINES = _ordered(("crawlers.fetch.delivery.Delivery",))

EXTENSIONS = _ordered(
    (
        "crawlers.fetch.throttle.Throttle",
        "scrapy.extensions.corestats.CoreStats",
        "scrapy.extensions.feedexport.FeedExporter",
    )
)
EXTENSIONS_BASE: dict[str, int] = {}

DOWNLOAD_HANDLERS = {
    "http": "crawlers.fetch.web.Web",
    "https": "crawlers.fetch.web.Web",
    "file": "crawlers.fetch.files.Files",
}
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}

# A good guest: one request at a time to a host, slower when the host is slow.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "hobnob"
AUTOTHROTTLE_ENABLED = True
CONCURRENT_REQUESTS = 16
CONCURRENT_ITEMS = 1  # items are handed on at once; for each response Scrapy starts as many tasks
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0  # the configured delay is a minimum
DOWNLOAD_SLOTS: dict[str, dict[str, Any]] = {"": {"delay": 0, "concurrency": 4, "jitter": 0}}  # files
COOKIES_ENABLED = False
RETRY_TIMES = 1
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]
RETRY_EXCEPTIONS = ["scrapy.exceptions.DownloadFailedError", "scrapy.exceptions.ResponseDataLossError"]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# A safe host.
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 10
REFERRER_POLICY = "same-origin"
TELNETCONSOLE_ENABLED = False

HTTPCACHE_ENABLED = False
HTTPCACHE_POLICY = "crawlers.fetch.cache.Validators"
HTTPCACHE_STORAGE = "crawlers.fetch.cache.ResponseFiles"

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/calendar, application/atom+xml, application/rss+xml, application/json, text/html;q=0.9, */*;q=0.5",
}


_LEAST_DELAY = 0.001
"""Without any delay, Scrapy (2.19, on asyncio) sends all that waits for a host at once, whatever the concurrency."""


def scrapy_settings(settings: Settings, *, force: bool = False) -> ScrapySettings:
    """Scrapy's settings for a crawl under hobnob's; `force` fetches everything anew, past the cache."""
    scrapy = ScrapySettings()
    scrapy.setmodule(__name__, priority="project")
    scrapy.setdict(
        {
            "USER_AGENT": user_agent(settings.contact),
            "DOWNLOAD_DELAY": max(settings.download_delay, _LEAST_DELAY),
            "AUTOTHROTTLE_ENABLED": settings.download_delay > 0,
            "AUTOTHROTTLE_START_DELAY": settings.download_delay,
            "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
            "DOWNLOAD_MAXSIZE": settings.max_response_mb * 1024 * 1024,
            "HTTPCACHE_ENABLED": not force,
            "HTTPCACHE_DIR": str(settings.cache_dir.absolute()),
        },
        priority="cmdline",
    )
    return scrapy
