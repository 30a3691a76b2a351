"""The test suite of feedparser (tests/cases/feedparser): what it expects of entries, as fields of Observations.

Each file says in its first comment what feedparser makes of it. That is taken apart here, not run: comparisons of what
hobnob keeps are mapped to the field that it becomes; what it does not keep (authors, clouds, licences, text inputs,
flags) is passed over. An entry becomes an Observation only if it states when it happens, so a start date is put at the
end of each entry, and a name for those without a title. Of the dates, each is put into an entry as its start.
"""

import ast
import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from crawlers.readers import About, Context, reader
from crawlers.readers.xml_text import decoded
from hobnob.errors import ReadError
from hobnob.observations import Observation
from tests.readers.scoring import Score

__all__ = ["FOLDER", "scores"]

FOLDER = Path(__file__).parents[1] / "cases" / "feedparser"

_START = '<startdate xmlns="http://purl.org/rss/1.0/modules/event/">2027-01-02</startdate>'
_NAME = '<summary xmlns="urn:ietf:params:xml:ns:xcal">nameless</summary>'
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037")
_COMMENT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"Header:\s*Content-type:\s*(.*)", re.IGNORECASE)
_DATES = {
    "updated_parsed": r"dc:date|dcterms:modified|lastBuildDate|pubDate|updated|modified",
    "published_parsed": r"pubDate|dcterms:issued|published|issued",
    "created_parsed": r"dcterms:created|created",
    "expired_parsed": r"expirationDate",
    "modified_parsed": r"modified",
}

#: Where feedparser expects what is not so, or what it could not do itself: the file, and why it is not counted.
DISPUTED = {
    "wellformed/geo/gml_point_utm.xml": "coordinates of a UTM zone are no degrees; feedparser only swaps them",
    "illformed/rss_empty_document.xml": "a document that is nothing but a comment is no feed",
    "encoding/bozo_linenoise.xml": "UTF-8 with one byte that is none; feedparser reads all of it as Windows-1250",
    "wellformed/namespace/atomsvgtitle.xml": "the title of a drawing is no text of the page around it",
    "wellformed/namespace/rss2.0svgtitle.xml": "as atomsvgtitle.xml",
    "wellformed/rss/item_description_not_a_doctype.xml": "<!' begins a comment (HTML, section 13.2.5.42)",
    "wellformed/rss/item_description_and_summary.xml": "both are descriptions, of which the first is kept",
    "wellformed/rss/item_summary_and_description.xml": "as item_description_and_summary.xml",
    "illformed/chardet/big5.xml": "no encoding is declared; feedparser guesses only with chardet installed",
    "illformed/chardet/eucjp.xml": "as big5.xml",
    "illformed/chardet/euckr.xml": "as big5.xml",
    "illformed/chardet/gb2312.xml": "as big5.xml",
    "illformed/chardet/koi8r.xml": "as big5.xml",
    "illformed/chardet/shiftjis.xml": "as big5.xml",
    "illformed/chardet/tis620.xml": "as big5.xml",
    "illformed/chardet/windows1255.xml": "as big5.xml",
}


def scores() -> Iterator[Score]:
    for path in sorted(FOLDER.rglob("*.xml")):
        case = path.relative_to(FOLDER).as_posix()
        if case in DISPUTED:
            continue
        results = list(_checked(path))
        if results:
            wrong = [f"{subject}: {said}" for subject, said in results if said]
            yield Score("feed", f"feedparser/{case}", len(results) - len(wrong), wrong)


def _checked(path: Path) -> Iterator[tuple[str, str]]:
    """Each expectation that is ours, and what is wrong with it ("" if nothing)."""
    data = path.read_bytes()
    text = next((text for text in (data.decode(codec, "replace") for codec in _CODECS) if "Expect" in text), "")
    stated, header = _COMMENT.search(text), _HEADER.search(text)
    if not stated:
        return
    content_type = header[1].strip() if header else None
    try:
        whole = ast.parse(stated[1], mode="eval").body
    except SyntaxError:
        return
    for subject, expected in _comparisons(whole):
        found = _found(subject, expected, data, text, content_type)
        if found is not None:
            wanted, got = found
            yield subject, "" if wanted == got else f"expected {wanted!r}, found {got!r}"


