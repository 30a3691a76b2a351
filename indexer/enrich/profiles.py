"""Addresses of people: one form of each profile on a well-known service, so that the same one is known again.

`canonical` gives what is published, `same_page` what is compared. Mail addresses, telephone numbers and buttons for
sharing are no profiles.
"""

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

__all__ = ["canonical", "fediverse", "is_profile", "same_page"]

MOST_CHARS = 2000
_HANDLE = r"@?(?P<handle>[\w.-]{1,100})"
#: By host without "www." and "m.": how a profile's path begins there, how it is written, and whether it is in small
#: letters whatever its case.
_SERVICES: dict[str, tuple[str, str, bool]] = {
    "x.com": (rf"/(?:#!/)?{_HANDLE}", "https://x.com/{}", True),
    "github.com": (rf"/{_HANDLE}", "https://github.com/{}", True),
    "gitlab.com": (rf"/{_HANDLE}", "https://gitlab.com/{}", True),
    "codeberg.org": (rf"/{_HANDLE}", "https://codeberg.org/{}", True),
    "instagram.com": (rf"/{_HANDLE}", "https://www.instagram.com/{}", True),
    "threads.com": (rf"/{_HANDLE}", "https://www.threads.com/@{}", True),
    "tiktok.com": (rf"/@{_HANDLE}", "https://www.tiktok.com/@{}", True),
    "facebook.com": (rf"/(?:#!/)?(?:pg/)?{_HANDLE}", "https://www.facebook.com/{}", True),
    "linkedin.com": (
        r"/(?P<handle>(?:in|pub|company|school|showcase|groups)/[^/?#]{1,200})",
        "https://www.linkedin.com/{}",
        True,
    ),
    "youtube.com": (
        r"/(?P<handle>(?:@[^/?#]{1,100})|(?:(?:c|user|channel)/[^/?#]{1,100}))",
        "https://www.youtube.com/{}",
        False,
    ),
    "bsky.app": (r"/profile/@?(?P<handle>[\w.:-]{1,200})", "https://bsky.app/profile/{}", True),
    "t.me": (r"/(?:s/)?(?P<handle>\w{3,60})", "https://t.me/{}", True),
    "xing.com": (r"/(?P<handle>(?:profile|pages)/[^/?#]{1,200})", "https://www.xing.com/{}", False),
    "meetup.com": (
        r"/(?:[a-z]{2}-[A-Z]{2}/)?(?P<handle>members/\d+|[\w%-]{2,200})",
        "https://www.meetup.com/{}",
        True,
    ),
    "medium.com": (rf"/@{_HANDLE}", "https://medium.com/@{}", True),
    "dev.to": (rf"/{_HANDLE}", "https://dev.to/{}", True),
    "orcid.org": (r"/(?P<handle>[\dXx-]{19})", "https://orcid.org/{}", False),
    "sessionize.com": (rf"/{_HANDLE}", "https://sessionize.com/{}", True),
    "twitch.tv": (rf"/{_HANDLE}", "https://www.twitch.tv/{}", True),
    "soundcloud.com": (rf"/{_HANDLE}", "https://soundcloud.com/{}", True),
    "keybase.io": (rf"/{_HANDLE}", "https://keybase.io/{}", True),
}
_ALSO = {
    "twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "nitter.net": "x.com",
    "threads.net": "threads.com",
    "fb.com": "facebook.com",
    "fb.me": "facebook.com",
    "telegram.me": "t.me",
}
_READ = {host: (re.compile(path), written, small) for host, (path, written, small) in _SERVICES.items()}
#: First parts of paths that belong to the service and to nobody on it.
_NOBODYS = frozenset(
    (
        *(
            "intent",
            "share",
            "sharer",
            "sharer.php",
            "home",
            "search",
            "hashtag",
            "i",
            "login",
            "signup",
            "explore",
            "about",
        ),
        *(
            "privacy",
            "tos",
            "terms",
            "orgs",
            "topics",
            "features",
            "settings",
            "events",
            "groups",
            "pages",
            "watch",
            "p",
        ),
        *(
            "reel",
            "reels",
            "stories",
            "dialog",
            "plugins",
            "tr",
            "cities",
            "find",
            "apps",
            "help",
            "pricing",
            "tag",
            "media",
        ),
        *("marketplace", "notifications", "download", "story", "people", "photo", "in", "company"),
    )
)
_FEDIVERSE = re.compile(r"/(?:web/)?(?:@|users/)(?P<handle>[A-Za-z0-9_.-]{1,60})(?:@(?P<host>[\w.-]+\.\w{2,}))?/?\Z")
_FEDIVERSE_HANDLE = re.compile(r"@(?P<handle>[A-Za-z0-9_.-]{1,60})@(?P<host>(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24})")
_BLUESKY_HANDLE = re.compile(r"@(?P<handle>[a-z0-9-]{1,60}\.bsky\.social)", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|igshid|igsh|mc_[ce]id|ref_src|ref_url|trk|originalsubdomain", re.IGNORECASE
)
_FRONT = re.compile(r"(?:www|m|mobile|[a-z]{2}(?:-[a-z]{2})?)\.")


def canonical(url: str | None) -> str | None:
    """The address as it is published; None for what is no address of a page that may be somebody's.

    Of a profile on a known service always the same; of others, without what only tracks or names a mailbox.
    """
    if not url or len(url) > MOST_CHARS:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host or any(ord(c) < 33 for c in url.strip()):
        return None
    if service := _service(host):
        path = f"/{parts.fragment}" if parts.path in ("", "/") and parts.fragment.startswith("!") else parts.path
        return _profile(service, path.replace("/!/", "/").replace("//", "/"), parts.query)
    if found := _FEDIVERSE.match(parts.path):
        return f"https://{(found['host'] or host).lower()}/@{found['handle'].lower()}"
    query = "" if "@" in parts.query or "%40" in parts.query else _untracked(parts.query)
    place = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", query, ""))


def fediverse(name: str) -> str | None:
    """The profile that a handle names: "@jane@example.social", "@jane.bsky.social"."""
    if found := _FEDIVERSE_HANDLE.fullmatch(name):
        return f"https://{found['host'].lower()}/@{found['handle'].lower()}"
    if found := _BLUESKY_HANDLE.fullmatch(name):
        return f"https://bsky.app/profile/{found['handle'].lower()}"
    return None


def is_profile(url: str) -> bool:
    """Whether a canonical address is one person's, or one group's, place on a service."""
    parts = urlsplit(url)
    return _service(parts.hostname or "") is not None or _FEDIVERSE.match(parts.path) is not None


def same_page(url: str) -> str:
    """What two canonical addresses of one page have in common, whatever their scheme."""
    rest = url.partition("://")[2].removeprefix("www.")
    return rest.rstrip("/")


def _service(host: str) -> str | None:
    """The known service that a host belongs to."""
    host = host.lower()
    for name in (host, _FRONT.sub("", host, count=1)):
        service = _ALSO.get(name, name)
        if service in _READ:
            return service
    return None


def _profile(service: str, path: str, query: str) -> str | None:
    reading, written, small = _READ[service]
    if service == "facebook.com" and path == "/profile.php":
        number = dict(parse_qsl(query[:500])).get("id", "")
        return f"https://www.facebook.com/profile.php?id={number}" if number.isdecimal() else None
    found = reading.match(path)
    if found is None or found["handle"].lower() in _NOBODYS:
        return None
    handle = found["handle"].rstrip(".")
    return written.format(handle.lower() if small else handle)


def _untracked(query: str) -> str:
    if not query:
        return ""
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0])]
    return "&".join(kept)
