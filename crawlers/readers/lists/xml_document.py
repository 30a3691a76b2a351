"""An XML document (XML 1.0, 5th edition) as a value in the shape of JSON, so that the same paths lead through both.

An element is an object: its attributes by "@name", its children by name, each as a list, its own text as "#text". One
without attributes and children is its text, one that holds HTML is its markup. Names are without their prefixes. The
value of the document is that of its root element.

No entity from outside is fetched and none expands into another; a DTD is passed over.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import lxml.etree

from crawlers.readers.faults import Fault
from crawlers.readers.lists import paths
from crawlers.readers.looks_like import looks_like
from crawlers.readers.xml_text import LENIENT, STRICT, decoded, repaired, without_prolog
from hobnob.errors import ReadError
from hobnob.printable import line

__all__ = ["MOST_BYTES", "Document", "Element", "is_empty", "load"]

MOST_BYTES = 16 * 1024 * 1024
"""What is longer is cut off there, and read as far as it goes."""

MOST_TAGS = 500_000

_DEEPEST = 50
_MOST_ATTRIBUTES = 200
_MOST_REPAIRED = 2_000_000
_TAG = re.compile(r"<!--|<([^\W\d][\w.:-]*)(?=[\s/>])")
_ROOT_WITHIN = 100_000
_HTML = frozenset(("a", "b", "blockquote", "br", "div", "em", "h1", "h2", "h3", "h4", "i", "img", "li", "ol", "p"))
_HTML |= {"span", "strong", "table", "u", "ul"}


class Element(dict[str, Any]):
    """An element that has attributes or children; `line` is the one that it begins on, counted from 1."""

    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The `value` of the root element, and what was wrong with what could be read all the same."""

    value: Element
    faults: tuple[Fault, ...] = ()


def load(data: bytes, content_type: str | None = None) -> Document:
    """Raises ReadError when `data` is no XML."""
    faults = [Fault(None, f"more than {MOST_BYTES >> 20} MB: the rest was left out")] if len(data) > MOST_BYTES else []
    text = decoded(data[:MOST_BYTES], content_type)
    start = _root(text)
    if start is None:
        raise ReadError(f"no XML: it looks like {looks_like(data)}")
    before = text.count("\n", 0, start)
    text = without_prolog(text, start)
    if text.count("<") > MOST_TAGS:
        faults.append(Fault(None, f"more than {MOST_TAGS} tags: the rest was left out"))
        text = text[: _nth(text, "<", MOST_TAGS)]
    root, fault = _parsed(text, before)
    if root is None:
        raise ReadError(f"XML that cannot be read: {fault.reason if fault else 'it is empty'}")
    if fault and not faults:
        faults.append(fault)
    value = _value(root, before, 0)
    return Document(value if isinstance(value, Element) else Element({"#text": value}), tuple(faults))


def is_empty(value: Mapping[str, Any], path: str) -> bool:
    """Whether nothing stands at `path` because the list is empty, which XML does not tell from a list that is not
    there: the root has no elements, or those that the path begins with."""
    if not any(isinstance(one, list) for one in value.values()):
        return not paths.text(value).strip()
    first = re.split(r"[.\[]", path, maxsplit=1)[0]
    return first != path and first in value and not paths.at(value, path)


def _root(text: str) -> int | None:
    """Where the root element begins, past comments; None where there is none, or it is HTML's."""
    position = 0
    while found := _TAG.search(text, position, _ROOT_WITHIN):
        if found[1]:
            return None if found[1].lower() == "html" else found.start()
        position = text.find("-->", found.end())
        if position < 0:
            break
    return None


def _nth(text: str, mark: str, number: int) -> int:
    position = -1
    for _ in range(number):
        position = text.find(mark, position + 1)
    return position


def _parsed(text: str, before: int) -> tuple[Any, Fault | None]:
    """The root element, repaired if it must be; what was wrong. `before` is how many lines stand above."""
    data = text.encode("utf-8", "replace")
    try:
        return lxml.etree.fromstring(data, STRICT), None
    except lxml.etree.XMLSyntaxError as error:
        fault = Fault(before + (error.lineno or 1), f"not well-formed: {_shown(error.msg)}")
    try:
        mended = repaired(text).encode("utf-8", "replace") if len(text) <= _MOST_REPAIRED else data
        return lxml.etree.fromstring(mended, LENIENT), fault
    except lxml.etree.XMLSyntaxError:
        return None, fault


def _shown(message: str | None) -> str:
    """What the parser says, in which it quotes the document."""
    return line((message or "").encode("ascii", "backslashreplace").decode())[:300]


def _value(element: Any, before: int, depth: int) -> Any:
    children = [child for child in element if isinstance(child.tag, str)]
    if not children and not element.attrib:
        return element.text or ""
    found = Element((f"@{_local(name)}", value) for name, value in element.items()[:_MOST_ATTRIBUTES])
    found.line = before + element.sourceline if element.sourceline else None
    text = (element.text or "") + "".join(child.tail or "" for child in children)
    if _HTML.intersection(map(_name, children)):
        text, children = "".join(_markup(element)), []
    for child in children if depth < _DEEPEST else ():
        found.setdefault(_name(child), []).append(_value(child, before, depth + 1))
    if text.strip():
        found["#text"] = text
    return found if len(found) > 1 or "#text" not in found else text


def _markup(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield lxml.etree.tostring(child, encoding="unicode", method="html")


def _name(element: Any) -> str:
    return _local(element.tag)


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]
