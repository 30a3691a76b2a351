"""Events in an XML document whose source declares its fields, by the same paths as in JSON (see `xml_document`).

`at` begins below the root element: "day.room.event" are the events of all rooms of all days, "venue.@id" is an
attribute of an element inside the entry.
"""

from collections.abc import Iterator

from crawlers.readers import Context, Reading
from crawlers.readers.faults import skipped
from crawlers.readers.lists import declared_json, json_document, xml_document
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError

__all__ = ["VERSION", "read"]

VERSION = "xml/1"


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of the document, then what of it could not be read.

    Raises ReadError when it is no XML, or nothing is declared, or nothing stands there.
    """
    found = xml_document.load(data, context.content_type)
    if not context.fields:
        names = line(", ".join(map(ascii, found.value)), 200)
        raise ReadError(f"XML of which no fields are declared: its root has {names or 'nothing'}", hint="declare them")
    listed = context.fields.get("entries")
    if not xml_document.is_empty(found.value, (listed and listed.at) or ""):
        document = json_document.Document(values=[(found.value, None)])
        yield from declared_json.read(document, context, version=VERSION)
    for fault in found.faults:
        yield skipped(fault.reason, context, fault.line)
