"""The properties of an iCalendar component, and the plain values in them (RFC 5545, sections 3.3.11 and 3.8)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from quopri import decodestring
from urllib.parse import unquote

from crawlers.readers.calendars.content_lines import Component, Property
from crawlers.readers.plain_text import line
from crawlers.readers.web_address import web

__all__ = ["Fields", "address", "fields_of", "keywords", "picture", "sequence", "unescaped"]

_MOST_KEYWORDS = 50
_READ_INSIDE = ("PARTICIPANT", "VLOCATION")
_SMALL_NUMBER = re.compile(r"[0-9]{1,9}|1[0-9]{9}")
_COMMA = re.compile(r"(?<!\\),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What is left of a text that was escaped twice: nobody writes a backslash before a comma, or \n before a capital.
_STILL_ESCAPED = re.compile(r"\\[,;]|\\n(?=[A-Z\s\\*•-]|\Z)")
_NO_SCHEME = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?\Z", re.IGNORECASE)
_WHOLLY_QUOTED = re.compile(r"https?%3A%2F%2F", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|\Z)", re.IGNORECASE)
#: RFC 7986, section 6.1, from the most to the least telling.
_DISPLAYS = ("FULLSIZE", "GRAPHIC", "BADGE", "THUMBNAIL")


@dataclass(slots=True)
class Fields:
    """The properties of one component by name, and what typing loses on the way to an Observation.

    `component` is its name in capitals, `inside` the PARTICIPANTs and VLOCATIONs in it (RFC 9073). `raw` are values
    kept as written, by field name; `cut` says what was left out.
    """

    by_name: dict[str, list[Property]]
    component: str = "VEVENT"
    inside: list["Fields"] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property called `name`, parameters and all."""
        return self.by_name[name][0] if name in self.by_name else None

    def all(self, name: str) -> list[Property]:
        """All properties called `name`, in order."""
        return self.by_name.get(name, [])

    def text(self, name: str) -> str:
        """The unescaped TEXT value of the first property called `name`; "" without one."""
        return unescaped(self.by_name[name][0].value) if name in self.by_name else ""

    def texts(self, name: str) -> Iterator[str]:
        """The values of all properties called `name`, whose values are lists of TEXT."""
        return (unescaped(one) for prop in self.all(name) for one in _COMMA.split(prop.value))

    def keep(self, name: str, value: str) -> None:
        """Notes in `raw` what the typed field `name` cannot hold."""
        self.raw[name] = line(value)

    def guess(self, name: str, what: str) -> None:
        """Notes that `what` of the typed field `name` was not stated."""
        said = f"{name}: {what}"
        self.raw["guess"] = f"{self.raw['guess']}, {said}" if "guess" in self.raw else said


def fields_of(component: Component) -> Fields:
    """The properties of a component and of those inside it that are read."""
    by_name: dict[str, list[Property]] = {}
    for prop in component.properties():
        by_name.setdefault(prop.name, []).append(_printed(prop) if prop.params else prop)
    inside = [fields_of(one) for one in component.inner if one.name in _READ_INSIDE]
    return Fields(by_name, component.name, inside)


def _printed(prop: Property) -> Property:
    """The same without the encoding of vCalendar 1.0 (section 2.1.3), which some programs still use for RFC 5545."""
    if prop.params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE" and "QUOTED-PRINTABLE" not in prop.params:
        return prop
    charset = prop.params.get("CHARSET", "utf-8")
    raw = decodestring(prop.value.encode("utf-8", "replace"))
    try:
        value = raw.decode(charset)
    except (LookupError, UnicodeError):
        value = raw.decode("utf-8", "replace")
    return replace(prop, value=value.replace("\r\n", "\n").replace("\n", "\\n"))


def unescaped(value: str) -> str:
    """A TEXT value as it was meant; programs that copy calendars often escape it a second time."""
    if "\\" not in value:
        return value
    text = _ESCAPED.sub(_meant, value)
    return _ESCAPED.sub(_meant, text) if _STILL_ESCAPED.search(text) else text


def _meant(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def address(value: str) -> str | None:
    """A web address; one that begins with "www." is read as a browser does."""
    value = unescaped(value).strip().strip("<>")
    if _WHOLLY_QUOTED.match(value):
        value = unquote(value)
    return web(f"http://{value}") if _NO_SCHEME.match(value) else web(value)


def keywords(fields: Fields) -> tuple[str, ...]:
    """CATEGORIES, each once, in order."""
    return tuple(dict.fromkeys(filter(None, map(line, fields.texts("CATEGORIES")))))[:_MOST_KEYWORDS]


def sequence(fields: Fields) -> int | None:
    """SEQUENCE (RFC 5545, 3.8.7.4); None if it is no number, or one that nobody counted to."""
    value = fields.text("SEQUENCE").strip()
    return int(value) if _SMALL_NUMBER.fullmatch(value) else None


def picture(fields: Fields) -> str | None:
    """The largest IMAGE (RFC 7986, section 5.10), or an ATTACH that is a picture by its FMTTYPE or by its name.

    A picture inside the calendar is left there. Time.ly writes X-WP-IMAGES-URL: size, address, width and height.
    """
    images = sorted(fields.all("IMAGE"), key=_display)
    attached = [one for one in fields.all("ATTACH") if _is_picture(one)]
    stated = [one.value for one in (*images, *attached, *fields.all("X-BEDEWORK-IMAGE"))]
    if wordpress := fields.text("X-WP-IMAGES-URL"):
        stated += re.findall(r"https?://[^;,\s]+", wordpress)[:1]
    return next(filter(None, map(address, stated)), None)


def _display(prop: Property) -> int:
    shown = prop.params.get("DISPLAY", "BADGE").upper().split(",")
    return min((_DISPLAYS.index(one) for one in shown if one in _DISPLAYS), default=len(_DISPLAYS))


def _is_picture(prop: Property) -> bool:
    kind = prop.params.get("FMTTYPE", "").lower()
    return kind.startswith("image/") if kind else bool(_PICTURE.search(prop.value))