def _comparisons(node: ast.expr) -> Iterator[tuple[str, Any]]:
    """(what, the value it must have) of each comparison that must hold."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for part in node.values:
            yield from _comparisons(part)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        try:
            yield _dotted(node.left), ast.literal_eval(node.comparators[0])
        except ValueError:
            return
    elif isinstance(node, ast.BoolOp):
        yield from _comparisons(node.values[-1])  # one of several will do: the last
    elif isinstance(node, (ast.Name, ast.UnaryOp, ast.Constant)):
        yield "readable", True


def _dotted(node: ast.expr) -> str:
    """entries[0]['link'] and entries[0].link alike as "entries.0.link"."""
    match node:
        case ast.Subscript(value=value, slice=ast.Constant(value=key)):
            return f"{_dotted(value)}.{key}"
        case ast.Attribute(value=value, attr=key):
            return f"{_dotted(value)}.{key}"
        case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[ast.Constant(value=key), *_]):
            return f"{_dotted(value)}.{key}"
        case ast.Name(id=name):
            return name
    return ast.dump(node)


def _found(subject: str, expected: Any, data: bytes, text: str, content_type: str | None) -> tuple[Any, Any] | None:
    """What is to be found and what is; None for what hobnob does not keep."""
    of = subject.rpartition(".")[2]
    if subject == "encoding":
        return data.decode(expected).lstrip("\ufeff"), decoded(data, content_type)
    if subject in ("readable", "version"):
        return True, _readings(data, content_type) is not None
    if subject == "feed.title":
        about = [one for one in _readings(data, content_type) or [] if isinstance(one, About)]
        return _plain(expected), about[0].title if about else ""
    if subject == "feed.ttl":
        (about,) = [one for one in _readings(data, content_type) or [] if isinstance(one, About)]
        return dt.timedelta(minutes=int(expected)), about.refresh
    if of in _DATES:
        return dt.datetime(*expected[:6], tzinfo=dt.timezone.utc), _as_start(text, _DATES[of])
    field = _FIELDS.get(subject.removeprefix("entries.0.") if subject.startswith("entries.0.") else "")
    if field is None:
        return None
    event = _event(data, content_type)
    return field(expected, event) if event else (expected, "no event")


def _readings(data: bytes, content_type: str | None) -> list[Any] | None:
    context = Context(
        now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
        source="s",
        url="http://127.0.0.1:8097/feed.xml",
        content_type=content_type,
    )
    try:
        return list(reader("feed")(data, context))
    except ReadError:
        return None


def _event(data: bytes, content_type: str | None) -> Observation | None:
    """The first entry, made an event."""
    for codec in _CODECS:
        for end in ("</item>", "</entry>", "</rss:item>", "</r:item>"):
            data = data.replace(end.encode(codec), (_START + _NAME + end).encode(codec))
    return next((one for one in _readings(data, content_type) or [] if isinstance(one, Observation)), None)


def _as_start(text: str, elements: str) -> dt.datetime | None:
    """The first date that one of the elements holds, read as the start of an event."""
    written = re.findall(rf"<({elements})[^>]*>([^<]+)</\1>", text)[-1][1]
    feed = f"<rss><channel><item><title>x</title><ev:startdate>{written}</ev:startdate></item></channel></rss>"
    for one in _readings(feed.encode(), None) or []:
        if isinstance(one, Observation):
            return one.start_date.utc()
    return None


def _plain(markup: Any) -> str:
    """The words of a piece of HTML."""
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", " ", str(markup))).split())


def _words(expected: Any, event: Observation, field: str) -> tuple[str, str]:
    found = getattr(event, field) or ""
    return _plain(expected).replace(" ", ""), "".join(found.split())


def _keyword(expected: Any, event: Observation, number: int) -> tuple[Any, Any]:
    return expected, event.keywords[number] if number < len(event.keywords) else None


def _address(expected: str, event: Observation, field: str) -> tuple[Any, Any]:
    # The host's case does not matter (RFC 3986, 3.2.2).
    return expected.lower(), (getattr(event, field) or "").lower()


def _coordinates(expected: Any, event: Observation) -> tuple[Any, Any]:
    place = event.location
    return tuple(expected[:2]), (place.longitude, place.latitude) if place else None


def _shape(expected: str, event: Observation) -> tuple[bool, bool]:
    """Only a point is one place."""
    return expected == "Point", event.location is not None and event.location.latitude is not None


_FIELDS: dict[str, Callable[[Any, Observation], tuple[Any, Any]]] = {
    "title": partial(_words, field="name"),
    "description": partial(_words, field="description"),
    "summary": partial(_words, field="description"),
    "content.0.value": partial(_words, field="description"),
    "link": partial(_address, field="url"),
    "links.0.href": partial(_address, field="url"),
    "id": partial(_address, field="uid"),
    "guid": partial(_address, field="uid"),
    "category": partial(_keyword, number=0),
    "tags.0.term": partial(_keyword, number=0),
    "tags.1.term": partial(_keyword, number=1),
    "tags.2.term": partial(_keyword, number=2),
    "tags.0.label": partial(_keyword, number=0),
    "where": lambda expected, event: (bool(expected), bool(event.location)),
    "where.coordinates": _coordinates,
    "where.type": _shape,
    "media_thumbnail.0.url": partial(_address, field="image"),
    "updated": lambda expected, event: (dt.datetime.fromisoformat(expected), event.last_modified),
}
