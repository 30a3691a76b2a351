"""An entry and a time as an Observation."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from crawlers.readers import Context
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.feeds.entry import Entry, content_of
from crawlers.readers.feeds.entry_place import place_of
from crawlers.readers.feeds.names import bare
from crawlers.readers.feeds.written_times import When
from crawlers.readers.iso_dates import instant
from crawlers.readers.plain_text import line, prose, verbatim
from crawlers.readers.web_address import absolute
from hobnob.observations import Attendance, Observation, Person, Status
from hobnob.status_words import marked_title, of_field

__all__ = ["VERSION", "identity", "observation"]

VERSION = "feed/1"

_MOST_KEYWORDS = 50
_MOST_PEOPLE = 50
_YES = {"1", "true", "yes"}
_RRULE = re.compile(r"FREQ=[A-Z]+(?:;[A-Z]+=[\w,+-]+)*")
_MAIL_NAME = re.compile(r"[^\s@]+@\S+\s+\((.+)\)|(.+?)\s*<[^<>]+@[^<>]+>")
_KEYWORDS = ("category", "dc:subject", "media:category", "ev:type")
_LISTS = (
    "tags",
    "keywords",
    "xcal:categories",
    "mec:category",
    "livewhale:categories",
    "event:categories",
    "media:keywords",
    "itunes:keywords",
)
_IMAGES = ("livewhale:imagefull", "livewhale:image", "image", "event:image", "schema:image", "featuredimage")
_UPDATED = ("updated", "modified", "lastmod", "dcterms:modified", "xcal:lastmodified", "dc:date")


def observation(entry: Entry, when: When, context: Context) -> Observation:
    """The event of `entry`; its name may be empty."""
    written = entry.name
    name, marked = marked_title(written)
    place, meeting = place_of(entry)
    raw = {"name": written} if marked else {}
    if when.unread_end:
        raw["end_date"] = when.unread_end
    if when.guessed:
        raw["guess"] = ", ".join(f"start_date: {part}" for part in when.guessed)
    url = entry.link()
    return Observation(
        source=context.source,
        uid=identity(entry) or url or digest(name, when.start),
        name=name,
        start_date=when.start,
        end_date=when.end,
        description=prose(entry.description),
        url=url,
        event_status=_status(entry) or marked,
        event_attendance_mode=Attendance.ONLINE if entry.text("bc:is_virtual").lower() in _YES else None,
        location=place,
        virtual_location=meeting,
        organizer=tuple(_people(entry)),
        keywords=tuple(dict.fromkeys(filter(None, _keywords(entry))))[:_MOST_KEYWORDS],
        image=_image(entry),
        rrule=tuple(rule for rule in (entry.text("xcal:rrule"),) if _RRULE.fullmatch(rule)),
        rdate=when.more,
        last_modified=_updated(entry, context),
        source_url=context.url,
        fetched_at=context.now,
        reader=VERSION,
        raw=raw,
    )


def identity(entry: Entry) -> str:
    """What the entry says to be its own: Atom id, RSS guid, RSS 1.0 rdf:about, xCal uid; "" if nothing."""
    for one in entry.all("id", "guid", "xcal:uid", "rdf:about", "dc:identifier"):
        if text := verbatim(content_of(one)):
            return bounded(text)
    return ""


def _updated(entry: Entry, context: Context) -> dt.datetime | None:
    """When the entry was last changed; not what lies ahead: some producers put the day of the event into dc:date."""
    stamps = filter(None, map(instant, map(entry.text, _UPDATED)))
    return next((stamp for stamp in stamps if stamp <= context.now + dt.timedelta(days=1)), None)


def _status(entry: Entry) -> Status | None:
    for name in entry.named:
        if bare(name) in ("iscancelled", "cancelled", "canceled", "iscanceled") and entry.text(name).lower() in _YES:
            return Status.CANCELLED
        if bare(name) in ("eventstatus", "status"):
            said = entry.attribute(name, "value").rpartition(".")[2] or entry.text(name).rpartition("/")[2]
            if found := of_field(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", said)):
                return found
    return None


def _people(entry: Entry) -> Iterator[Person]:
    """The organizers, by name: mail addresses are nobody's business."""
    names = [entry.text(name) for name in entry.named if bare(name) in ("organizer", "organiser", "eventorganizer")]
    names += [
        line(one.get("valueString")) for one in entry.all("gd:who") if (one.get("rel") or "").endswith("organizer")
    ]
    for written in dict.fromkeys(names[:_MOST_PEOPLE]):
        found = _MAIL_NAME.fullmatch(written)
        name = (found[1] or found[2] if found else written).strip('" ')
        if name and "@" not in name:
            yield Person(name=name)


def _keywords(entry: Entry) -> Iterator[str]:
    for name in _LISTS:
        yield from map(line, re.split(r"\s*[,|;]\s*", entry.text(name)))
    for one in islice(entry.all(*_KEYWORDS), _MOST_KEYWORDS):
        if one.get("scheme") != "http://schemas.google.com/g/2005#kind":
            yield line(one.get("label") or content_of(one) or one.get("term"))


def _image(entry: Entry) -> str | None:
    """An enclosure or a media:content that is a picture (RSS 2.0; Media RSS), its thumbnail, or an element so named."""
    for one in entry.all("enclosure", "link", "media:content", "media:group"):
        for media in (one, *one.iterchildren("{*}content")):
            kind = f"{media.get('medium') or ''} {media.get('type') or ''}"
            pictured = "image" in kind and (media.get("rel") or "enclosure") == "enclosure"
            if pictured and (url := absolute(media.get("url") or media.get("href"), media.base or entry.base)):
                return url
    for one in entry.all("media:thumbnail", "itunes:image", *_IMAGES):
        for inside in (one, *one.iterchildren("{*}url")):
            if url := absolute(
                inside.get("url") or inside.get("href") or content_of(inside), inside.base or entry.base
            ):
                return url
    return None
