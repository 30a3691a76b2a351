"""Addresses of pages in one form, so that two can be compared, and whether one is a single event's page."""

import re
from urllib.parse import parse_qsl, urlencode

__all__ = ["canonical", "is_shared", "without_tracking"]

_LONGEST = 400
_LONGEST_KEPT = 10_000
_TRACKING = re.compile(
    r"utm_|mc_|pk_|mtm_|hsa_|_hs|fbclid\Z|gclid\Z|dclid\Z|msclkid\Z|igshid\Z|yclid\Z|aff\Z|affix\Z|afflky\Z|ref\Z|ref_|referrer\Z"
    r"|source\Z|src\Z|trk\Z|si\Z|spm\Z|eventorigin\Z|recid\Z|recsource\Z|searchid\Z|from\Z|share|lang\Z|locale\Z|hl\Z",
    re.IGNORECASE,
)
#: What does nothing but tell where a visitor came from, whatever the site.
_COUNTING = re.compile(
    r"(?:utm_|mtm_|pk_|hsa_|_hs|mc_[ce]id=|fbclid=|gclid=|dclid=|msclkid=|igshid=|yclid=|wbraid=|gbraid=)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default|home)(?:\.\w{2,5})?\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?\Z", re.IGNORECASE)
_LISTS = frozenset({
    "about", "agenda", "agenda-culturel", "articles", "blog", "calendar", "calendario", "calendars", "calendrier",
    "classes", "conference", "conferences", "courses", "de", "en", "evenements", "event", "eventi", "evento",
    "eventos", "events", "home", "kalender", "konferenz", "meetings", "meetup", "meetups", "news", "page", "pages",
    "posts", "program", "programm", "programme", "register", "registration", "schedule", "termine", "tickets",
    "upcoming", "upcoming-events", "veranstaltungen", "website", "whats-on", "workshops",
})  # fmt: skip


def canonical(url: str | None) -> str | None:
    """The address without scheme, "www.", tracking, fragment and closing slash; None for what is no page.

    A fragment that routes ("#/event/7", "#!event") stays.
    """
    if not url or url[:4].lower() != "http":
        return None
    scheme, found, rest = url[:_LONGEST].partition("://")
    if not found or len(scheme) > 5:
        return None
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].lower().removeprefix("www.").removesuffix(":443").removesuffix(":80").rstrip(".")
    if not host:
        return None
    path = _INDEX.sub("", f"/{path}").rstrip("/")
    kept = _kept(query) if query else ""
    route = f"#{fragment}" if fragment[:1] in ("!", "/") and len(fragment) > 2 else ""
    return f"{host}{path}{f'?{kept}' if kept else ''}{route}"


def _kept(query: str) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=30)
    except ValueError:
        return query
    return urlencode(sorted(pair for pair in pairs if not _TRACKING.match(pair[0])), errors="replace")


def without_tracking(url: str) -> str:
    """The address as it is written, without what is there to count visitors."""
    if "?" not in url or len(url) > _LONGEST_KEPT:
        return url
    rest, hash_, fragment = url.partition("#")
    page, _, query = rest.partition("?")
    parts = query.split("&")
    kept = [part for part in parts if not _COUNTING.match(part)]
    if len(kept) == len(parts):
        return url
    return f"{page}{'?' if kept else ''}{'&'.join(kept)}{hash_}{fragment}"


def is_shared(page: str) -> bool:
    """Whether it may be the page of many events: a host's home page, or one called "events"."""
    if "?" in page or "#" in page:
        return False
    _, *path = page.split("/")
    return all(_LANGUAGE.match(part) or part.lower() in _LISTS for part in path)
