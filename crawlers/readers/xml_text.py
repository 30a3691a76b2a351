"""The text of an XML document from its bytes, what is wrong with it put right, and the parsers that all readers use.

Which encoding: XML 1.0, section 4.3.3 and appendix F, and RFC 7303, section 3. Where the label is wrong, what the bytes
can be decides.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5

import lxml.etree
from w3lib.encoding import read_bom, resolve_encoding

from crawlers.readers.charset import declared

__all__ = ["LENIENT", "STRICT", "allowed", "decoded", "repaired", "without_prolog"]

# Nothing from outside is fetched, and no entity expands.
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
STRICT = lxml.etree.XMLParser(**_SAFE)
"""For lxml.etree.fromstring: raises XMLSyntaxError for what is not well-formed."""

LENIENT = lxml.etree.XMLParser(**_SAFE, recover=True)
"""The same, which reads a broken document as far as it goes."""

_DECLARED = re.compile(r"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)")
_BY_FIRST_BYTES = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_LATIN = {"ascii", "cp1252", "iso8859-1"}

_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,50})\s+(?:\"([^\"<&%]{0,500})\"|'([^'<&%]{0,500})')\s*>")
_MOST_STRAYS = 100_000
_MOST_ENTITIES = 100
_MOST_EXPANDED = 100_000

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"[<&]")
_STRAYS = re.compile(r"(?:&(?![#\w])|<(?![A-Za-z_/!?]))++")
_TAG = re.compile(
    r"<(/?)([A-Za-z_][\w.:-]*+)((?:\s++(?:[^\s<>=\"'/]++(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))?+)?+)*+)\s*+(/?)>"
)
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,32}));")
_LEAF = re.compile(r"(?:[\w.-]+:)?(?:title|link|guid|pubDate|category)", re.IGNORECASE)  # they hold no elements
_LEVELS = 2  # the root and the entry
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
# Markup that was never escaped for XML: inside an entry it can only be text.
_HTML = re.compile(
    r"(?:a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|iframe|img|input|ins|li"
    r"|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)",
    re.IGNORECASE,
)


def decoded(data: bytes, content_type: str | None) -> str:
    """The document as text; never fails. A byte-order mark outranks the HTTP header, that outranks the declaration."""
    mark, _ = read_bom(data)
    if mark:
        return codecs.decode(data, mark, "replace").lstrip("\ufeff")
    for start, encoding in _BY_FIRST_BYTES:
        if data.startswith(start):
            text = data.decode(encoding, "replace")
            return _as_declared(data, text) if encoding == "cp037" else text
    head = data[:1000].decode("latin-1")
    stated = _DECLARED.search(head)
    for label in (declared(content_type), declared(f"charset={stated[1]}") if stated else None):
        encoding = resolve_encoding(label) or "" if label else ""
        if not encoding or encoding.startswith(("utf-16", "utf-32")):
            continue
        # Many servers name Latin-1 because nobody told them otherwise; what is valid as UTF-8 is hardly ever that.
        if encoding == "utf-8" or encoding in _LATIN:
            break
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return _utf_8_or_latin(data)


def _utf_8_or_latin(data: bytes) -> str:
    """UTF-8; bytes that are none are taken for Windows-1252 one by one, so that one of them does not spoil the rest."""
    strays = 0

    def stray(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        strays += 1
        if strays > _MOST_STRAYS or not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("hobnob.stray", stray)
    try:
        return data.decode("utf-8", "hobnob.stray")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _as_declared(data: bytes, text: str) -> str:
    """EBCDIC of the code page that the declaration names, which reads the same in all of them."""
    stated = _DECLARED.match(text)
    encoding = declared(f"charset={stated[1]}") if stated else None
    return data.decode(encoding, "replace") if encoding else text


def without_prolog(text: str, root: int) -> str:
    """`text` from its root element at offset `root` on; plain texts that the prolog declares as entities are put in.

    Entities of entities, of markup and from outside are not, and no more than some tens of thousands of characters.
    """
    found = _ENTITY.findall(text, 0, root)[:_MOST_ENTITIES]
    entities = {name: one or other for name, one, other in found if name not in _PREDEFINED}
    body = text[root:]
    if not entities:
        return body
    left = _MOST_EXPANDED

    def expanded(match: re.Match[str]) -> str:
        nonlocal left
        value = entities.get(match[3] or "")
        if value is None:
            return match[0]
        left -= len(value)
        return value if left >= 0 else ""

    return _REFERENCE.sub(expanded, body)


def allowed(text: str) -> str:
    """Without the characters that no XML document can hold (XML 1.0, section 2.2)."""
    return _NO_XML.sub("", text)


def repaired(fragment: str) -> str:
    """`fragment` as XML that is well-formed: every end tag has its start, nothing is opened that does not end.

    HTML among its elements becomes text, as do stray "<" and "&"; named characters of HTML become characters.
    """
    open_tags: list[str] = []
    how_many: Counter[str] = Counter()
    parts: list[str] = []
    for part in _parts(allowed(fragment)):
        tag = _TAG.fullmatch(part) if part.startswith("<") and not part.startswith("<!") else None
        if tag is None:
            parts.append(part)
        elif _HTML.fullmatch(tag[2]):
            parts += ["&lt;", *_parts(part[1:])]
        elif not tag[1]:
            if open_tags and _LEAF.fullmatch(open_tags[-1]):
                how_many[open_tags[-1]] -= 1
                parts.append(f"</{open_tags.pop()}>")
            parts.append(f"<{tag[2]}{_once_each(tag[3])}{tag[4]}>")
            if not tag[4]:
                open_tags.append(tag[2])
                how_many[tag[2]] += 1
        else:
            # An end without a start is a slip of the pen for the end of what is open within the entry.
            ends = tag[2] if how_many[tag[2]] else open_tags[-1] if len(open_tags) > _LEVELS else None
            while ends:
                name = open_tags.pop()
                how_many[name] -= 1
                parts.append(f"</{name}>")
                ends = None if name == ends else ends
    parts += [f"</{name}>" for name in reversed(open_tags)]
    return "".join(parts)


def _parts(text: str) -> Iterator[str]:
    """Text, tags, references and CDATA sections, in order; what only looks like one of them comes escaped."""
    position, last_section, last_comment = 0, text.rfind("]]>"), text.rfind("-->")
    while found := _MARKUP.search(text, position):
        start = found.start()
        yield text[position:start]
        if text.startswith("<![CDATA[", start):
            position = text.index("]]>", start) + 3 if start < last_section else start + 9
            yield text[start:position] if start < last_section else ""
        elif text.startswith("<!--", start):
            position = text.index("-->", start) + 3 if start < last_comment else start + 4
        elif tag := _TAG.match(text, start):
            position = tag.end()
            yield tag[0]
        elif reference := _REFERENCE.match(text, start):
            position = reference.end()
            yield _character(reference)
        elif strays := _STRAYS.match(text, start):
            position = strays.end()
            yield strays[0].replace("&", "&amp;").replace("<", "&lt;")
        else:
            position = start + 1
            yield "&lt;" if found[0] == "<" else "&amp;"
    yield text[position:]


def _character(reference: re.Match[str]) -> str:
    """A reference as XML knows it; nothing for a character that cannot be; escaped if it is none at all."""
    decimal, hexadecimal, name = reference.groups()
    if name:
        if name in _PREDEFINED:
            return reference[0]
        return html5.get(f"{name};", f"&amp;{name};")
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number > 0x10FFFF or _NO_XML.match(chr(number)):
        return ""
    return f"&#{number};"


_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.:-]*+)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")


def _once_each(attributes: str) -> str:
    """Attributes that have a value, the first of each name, their references in order."""
    if not attributes:
        return ""
    values: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes):
        values.setdefault(name, "".join(_parts(value)))
    return "".join(f" {name}={value}" for name, value in values.items())
