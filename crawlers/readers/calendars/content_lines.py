"""The content lines of one component (RFC 5545, section 3.1; RFC 6868 for carets), and what is wrong with them.

Bounded: of a line LONGEST_LINE bytes are read, of a component MOST_PROPERTIES lines, MOST_ALIKE of one name; and the
first MOST_PARAMETERS parameters of a line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

__all__ = ["LONGEST_LINE", "MOST_ALIKE", "MOST_PARAMETERS", "MOST_PROPERTIES", "Component", "Property"]

LONGEST_LINE = 200_000
"""Bytes of one unfolded line; the rest of it is cut off."""

MOST_PROPERTIES = 5000
"""Properties of one component."""

MOST_ALIKE = 2000
"""Properties of one name in one component."""

MOST_PARAMETERS = 100
"""Parameters of one property."""

_MOST_LOST_LINES = 1000
_FEW = 500
_NAMED_LINE = re.compile(rb"\n([A-Za-z0-9-]{1,40}|[^\n])[^\n]*")
# Up to the first colon that is in no quotes. Possessive: what does not match fails at once.
_HEAD = re.compile(r'([A-Za-z0-9-]+)[ \t]*(;(?:[^":]++|"[^"]*+")*+):')
_UNCLOSED_HEAD = re.compile(r"([A-Za-z0-9-]+)[ \t]*(;(?:[^:]++|:(?=//))*+):")
_NAME = re.compile(r"[A-Za-z0-9-]+\Z")
_PARAMETER = re.compile(r';[ \t]*([A-Za-z0-9-]+)[ \t]*(?:=((?:[^";]++|"[^"]*+")*+))?')
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
# Time zones are named "(UTC+01:00) Berlin" without the quotes that this needs.
_DATED = frozenset(("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"))
_DATE_AFTER_COLON = re.compile(r":(?=[ \t]*\d{4}-?\d\d-?\d\d(?!\d))")
# Texts that some programs write over several lines without folding them; "Doors: 7 pm" and "https://" are text then.
_PROSE = re.compile(r"(?:DESCRIPTION|X-ALT-DESC|COMMENT)\s*[;:]", re.IGNORECASE)
_PRINTED = re.compile(r"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
# A break that was taken for a fold, because the next line began with a space.
_FOLDED_BREAK = re.compile(r"=(?![0-9A-Fa-f]{2})")
_AFTER_PROSE = re.compile(r"[A-Z0-9-]+\s*[;:](?!//)|[A-Za-z0-9-]+[;:](?![ /])|[A-Z-]{3,}(?![A-Za-z])")
_UTF_8 = re.compile(rb"([\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})")
_HIGH = re.compile(rb"[\x80-\xff]")
# Who declares these means Windows-1252, or is wrong.
_NOT_MEANT = frozenset(("iso8859-1", "ascii", "utf-8"))


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: its name and those of its parameters in capitals, its value with escapes as written."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """A component's own lines, each after a line feed; `inner` are the components inside it that matter.

    `charset` is that of lines that are no UTF-8. `cut` says, once the properties were asked for, what was left out.
    """

    name: str
    raw: bytes
    charset: str | None = None
    inner: "tuple[Component, ...]" = ()
    cut: list[str] = field(default_factory=list)

    def properties(self) -> Iterator[Property]:
        """Its content lines; one that is no `NAME;PARAM=value:value` is passed over."""
        for text in _mended(self.lines()):
            prop = _property(text)
            if prop is not None:
                if len(prop.params) == MOST_PARAMETERS:
                    self._leave_out(f"more than {MOST_PARAMETERS} parameters of one property: the rest was left out")
                yield prop

    def lines(self) -> Iterator[str]:
        """Its lines that are not empty, decoded."""
        if len(self.raw) > LONGEST_LINE or self.raw.count(b"\n") > _FEW:
            return self._bounded_lines()
        return filter(None, _decoded(self.raw, self.charset).split("\n"))

    def _bounded_lines(self) -> Iterator[str]:
        alike: Counter[bytes] = Counter()
        kept = 0
        for match in _NAMED_LINE.finditer(self.raw):
            name = match[1].upper()
            alike[name] += 1
            if alike[name] > MOST_ALIKE:
                if alike[name] == MOST_ALIKE + 1:
                    self._leave_out(f"more than {MOST_ALIKE} lines {_decoded(name, None)!r}: the rest was left out")
                continue
            if kept == MOST_PROPERTIES:
                self._leave_out(f"more than {MOST_PROPERTIES} properties: the rest was left out")
                return
            kept += 1
            if match.end() - match.start() > LONGEST_LINE:
                self._leave_out(f"line longer than {LONGEST_LINE} bytes: its end was left out")
            yield _decoded(self.raw[match.start() + 1 : match.end()][:LONGEST_LINE], self.charset)

    def _leave_out(self, reason: str) -> None:
        if reason not in self.cut:
            self.cut.append(reason)


def _mended(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with those that a program forgot to fold put back where they belong."""
    prose: list[str] = []
    for text in _printed_joined(lines):
        if prose and not _AFTER_PROSE.match(text):
            if len(prose) < _MOST_LOST_LINES:
                prose.append(text)
            continue
        if prose:
            yield "\\n".join(prose)
            prose = []
        if _PROSE.match(text):
            prose = [text]
        else:
            yield text
    if prose:
        yield "\\n".join(prose)


