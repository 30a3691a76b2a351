"""Web addresses: made absolute, and told apart by what they lead to."""

import re
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

__all__ = [
    "absolute",
    "find_meeting",
    "is_account",
    "is_front_page",
    "is_map",
    "same_site",
    "schemes_from",
    "web",
    "without_fragment",
]

_LONGEST = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Browsers drop them wherever they stand in an address (URL Standard, 4.4), and so does urlsplit in its parts.
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_NAMES_SOMETHING = re.compile(r"[^\W_]")
_WEB = ("http", "https")
# An address that is absolute already and safe as it stands: most are, and urljoin costs twenty times as much.
_PLAIN = re.compile(
    r"https?://[a-zA-Z0-9][a-zA-Z0-9.-]{0,200}+(?<![.-])(?:/[\w.~/%@!$'()*,:=+-]{0,1000}+)?"
    r"(?:\?[\w.~/%@!$'()*,:=+-]{1,500}+)?",
    re.ASCII,
)
_FRONT = re.compile(r"https?://[^/?#]*/?\??#?", re.IGNORECASE)
# "/@channel" or "/group/", but not "/e123", "/spring-fair" or "/event?id=3".
_ACCOUNT = re.compile(r"https?://[^/?#]+/(?:@[^/?#]+|[a-z]+)/?", re.IGNORECASE)
_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us|zoomgov\.com|meet\.google\.com|hangouts\.google\.com|teams\.microsoft\.com"
    r"|teams\.live\.com|webex\.com|meet\.jit\.si|whereby\.com|gotomeeting\.com|gotomeet\.me|bluejeans\.com|discord\.gg"
    r"|discord\.com|youtube\.com|youtu\.be|twitch\.tv|crowdcast\.io|streamyard\.com|livestorm\.co|bigmarker\.com"
    r"|gather\.town|skype\.com)(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_MAP = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]+/maps|maps\.google\.|goo\.gl/maps|maps\.app\.goo\.gl|maps\.apple\.com"
    r"|(?:www\.)?openstreetmap\.org|(?:www\.)?osm\.org|(?:www\.)?bing\.com/maps)",
    re.IGNORECASE,
)


def absolute(value: Any, base: str, schemes: tuple[str, ...] = _WEB) -> str | None:
    """`value` resolved against `base` (RFC 3986, section 5); None unless the result has a host and one of `schemes`.

    An address that was escaped for HTML ("?a=1&amp;b=2") loses that, and one over several lines its line breaks.
    """
    if not isinstance(value, str):
        return None
    if _PLAIN.fullmatch(value) and (schemes is _WEB or value.partition(":")[0] in schemes):
        return str(value)  # one that lxml hands out holds on to the whole document
    text = _LINE_BREAKS.sub("", value.strip().replace("&amp;", "&"))
    if not text or len(text) > _LONGEST:
        return None
    try:
        joined = urljoin(base, text)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in schemes or not (_NAMES_SOMETHING.search(parts.netloc) or parts.scheme == "file"):
        return None
    joined = parts.scheme + joined[len(parts.scheme) :]
    safe = _UNSAFE.sub(lambda match: quote(match[0].encode("utf-8", "ignore")), joined)
    return safe if len(safe) <= _LONGEST else None


def web(value: Any) -> str | None:
    """`value` if it is an http or https address as it stands, else None."""
    if isinstance(value, str) and value[:10].lstrip()[:4].lower() not in ("http", ""):
        return None
    return absolute(value, "")


def without_fragment(url: str) -> str:
    """The address of the whole page."""
    return urldefrag(url).url


def find_meeting(text: str) -> str | None:
    """The first address of a service for online meetings in `text`."""
    match = _MEETING.search(text)
    return web(match[0].rstrip(").,;]")) if match else None


def is_front_page(url: str) -> bool:
    """Whether `url` names a whole site and nothing on it."""
    return _FRONT.fullmatch(url) is not None


def is_account(url: str) -> bool:
    """Whether `url` looks like that of a channel or a group on a site: one plain word, or one that begins with "@"."""
    return _ACCOUNT.fullmatch(url) is not None


def same_site(url: str, other: str) -> bool:
    """Whether both are on one host, with or without "www."."""
    hosts = [urlsplit(one).netloc.lower().removeprefix("www.") for one in (url, other)]
    return hosts[0] == hosts[1]


def schemes_from(url: str) -> tuple[str, ...]:
    """The schemes that links in what came from `url` may have: a local file may lead to local files, no other may."""
    return (*_WEB, "file") if url.startswith("file:") else _WEB


def is_map(url: str) -> bool:
    """Whether `url` shows a place on a map, rather than leading into a meeting."""
    return _MAP.match(url) is not None
