"""What an element says as the value of a property: microdata (HTML, section 5.2.4) and RDFa (RDFa Core 1.1, 7.5), and
where both are read more kindly than they are written, because pages mean it.
"""

import lxml.html

from crawlers.readers.pages.laid_out_text import LaidOutText

__all__ = ["Node", "add", "is_old", "link_or_text", "renamed"]

Node = dict[str, object]

# data-vocabulary.org and the vCard, iCalendar and v: vocabularies before it, in schema.org's words.
_OLD_NAMES = {
    "country-name": "addressCountry",
    "dtend": "endDate",
    "dtstart": "startDate",
    "event-type": "keywords",
    "eventtype": "keywords",
    "locality": "addressLocality",
    "photo": "image",
    "postal-code": "postalCode",
    "region": "addressRegion",
    "street-address": "streetAddress",
    "summary": "name",
    "tickets": "offers",
}
_OLD_PLACES = ("data-vocabulary.org/", "w3.org/2002/12/cal")
_LINKS = {"a": "href", "area": "href", "link": "href"}
_SOURCES = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "source": "src",
    "track": "src",
    "video": "src",
    "object": "data",
}
# Their value is an address whatever the element says to people.
_ADDRESSES = {
    *("additionaltype", "availability", "contenturl", "eventattendancemode", "eventstatus", "hasmap", "image"),
    *("item", "itemcondition", "logo", "mainentityofpage", "map", "maps", "photo", "sameas", "thumbnailurl"),
    *("url",),
}
# Their value has a name and an address.
_NAMED = {
    *("attendee", "attendees", "author", "composer", "contributor", "location", "organizer", "organizers"),
    *("performer", "performers", "sponsor", "superevent"),
}


def is_old(vocabulary: str) -> bool:
    """Whether it is one of the vocabularies before schema.org."""
    return any(place in vocabulary for place in _OLD_PLACES)


def renamed(name: str) -> str:
    """A property of an old vocabulary by schema.org's name."""
    return _OLD_NAMES.get(name.lower(), name)


def add(node: Node, name: str, value: object) -> None:
    """One more value of a property."""
    if name not in node:
        node[name] = value
    elif isinstance(known := node[name], list):
        known.append(value)
    else:
        node[name] = [known, value]


def link_or_text(element: lxml.html.HtmlElement, name: str, texts: LaidOutText) -> object:
    """The value of the property `name` where no item is it.

    `content` counts on every element, as does `datetime`. A link is its address only for properties that are addresses,
    or when it shows no text: a linked name is a name.
    """
    for attribute in ("content", "datetime"):
        if (stated := element.get(attribute)) is not None and (stated.strip() or attribute == "content"):
            return stated
    tag = element.tag
    if tag in ("data", "meter") and element.get("value") is not None:
        return element.get("value")
    if tag in _SOURCES:
        return element.get(_SOURCES[tag]) or ""
    address = element.get(_LINKS[tag]) if tag in _LINKS else None
    if address is None:
        return texts.of(element)
    folded = name.lower()
    if folded in _ADDRESSES or not (text := texts.of(element)):
        return address
    return {"name": text, "url": address} if folded in _NAMED else text