def _printed_joined(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with those joined in which vCalendar's quoted-printable (its section 2.1.3) breaks a value by "="."""
    parts: list[str] = []
    for text in lines:
        if not parts and not (";" in text and _PRINTED.match(text)):
            yield text
            continue
        parts.append(text.removesuffix("="))
        if not text.endswith("=") or len(parts) == _MOST_LOST_LINES:
            yield _printed(parts)
            parts = []
    if parts:
        yield _printed(parts)


def _printed(parts: list[str]) -> str:
    head, colon, value = "".join(parts).partition(":")
    return head + colon + _FOLDED_BREAK.sub(" ", value)


def _property(text: str) -> Property | None:
    name, colon, value = text.partition(":")
    if ";" not in name:
        name = name.strip()
        return Property(name.upper(), {}, value.strip()) if colon and _NAME.match(name) else None
    head = _HEAD.match(text) or _UNCLOSED_HEAD.match(text)
    if head is None:
        return None
    name, params, end = head[1].upper(), head[2], head.end()
    if name in _DATED and (date := _DATE_AFTER_COLON.search(text)):
        params, end = text[head.end(1) : date.start()], date.end()
    value = text[end:].strip()
    return Property(name, _parameters(params), value.strip('"') if name in _DATED else value)


def _parameters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if text.count('"') % 2:
        text = text.replace('"', "")
    for one in islice(_PARAMETER.finditer(text), 2 * MOST_PARAMETERS):
        found.setdefault(one[1].upper(), _parameter_value(one[2] or ""))
        if len(found) == MOST_PARAMETERS:
            break
    return found


def _parameter_value(text: str) -> str:
    text = text.replace('"', "").strip()
    return _CARET.sub(lambda match: _CARETS[match[1]], text) if "^" in text else text


def _decoded(raw: bytes, charset: str | None) -> str:
    """Text in UTF-8; else, line by line, in `charset`, else a mixture of UTF-8 and Windows-1252, whichever prevails."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pieces = _UTF_8.split(raw)
    if len(pieces) == 1:
        return _of_8_bits(raw, charset, pieces)
    prevails = len(pieces) // 2 > len(_HIGH.findall(b"".join(pieces[::2])))
    return "\n".join(_line_decoded(line, charset, mixed=prevails) for line in raw.split(b"\n"))


def _line_decoded(raw: bytes, charset: str | None, *, mixed: bool) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _of_8_bits(raw, charset, _UTF_8.split(raw) if mixed else [raw])


def _of_8_bits(raw: bytes, charset: str | None, pieces: list[bytes]) -> str:
    """Text in `charset`, or of `pieces` of which each second one is UTF-8, the others Windows-1252."""
    if charset and charset not in _NOT_MEANT:
        with suppress(UnicodeError, LookupError):
            return raw.decode(charset)
    return "".join(one.decode("utf-8" if odd % 2 else "cp1252", "ignore") for odd, one in enumerate(pieces))
