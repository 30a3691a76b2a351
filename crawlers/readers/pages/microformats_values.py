"""The values of p-, u- and dt- properties of an element (microformats.org/wiki/microformats2-parsing)."""

import re
from collections.abc import Iterator

import lxml.html

from crawlers.readers.pages.laid_out_text import LaidOutText
from crawlers.readers.pages.microformats_dates import Stated, stated

__all__ = ["address", "classes", "moment", "text"]

_LINKS = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src",
    "iframe": "src", "object": "data",
}  # fmt: skip
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|/|\.{1,2}/|\?|#)\S*", re.IGNORECASE)
_TIMES = re.compile(r"(?P<start>\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?)\s*(?:[-–—]|to|until)\s*\d.*", re.IGNORECASE)


def classes(element: lxml.html.HtmlElement) -> list[str]:
    """Its class names; of a comment, none."""
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def text(element: lxml.html.HtmlElement, texts: LaidOutText) -> str:
    """The value of a p- property."""
    if (pieces := list(_pieces(element, texts))) and any(pieces):
        return "".join(pieces)
    attribute = _attribute(element, ("abbr", "title"), ("link", "title"), ("data", "value"), ("input", "value"))
    attribute = attribute if attribute is not None else _attribute(element, ("img", "alt"), ("area", "alt"))
    return texts.of(element) if attribute is None else attribute


def address(element: lxml.html.HtmlElement, texts: LaidOutText) -> str | None:
    """The value of a u- property, not yet made absolute; None for a text that is no address.

    Where a title is marked as the link that it only holds, the link inside is meant.
    """
    if element.tag in _LINKS and (found := element.get(_LINKS[element.tag])) is not None:
        return str(found)
    stated_text = text(element, texts)
    if _ADDRESS.fullmatch(stated_text):
        return stated_text
    inside = {one.get("href") for one in element.iter("a") if one.get("href")}
    return inside.pop() if len(inside) == 1 else None


def moment(element: lxml.html.HtmlElement, texts: LaidOutText) -> Stated | str:
    """The value of a dt- property; as text if it is neither a date nor a time for programs."""
    found = Stated()
    for piece in _pieces(element, texts):
        found = found.completed(stated(piece) or Stated())
    if found != Stated():
        return found
    shown = texts.of(element)
    for candidate in _candidates(element, shown):
        if one := stated(candidate):
            times = _TIMES.fullmatch(shown)
            clock = stated(times["start"]) if times else stated(shown)
            # "<abbr title="2027-03-01">7 pm - 9 pm</abbr>" states its date for programs, its time for people.
            return one.completed(Stated(time=clock.time)) if one.time is None and clock and not clock.date else one
    return shown


def _candidates(element: lxml.html.HtmlElement, shown: str) -> Iterator[str]:
    """Where a date can stand: first where it belongs, then where pages put it."""
    for name in ("datetime", "title", "value", "content"):
        if (found := element.get(name)) is not None:
            yield found
    yield shown
    for one in element.iter("time", "abbr", "span"):
        for name in ("datetime", "title"):
            if (found := one.get(name)) is not None:
                yield found


def _pieces(element: lxml.html.HtmlElement, texts: LaidOutText) -> Iterator[str]:
    """The parts by the value-class pattern: children of class `value`, or a first one of class `value-title`."""
    children = [one for one in element if isinstance(one.tag, str) and one.tag != "template"]
    if children and "value-title" in classes(children[0]) and (title := children[0].get("title")) is not None:
        yield title
        return
    for one in children:
        names = classes(one)
        if "value-title" in names:
            yield one.get("title") or ""
        elif "value" in names:
            attribute = _attribute(one, ("img", "alt"), ("area", "alt"), ("data", "value"), ("abbr", "title"))
            attribute = attribute if attribute is not None else one.get("datetime")
            yield texts.of(one) if attribute is None else attribute


def _attribute(element: lxml.html.HtmlElement, *where: tuple[str, str]) -> str | None:
    return next(
        (element.get(name) for tag, name in where if element.tag == tag and element.get(name) is not None), None
    )
